/**
 * Staff ask about the sheet of one case while the answers are of another, or of a draft under way: those are put aside,
 * and taken up again when the owner has answered. Who has several cases, or comes from several places, may be so asked.
 */
import type { CaseId, Instant } from '../base/index.ts';
import type { AnswerValue, State } from './state.ts';

export interface SheetAsked {
  readonly caseId: CaseId;
  /** What stands on the sheet of that case, by question. */
  readonly sheet?: Readonly<Record<string, unknown>>;
}

/** The state with the answers of that sheet; the same when its own answers are of it, or of nothing in particular. */
export function putAside(state: State, { caseId, sheet }: SheetAsked, now: Instant): State {
  const { form, answers, hints, sheetOf, ...rest } = state;
  const isOther = sheetOf !== undefined || (form?.flow === 'registration' && form.returnTo !== 'case');
  if (sheet === undefined || sheetOf === caseId || !isOther) return state;
  const aside = state.aside ?? { form, answers, hints, ...(sheetOf === undefined ? {} : { sheetOf }) };
  const asAnswered = Object.entries(sheet).map(([key, value]) => [
    key,
    { value: value as AnswerValue, at: now, turn: 0 },
  ]);
  return { ...rest, form: null, hints: {}, answers: Object.fromEntries(asAnswered), sheetOf: caseId, aside };
}

/** What was put aside, once nothing of the other sheet is asked any more. */
export function takeUp(state: State): State {
  const { aside, sheetOf: _other, ...rest } = state;
  return aside === undefined || state.form?.returnTo === 'case' ? state : { ...rest, ...aside };
}
