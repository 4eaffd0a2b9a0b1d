/**
 * Words of a text for comparing: lower case, NFC, tone in one place; a number is a word. Each carries the form typed and
 * the folded form. In a text typed with diacritics a word without any is meant so; elsewhere it may stand for all tones.
 */
import { fold } from './fold.ts';
import { placeTone } from './syllable.ts';

export interface Token {
  /** Lower case, with diacritics as typed. */
  readonly form: string;
  /** Without diacritics. */
  readonly key: string;
  /** The diacritics (or their absence) are meant. */
  readonly exact: boolean;
  /** A break (end of a clause) precedes it. */
  readonly opens: boolean;
}

const PIECE = /[\p{L}\p{M}]+|\d+(?:[.,]\d+)*|[^\p{L}\p{M}\d\s]+|\n/gu;
/** Share of words with diacritics from which on a text counts as typed with them. */
const MARKED_SHARE = 0.3;

/** Cuts a text into tokens; punctuation is left out and remembered as breaks. `clean`: written by an editor, always exact. */
export function tokenize(text: string, clean = false): Token[] {
  const tokens: { form: string; key: string; opens: boolean }[] = [];
  let opens = true;
  for (const [piece] of text.normalize('NFC').toLowerCase().matchAll(PIECE)) {
    if (!/^[\p{L}\d]/u.test(piece)) {
      opens = opens || /[.,;:!?…\n()"“”«»–-]/.test(piece);
      continue;
    }
    tokens.push({ ...spellingOf(piece), opens });
    opens = false;
  }
  const words = tokens.filter(({ form }) => /\p{L}/u.test(form));
  const marked = words.filter(({ form, key }) => form !== key).length;
  const exact = clean || marked >= words.length * MARKED_SHARE;
  return tokens.map((token) => ({ ...token, exact: exact || token.form !== token.key }));
}

const seen = new Map<string, { readonly form: string; readonly key: string }>();
/** Words whose forms are remembered; there are some 7,000 syllables, the rest of what people type is cut off. */
const REMEMBERED = 12_000;

function spellingOf(word: string): { readonly form: string; readonly key: string } {
  const kept = seen.get(word);
  if (kept) return kept;
  const form = placeTone(word);
  const made = { form, key: fold(form) };
  if (seen.size >= REMEMBERED) seen.clear();
  seen.set(word, made);
  return made;
}
