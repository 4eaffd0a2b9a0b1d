/** Answers as facts of the law, and the eligibility question that comes next. */
import type { Pack } from '../content/index.ts';
import type { FactKey, Facts, FactValue, Judgement } from '../policy/index.ts';
import { factKeys, judge } from '../policy/index.ts';
import { placeOf } from '../dossier/index.ts';
import type { Scene } from './step.ts';
import { valuesOf } from './step.ts';
import type { State } from './state.ts';

/** Facts that the one question about the place gives (contract, section 3). */
const placeFacts: readonly string[] = ['province', 'formerProvince', 'unitType', 'districtType'];

export const questionOf = (fact: FactKey): string => (placeFacts.includes(fact) ? 'place' : fact);

/** The facts known so far; what was passed over is not known. */
export function factsOf(state: State): Facts {
  const values = valuesOf(state);
  const facts: Partial<Record<FactKey, FactValue>> = {};
  for (const key of factKeys) {
    const value = values[key];
    if (typeof value === 'string' || typeof value === 'number') facts[key] = value;
    else if (Array.isArray(value)) facts[key] = value as readonly string[];
  }
  const place = placeOf(values);
  if (place !== undefined) {
    facts.province = place.province;
    if (place.formerProvince !== undefined) facts.formerProvince = place.formerProvince;
    if (place.unitType !== null) facts.unitType = place.unitType;
  }
  return facts;
}

/** Judgements of late, by pack, day and facts: a step asks for the same one several times, and owners are alike. */
const judged = new WeakMap<Pack, Map<string, Judgement>>();
const KEPT = 300;

export function judgeState(state: State, { library: { pack }, today }: Scene): Judgement {
  const facts = factsOf(state);
  const known = judged.get(pack) ?? new Map<string, Judgement>();
  judged.set(pack, known);
  const key = JSON.stringify([today, facts]);
  const before = known.get(key);
  if (before !== undefined) return before;
  if (known.size >= KEPT) known.clear();
  const judgement = judge(facts, pack, today);
  known.set(key, judgement);
  return judgement;
}

/** The eligibility question to put next, or null: nothing that may still be asked can change a verdict. */
export function nextEligibilityQuestion(state: State, scene: Scene): string | null {
  const { next, programmes } = judgeState(state, scene);
  if (next === null) return null;
  const wanted = [next, ...programmes.flatMap(({ missing }) => missing)].map(questionOf);
  return wanted.find((question) => state.answers[question] === undefined) ?? null;
}
