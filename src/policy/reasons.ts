/** Why a verdict is what it is: each condition that speaks for or against it, with its words and the texts in force. */
import { holdsOn, legalId, type Day } from '../base/index.ts';
import type { Cite, Condition, Pack } from '../content/index.ts';
import { factsIn, type Bench } from './conditions.ts';
import { DOUBT, FAILS, isSettled, MEETS, outcomesOf, type Diagram } from './diagram.ts';
import type { Weighed } from './weighed.ts';
import type { Reason } from './verdict.ts';

/** The reasons of the routes that matter, each condition once, in the order of the file. */
export function reasonsOf(weighed: Weighed, bench: Bench, pack: Pick<Pack, 'legal'>): readonly Reason[] {
  const { period, conditions } = weighed;
  const shown = routesShown(weighed).flatMap((at) => period.routes[at]?.conditions ?? []);
  return [...new Set([...period.conditions, ...shown])].flatMap((id) => {
    const found = conditions.get(id);
    return found === undefined || isHidden(found.condition, found.diagram, bench)
      ? []
      : [reasonOf(found.condition, found.diagram, bench.on, pack)];
  });
}

/**
 * Where it fits, the route that fits. Otherwise the first route, which is the common one, and any other that is as good
 * as the verdict or may still become better.
 */
function routesShown({ routes, whole }: Weighed): readonly number[] {
  const all = routes.map((_, at) => at);
  if (whole === MEETS) return all.filter((at) => routes[at] === MEETS).slice(0, 1);
  const matters = (route: Diagram): boolean =>
    isSettled(whole) ? route === whole && whole !== FAILS : [...outcomesOf(route)].some((rank) => rank !== FAILS);
  return all.filter((at) => at === 0 || matters(routes[at] as Diagram));
}

function isHidden(condition: Condition, diagram: Diagram, { facts }: Bench): boolean {
  const { onlyFor, quiet, test } = condition;
  if (quiet && (diagram === MEETS || !isSettled(diagram))) return true;
  const [subject] = factsIn(condition);
  if ('answer' in test && test.absent !== undefined && subject !== undefined && facts[subject] === undefined)
    return true;
  if (onlyFor === undefined) return false;
  const entry = Object.entries(facts).find(([key]) => key === onlyFor.fact);
  return entry === undefined || !onlyFor.is.includes(String(entry[1]));
}

function reasonOf(condition: Condition, diagram: Diagram, on: Day, pack: Pick<Pack, 'legal'>): Reason {
  const { because } = condition;
  const words = {
    [MEETS]: because.meets,
    [DOUBT]: because.doubt,
    [FAILS]: because.fails ?? because.doubt,
  };
  return {
    condition: condition.id,
    holds: diagram === MEETS ? true : diagram === FAILS ? false : null,
    open: !isSettled(diagram),
    because: isSettled(diagram) ? words[diagram] : (because.open ?? because.doubt),
    cites: condition.cites.filter((cite) => isInForce(cite, on, pack)),
    certainty: condition.certainty,
    facts: factsIn(condition),
  };
}

/** True when the cited text, and the wording of its article, stand on the day. */
export function isInForce(cite: Cite, on: Day, { legal }: Pick<Pack, 'legal'>): boolean {
  const [id = '', article] = cite.split('#');
  const instrument = legal.get(legalId(id));
  if (instrument === undefined) return false;
  const from = instrument.inForceFrom ?? instrument.issuedOn;
  if (from === undefined || on < from || (instrument.inForceTo !== undefined && instrument.inForceTo < on))
    return false;
  if (article === undefined) return true;
  const wordings = Object.hasOwn(instrument.articles, article) ? instrument.articles[article] : undefined;
  return wordings?.some((wording) => holdsOn(wording, on)) ?? false;
}
