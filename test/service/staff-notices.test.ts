import { beforeAll, describe, expect, test } from 'vitest';
import { staffId } from '../../src/base/index.ts';
import { outcomes, type Case, type RoomNews } from '../../src/casework/index.ts';
import { cardMessage, erasedCardMessage, sheetMessage } from '../../src/service/case-card.ts';
import {
  forwardQuestion,
  newsMessage,
  outcomeQuestion,
  soFarMessage,
  undeliveredMessage,
} from '../../src/service/case-news.ts';
import type { Voice } from '../../src/service/case-voice.ts';
import { createNotices } from '../../src/service/notices.ts';
import type { Address, LogMessage } from '../../src/service/ports.ts';
import { readPress, writePress } from '../../src/service/staff-token.ts';
import { CODE, dossier, OPENED, realVoice, registration, wordsOf } from './staff-cases.ts';

let voice: Voice;
beforeAll(async () => {
  voice = await realVoice();
});

const ha = { id: staffId('telegram:9'), name: 'Hà' };
const file = { id: 'f1', name: 'bao-gia.pdf', type: 'application/pdf', size: 3 };
const verbs = (message: { readonly choices: readonly { readonly id: string }[] }) =>
  message.choices.map(({ id }) => readPress(id)?.verb);

describe('the card', () => {
  test('says at a glance who, where, what is asked, how it looks and what is missing', () => {
    const words = wordsOf(cardMessage(voice, registration()));
    for (const part of [CODE, 'bún khô cô Lan', 'Nga Sơn', 'Thanh Hóa', 'máy sấy', '250 triệu', '200 triệu', '4/4']) {
      expect(words).toContain(part);
    }
    expect(words.split('\n').length).toBeLessThanOrEqual(4);
  });

  const taken: Partial<Case> = { status: 'taken', officer: ha };
  test.each<[string, Partial<Case>, string[]]>([
    ['new', {}, ['take', 'sheet']],
    ['taken', taken, ['sheet', 'back', 'forward', 'close']],
    ['waiting for the owner', { ...taken, status: 'waiting-for-enterprise' }, ['sheet', 'back', 'forward', 'close']],
    [
      'forwarded',
      { ...taken, status: 'forwarded', forwardedTo: 'Sở Công Thương' },
      ['sheet', 'back', 'reopen', 'close'],
    ],
    ['closed', { ...taken, status: 'closed', outcome: 'guided' }, ['sheet', 'reopen']],
    ['withdrawn', { status: 'closed', outcome: 'withdrawn', withdrawn: true }, ['sheet']],
  ])('of a case that is %s offers what can be done to it', (_name, more, expected) => {
    const card = cardMessage(voice, registration(more));
    expect(verbs(card)).toEqual(expected);
    expect(wordsOf(card)).toContain(CODE);
    if (more.officer) expect(wordsOf(card)).toContain('Hà');
  });

  test('of a question shows it, and does not miss papers', () => {
    const bare = {
      ...dossier,
      fields: {},
      machines: [],
      readiness: { done: 0, of: 12, missing: ['phone'], next: 'phone' },
    };
    const words = wordsOf(
      cardMessage(voice, registration({ about: 'question', question: 'Có mất phí không?', dossier: bare })),
    );
    expect(words).toContain('Có mất phí không?');
    expect(words).not.toMatch(/undefined|staff\.|\{\{/);
    expect(words.split('\n')).toHaveLength(3);
  });

  test('reads what people typed as words, never as markup', () => {
    const fields = { ...dossier.fields, applicantName: '**Lan** [x](https://y) {{code}}' };
    const card = cardMessage(voice, registration({ dossier: { ...dossier, fields } }));
    expect(wordsOf(card)).toContain('**Lan** [x](https://y) {{code}}');
  });
});

describe('the code stands on the card alone', () => {
  const log: LogMessage[] = [
    {
      seq: 1,
      from: 'owner',
      message: { from: 'bot', blocks: [{ kind: 'paragraph', runs: [{ text: 'alo' }] }], choices: [] },
      at: OPENED,
      delivery: 'sent',
    },
  ];
  const news: RoomNews[] = [
    { kind: 'line', text: 'dạ' },
    { kind: 'file', file, slot: null },
    { kind: 'file', file, slot: 'bao-gia' },
    { kind: 'sheet', dossier, changed: ['phone', 'machines'] },
    { kind: 'withdrawn' },
    { kind: 'raised' },
    { kind: 'replied', by: 'Hà', text: 'Chào chị', files: [file] },
    { kind: 'replied', by: '', files: [file] },
    { kind: 'note', by: 'Hà', text: 'gọi lại' },
    { kind: 'asked', by: 'Hà', field: 'taxCode', reason: 'thiếu số' },
    { kind: 'handed-over', by: 'Hà', to: 'Minh' },
    { kind: 'forwarded', by: 'Hà', to: 'Sở Công Thương' },
    { kind: 'forwarded', by: 'Hà', to: 'Sở Công Thương', reason: 'xưởng ở Ninh Bình' },
  ];

  test('not in the sheet, nor in anything of the thread; and every text has its words', () => {
    const one = registration();
    const thread = [
      sheetMessage(voice, one),
      outcomeQuestion(voice, one),
      forwardQuestion(voice, one),
      soFarMessage(voice, log),
      ...news.map((each) => newsMessage(voice, one, each)),
      ...['recipient-gone', 'outside-window', 'never heard of'].flatMap((why) =>
        (['waits', 'failed'] as const).map((so) => undeliveredMessage(voice, why, so)),
      ),
    ];
    for (const message of thread) {
      const words = message === null ? '' : wordsOf(message);
      expect(words).not.toBe('');
      expect(words).not.toContain(CODE);
      expect(words).not.toMatch(/undefined|staff\.|outcome\.|\{\{/);
    }
  });

  test('what is raised can be taken there and then', () => {
    expect(verbs(newsMessage(voice, registration(), { kind: 'raised' }))).toEqual(['take']);
  });

  test('an erased person leaves only the code', () => {
    expect(wordsOf(erasedCardMessage(voice, CODE))).toContain(CODE);
    expect(wordsOf(erasedCardMessage(voice, CODE))).not.toContain('Lan');
  });

  test('a conversation without words has no «so far»', () => {
    expect(soFarMessage(voice, [])).toBeNull();
  });
});

describe('buttons', () => {
  test('fit Telegram’s 64 bytes with an id as long as a UUID, and read back', () => {
    const id = registration({ id: '0b8f7f4e-3c59-4e0e-9a7e-5f2f0c9d1a2b' as Case['id'] });
    for (const { id: token, label } of outcomeQuestion(voice, id).choices) {
      expect(Buffer.byteLength(token)).toBeLessThanOrEqual(64);
      expect(writePress(readPress(token)!)).toBe(token);
      expect(label).not.toMatch(/outcome\./);
    }
    expect(outcomeQuestion(voice, id).choices).toHaveLength(outcomes.length);
  });

  test.each(['', 'k.', 'k.take', 'k.fly.c1', 'k.take.c1.x.y', '1.menu=faq', 'k.take.c 1'])(
    '%j is none of ours',
    (token) => {
      expect(readPress(token)).toBeNull();
    },
  );
});

describe('rows for the rooms', () => {
  const group: Address = { channel: 'telegram', chat: '-100' };
  const other: Address = { channel: 'zalo-bot', chat: 'g1' };
  const notices = (rooms: readonly Address[]) =>
    createNotices(
      () => voice,
      () => rooms,
    );
  const papers = { 'bao-gia': { files: [file, { ...file, id: 'f2' }], state: 'sent' } } as const;

  test('the card first, papers after all notices, ids never the same', () => {
    const rows = notices([group, other]).opened(registration({ dossier: { ...dossier, documents: papers } }), 'k1.7');
    expect(rows.map(({ payload, priority, queue }) => [queue, payload.kind, priority])).toEqual([
      ['telegram:-100', 'card', 0],
      ['telegram:-100', 'thread', 1],
      ['telegram:-100', 'thread', 1],
      ['zalo-bot:g1', 'card', 0],
      ['zalo-bot:g1', 'thread', 1],
      ['zalo-bot:g1', 'thread', 1],
    ]);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  });

  test('a reply is not echoed where it was written, but shown elsewhere', () => {
    const news = { kind: 'replied', by: 'Hà', text: 'Chào chị', files: [] } as const;
    const rows = notices([group, other]).changed(
      registration(),
      [{ kind: 'tell-rooms', news }, { kind: 'show-card' }],
      'c1.v2',
      group,
    );
    expect(rows.map(({ to, payload }) => [to.channel, payload.kind])).toEqual([
      ['telegram', 'card-update'],
      ['zalo-bot', 'card-update'],
      ['zalo-bot', 'thread'],
    ]);
  });

  test('without a room there is nothing to send', () => {
    expect(notices([]).opened(registration(), 'k')).toEqual([]);
  });
});
