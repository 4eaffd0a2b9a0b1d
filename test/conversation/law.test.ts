/** The verdict that an owner was told, and what they hear when the law has turned it. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { caseId, dayOf, type Instant } from '../../src/base/index.ts';
import {
  newState,
  openLibrary,
  turn,
  type ConversationEvent,
  type Library,
  type State,
} from '../../src/conversation/index.ts';
import { flipOfState } from '../../src/conversation/told.ts';
import type { ToldVerdict } from '../../src/policy/index.ts';
import type { Texts } from '../../src/texts/index.ts';
import { readAloud, realPack, settingsOf } from '../support/story.ts';

const BEFORE = '2025-10-14T03:00:00.000Z';
const AFTER = '2025-10-20T03:00:00.000Z';
let library: Library;
let texts: Texts;

beforeAll(async () => {
  const real = await realPack();
  library = openLibrary(real.pack, settingsOf({}));
  ({ texts } = real);
});

const facts = {
  producesIndustrially: 'yes',
  legalForm: 'ho-kinh-doanh',
  place: { province: 'hung-yen', unitType: 'phuong' },
  craftVillage: 'no',
  sector: 'che-bien-nong-lam-thuy-san',
  cleanerProduction: 'no',
};

function answered(given: Readonly<Record<string, unknown>>, at: Instant): State {
  const answers = Object.fromEntries(
    Object.entries(given).map(([key, value]) => [key, { value: value as string, at, turn: 1 }]),
  );
  return { ...newState(at), turn: 1, answers, consent: { version: '1', at } };
}

const step = (state: State, event: Partial<ConversationEvent>, now: Instant) => {
  const result = turn(state, { id: `e${state.turn}`, sentAt: now, ...event } as ConversationEvent, library, now);
  const said = result.effects.flatMap((effect) => (effect.kind === 'say' ? [effect.message] : []));
  return {
    state: JSON.parse(JSON.stringify(result.state)) as State,
    said,
    words: said.map((one) => readAloud(one, texts, 'vi')),
  };
};

/** Asks for the result, which is told at once since all is answered. */
const told = (given: Readonly<Record<string, unknown>> = facts, at = BEFORE) =>
  step(answered(given, at), { kind: 'text', text: 'xem có được hỗ trợ không' }, at).state;

const flipIn = (state: State, now = AFTER, kept?: ToldVerdict) =>
  flipOfState(state, { library, today: dayOf(now) }, kept);
const changed = (state: State, now = AFTER, kept?: ToldVerdict) => ({
  kind: 'law-changed' as const,
  flip: flipIn(state, now, kept)?.id ?? 'none',
  ...(kept === undefined ? {} : { kept }),
});

/** Answers of all kinds of owners. */
const value = (...of: readonly string[]) => fc.constantFrom(...of);
const given = fc.record({
  producesIndustrially: value('yes', 'no', 'unsure'),
  legalForm: value('ho-kinh-doanh', 'doanh-nghiep', 'hop-tac-xa', 'khac'),
  place: fc.record({ province: value('thanh-hoa', 'hung-yen', 'ho-chi-minh'), unitType: value('xa', 'phuong') }),
  craftVillage: value('yes', 'no'),
  sector: value('che-bien-nong-lam-thuy-san', 'khai-khoang', 'thuong-mai-dich-vu', 'khac'),
  workers: fc.constantFrom(7, 150, 400),
  cleanerProduction: value('yes', 'no'),
});

