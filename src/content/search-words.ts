/** Schema of the search words (`content/lexicon/*.yaml` but `values.yaml` and `commands.yaml`); the type is in `language`. */
import { z } from 'zod';
import { noSearchWords, type SearchWords } from '../language/index.ts';
import { entry, kebab, maybe, text } from './schema-parts.ts';

const words = z.array(text);

const rewriting = entry({
  said: text,
  means: text,
  near: maybe(words),
  before: maybe(words),
  notBefore: maybe(words),
  after: maybe(words),
  notAfter: maybe(words),
});

const rewritings = z.array(rewriting);

/** A file holds some of these lists; the lists of all files are joined. */
export const searchWordsFile = entry({
  abbreviations: maybe(rewritings),
  dialect: maybe(rewritings),
  foreign: maybe(words),
  courtesy: maybe(words),
  stopWords: maybe(words),
  concepts: maybe(z.array(entry({ id: kebab, kind: z.enum(['thing', 'ask']), said: words.min(1) }))),
  outOfScope: maybe(words),
  wishes: maybe(z.array(entry({ id: kebab, said: words.min(1) }))),
  wishFillers: maybe(words),
});

type SearchWordsFile = z.output<typeof searchWordsFile>;

/** Joins the lists of the files, in the order of their names. */
export function joinSearchWords(files: readonly SearchWordsFile[]): SearchWords {
  const join = <K extends keyof SearchWords>(key: K) => files.flatMap((file) => (file[key] ?? []) as never[]);
  const keys = Object.keys(noSearchWords) as (keyof SearchWords)[];
  return Object.fromEntries(keys.map((key) => [key, join(key)])) as unknown as SearchWords;
}
