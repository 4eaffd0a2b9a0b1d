import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { caseId } from '../../src/base/index.ts';
import {
  type ConversationEvent,
  type Library,
  type State,
  TOKEN_MAX_BYTES,
  openLibrary,
  turn,
  writeToken,
} from '../../src/conversation/index.ts';
import { judge } from '../../src/policy/index.ts';
import { factsOf } from '../../src/conversation/facts.ts';
import { realPack, settingsOf } from '../support/story.ts';

const NOW = '2026-11-25T02:00:00.000Z';
let library: Library;

beforeAll(async () => {
  const { pack } = await realPack();
  library = openLibrary(pack, settingsOf({}));
});

/** Things that people type, sensible and not. */
const typed = [
  'alo', '1', '2', '3', 'một', 'có', 'không', 'không rõ', 'bỏ qua', 'quay lại', 'sửa', 'sửa 2', 'menu', 'dừng', 'xong',
  'tiếp tục', 'vì sao hỏi', 'gặp cán bộ', 'dữ liệu', 'đồng ý', '500tr', '250 triệu', '0912345678', '3/2027', '7 người',
  'xã Nga Sơn, Thanh Hóa', 'phường Bến Cát, Bình Dương', 'Thanh Hóa', 'hộ kinh doanh', 'máy sấy + máy ép', 'nghị định 134 là gì',
  'quy định năm 2010 thế nào?', 'TH-26-000001 5678', '{{x}} **đậm** <b>', '=====', '😀😀', 'a'.repeat(3000), '\u0000\uD800', 'english',
  'nối kênh', '1234 5678', 'tách kênh',
]; // prettier-ignore

type Move = { readonly text: number } | { readonly press: number } | { readonly other: number };

const move = fc.oneof<fc.Arbitrary<Move>[]>(
  fc.record({ text: fc.nat(typed.length - 1) }),
  fc.record({ press: fc.nat(20) }),
  fc.record({ other: fc.nat(14) }),
);

function eventOf(step: Move, at: number, state: State | null): ConversationEvent {
  const common = { id: `e${at}`, sentAt: NOW };
  if ('text' in step) return { ...common, kind: 'text', text: typed[step.text] ?? '' };
  if ('press' in step) {
    const shown = state?.shown ?? { turn: 0, choices: [] };
    const place = shown.choices.length === 0 ? 0 : step.press % shown.choices.length;
    return { ...common, kind: 'choice', token: writeToken(shown.turn, shown.choices[place] ?? 'do=menu', place) };
  }
  const seen = { id: caseId('case-1'), code: 'TH-26-000001', status: 'taken' as const, officer: 'Hà' };
  const file = { id: `f${at}`, name: 'a.jpg', type: 'image/jpeg', size: 1000 };
  const others: readonly ConversationEvent[] = [
    { ...common, kind: 'started' },
    { ...common, kind: 'stopped' },
    { ...common, kind: 'file', file },
    { ...common, kind: 'file', file, album: 'x', more: true },
    { ...common, kind: 'unsupported', what: 'sticker' },
    { ...common, kind: 'contact', phone: '+84912345678', name: 'Lan' },
    { ...common, kind: 'case-opened', caseId: seen.id, code: seen.code, staffed: true },
    { ...common, kind: 'case-changed', case: seen, change: 'taken' },
    { ...common, kind: 'staff-replied', caseId: seen.id, speaker: 'Hà', text: 'Chào anh', files: [] },
    { ...common, kind: 'staff-asked', caseId: seen.id, field: 'phone', reason: 'số không gọi được' },
    {
      ...common,
      kind: 'staff-asked',
      caseId: caseId('case-2'),
      field: 'workers',
      reason: 'chưa rõ',
      sheet: { workers: 3 },
    },
    { ...common, kind: 'link-code', code: '12345678' },
    {
      ...common,
      kind: 'link-found',
      key: 'k',
      channel: 'zalo',
      there: { form: null, answers: 2, cases: 1, isSheet: true },
    },
    { ...common, kind: 'link-refused', why: 'wrong' },
    {
      ...common,
      kind: 'joined',
      from: 'zalo:1',
      here: { key: 'zalo:1', channel: 'zalo' },
      there: { key: 'webchat:1', channel: 'webchat' },
      brought: { form: { flow: 'eligibility', since: 1 }, answers: {}, hints: {}, cases: [seen] },
    },
  ];
  return others[step.other] ?? { ...common, kind: 'started' };
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}

