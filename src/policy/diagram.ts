/**
 * A condition as a function of the answers that are still missing, kept as a reduced, ordered decision diagram: a leaf is
 * a grade, a branch asks one missing answer and has a diagram for each of its values. Two diagrams that say the same are
 * the same object. So «every completion gives v» is «the diagram is a leaf», and the answers that can still change the
 * outcome are exactly those that the diagram asks; nothing has to be tried out.
 */
export const FAILS = 0;
export const DOUBT = 1;
export const MEETS = 2;
export type Rank = typeof FAILS | typeof DOUBT | typeof MEETS;

/** A missing answer. `id` is unique; branches are ordered by `order`. */
export interface Variable {
  readonly id: string;
  readonly order: number;
  /** How often each value is to be expected, relative to the others. */
  readonly weights: readonly number[];
}

interface Branch {
  readonly key: number;
  readonly asks: Variable;
  readonly next: readonly Diagram[];
}
export type Diagram = Rank | Branch;

/** Chances of the three grades, by rank. */
export type Chances = readonly [number, number, number];

export const isSettled = (diagram: Diagram): diagram is Rank => typeof diagram === 'number';

/** Makes and joins diagrams. One per judgement: branches of different workshops must not meet. */
export class Diagrams {
  readonly #known = new Map<string, Branch>();
  readonly #joined = new Map<string, Diagram>();

  /** A branch, or the one diagram that all values lead to. */
  ask(asks: Variable, next: readonly Diagram[]): Diagram {
    const [first] = next;
    if (first === undefined) throw new RangeError(`No values for ${asks.id}`);
    if (next.every((each) => each === first)) return first;
    const name = `${asks.id}:${next.map(keyOf).join(',')}`;
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const made: Branch = { key: this.#known.size + 3, asks, next };
    this.#known.set(name, made);
    return made;
  }

  /** The worse of both, value by value. */
  worst(one: Diagram, two: Diagram): Diagram {
    if (one === FAILS || two === FAILS) return FAILS;
    if (one === MEETS || one === two) return two;
    if (two === MEETS) return one;
    return this.#join('worst', one, two, (a, b) => this.worst(a, b));
  }

  /** The better of both, value by value. */
  best(one: Diagram, two: Diagram): Diagram {
    if (one === MEETS || two === MEETS) return MEETS;
    if (one === FAILS || one === two) return two;
    if (two === FAILS) return one;
    return this.#join('best', one, two, (a, b) => this.best(a, b));
  }

  /** The same questions with other grades at the end. */
  map(diagram: Diagram, to: (rank: Rank) => Rank): Diagram {
    const done = new Map<Branch, Diagram>();
    const walk = (at: Diagram): Diagram => {
      if (isSettled(at)) return to(at);
      const known = done.get(at);
      if (known !== undefined) return known;
      const made = this.ask(at.asks, at.next.map(walk));
      done.set(at, made);
      return made;
    };
    return walk(diagram);
  }

  #join(how: string, one: Diagram, two: Diagram, each: (a: Diagram, b: Diagram) => Diagram): Diagram {
    const [low, high] = keyOf(one) <= keyOf(two) ? [one, two] : [two, one];
    const name = `${how}:${keyOf(low)}:${keyOf(high)}`;
    const known = this.#joined.get(name);
    if (known !== undefined) return known;
    const asks = firstAsked(low, high);
    const at = (diagram: Diagram, value: number) =>
      !isSettled(diagram) && diagram.asks.id === asks.id ? (diagram.next[value] as Diagram) : diagram;
    const made = this.ask(
      asks,
      asks.weights.map((_, value) => each(at(low, value), at(high, value))),
    );
    this.#joined.set(name, made);
    return made;
  }
}

const keyOf = (diagram: Diagram): number => (isSettled(diagram) ? diagram : diagram.key);

function firstAsked(one: Diagram, two: Diagram): Variable {
  if (isSettled(one)) {
    if (isSettled(two)) throw new Error('Two leaves ask nothing');
    return two.asks;
  }
  return isSettled(two) || one.asks.order <= two.asks.order ? one.asks : two.asks;
}

function branchesOf(diagram: Diagram): ReadonlySet<Branch> {
  const found = new Set<Branch>();
  const walk = (at: Diagram): void => {
    if (isSettled(at) || found.has(at)) return;
    found.add(at);
    at.next.forEach(walk);
  };
  walk(diagram);
  return found;
}

/** The missing answers that can change the outcome. */
export const askedBy = (diagram: Diagram): readonly Variable[] => [
  ...new Map([...branchesOf(diagram)].map(({ asks }) => [asks.id, asks])).values(),
];

/** Grades that some completion gives. */
export function outcomesOf(diagram: Diagram): ReadonlySet<Rank> {
  if (isSettled(diagram)) return new Set([diagram]);
  return new Set([...branchesOf(diagram)].flatMap(({ next }) => next.filter(isSettled)));
}

/** How likely each grade is when answers come with their weights; `known` fixes the value of one answer. */
export function chancesOf(diagram: Diagram, known?: { readonly id: string; readonly value: number }): Chances {
  const done = new Map<Branch, Chances>();
  const walk = (at: Diagram): Chances => {
    if (at === FAILS) return [1, 0, 0];
    if (at === DOUBT) return [0, 1, 0];
    if (at === MEETS) return [0, 0, 1];
    const before = done.get(at);
    if (before !== undefined) return before;
    const fixed = at.asks.id === known?.id ? known.value : undefined;
    const sum: [number, number, number] = [0, 0, 0];
    let total = 0;
    for (const [value, next] of at.next.entries()) {
      const weight = fixed === undefined ? (at.asks.weights[value] ?? 0) : fixed === value ? 1 : 0;
      if (weight === 0) continue;
      const part = walk(next);
      total += weight;
      for (const rank of [FAILS, DOUBT, MEETS] as const) sum[rank] += weight * part[rank];
    }
    const chances: Chances = [sum[0] / total, sum[1] / total, sum[2] / total];
    done.set(at, chances);
    return chances;
  };
  return walk(diagram);
}

const surprise = (chances: Chances): number =>
  chances.reduce((sum, chance) => (chance > 0 ? sum - chance * Math.log2(chance) : sum), 0);

/** How much of the doubt about the outcome an answer would take away, in bits. */
export function gainOf(diagram: Diagram, variable: Variable): number {
  const total = variable.weights.reduce((sum, weight) => sum + weight, 0);
  const left = variable.weights.map((weight, value) =>
    weight === 0 ? 0 : (weight / total) * surprise(chancesOf(diagram, { id: variable.id, value })),
  );
  return surprise(chancesOf(diagram)) - left.reduce((sum, each) => sum + each, 0);
}
