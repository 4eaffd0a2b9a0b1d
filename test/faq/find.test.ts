/** How the index decides: by validity, province, concepts, neighbouring subjects and wishes. */
import { describe, expect, it } from 'vitest';
import { asDay, faqId, provinceCode } from '../../src/base/index.ts';
import type { FaqEntry } from '../../src/content/index.ts';
import { buildFaqIndex, figuresOf, findFaq, findIntent, judgeCases, parseCases } from '../../src/faq/index.ts';
import { noSearchWords } from '../../src/language/index.ts';
import { readWords } from '../support/faq-corpus.ts';

const { words, provinces } = readWords();
const ON = asDay('2026-11-22');

const entry = (id: string, question: string, more: Partial<FaqEntry> = {}): FaqEntry => ({
  id: faqId(id),
  topic: 'thu',
  questions: [question],
  keywords: [],
  sources: [],
  provinces: [],
  checkedOn: ON,
  certainty: 'unconfirmed',
  answer: '…',
  ...more,
});

const ENTRIES = [
  entry('muc-may', 'Mua máy móc được hỗ trợ bao nhiêu?'),
  entry('may-cu', 'Máy đã qua sử dụng có được hỗ trợ không?'),
  entry('noi-nop', 'Nộp hồ sơ ở đâu?'),
  entry('phi', 'Nộp hồ sơ có mất phí không?'),
  entry('tra-lai', 'Tiền hỗ trợ có phải hoàn trả không?'),
  entry('khac-nong', 'Khuyến công khác khuyến nông thế nào?'),
  entry('hoi-cho', 'Đi hội chợ được hỗ trợ gì?', { validFrom: asDay('2026-01-01'), validTo: asDay('2026-06-30') }),
  entry('muc-thanh-hoa', 'Mức hỗ trợ của tỉnh Thanh Hóa là bao nhiêu?', { provinces: [provinceCode('thanh-hoa')] }),
  entry('muc-nghe-an', 'Mức hỗ trợ của tỉnh Nghệ An là bao nhiêu?', { provinces: [provinceCode('nghe-an')] }),
];
const index = buildFaqIndex(ENTRIES, words, { provinces });
const ask = (text: string, province?: string, on = ON) =>
  findFaq(index, text, { on, ...(province !== undefined && { province: provinceCode(province) }) });
const first = (text: string) => ask(text).hits[0]?.id;

describe('finding an answer', () => {
  it.each([
    ['máy người ta xài rồi mua lại có được giúp hông', 'may-cu'],
    ['may cu co duoc khong', 'may-cu'],
    ['hoox trowj mua mays bao nhieeu', 'muc-may'],
    ['nộp giấy tờ chỗ mô rứa', 'noi-nop'],
    ['có phải đòi lại tiền không', 'tra-lai'],
    ['nop ho so mat bao nhieu tien phi', 'phi'],
  ])('«%s» finds %s', (text, id) => expect(first(text)).toBe(id));

  it('answers a clear question at once and names at most three hits, best first', () => {
    const { decision, hits } = ask('Mua máy móc được hỗ trợ bao nhiêu?');
    expect(decision).toBe('answer');
    expect(hits[0]?.id).toBe('muc-may');
    expect(hits.length).toBeLessThanOrEqual(3);
    expect([...hits].sort((a, b) => b.score - a.score)).toEqual(hits);
  });

  it('reads only entries in force on the day; last days are included', () => {
    const question = 'Đi hội chợ được hỗ trợ gì?';
    expect(ask(question, undefined, asDay('2026-06-30')).hits[0]?.id).toBe('hoi-cho');
    expect(ask(question, undefined, asDay('2026-07-01')).hits.map(({ id }) => id)).not.toContain('hoi-cho');
    expect(ask(question, undefined, asDay('2025-12-31')).hits.map(({ id }) => id)).not.toContain('hoi-cho');
  });

  it('prefers the entry of the province named or given, and never answers from another', () => {
    expect(first('mức hỗ trợ của tỉnh Nghệ An bao nhiêu')).toBe('muc-nghe-an');
    expect(ask('mức hỗ trợ của tỉnh là bao nhiêu', 'thanh-hoa').hits[0]?.id).toBe('muc-thanh-hoa');
    const other = ask('mức hỗ trợ của tỉnh Cà Mau là bao nhiêu');
    expect(other.decision === 'answer' && other.hits[0]?.id !== 'muc-may').toBe(false);
  });

  it('does not answer neighbouring subjects, unless the entry speaks of them', () => {
    expect(ask('khuyến nông hỗ trợ mua máy cày bao nhiêu').decision).not.toBe('answer');
    expect(ask('vay ngân hàng mua máy lãi bao nhiêu').decision).not.toBe('answer');
    expect(ask('khuyến công khác khuyến nông thế nào').decision).toBe('answer');
  });

  it.each(['', '   ', '???', '🙂', 'asdfghjkl', 'x'.repeat(10_000), '\n\n', '134'])(
    'takes «%s» without throwing',
    (text) => expect(ask(text).decision).not.toBe('answer'),
  );

  it('works without any lexicon and without any entry', () => {
    expect(findFaq(buildFaqIndex([], words), 'nộp hồ sơ ở đâu', { on: ON })).toEqual({ decision: 'unknown', hits: [] });
    const bare = buildFaqIndex(ENTRIES, noSearchWords);
    expect(findFaq(bare, 'nộp hồ sơ ở đâu', { on: ON }).hits[0]?.id).toBe('noi-nop');
  });
});

