/** Phrases around an address that are no names: noise, courtesy, foreign countries. */
import { matches, phraseOf, type Phrase, type PlaceToken } from './place-spans.ts';
import type { ValueWords } from './value-words.ts';

/** True when a part between commas is just one of the phrases: «Nga» is Russia, «Nga Sơn» is not. */
export const says = (tokens: readonly PlaceToken[], phrases: readonly Phrase[]): boolean =>
  tokens.some((token, at) =>
    phrases.some((phrase) => {
      const next = tokens[at + phrase.length];
      return token.afterBreak && matches(tokens, at, phrase) && (next === undefined || next.afterBreak);
    }),
  );

interface Phrases {
  readonly noise: readonly Phrase[];
  readonly fillers: readonly Phrase[];
  readonly abroad: readonly Phrase[];
  readonly nationwide: readonly Phrase[];
}

const phraseLists = new WeakMap<ValueWords, Phrases>();

export function placePhrases(words: ValueWords): Phrases {
  const known = phraseLists.get(words);
  if (known !== undefined) return known;
  const made = {
    noise: words.placeNoise.map(phraseOf),
    fillers: [...words.placeFillers, ...words.courtesy].map(phraseOf),
    abroad: words.abroad.map(phraseOf),
    nationwide: words.nationwide.map(phraseOf),
  };
  phraseLists.set(words, made);
  return made;
}

/** Length in words of the longest phrase of a list that begins at a token. */
export function longest(tokens: readonly PlaceToken[], at: number, phrases: readonly Phrase[]): number {
  let length = 0;
  for (const phrase of phrases) if (phrase.length > length && matches(tokens, at, phrase)) length = phrase.length;
  return length;
}
