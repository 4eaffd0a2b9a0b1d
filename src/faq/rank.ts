/** Ranks the entries by an exact weighted count of shared units; nothing fuzzy takes part. */
import { holdsOn, type Day, type ProvinceCode } from '../base/index.ts';
import type { FaqIndex, IndexedEntry, Variant } from './faq-index.ts';
import type { Query } from './query.ts';

export interface Ranked {
  readonly at: number;
  readonly indexed: IndexedEntry;
  /** 0 … about 1. */
  readonly score: number;
  /** Likeness of the best single way of asking, 0 … 1. */
  readonly likeness: number;
  /** Share of that way of asking which the question has, 0 … 1. */
  readonly coverage: number;
}

export interface RankOptions {
  readonly on: Day;
  readonly province?: ProvinceCode;
}

export const RANK = {
  whole: 0.8,
  single: 0.2,
  tone: 0.6,
  shortlist: 24,
  otherProvince: 0.25,
  sameProvince: 1.15,
  unnamedProvince: 0.88,
};

/** Entries in force on the day, best first; entries without a shared unit are left out. */
export function rank(index: FaqIndex, query: Query, options: RankOptions): Ranked[] {
  const whole = new Float64Array(index.entries.length);
  let most = 0;
  for (const { unit, weight, form } of query.units) {
    const worth = weight * index.rarity(unit);
    most += worth;
    const bare = form === undefined ? 1 : 1 - RANK.tone;
    pour(index, unit, worth * bare, whole);
    if (form !== undefined) pour(index, form, worth * RANK.tone, whole);
  }
  if (most === 0) return [];
  const length = queryNorm(index, query);
  return [...whole.keys()]
    .filter((at) => (whole[at] ?? 0) > 0 && inForce(index.entries[at], options.on))
    .sort((a, b) => (whole[b] ?? 0) - (whole[a] ?? 0) || a - b)
    .slice(0, RANK.shortlist)
    .flatMap((at) => {
      const indexed = index.entries[at];
      if (!indexed) return [];
      const { likeness, coverage } = likest(index, query, indexed.variants, length);
      const base = (RANK.whole * (whole[at] ?? 0)) / most + RANK.single * likeness;
      return [{ at, indexed, likeness, coverage, score: base * placeFactor(indexed, query, options) }];
    })
    .sort((a, b) => b.score - a.score || a.at - b.at);
}

function pour(index: FaqIndex, unit: string, worth: number, into: Float64Array): void {
  const posting = index.postings.get(unit);
  if (!posting) return;
  for (const [i, at] of posting.entries.entries()) into[at] = (into[at] ?? 0) + worth * (posting.weights[i] ?? 0);
}

const inForce = (indexed: IndexedEntry | undefined, on: Day): boolean => {
  if (!indexed) return false;
  const { validFrom, validTo } = indexed.entry;
  return holdsOn({ ...(validFrom && { from: validFrom }), ...(validTo && { to: validTo }) }, on);
};

export function placeFactor({ entry }: IndexedEntry, query: Query, { province }: RankOptions): number {
  if (entry.provinces.length === 0) return 1;
  const wanted = query.provinces.length > 0 ? query.provinces : province === undefined ? [] : [province];
  if (wanted.length === 0) return RANK.unnamedProvince;
  return entry.provinces.some((each) => wanted.includes(each)) ? RANK.sameProvince : RANK.otherProvince;
}

function queryNorm(index: FaqIndex, query: Query): number {
  let sum = 0;
  for (const { unit, weight } of query.units) sum += (weight * index.rarity(unit)) ** 2;
  return Math.sqrt(sum);
}

function likest(
  index: FaqIndex,
  query: Query,
  variants: readonly Variant[],
  length: number,
): { likeness: number; coverage: number } {
  let best = { likeness: 0, coverage: 0 };
  for (const { units, norm } of variants) {
    if (norm === 0 || length === 0) continue;
    let shared = 0;
    let covered = 0;
    for (const { unit, weight, form } of query.units) {
      const has = units.get(unit);
      if (has === undefined) continue;
      const rarity = index.rarity(unit);
      const tone = form === undefined || units.has(form) ? 1 : 1 - RANK.tone;
      shared += weight * has * rarity * rarity * tone;
      covered += (has * rarity) ** 2;
    }
    const likeness = shared / (norm * length);
    if (likeness > best.likeness) best = { likeness, coverage: Math.sqrt(covered) / norm };
  }
  return best;
}