describe('an owner whose verdict was turned by the law', () => {
  it('hears what it was, what it is, by which text and from which day, and what can be done', () => {
    const before = told();
    expect(before.told?.kinds['national']).toBe('review');
    const { words, state, said } = step(before, changed(before), AFTER);
    expect(words).toHaveLength(1);
    for (const part of [
      '14/10/2025',
      'cần cán bộ xem',
      'có thể phù hợp',
      'Nghị định 235/2025/NĐ-CP',
      '15/10/2025',
      'sơ bộ',
    ])
      expect(words[0]).toContain(part);
    expect(words[0]?.length).toBeLessThan(600);
    expect(said[0]?.choices.map(({ id }) => id)).toEqual([
      'menu=eligibility',
      'menu=registration',
      'menu=staff',
      'do=menu',
    ]);
    expect(flipIn(state)).toBeNull();
  });

  it('hears it once, also when it is sent again', () => {
    const before = told();
    const event = changed(before);
    const once = step(before, event, AFTER);
    expect(once.state.lawTold).toBe(event.flip);
    expect(step(once.state, event, AFTER).words).toEqual([]);
  });

  it('is asked on where they were, when in the middle of something', () => {
    const before = step(told(), { kind: 'text', text: 'làm phiếu đăng ký' }, BEFORE).state;
    const { words } = step(before, changed(before), AFTER);
    expect(words).toHaveLength(2);
    expect(words[0]).not.toContain('[1 ');
    expect(words[1]).toContain('[1 ');
  });

  it('hears nothing while a person of the centre has the conversation, and it is not taken for told', () => {
    const before = { ...told(), handedOver: { caseId: caseId('k'), until: '2025-10-21T00:00:00.000Z' } };
    const held = step(before, changed(before), AFTER);
    expect([held.words, held.state.lawTold]).toEqual([[], undefined]);
    const later = '2025-10-22T03:00:00.000Z';
    expect(step(held.state, changed(held.state, later), later).words).toHaveLength(1);
  });

  it('hears nothing when they changed an answer since, or it is no longer so', () => {
    const before = told();
    const event = changed(before);
    const other = { ...before, answers: { ...before.answers, legalForm: { value: 'hop-tac-xa', at: AFTER, turn: 9 } } };
    expect(step(other, event, AFTER).words).toEqual([]);
    expect(step(before, event, BEFORE).words).toEqual([]);
    const again = step(before, { kind: 'text', text: 'xem có được hỗ trợ không' }, AFTER).state;
    expect(step(again, event, AFTER).words).toEqual([]);
  });

  it('hears nothing without consent', () => {
    const { consent: _consent, ...without } = told();
    expect(flipIn(without)).toBeNull();
    expect(step(without, { kind: 'law-changed', flip: 'any' }, AFTER).words).toEqual([]);
  });

  it('of a state from before verdicts were remembered is told by the verdict of the sheet', () => {
    const { told: _told, ...old } = told();
    const kept = { on: dayOf(BEFORE), kinds: { national: 'review' } } as const;
    const { words, state } = step(old, changed(old, AFTER, kept), AFTER);
    expect(words[0]).toContain('có thể phù hợp');
    expect(flipIn(state, AFTER, kept)).toBeNull();
  });
});

describe('the verdict of a sheet', () => {
  it('is remembered as it is kept, but an older one of the same answers stays', () => {
    const opened = step(answered(facts, BEFORE), { kind: 'text', text: 'làm phiếu đăng ký' }, BEFORE).state;
    expect(opened.told).toMatchObject({ on: dayOf(BEFORE), kinds: { national: 'review' } });
    const later = step(opened, { kind: 'text', text: 'đúng' }, AFTER).state;
    const named = step(later, { kind: 'text', text: 'Hộ bún khô cô Lan' }, AFTER).state;
    expect(named.answers['applicantName']?.value).toBe('Hộ bún khô cô Lan');
    expect(named.told).toEqual(opened.told);
  });
});

describe('what an owner hears', () => {
  it('fits on a small phone, whatever turned, and says how sure it is', () => {
    const days = ['2010-03-01', '2012-07-05', '2025-06-30', '2025-10-14', '2025-10-15', '2026-11-25'];
    const moments = fc.constantFrom(...days.map((day) => `${day}T03:00:00.000Z`));
    let heard = 0;
    fc.assert(
      fc.property(given, moments, moments, (answers, a, b) => {
        const [one, other] = a < b ? [a, b] : [b, a];
        const before = told(answers, one);
        const flip = flipIn(before, other);
        const { words } = step(before, changed(before, other), other);
        expect(words).toHaveLength(flip === null ? 0 : 1);
        const text = (words[0] ?? '').split('\n[1 ')[0] ?? '';
        expect([text.length <= 600, text]).toEqual([true, text]);
        if (flip?.reasons.slice(0, 2).some(({ certainty }) => certainty === 'unconfirmed'))
          expect(text).toContain('Chưa kiểm chứng');
        heard += words.length;
      }),
      { numRuns: 150 },
    );
    expect(heard).toBeGreaterThan(0);
  });
});

describe('judging again with the same content on the same day', () => {
  it('never finds anything, whatever was answered', () => {
    let shown = 0;
    fc.assert(
      fc.property(given, fc.constantFrom(BEFORE, AFTER, '2026-11-25T03:00:00.000Z'), (answers, at) => {
        const state = told(answers, at);
        if (state.told !== undefined) shown += 1;
        expect(flipIn(state, at)).toBeNull();
      }),
      { numRuns: 60 },
    );
    expect(shown).toBeGreaterThan(10);
  });
});
