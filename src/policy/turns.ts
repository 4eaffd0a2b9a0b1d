/** «If … it would fit»: single answers that, changed, would turn a settled verdict up. */
import type { Hint } from '../content/index.ts';
import type { Bench } from './conditions.ts';
import { DOUBT, FAILS, isSettled, MEETS } from './diagram.ts';
import { factValues, isFactKey, type FactKey, type Facts } from './facts.ts';
import { weighOn, type Weighed } from './weighed.ts';
import type { Turn } from './verdict.ts';

/** Tries the changes that the programme file names (no one moves to another province for it); keeps those that help. */
export function turnsOf({ programme, whole }: Weighed, bench: Bench): readonly Turn[] {
  if (!isSettled(whole) || whole === MEETS) return [];
  return programme.hints.flatMap((hint) => {
    const changed = changedBy(hint, bench.facts);
    if (changed === null) return [];
    const then = weighOn(programme, { ...bench, facts: changed.facts })?.whole ?? FAILS;
    if (!isSettled(then) || then <= whole) return [];
    return [{ fact: changed.fact, value: hint.value, to: then === DOUBT ? 'review' : 'likely', words: hint.words }];
  });
}

/** The facts with the answer of the hint; null when it was not asked or is given already. */
function changedBy(
  { fact, value, given: only }: Hint,
  facts: Facts,
): { readonly fact: FactKey; readonly facts: Facts } | null {
  if (!isFactKey(fact)) return null;
  const given = facts[fact];
  if (given === undefined || (only.length > 0 && !only.includes(String(given)))) return null;
  if (factValues[fact].kind !== 'list') return given === value ? null : { fact, facts: { ...facts, [fact]: value } };
  const members = Array.isArray(given) ? (given as readonly string[]) : [];
  return members.includes(value) ? null : { fact, facts: { ...facts, [fact]: [...members, value] } };
}