describe('the step', () => {
  it('never throws, changes nothing that it was given, and gives plain JSON', () => {
    fc.assert(
      fc.property(fc.array(move, { minLength: 1, maxLength: 40 }), (moves) => {
        let state: State | null = null;
        for (const [at, step] of moves.entries()) {
          const event = eventOf(step, at, state);
          const before: State | null = state;
          const result = turn(deepFreeze(state), deepFreeze(event), library, NOW);
          expect(result.state.turn).toBe((before?.turn ?? 0) + 1);
          expect(JSON.parse(JSON.stringify(result))).toEqual(result);
          for (const effect of result.effects) {
            if (effect.kind !== 'say') continue;
            for (const [place, { id }] of effect.message.choices.entries())
              expect(Buffer.byteLength(writeToken(result.state.turn, id, place))).toBeLessThanOrEqual(TOKEN_MAX_BYTES);
          }
          state = JSON.parse(JSON.stringify(result.state)) as State;
        }
      }),
      { numRuns: 120 },
    );
  });

  it('keeps no literal text before consent', () => {
    fc.assert(
      fc.property(fc.array(move, { minLength: 1, maxLength: 25 }), (moves) => {
        let state: State | null = null;
        for (const [at, step] of moves.entries()) {
          state = turn(state, eventOf(step, at, state), library, NOW).state;
          if (state.consent !== undefined) return;
          for (const answer of Object.values(state.answers)) expect(answer.said).toBeUndefined();
          expect(JSON.stringify(state)).not.toContain('0912345678');
          expect(state.answers['applicantName']).toBeUndefined();
          expect(state.answers['phone']).toBeUndefined();
        }
      }),
      { numRuns: 80 },
    );
  });

  it('says something to every message of a person, unless a person of the centre has the conversation', () => {
    fc.assert(
      fc.property(fc.array(move, { minLength: 1, maxLength: 25 }), (moves) => {
        let state: State | null = null;
        for (const [at, step] of moves.entries()) {
          const event = eventOf(step, at, state);
          const silent: boolean = state?.handedOver !== undefined;
          const result = turn(state, event, library, NOW);
          const unasked = event.kind === 'staff-asked' && state?.consent === undefined;
          const waits = event.kind === 'stopped' || (event.kind === 'file' && event.more === true) || unasked;
          const asksWorld = ['open-case', 'look-up-case', 'make-link-code', 'try-link-code', 'join'];
          const opens = result.effects.some(({ kind }) => asksWorld.includes(kind));
          const said = result.effects.some(({ kind }) => kind === 'say');
          if (!silent && !waits && !opens) expect([event, said]).toEqual([event, true]);
          state = result.state;
        }
      }),
      { numRuns: 80 },
    );
  });
});

describe('eligibility, question by question', () => {
  it('ends in the verdict that all answers at once give', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(30), { minLength: 25, maxLength: 25 }), (picks) => {
        let state: State | null = null;
        const step = (event: ConversationEvent) => {
          const result = turn(state, event, library, NOW);
          state = JSON.parse(JSON.stringify(result.state)) as State;
          return result.effects.findLast((effect) => effect.kind === 'say');
        };
        const press = (id: string, at: number) =>
          step({ kind: 'choice', id: `p${at}`, sentAt: NOW, token: writeToken(state?.shown.turn ?? 0, id, 0) });
        step({ kind: 'started', id: 's', sentAt: NOW });
        let said = press('menu=eligibility', 0);
        for (const [at, pick] of picks.entries()) {
          const ask = said?.message.ask;
          if (ask === undefined || ask.id === 'menu') break;
          const values = (said?.message.choices ?? []).filter(({ value }) => value !== undefined);
          const type = (text: string) => step({ kind: 'text', id: `t${at}`, sentAt: NOW, text });
          if (ask.kind === 'place') said = type(['xã Nga Sơn, Thanh Hóa', 'phường Bến Cát, TP.HCM'][pick % 2] ?? '');
          else if (ask.kind === 'number') said = type(String((pick + 1) * 20));
          else if (ask.kind === 'money') said = type(`${(pick + 1) * 15} tỷ`);
          else if (ask.kind === 'multi-choice') said = press(pick % 2 === 0 ? 'do=done' : (values[0]?.id ?? ''), at);
          else said = press(values[pick % values.length]?.id ?? 'do=skip', at);
        }
        expect(said?.message.ask?.id).toBe('menu');
        const judged = judge(factsOf(state as unknown as State), library.pack, '2026-11-25' as never);
        const [first] = said?.message.blocks ?? [];
        const told = said?.message.blocks.find(
          (block) => block.kind === 'text' && 'key' in block.text && block.text.key.startsWith('verdict.'),
        );
        expect(first).toBeDefined();
        expect(told?.kind === 'text' && 'key' in told.text ? told.text.key : '').toBe(
          `verdict.${judged.national.verdict}`,
        );
      }),
      { numRuns: 60 },
    );
  });
});
