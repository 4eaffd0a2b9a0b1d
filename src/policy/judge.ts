/**
 * May this case have support on this day? Pure: facts, pack and day in, judgement out. The verdict of a programme is the
 * best of its routes, a route is as good as its worst condition; while an answer is missing that can change it, the
 * verdict is `unknown` and the answer is named.
 */
import type { Day } from '../base/index.ts';
import type { Pack, Programme } from '../content/index.ts';
import type { Bench } from './conditions.ts';
import { askedBy, DOUBT, Diagrams, FAILS, gainsOf, type Diagram } from './diagram.ts';
import { factKeys, type FactKey, type Facts } from './facts.ts';
import { reasonsOf } from './reasons.ts';
import { turnsOf } from './turns.ts';
import { factOfVariable, unknownsOf } from './unknowns.ts';
import type { Judgement, ProgrammeVerdict } from './verdict.ts';
import { kindOf, weighOn, type Weighed } from './weighed.ts';

export type PolicyPack = Pick<Pack, 'programmes' | 'provinces' | 'legal'>;

/** Judges all programmes. Total: facts that contradict each other end in some verdict, never in an exception. */
export function judge(facts: Facts, pack: PolicyPack, on: Day): Judgement {
  const bench: Bench = { facts, on, pack, unknowns: unknownsOf(pack), diagrams: new Diagrams() };
  const national = [...pack.programmes.values()].filter(isNational);
  const local = [...pack.programmes.values()].filter((programme) => !isNational(programme));
  const weighed = national.map((programme) => weighOn(programme, bench));
  const standing = weighed.filter((each) => each !== null);
  const programmes = [
    ...national.map((programme, at) => verdictOf(programme, weighed[at] ?? null, bench, pack)),
    ...local.flatMap((programme) => localVerdict(programme, bench, pack)),
  ];
  return {
    on,
    national: {
      instruments: [...new Set(standing.flatMap(({ period }) => period.instruments))],
      certainty: standing[0]?.period.certainty ?? 'reported',
      verdict: kindOf(
        standing.map(({ whole }) => whole).reduce((a, b) => bench.diagrams.best(a, b), noVerdict(standing)),
      ),
    },
    programmes,
    next: programmes.find(({ missing }) => missing.length > 0)?.missing[0] ?? null,
  };
}

const isNational = ({ provinces }: Programme): boolean => provinces.length === 0;
const noVerdict = (standing: readonly Weighed[]): Diagram => (standing.length === 0 ? DOUBT : FAILS);

function verdictOf(programme: Programme, weighed: Weighed | null, bench: Bench, pack: PolicyPack): ProgrammeVerdict {
  const { id, unchecked } = programme;
  if (weighed === null) return { id, verdict: 'review', reasons: [], missing: [], wouldTurn: [], unchecked: [] };
  return {
    id,
    verdict: kindOf(weighed.whole),
    reasons: reasonsOf(weighed, bench, pack),
    missing: missingIn(weighed.whole),
    wouldTurn: turnsOf(weighed, bench),
    unchecked,
  };
}

/** A local programme that stood on the day, unless it is certainly not for this owner: that is no news to an owner elsewhere. */
function localVerdict(programme: Programme, bench: Bench, pack: PolicyPack): readonly ProgrammeVerdict[] {
  const weighed = weighOn(programme, bench);
  if (weighed === null || weighed.whole === FAILS) return [];
  const verdict = verdictOf(programme, weighed, bench, pack);
  return [isElsewhere(weighed, bench.facts) ? { ...verdict, elsewhere: true } : verdict];
}

const isElsewhere = ({ conditions }: Weighed, { formerProvince }: Facts): boolean =>
  [...conditions.values()].some(
    ({ condition: { test } }) =>
      'formerProvinceIn' in test &&
      typeof formerProvince === 'string' &&
      !test.formerProvinceIn.includes(formerProvince),
  );

/** The absent facts that can still change the verdict: those first that take away most of the doubt. */
function missingIn(whole: Diagram): readonly FactKey[] {
  const gains = new Map<FactKey, number>();
  const bits = gainsOf(whole);
  for (const variable of askedBy(whole)) {
    const fact = factOfVariable(variable);
    gains.set(fact, Math.max(gains.get(fact) ?? 0, bits.get(variable.id) ?? 0));
  }
  const rounded = (fact: FactKey) => Math.round((gains.get(fact) ?? 0) * 1e9);
  return [...gains.keys()].sort((a, b) => rounded(b) - rounded(a) || factKeys.indexOf(a) - factKeys.indexOf(b));
}
