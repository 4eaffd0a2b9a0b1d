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

interface Ending {
  readonly id: string;
  /** The forms with diacritics, in order. */
  readonly forms: readonly string[];
}

/** A tree of folded words: all phrases are followed at once. `gap` leads on after up to three words of any kind. */
export interface PhraseBook {
  readonly next: Map<string, PhraseBook>;
  readonly ends: Ending[];
  gap?: PhraseBook;
}

const LONGEST_GAP = 3;
const BARE_LETTERS = 0.6;

const emptyBook = (): PhraseBook => ({ next: new Map(), ends: [] });

/** Builds a book from ids and their phrases. A phrase may not begin or end with a gap (it would then never be found). */
export function bookOfPhrases(lists: Iterable<{ readonly id: string; readonly said: readonly string[] }>): PhraseBook {
  const book = emptyBook();
  for (const { id, said } of lists) for (const phrase of said) addPhrase(book, id, phrase);
  return book;
}

function addPhrase(book: PhraseBook, id: string, phrase: string): void {
  let node = book;
  const forms: string[] = [];
  for (const [part, words] of phrase.split('…').entries()) {
    if (part > 0) node = node.gap ??= emptyBook();
    for (const { key, form } of tokenize(words, true)) {
      const next = node.next.get(key) ?? emptyBook();
      node.next.set(key, next);
      node = next;
      forms.push(form);
    }
  }
  if (forms.length > 0) node.ends.push({ id, forms });
}

/** All phrases in the tokens. Of one id at one place only the best (agreeing, then longest); other ids may overlap. */
export function findPhrases(book: PhraseBook, tokens: readonly Token[]): Found[] {
  const found: Found[] = [];
  for (let start = 0; start < tokens.length; start += 1) {
    const here: Found[] = [];
    follow(book, tokens, start, [], here);
    if (here.length > 1) here.sort((a, b) => b.strength - a.strength || b.at.length - a.at.length);
    for (const [at, each] of here.entries()) {
      if (here.findIndex(({ id }) => id === each.id) === at) found.push(each);
    }
  }
  return found;
}

function follow(node: PhraseBook, tokens: readonly Token[], here: number, at: readonly number[], found: Found[]): void {
  for (const ending of node.ends) {
    const strength = strengthOf(ending.forms, at, tokens);
    if (strength > 0) found.push({ id: ending.id, at, strength });
  }
  if (node.gap) {
    for (let skip = 0; skip <= LONGEST_GAP; skip += 1) step(node.gap, tokens, here + skip, at, found, true);
  }
  step(node, tokens, here, at, found, at.length === 0);
}

function step(
  node: PhraseBook,
  tokens: readonly Token[],
  here: number,
  at: readonly number[],
  found: Found[],
  mayOpen: boolean,
): void {
  const token = tokens[here];
  if (!token || (token.opens && !mayOpen)) return;
  const next = node.next.get(token.key);
  if (next) follow(next, tokens, here + 1, [...at, here], found);
}

function strengthOf(forms: readonly string[], at: readonly number[], tokens: readonly Token[]): number {
  const agree = forms.every((form, index) => {
    const token = tokens[at[index] ?? -1];
    return token !== undefined && (!token.exact || token.form === form);
  });
  if (agree) return 1;
  return forms.length > 1 ? BARE_LETTERS : 0;
}
