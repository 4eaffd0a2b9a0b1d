/** Two conversations of one person that become one: what each holds, what comes along, and the state that is left. */
import type { Answer, FlowName, JoinedAddress, State } from './state.ts';
import type { CaseSeen } from './events.ts';

/** What a conversation holds, without anything that tells whose it is but the last digits of the phone. */
export interface Carried {
  /** The questionnaire under way. */
  readonly form: FlowName | null;
  readonly answers: number;
  readonly cases: number;
  /** The answers are the sheet of a case that was sent. */
  readonly isSheet: boolean;
  readonly phoneEnd?: string;
}

const PHONE_END = 3;

export function carriedBy({ form, answers, cases, sheetOf }: State): Carried {
  const phone = answers['phone']?.value;
  return {
    form: form?.flow ?? null,
    answers: Object.keys(answers).length,
    cases: cases.length,
    isSheet: sheetOf !== undefined,
    ...(typeof phone === 'string' ? { phoneEnd: phone.slice(-PHONE_END) } : {}),
  };
}

/** True when there is something that a person would want to find again elsewhere. */
export const holdsSomething = ({ form, answers, cases }: Carried): boolean => form !== null || answers > 0 || cases > 0;

/** What the conversation that ends gives to the one that is kept. */
export type Brought = Pick<
  State,
  'form' | 'answers' | 'hints' | 'cases' | 'consent' | 'sheetOf' | 'handedOver' | 'loose' | 'joined'
>;

const rank = (form: FlowName | null): number => (form === null ? 0 : form === 'eligibility' ? 1 : 2);

/**
 * `draft`: the questionnaire under way here comes along. `answers`: what was answered here fills what is open there.
 * `nothing`: there goes on, and the answers here are dropped, unless they are the sheet of a case, which has a copy.
 */
export function comesAlong(there: Carried, here: Carried): 'draft' | 'answers' | 'nothing' {
  if (rank(here.form) > rank(there.form)) return 'draft';
  return there.form === null && !there.isSheet ? 'answers' : 'nothing';
}

/** How many answers would be lost by joining. */
export const droppedAnswers = (there: Carried, here: Carried): number =>
  comesAlong(there, here) === 'nothing' && (here.form !== null || !here.isSheet) ? here.answers : 0;

/** The kept state with what the other brought. Cases of both are there; who has a person of the centre keeps them. */
export function joinStates(kept: State, brought: Brought): State {
  const { sheetOf: _sheet, ...rest } = kept;
  const consent = kept.consent ?? brought.consent;
  const handedOver = laterOf(kept.handedOver, brought.handedOver);
  const loose = [...(kept.loose ?? []), ...(brought.loose ?? [])];
  return {
    ...rest,
    ...answersOfBoth(kept, brought),
    cases: bothCases(kept.cases, brought.cases),
    ...(consent === undefined ? {} : { consent }),
    ...(handedOver === undefined ? {} : { handedOver }),
    ...(loose.length === 0 ? {} : { loose }),
    misses: 0,
  };
}

type Told = Pick<State, 'mode' | 'form' | 'answers' | 'hints' | 'sheetOf'>;

function answersOfBoth(kept: State, brought: Brought): Told {
  const { form, answers, hints, sheetOf } = kept;
  const sheet = (id: State['sheetOf']) => (id === undefined ? {} : { sheetOf: id });
  const along = comesAlong(carriedBy(kept), carriedBy({ ...kept, ...brought, sheetOf: brought.sheetOf } as State));
  if (along === 'nothing') return { mode: settled(kept), form, answers, hints, ...sheet(sheetOf) };
  const before = beforeTheForm(kept.answers);
  const all = { ...kept.hints, ...brought.hints };
  if (along === 'draft') {
    const own = sheetOf === undefined ? before : {};
    const mode = { kind: 'asking' } as const;
    return { mode, form: brought.form, answers: { ...own, ...brought.answers }, hints: all, ...sheet(brought.sheetOf) };
  }
  const merged = brought.sheetOf === undefined ? { ...brought.answers, ...before } : { ...before, ...brought.answers };
  return { mode: settled(kept), form, answers: merged, hints: all, ...sheet(brought.sheetOf) };
}

/** Answers that «quay lại» does not take back: they were given before the questionnaire that came along. */
const beforeTheForm = (answers: State['answers']): Record<string, Answer> =>
  Object.fromEntries(Object.entries(answers).map(([key, answer]) => [key, { ...answer, turn: 0 }]));

/** Joining itself leaves nothing open. */
const settled = ({ mode, form }: State): State['mode'] =>
  mode.kind !== 'linking' && mode.kind !== 'joining' && mode.kind !== 'parting'
    ? mode
    : form === null
      ? { kind: 'menu' }
      : { kind: 'asking' };

const bothCases = (kept: readonly CaseSeen[], brought: readonly CaseSeen[]): readonly CaseSeen[] => [
  ...kept,
  ...brought.filter(({ id }) => !kept.some((one) => one.id === id)),
];

function laterOf(one: State['handedOver'], two: State['handedOver']): State['handedOver'] {
  if (one === undefined || two === undefined) return one ?? two;
  return two.until > one.until ? two : one;
}

/** All addresses that speak for the conversation, each once. */
export const joinedAddresses = (...lists: readonly (readonly JoinedAddress[])[]): readonly JoinedAddress[] => [
  ...new Map(lists.flat().map((address) => [address.key, address])).values(),
];
