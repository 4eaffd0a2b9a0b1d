/** Matching typed words against known phrases: with or without diacritics, with one slip in a longer word. */
import { fold } from './fold.ts';
import { readTelex, readVni } from './keystrokes.ts';
import { hasMarks, marksAgree } from './marks.ts';
import { wordKey } from './place-index.ts';
import { isOneSlip } from './slips.ts';
import { isFoldedSyllable } from './syllable.ts';
import { plainTyping } from './value-tokens.ts';

export interface TypedWord {
  readonly text: string;
  readonly folded: string;
  /** A comma or other sign stands before it. */
  readonly afterSign: boolean;
}

/** Shorter words have too many neighbours to forgive a slip. */
const SHORTEST_SLIP = 5;

/** Words of a text, leftovers of Telex and VNI read where they make a word. */
export function typedWords(text: string): TypedWord[] {
  const words: TypedWord[] = [];
  let afterSign = false;
  for (const [piece] of plainTyping(text).matchAll(/[\p{L}\p{M}\d]+|[^\s]/gu)) {
    if (!/[\p{L}\d]/u.test(piece)) {
      afterSign = true;
      continue;
    }
    const odd = /[a-z]/.test(piece) && !hasMarks(piece) && !isFoldedSyllable(piece);
    const word = odd ? (readTelex(piece) ?? readVni(piece) ?? piece) : piece;
    words.push({ text: word, folded: fold(word), afterSign });
    afterSign = false;
  }
  return words;
}

/** True when a typed word stands for a known one. A slip is forgiven only in long words. */
export function wordStandsFor(typed: TypedWord, known: TypedWord): boolean {
  if (typed.folded === known.folded) return marksAgree(typed.text, known.text);
  if (wordKey(typed.text) === wordKey(known.text)) return true; // «ki» for «ky»
  return (
    typed.folded.length >= SHORTEST_SLIP &&
    known.folded.length >= SHORTEST_SLIP - 1 &&
    !/\d/.test(typed.folded) &&
    isOneSlip(typed.folded, known.folded)
  );
}

/** True when the phrase begins at a word of the text. */
export const phraseAt = (words: readonly TypedWord[], at: number, phrase: readonly TypedWord[]): boolean =>
  phrase.length > 0 &&
  phrase.every((known, offset) => {
    const typed = words[at + offset];
    return typed !== undefined && wordStandsFor(typed, known) && (offset === 0 || !typed.afterSign || known.afterSign);
  });
