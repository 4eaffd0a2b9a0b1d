import { beforeAll, describe, expect, it } from 'vitest';
import { caseId, type CaseId } from '../../src/base/index.ts';
import { openLibrary, turn, type ConversationEvent, type Library, type State } from '../../src/conversation/index.ts';
import { carriedBy, comesAlong, droppedAnswers, joinStates } from '../../src/conversation/joining.ts';
import { realPack, settingsOf } from '../support/story.ts';
import { aState } from '../support/turns.ts';

const NOW = '2026-11-25T02:00:00.000Z';
const answer = (value: string | number, at = 1) => ({ value, at: NOW, turn: at });
const seen = (id: string, status: 'new' | 'closed' = 'new') => ({ id: caseId(id), code: `TH-26-${id}`, status });
const state = (more: Partial<State>): State => aState(5, { form: null, hints: {}, ...more });
const draft = { flow: 'registration', since: 1 } as const;
const check = { flow: 'eligibility', since: 1 } as const;

describe('what comes along', () => {
  const along = (there: Partial<State>, here: Partial<State>) =>
    comesAlong(carriedBy(state(there)), carriedBy(state(here)));

  it.each([
    ['a draft, where there is none', { form: null }, { form: draft }, 'draft'],
    ['a draft, where only eligibility is being checked', { form: check }, { form: draft }, 'draft'],
    ['nothing, where there is a draft', { form: draft }, { form: draft }, 'nothing'],
    ['nothing of a check, where there is a draft', { form: draft }, { form: check }, 'nothing'],
    ['answers, where nothing is under way', {}, { answers: { legalForm: answer('hop-tac-xa') } }, 'answers'],
    [
      'no answers onto the sheet of a case',
      { sheetOf: caseId('c') },
      { answers: { legalForm: answer('x') } },
      'nothing',
    ],
  ] as const)('%s', (_name, there, here, wanted) => {
    expect(along(there, here)).toBe(wanted);
  });

  it('tells what would be dropped: never the sheet of a case, which has a copy', () => {
    const there = carriedBy(state({ form: draft }));
    const answers = { legalForm: answer('hop-tac-xa'), workers: answer(7) };
    expect(droppedAnswers(there, carriedBy(state({ form: draft, answers })))).toBe(2);
    expect(droppedAnswers(there, carriedBy(state({ sheetOf: caseId('c'), answers })))).toBe(0);
    expect(droppedAnswers(carriedBy(state({})), carriedBy(state({ form: draft, answers })))).toBe(0);
  });
});

describe('two states of one person', () => {
  it('keep the cases of both, the consent of either, and the person of the centre who is there longest', () => {
    const kept = state({ cases: [seen('1')], handedOver: { caseId: caseId('1'), until: '2026-11-25T09:00:00.000Z' } });
    const brought = state({
      cases: [seen('2'), seen('1')],
      consent: { version: '1', at: NOW },
      handedOver: { caseId: caseId('2'), until: '2026-11-26T09:00:00.000Z' },
      loose: [{ id: 'f', name: 'a.jpg', type: 'image/jpeg', size: 1 }],
    });
    expect(joinStates(kept, brought)).toMatchObject({
      cases: [{ id: '1' }, { id: '2' }],
      consent: { version: '1' },
      handedOver: { caseId: '2' },
      loose: [{ id: 'f' }],
    });
  });

  it('let the draft that came along be taken back answer by answer, and not what was known before it', () => {
    const kept = state({ answers: { legalForm: answer('ho-kinh-doanh', 40), place: answer('x', 41) } });
    const brought = state({ form: draft, answers: { legalForm: answer('hop-tac-xa', 3) } });
    const { form, mode, answers } = joinStates(kept, brought);
    expect({ form, mode }).toEqual({ form: draft, mode: { kind: 'asking' } });
    expect(answers).toMatchObject({ legalForm: { value: 'hop-tac-xa', turn: 3 }, place: { turn: 0 } });
  });

  it('do not mix the answers of one sheet into another', () => {
    const kept = state({ form: draft, answers: { totalCost: answer(1) } });
    const brought = state({ sheetOf: caseId('9'), answers: { totalCost: answer(2), workers: answer(3) } });
    expect(joinStates(kept, brought)).toMatchObject({ form: draft, answers: { totalCost: { value: 1 } } });
    expect(joinStates(kept, brought).answers['workers']).toBeUndefined();
    expect(joinStates(kept, brought).sheetOf).toBeUndefined();
  });
});

describe('staff who ask about the sheet of the other case', () => {
  let library: Library;
  beforeAll(async () => {
    library = openLibrary((await realPack()).pack, settingsOf({}));
  });
  const step = (before: State, event: Record<string, unknown>) =>
    turn(before, { id: `e${before.turn}`, sentAt: NOW, ...event } as ConversationEvent, library, NOW);
  const asked = (id: CaseId, field: string) => ({
    kind: 'staff-asked',
    caseId: id,
    field,
    reason: 'chưa rõ',
    sheet: { applicantName: 'Tổ hợp tác Hai', workers: 3, totalCost: 100_000_000 },
  });

  it('are told that alone, on its own sheet, and what was under way goes on untouched', () => {
    const own = {
      form: draft,
      answers: { applicantName: answer('Hộ Một'), workers: answer(7) },
      hints: {},
    };
    const begun = state({ ...own, consent: { version: '1', at: NOW }, cases: [seen('2')], mode: { kind: 'asking' } });
    const first = step(begun, asked(caseId('2'), 'workers'));
    expect(first.state).toMatchObject({ sheetOf: '2', answers: { applicantName: { value: 'Tổ hợp tác Hai' } } });
    const second = step(first.state, { kind: 'text', text: '12' });
    const told = second.effects.find(({ kind }) => kind === 'tell-case');
    expect(told).toMatchObject({
      caseId: '2',
      what: { changed: ['workers'], only: true, dossier: { fields: { workers: 12, applicantName: 'Tổ hợp tác Hai' } } },
    });
    expect(second.state).toMatchObject(own);
    expect(second.state.sheetOf).toBeUndefined();
    expect(second.state.aside).toBeUndefined();
  });

  it('may ask twice, and an owner who does not answer gets their own back, too', () => {
    const begun = state({
      sheetOf: caseId('1'),
      answers: { applicantName: answer('Hộ Một') },
      consent: { version: '1', at: NOW },
      cases: [seen('1'), seen('2'), seen('3')],
    });
    const first = step(begun, asked(caseId('2'), 'workers'));
    const second = step(first.state, asked(caseId('3'), 'totalCost'));
    expect(second.state.sheetOf).toBe('3');
    const third = step(second.state, { kind: 'text', text: 'quay lại' });
    expect(third.state).toMatchObject({ sheetOf: '1', answers: { applicantName: { value: 'Hộ Một' } } });
    expect(third.effects.some(({ kind }) => kind === 'tell-case')).toBe(false);
  });

  it('about the sheet that is at hand change nothing else than ever', () => {
    const begun = state({
      sheetOf: caseId('1'),
      answers: { applicantName: answer('Hộ Một'), workers: answer(7) },
      consent: { version: '1', at: NOW },
      cases: [seen('1')],
    });
    const first = step(begun, asked(caseId('1'), 'workers'));
    expect(first.state.aside).toBeUndefined();
    const told = step(first.state, { kind: 'text', text: '12' }).effects.find(({ kind }) => kind === 'tell-case');
    expect(told).toMatchObject({ what: { dossier: { fields: { applicantName: 'Hộ Một', workers: 12 } } } });
    expect(told).not.toMatchObject({ what: { only: true } });
  });
});
