/**
 * Spelling: a word that nobody in the pack uses → the nearest words that somebody does, each with a penalty. Fuse.js
 * proposes (it is good at single words, not at sentences), the number of slips decides.
 */
import Fuse from 'fuse.js';
import { soundOf } from './syllable.ts';

export interface Spelling {
  readonly word: string;
  /** 0 (the same sound) … 1 (hardly the same word). */
  readonly penalty: number;
}

export type Speller = (word: string) => readonly Spelling[];

const MOST_PENALTY = 0.5;
const KEEP = 3;
/** Answers are remembered up to this many words, then forgotten all at once: memory stays bounded. */
const REMEMBERED = 2000;

/** Builds a speller over folded words. Words of one or two letters have no neighbours: they would match anything. */
export function buildSpeller(vocabulary: Iterable<string>): Speller {
  const byLength = new Map<number, string[]>();
  for (const word of new Set(vocabulary)) byLength.set(word.length, [...(byLength.get(word.length) ?? []), word]);
  const readers = new Map<number, Fuse<string>>();
  for (const [length, words] of byLength) {
    readers.set(length, new Fuse(words, { threshold: 0.45, includeScore: true, distance: 8 }));
  }
  const remembered = new Map<string, readonly Spelling[]>();
  return (word) => {
    const kept = remembered.get(word);
    if (kept) return kept;
    const found = word.length < 3 || /\d/.test(word) ? [] : nearest(word, readers);
    if (remembered.size >= REMEMBERED) remembered.clear();
    remembered.set(word, found);
    return found;
  };
}

function nearest(word: string, readers: ReadonlyMap<number, Fuse<string>>): readonly Spelling[] {
  const proposals = [-1, 0, 1].flatMap((more) => readers.get(word.length + more)?.search(word, { limit: 12 }) ?? []);
  return proposals
    .map(({ item }) => ({ word: item, penalty: penaltyOf(word, item) }))
    .filter(({ penalty }) => penalty <= MOST_PENALTY)
    .sort((a, b) => a.penalty - b.penalty || (a.word < b.word ? -1 : 1))
    .slice(0, KEEP);
}

function penaltyOf(typed: string, word: string): number {
  const sameSound = soundOf(typed) === soundOf(word);
  const slips = slipsBetween(typed, word);
  return sameSound ? 0.15 : slips / (Math.max(typed.length, word.length) - 0.5) + (typed[0] === word[0] ? 0 : 0.15);
}

/** Letters added, left out, changed or swapped with their neighbour. */
function slipsBetween(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let least = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, change);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (before[j - 2] ?? 0) + 1);
      next.push(least);
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}
