/**
 * The answers that are still missing, as variables with a finite number of values: of a number only on which side of
 * each limit it lies matters, of a list only whether it has the member that a condition asks for.
 */
import type { Condition, Pack, Programme, Test } from '../content/index.ts';
import type { Variable } from './diagram.ts';
import { factKeys, isFactKey, valuesOf, type FactKey } from './facts.ts';

interface Unknown<T> {
  readonly variable: Variable;
  readonly values: readonly T[];
}

export interface Unknowns {
  enumeration(key: FactKey): Unknown<string>;
  number(key: FactKey): Unknown<number>;
  member(key: FactKey, member: string): Unknown<boolean>;
}

type Pieces = Pick<Pack, 'programmes' | 'provinces'>;
const known = new WeakMap<Pieces['programmes'], { readonly of: Pieces['provinces']; readonly unknowns: Unknowns }>();

/** The unknowns of a pack, made once. */
export function unknownsOf(pack: Pieces): Unknowns {
  const before = known.get(pack.programmes);
  if (before?.of === pack.provinces) return before.unknowns;
  const unknowns = makeUnknowns(pack);
  known.set(pack.programmes, { of: pack.provinces, unknowns });
  return unknowns;
}

/** The fact that a variable stands for: `priority` of `priority:dia-ban-kho-khan`. */
export function factOfVariable({ id }: Variable): FactKey {
  const name = id.split(':')[0] ?? '';
  if (!isFactKey(name)) throw new Error(`No fact: ${id}`);
  return name;
}

function makeUnknowns(pack: Pieces): Unknowns {
  const programmes = [...pack.programmes.values()];
  const limits = limitsIn(programmes.flatMap(({ conditions }) => conditions));
  const made = new Map<string, Unknown<unknown>>();
  const once = <T>(id: string, key: FactKey, values: () => readonly T[]): Unknown<T> => {
    const before = made.get(id);
    if (before !== undefined) return before as Unknown<T>;
    const all = values();
    const weights = all.map((value) => expected(programmes, id, String(value)));
    const unknown = { variable: { id, order: factKeys.indexOf(key), weights }, values: all };
    made.set(id, unknown);
    return unknown;
  };
  return {
    enumeration: (key) => once(key, key, () => valuesOf(key, pack) ?? []),
    number: (key) => once(key, key, () => sides(limits.get(key) ?? [])),
    member: (key, member) => once(`${key}:${member}`, key, () => [false, true]),
  };
}

/** How often an answer is to be expected, from the first programme that says so; 1 where none does. */
function expected(programmes: readonly Programme[], id: string, value: string): number {
  for (const { typical } of programmes) {
    const weights = typical[id];
    if (weights !== undefined) return weights[value] ?? 1;
  }
  return 1;
}

/** One number for each side of each limit: the limits themselves, and one more than the greatest. */
const sides = (limits: readonly number[]): readonly number[] => [...limits, (limits.at(-1) ?? 0) + 1];

function limitsIn(conditions: readonly Condition[]): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, Set<number>>();
  const walk = (test: Test): void => {
    if ('atMost' in test) found.set(test.fact, (found.get(test.fact) ?? new Set()).add(test.atMost));
    if ('not' in test) walk(test.not);
    if ('all' in test) test.all.forEach(walk);
    if ('any' in test) test.any.forEach(walk);
  };
  conditions.forEach(({ test }) => walk(test));
  return new Map([...found].map(([fact, limits]) => [fact, [...limits].sort((a, b) => a - b)]));
}
