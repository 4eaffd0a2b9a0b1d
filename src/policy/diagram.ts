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

/** How likely each grade is from each branch on, when answers come with their weights. */
function chancesIn(diagram: Diagram): (at: Diagram) => Chances {
  const done = new Map<Branch, Chances>();
  const walk = (at: Diagram): Chances => {
    if (isSettled(at)) return LEAVES[at];
    const before = done.get(at);
    if (before !== undefined) return before;
    const total = totalOf(at.asks);
    const sum: [number, number, number] = [0, 0, 0];
    for (const [value, next] of at.next.entries()) add(sum, walk(next), (at.asks.weights[value] ?? 0) / total);
    done.set(at, sum);
    return sum;
  };
  walk(diagram);
  return walk;
}

const LEAVES: readonly [Chances, Chances, Chances] = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

const totalOf = ({ weights }: Variable): number => weights.reduce((sum, weight) => sum + weight, 0);

function add(sum: [number, number, number], part: Chances, times: number): void {
  for (const rank of [FAILS, DOUBT, MEETS] as const) sum[rank] += part[rank] * times;
}

/** How likely each branch is to be come by, parents before children. */
function reachesOf(diagram: Branch): ReadonlyMap<Branch, number> {
  const ordered = [...branchesOf(diagram)].sort((one, two) => one.asks.order - two.asks.order);
  const reach = new Map<Branch, number>(ordered.map((branch) => [branch, branch === diagram ? 1 : 0]));
  for (const branch of ordered) {
    const here = (reach.get(branch) ?? 0) / totalOf(branch.asks);
    for (const [value, next] of branch.next.entries()) {
      if (!isSettled(next)) reach.set(next, (reach.get(next) ?? 0) + here * (branch.asks.weights[value] ?? 0));
    }
  }
  return reach;
}

const surprise = (chances: Chances): number =>
  chances.reduce((sum, chance) => (chance > 0 ? sum - chance * Math.log2(chance) : sum), 0);

/**
 * How much of the doubt about the outcome each missing answer would take away, in bits, by its id. Two walks serve all of
 * them: an answer known to be `value` sends what comes by its branches to that value's child, and changes nothing else.
 */
export function gainsOf(diagram: Diagram): ReadonlyMap<string, number> {
  const gains = new Map<string, number>();
  if (isSettled(diagram)) return gains;
  const chances = chancesIn(diagram);
  const reach = reachesOf(diagram);
  const doubt = surprise(chances(diagram));
  for (const asks of askedBy(diagram)) {
    const branches = [...reach].filter(([branch]) => branch.asks.id === asks.id);
    const elsewhere: [number, number, number] = [...chances(diagram)];
    for (const [branch, here] of branches) add(elsewhere, chances(branch), -here);
    const total = totalOf(asks);
    let left = 0;
    for (const [value, weight] of asks.weights.entries()) {
      if (weight === 0) continue;
      const known: [number, number, number] = [...elsewhere];
      for (const [branch, here] of branches) add(known, chances(branch.next[value] as Diagram), here);
      left += (weight / total) * surprise(known);
    }
    gains.set(asks.id, doubt - left);
  }
  return gains;
}
