import { describe, expect, test } from 'vitest';
import { encode } from '../../../src/channels/telegram/encode.ts';
import type { OutgoingPayload, RenderedMessage } from '../../../src/service/ports.ts';
import { caseId } from '../../../src/base/index.ts';

const message = (more: Partial<RenderedMessage>): RenderedMessage => ({
  from: 'bot',
  blocks: [{ kind: 'paragraph', runs: [{ text: 'Chọn ạ.' }] }],
  choices: [],
  ...more,
});
const say = (more: Partial<RenderedMessage>): OutgoingPayload => ({ kind: 'say', message: message(more) });
const choice = (label: string) => ({ id: `1.${label.slice(0, 3)}`, label });

describe('Telegram HTML', () => {
  test.each([
    ['bold', { text: 'a<b', bold: true }, '<b>a&lt;b</b>'],
    ['quiet', { text: 'nguồn', quiet: true }, '<i>nguồn</i>'],
    [
      'a link of the web',
      { text: 'x', href: 'https://a.vn/?a="1"&b=2' },
      '<a href="https://a.vn/?a=&quot;1&quot;&amp;b=2">x</a>',
    ],
    ['a phone number, which Telegram marks itself', { text: '0912', href: 'tel:+84912' }, '0912'],
  ] as const)('%s', (_name, run, html) => {
    expect(encode(say({ blocks: [{ kind: 'paragraph', runs: [run] }] }))).toEqual([{ kind: 'text', html }]);
  });
});

describe('buttons', () => {
  test('short labels share a row and carry their numbers', () => {
    expect(encode(say({ choices: ['Có', 'Không', 'Không rõ'].map(choice) }))[0]?.markup).toEqual({
      inline_keyboard: [
        [
          { text: '1 Có', callback_data: '1.Có' },
          { text: '2 Không', callback_data: '1.Khô' },
          { text: '3 Không rõ', callback_data: '1.Khô' },
        ],
      ],
    });
  });

  test('a long label moves all into a numbered list with buttons of numbers', () => {
    const [call] = encode(say({ choices: ['Có', 'Chủ đầu tư xây dựng hạ tầng cụm công nghiệp'].map(choice) }));
    expect(call).toMatchObject({
      html: 'Chọn ạ.\n\n1. Có\n2. Chủ đầu tư xây dựng hạ tầng cụm công nghiệp',
      markup: { inline_keyboard: [[{ text: '1' }, { text: '2' }]] },
    });
  });

  test('in a staff room nobody types numbers: labels stand alone', () => {
    const card: OutgoingPayload = {
      kind: 'card',
      caseId: caseId('c'),
      message: message({ choices: [choice('Nhận xử lý')] }),
    };
    expect(encode(card)[0]?.markup).toMatchObject({ inline_keyboard: [[{ text: 'Nhận xử lý' }]] });
  });

  test('sharing the phone number comes as a keyboard under the text field, with the other choices as words', () => {
    expect(encode(say({ contact: 'Gửi số của tôi', choices: [choice('Bỏ qua')] }))[0]?.markup).toEqual({
      keyboard: [[{ text: 'Gửi số của tôi', request_contact: true }], [{ text: 'Bỏ qua' }]],
      resize_keyboard: true,
      one_time_keyboard: true,
    });
  });

  test('that keyboard is taken away with the next message, buttons or not', () => {
    const remove = { remove_keyboard: true };
    expect(encode(say({}), { keyboardShown: true })).toEqual([{ kind: 'text', html: 'Chọn ạ.', markup: remove }]);
    const calls = encode(say({ choices: [choice('Có')] }), { keyboardShown: true });
    expect(calls.map((call) => call.markup)).toEqual([remove, { inline_keyboard: [[expect.anything()]] }]);
  });
});

test('a card is one message however long it is, so that one names the code', () => {
  const long = message({ blocks: [{ kind: 'paragraph', runs: [{ text: 'dài '.repeat(3000) }] }] });
  expect(encode({ kind: 'card', caseId: caseId('c'), message: long })).toHaveLength(1);
  expect(encode({ kind: 'thread', caseId: caseId('c'), message: long }).length).toBeGreaterThan(1);
});

test('pictures go as photos, everything else as documents', () => {
  const file = (type: string) => ({ kind: 'file', file: { id: 'f', name: 'n', type, size: 1 } }) as const;
  const calls = encode(say({ blocks: [file('image/png'), file('image/svg+xml'), file('application/pdf')] }));
  expect(calls.map((call) => call.kind === 'file' && call.as)).toEqual(['photo', 'document', 'document']);
});
