/**
 * Schema of the search words (`content/lexicon/*.yaml` but `values.yaml` and `commands.yaml`); the type is in `language`.
 * Editors write short: `kc: khuyến công`, `bao-nhieu: [bao nhiêu, mấy triệu]`; each file explains itself in its header.
 */
import { z } from 'zod';
import { noSearchWords, type Concept, type Rewriting, type SearchWords, type Wish } from '../language/index.ts';
import { entry, kebab, maybe, text } from './schema-parts.ts';

const words = z.array(text);

const meaning = entry({
  means: text,
  near: maybe(words),
  before: maybe(words),
  notBefore: maybe(words),
  after: maybe(words),
  notAfter: maybe(words),
});

/** A word and what it means: one meaning, one with conditions, or several of which the first that fits wins. */
const rewritings = z
  .record(text, z.union([text, meaning, z.array(z.union([text, meaning])).min(1)]))
  .transform((said) =>
    Object.entries(said).flatMap(([word, means]) => [means].flat().map((each) => rewriting(word, each))),
  );

const rewriting = (said: string, means: string | z.output<typeof meaning>): Rewriting =>
  typeof means === 'string' ? { said, means } : { said, ...means };

/** Id → the ways of saying it. */
const notions = z
  .record(kebab, words.min(1))
  .transform((byId) => Object.entries(byId).map(([id, said]): Wish => ({ id, said })));

/** A file holds some of these lists; the lists of all files are joined. */
export const searchWordsFile = entry({
  abbreviations: maybe(rewritings),
  dialect: maybe(rewritings),
  foreign: maybe(words),
  courtesy: maybe(words),
  stopWords: maybe(words),
  asks: maybe(notions),
  things: maybe(notions),
  outOfScope: maybe(words),
  wishes: maybe(notions),
  fillers: maybe(words),
});

type SearchWordsFile = z.output<typeof searchWordsFile>;

/** Joins the lists of the files, in the order of their names. */
export function joinSearchWords(files: readonly SearchWordsFile[]): SearchWords {
  const join = <T>(list: (file: SearchWordsFile) => readonly T[] | undefined): T[] =>
    files.flatMap((file) => list(file) ?? []);
  const concepts = (kind: Concept['kind'], list: readonly Wish[]): Concept[] => list.map((each) => ({ ...each, kind }));
  return {
    ...noSearchWords,
    abbreviations: join((file) => file.abbreviations),
    dialect: join((file) => file.dialect),
    foreign: join((file) => file.foreign),
    courtesy: join((file) => file.courtesy),
    stopWords: join((file) => file.stopWords),
    concepts: [
      ...concepts(
        'ask',
        join((file) => file.asks),
      ),
      ...concepts(
        'thing',
        join((file) => file.things),
      ),
    ],
    outOfScope: join((file) => file.outOfScope),
    wishes: join((file) => file.wishes),
    wishFillers: join((file) => file.fillers),
  };
}
