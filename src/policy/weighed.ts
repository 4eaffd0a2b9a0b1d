/** A programme under the texts of a day, each of its conditions and routes weighed against the facts. */
import { holdsOn, type Day } from '../base/index.ts';
import type { Condition, Period, Programme } from '../content/index.ts';
import { weigh, type Bench } from './conditions.ts';
import { DOUBT, FAILS, isSettled, MEETS, type Diagram } from './diagram.ts';
import type { VerdictKind } from './verdict.ts';

/** A programme weighed on a day: each condition, each route, and the whole. */
export interface Weighed {
  readonly programme: Programme;
  readonly period: Period;
  readonly conditions: ReadonlyMap<string, { readonly condition: Condition; readonly diagram: Diagram }>;
  /** In the order of the file. */
  readonly routes: readonly Diagram[];
  readonly whole: Diagram;
}

export const periodOn = ({ inForce }: Programme, on: Day): Period | undefined =>
  inForce.find((period) => holdsOn(period, on));

/** The programme under the texts of the day; null when nothing stood then. */
export function weighOn(programme: Programme, bench: Bench): Weighed | null {
  const period = periodOn(programme, bench.on);
  if (period === undefined) return null;
  const { diagrams } = bench;
  const ids = new Set([...period.conditions, ...period.routes.flatMap(({ conditions }) => conditions)]);
  const conditions = new Map(
    programme.conditions
      .filter((condition) => ids.has(condition.id) && holdsOn(condition, bench.on))
      .map((condition) => [condition.id, { condition, diagram: weigh(condition, bench) }]),
  );
  const together = (names: readonly string[]): Diagram =>
    names.map((id) => conditions.get(id)?.diagram ?? MEETS).reduce((a, b) => diagrams.worst(a, b), MEETS);
  const common = together(period.conditions);
  const routes = period.routes.map((route) => diagrams.worst(common, together(route.conditions)));
  return { programme, period, conditions, routes, whole: routes.reduce((a, b) => diagrams.best(a, b), FAILS) };
}

export const kindOf = (diagram: Diagram): VerdictKind => {
  if (!isSettled(diagram)) return 'unknown';
  return diagram === MEETS ? 'likely' : diagram === DOUBT ? 'review' : 'unlikely';
};
