/** Phrases of a lexicon found in a row of tokens: longest first, with a gap where the phrase has «…». */
import { tokenize, type Token } from '../language/index.ts';

export interface Found {
  /** What the phrase stands for: a concept, a wish, a province. */
  readonly id: string;
  /** Positions of the tokens that are part of it. */
  readonly at: readonly number[];
  /** 1 when all diacritics agree (or were not typed), less when only the bare letters do. */
  readonly strength: number;
}

interface Phrase {
  readonly id: string;
  /** null: a gap of up to three tokens. */
  readonly words: readonly (Token | null)[];
}

export type PhraseBook = ReadonlyMap<string, readonly Phrase[]>;

const LONGEST_GAP = 3;
const BARE_LETTERS = 0.6;

/** Builds a book from ids and their phrases. A phrase may not begin or end with a gap (it would then be ignored there). */
export function bookOfPhrases(lists: Iterable<{ readonly id: string; readonly said: readonly string[] }>): PhraseBook {
  const book = new Map<string, Phrase[]>();
  for (const { id, said } of lists) {
    for (const phrase of said) {
      const words = phrase.split('…').flatMap((part, index) => [...(index > 0 ? [null] : []), ...tokenize(part, true)]);
      const first = words[0];
      if (!first) continue;
      const list = book.get(first.key) ?? [];
      list.push({ id, words });
      book.set(first.key, list);
    }
  }
  for (const list of book.values()) list.sort((a, b) => b.words.length - a.words.length);
  return book;
}

/** All phrases in the tokens. Of one id at one place only the longest; other ids may overlap. */
export function findPhrases(book: PhraseBook, tokens: readonly Token[]): Found[] {
  const found: Found[] = [];
  for (const [start, token] of tokens.entries()) {
    const seen = new Set<string>();
    for (const { id, words } of book.get(token.key) ?? []) {
      if (seen.has(id)) continue;
      const at = follow(words, tokens, start);
      if (!at) continue;
      const agree = words
        .filter((word) => word !== null)
        .every((word, index) => sameForm(word, tokens[at[index] ?? -1]));
      if (!agree && at.length < 2) continue;
      seen.add(id);
      found.push({ id, at, strength: agree ? 1 : BARE_LETTERS });
    }
  }
  return found;
}

const sameForm = (word: Token, token: Token | undefined): boolean =>
  token !== undefined && (!token.exact || token.form === word.form);

function follow(words: readonly (Token | null)[], tokens: readonly Token[], start: number): number[] | null {
  const at: number[] = [];
  let here = start;
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index];
    if (word === undefined) break;
    if (word === null) {
      const next = words[index + 1];
      if (!next) return at;
      const limit = Math.min(tokens.length, here + LONGEST_GAP + 1);
      while (here < limit && tokens[here]?.key !== next.key) here += 1;
      if (here >= limit) return null;
      continue;
    }
    const token = tokens[here];
    if (token?.key !== word.key) return null;
    if (index > 0 && token.opens && words[index - 1] !== null) return null;
    at.push(here);
    here += 1;
  }
  return at;
}