describe('a wish', () => {
  it.each([
    ['cho gap can bo', 'staff'],
    ['bot tra loi gi ky v cho gap nguoi di', 'staff'],
    ['cho nói chuyện với người thật', 'staff'],
    ['alo', 'greeting'],
    ['chào', 'greeting'],
    ['cám ơn nhiều nha', 'thanks'],
    ['đăng ký hỗ trợ', 'registration'],
    ['em muon dang ky de an', 'registration'],
    ['làm hồ sơ tiếp chỗ hôm bữa', 'resume'],
    ['kiểm tra xem tôi có đủ điều kiện không', 'eligibility'],
    ['hồ sơ của tôi tới đâu rồi', 'status'],
    ['tra cứu mã hồ sơ KC123', 'status'],
    ['xoá hồ sơ nháp dùm tui', 'data'],
    ['quay lại', 'back'],
    ['menu', 'menu'],
  ])('«%s» is %s', (text, wish) => {
    expect(findIntent(text, words)).toBe(wish);
    expect(ask(text)).toMatchObject({ decision: 'unknown', intent: wish });
  });

  it.each([
    'nộp hồ sơ ở đâu',
    'nop ho so o dau',
    'mất bao nhiêu tiền phí nộp hồ sơ',
    'đăng ký nhãn hiệu được hỗ trợ bao nhiêu',
    'chào em, hộ kinh doanh có được hỗ trợ không',
    'cán bộ có xuống xưởng không',
    'làm hồ sơ thế nào',
    'hồ sơ gồm những gì',
    'có người xưng cán bộ đòi tiền',
    'điều kiện là gì',
    'muốn rút hồ sơ thì làm sao',
  ])('«%s» is a question', (text) => expect(findIntent(text, words)).toBeNull());
});

describe('evaluation', () => {
  it('skips the header, reads several ids and out of scope', () => {
    expect(parseCases('query\tids\nở đâu\tnoi-nop,phi\r\n\ngiá vàng\t-\nphí\tphi\tshort\n')).toEqual([
      { query: 'ở đâu', ids: ['noi-nop', 'phi'] },
      { query: 'giá vàng', ids: [] },
      { query: 'phí', ids: ['phi'] },
    ]);
  });

  it('keeps a first line that is a question', () => {
    expect(parseCases('nộp ở đâu\tnoi-nop\n')).toHaveLength(1);
  });

  it('counts answers and shares as the contract says', () => {
    const cases = parseCases('Nộp hồ sơ ở đâu?\tnoi-nop\nNộp hồ sơ có mất phí không?\tnoi-nop\ngiá vàng\t-\n');
    const figures = figuresOf(judgeCases(index, cases, { on: ON }, () => 0));
    expect(figures).toMatchObject({ n: 2, top1: 0.5, direct: 2, directRight: 1, outOfScope: { n: 1, answered: 0 } });
  });
});
