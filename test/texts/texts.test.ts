/** Names become words: values in the shapes of each language, light Markdown, and nothing a person typed read as markup. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asDay } from '../../src/base/index.ts';
import { loadTexts, ownContentDir } from '../../src/content/files.ts';
import type { RenderedBlock, Value } from '../../src/content/index.ts';
import { createTexts, renderMessage } from '../../src/texts/index.ts';

const own = await loadTexts(ownContentDir());
const texts = createTexts({
  vi: {
    ...own['vi'],
    t: {
      says: 'Anh/chị **{{name}}** nói: {{words}}',
      just: '{{value}}',
      call: '[{{phone}}](tel:{{number}})',
      only: 'chỉ có tiếng Việt',
      lines: 'một\nhai\n- ba\n- **bốn**\n\nnăm',
      days_other: '{{count}} ngày',
    },
    staff: { speaker: '{{name}}:' },
    button: { shareContact: 'Gửi số của tôi' },
  },
  en: { ...own['en'], t: { just: '{{value}}', days_one: '{{count}} day', days_other: '{{count}} days' } },
});

const written = (value: Value, lang = 'vi') => texts.label({ key: 't.just', values: { value } }, lang);
const words = (blocks: readonly RenderedBlock[]) =>
  blocks.map((block) => {
    if (block.kind === 'file') return block.file.name;
    const text = (runs: readonly { text: string }[]) => runs.map((run) => run.text).join('');
    return block.kind === 'list' ? block.items.map(text) : text(block.runs);
  });

describe('values', () => {
  it.each([
    [{ money: 250_000_000 }, '250 triệu đồng'],
    [{ money: 1_250_000_000 }, '1,25 tỷ đồng'],
    [{ money: 1_200_000_000_000 }, '1.200 tỷ đồng'],
    [{ money: 12_500_000 }, '12,5 triệu đồng'],
    [{ money: 1_234_567 }, '1.234.567 đồng'],
    [{ money: 1_234_567_000 }, '1.234.567.000 đồng'],
    [{ money: 500_000 }, '500.000 đồng'],
    [{ money: 0 }, '0 đồng'],
    [{ day: asDay('2026-11-22') }, '22/11/2026'],
    [{ month: '2026-11' }, '11/2026'],
    [{ month: '2026-11-22' }, '11/2026'],
    [{ time: '2026-11-30T03:00:00.000Z' }, '10 giờ thứ Hai 30/11'],
    [{ time: '2026-11-29T20:05:00.000Z' }, '3 giờ 05 thứ Hai 30/11'],
    [{ phone: '+84912345678' }, '0912 345 678'],
    [{ phone: '+842373852246' }, '0237 385 2246'],
    [{ phone: '+842438262626' }, '0243 826 2626'],
    [{ phone: '113' }, '113'],
    [1_234_567, '1.234.567'],
    [0.5, '0,5'],
    ['một', 'một'],
    [{ list: [{ words: 'máy sấy' }, { words: 'máy ép' }, { words: 'máy gói' }] }, 'máy sấy, máy ép và máy gói'],
    [{ list: [{ words: 'máy sấy' }] }, 'máy sấy'],
    [{ list: [] }, ''],
    [{ label: { words: '**đậm**' } }, 'đậm'],
  ] satisfies [Value, string][])('%j are written as %s', (value, expected) => expect(written(value)).toBe(expected));

  it.each([
    [{ money: 1_250_000_000 }, '1.25 billion VND'],
    [{ money: 1_234_567 }, '1,234,567 VND'],
    [{ time: '2026-11-30T03:00:00.000Z' }, 'Monday 30/11, 10:00'],
  ] satisfies [Value, string][])('%j are written in English as %s', (value, expected) =>
    expect(written(value, 'en')).toBe(expected),
  );

  it('never lose or add a đồng', () => {
    const amount = (text: string) => {
      const [number = ''] = text.split(' ');
      const unit = text.includes('tỷ') ? 1e9 : text.includes('triệu') ? 1e6 : 1;
      return Math.round(Number(number.replaceAll('.', '').replace(',', '.')) * unit);
    };
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 9_000_000_000_000 }),
        fc.constantFrom(1, 1000, 1_000_000, 10_000_000),
        (n, round) => {
          const money = n - (n % round);
          expect(amount(written({ money }))).toBe(money);
        },
      ),
    );
  });
});

describe('what a person typed', () => {
  it('is never markup', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('*', '[', ']', '(', ')', '{', '}', 'x', ' ', ':', '\\', '-', '\n') }),
        (typed) => {
          const runs = texts.runs({ key: 't.says', values: { name: 'Lan', words: typed } }, 'vi');
          expect(runs.map((run) => run.text).join('')).toBe(`Anh/chị Lan nói: ${typed}`);
          expect(runs.filter((run) => run.bold).map((run) => run.text)).toEqual(['Lan']);
          expect(runs.some((run) => run.href !== undefined)).toBe(false);
        },
      ),
    );
  });

  it('does not fill the places of the text around it', () => {
    const label = texts.label({ key: 't.says', values: { name: '{{words}}', words: 'bí mật' } }, 'vi');
    expect(label).toBe('Anh/chị {{words}} nói: bí mật');
  });

  it('does not turn the direction of writing', () => {
    expect(written('a\u202eb\u0000c')).toBe('abc');
  });

  it('opens no link that is none', () => {
    const call = (number: string) => texts.runs({ key: 't.call', values: { phone: 'gọi', number } }, 'vi');
    expect(call('0912 345 678')).toEqual([{ text: 'gọi', href: 'tel:0912345678' }]);
    expect(call('"><script>')).toEqual([{ text: 'gọi' }]);
  });
});

describe('light Markdown', () => {
  const blocks = (markdown: string) => texts.blocks([{ kind: 'text', text: { words: markdown } }], 'vi');

  it('has paragraphs, lists, bold and links', () => {
    expect(blocks('Một\ndòng **đậm**.\n\n- a\n- [b](https://moit.gov.vn)\n  tiếp')).toEqual([
      { kind: 'paragraph', runs: [{ text: 'Một dòng ' }, { text: 'đậm', bold: true }, { text: '.' }] },
      { kind: 'list', items: [[{ text: 'a' }], [{ text: 'b', href: 'https://moit.gov.vn' }, { text: ' tiếp' }]] },
    ]);
  });

  it.each([
    ['**chưa đóng', '**chưa đóng'],
    ['a * b * c', 'a * b * c'],
    ['\\*\\*không đậm\\*\\*', '**không đậm**'],
    ['<b>x</b> & y', '<b>x</b> & y'],
    ['[x](javascript:alert(1))', 'x'],
    ['[x](http://a.vn)', 'x'],
    ['[x](https://a.vn@b.vn)', 'x'],
    ['[không phải liên kết]', '[không phải liên kết]'],
    ['1. giữ số\n2. giữ số', '1. giữ số 2. giữ số'],
  ])('leaves the rest as it stands: %s', (markdown, shown) => {
    const rendered = blocks(markdown);
    expect(words(rendered)).toEqual([shown]);
    expect(JSON.stringify(rendered)).not.toContain('href');
  });

  it('keeps the line breaks of the bot’s own texts', () => {
    expect(words(texts.blocks([{ kind: 'text', text: { key: 't.lines' } }], 'vi'))).toEqual([
      'một\nhai',
      ['ba', 'bốn'],
      'năm',
    ]);
  });

  it('has a tone for a whole block', () => {
    const [block] = texts.blocks([{ kind: 'text', text: { words: 'Nguồn **x**' }, tone: 'quiet' }], 'vi');
    expect(block).toEqual({
      kind: 'paragraph',
      runs: [
        { text: 'Nguồn ', quiet: true },
        { text: 'x', bold: true, quiet: true },
      ],
    });
  });
});

describe('languages', () => {
  it('fall back to Vietnamese, and say so', () => {
    expect(texts.label({ key: 't.only' }, 'en')).toBe('[vi] chỉ có tiếng Việt');
    expect(texts.label({ key: 't.only' }, 'vi')).toBe('chỉ có tiếng Việt');
    const content = texts.blocks(
      [
        { kind: 'text', text: { words: 'Trả lời.' } },
        { kind: 'text', text: { words: 'Nữa.' } },
      ],
      'en',
    );
    expect(words(content)).toEqual(['[vi] Trả lời.', 'Nữa.']);
  });

  it('have their own plurals', () => {
    const days = (count: number, lang: string) => texts.label({ key: 't.days', values: { count } }, lang);
    expect([days(1, 'vi'), days(2, 'vi'), days(1, 'en'), days(2, 'en')]).toEqual([
      '1 ngày',
      '2 ngày',
      '1 day',
      '2 days',
    ]);
  });

  it('show the key itself where there are no words at all', () => {
    expect(texts.label({ key: 't.nowhere' }, 'vi')).toBe('t.nowhere');
    expect(texts.has('t.nowhere')).toBe(false);
    expect(texts.has('t.only')).toBe(true);
  });
});

describe('renderMessage', () => {
  const render = (message: Parameters<typeof renderMessage>[0]) =>
    renderMessage(message, texts, { lang: 'vi', tokenOf: (id, place) => `${place}:${id}` });

  it('gives choices their tokens and labels, and keeps what is asked', () => {
    expect(
      render({
        blocks: [
          { kind: 'list', items: [{ words: 'a' }] },
          { kind: 'list', items: [] },
        ],
        choices: [
          { id: 'x=1', label: { words: '**Một**' }, value: '1' },
          { id: 'x=2', label: { key: 't.only' } },
        ],
        ask: { id: 'x', kind: 'choice' },
        contact: true,
      }),
    ).toEqual({
      from: 'bot',
      blocks: [{ kind: 'list', items: [[{ text: 'a' }]] }],
      choices: [
        { id: '0:x=1', label: 'Một', value: '1' },
        { id: '1:x=2', label: 'chỉ có tiếng Việt' },
      ],
      ask: { id: 'x', kind: 'choice' },
      contact: 'Gửi số của tôi',
    });
  });

  it('lets staff speak in exactly their own words', () => {
    const rendered = render({
      blocks: [{ kind: 'text', text: { words: '**giá** [x](https://a.vn)\nhai dòng' } }],
      choices: [],
      speaker: { staff: 'Chị *Hà*' },
    });
    expect(rendered.from).toBe('staff');
    expect(words(rendered.blocks)).toEqual(['Chị *Hà*:', '**giá** [x](https://a.vn)\nhai dòng']);
  });
});
