/** The lexicon made ready for searching: phrase books and sets of folded words. */
import type { Province } from '../content/index.ts';
import { noSearchWords, tokenize, type SearchWords } from '../language/index.ts';
import { bookOfPhrases, type PhraseBook } from './phrases.ts';

export interface Lexicon {
  readonly words: SearchWords;
  readonly concepts: PhraseBook;
  /** Concepts that say what is asked about a thing. */
  readonly asks: ReadonlySet<string>;
  readonly courtesy: PhraseBook;
  /** By form with diacritics. */
  readonly stopForms: ReadonlySet<string>;
  readonly outOfScope: PhraseBook;
  readonly wishes: PhraseBook;
  readonly fillers: PhraseBook;
  readonly provinces: PhraseBook;
  /** Every folded word of the lexicon: not to be "corrected" by spelling. */
  readonly known: ReadonlySet<string>;
}

export function lexiconOf(words: SearchWords = noSearchWords, provinces: Iterable<Province> = []): Lexicon {
  const places = [...provinces].map(({ id, name, also, former }) => ({
    id: String(id),
    said: [name, ...also.filter((other) => other.length > 3), ...former.map((old) => old.name)],
  }));
  const phrases = [
    ...words.concepts.flatMap(({ said }) => said),
    ...words.courtesy,
    ...words.stopWords,
    ...words.outOfScope,
    ...words.wishes.flatMap(({ said }) => said),
    ...words.wishFillers,
    ...words.abbreviations.map(({ means }) => means),
    ...words.dialect.map(({ means }) => means),
    ...places.flatMap(({ said }) => said),
  ];
  return {
    words,
    concepts: bookOfPhrases(words.concepts),
    asks: new Set(words.concepts.filter(({ kind }) => kind === 'ask').map(({ id }) => id)),
    courtesy: bookOfPhrases([{ id: 'courtesy', said: words.courtesy }]),
    stopForms: new Set(words.stopWords.flatMap((word) => tokenize(word, true).map(({ form }) => form))),
    outOfScope: bookOfPhrases(words.outOfScope.map((phrase) => ({ id: phrase, said: [phrase] }))),
    wishes: bookOfPhrases(words.wishes),
    fillers: bookOfPhrases([{ id: 'filler', said: words.wishFillers }]),
    provinces: bookOfPhrases(places),
    known: new Set(phrases.flatMap((phrase) => tokenize(phrase, true).map(({ key }) => key))),
  };
}
