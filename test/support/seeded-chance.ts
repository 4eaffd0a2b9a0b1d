/** Chance that can be had again: the same seed gives the same numbers (mulberry32). */
export interface Chance {
  readonly seed: number;
  /** From 0 up to 1. */
  next(): number;
  isHit(share: number): boolean;
  oneOf<T>(list: readonly T[]): T;
}

export function seededChance(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    seed,
    next,
    isHit: (share) => next() < share,
    oneOf(list) {
      const chosen = list[Math.floor(next() * list.length)];
      if (chosen === undefined) throw new Error('Nothing to choose from');
      return chosen;
    },
  };
}
