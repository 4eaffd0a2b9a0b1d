/** The lexicon files of searching (`content/lexicon/*.yaml`) → the word lists that `language` and `faq` read. */
import { parse } from 'yaml';
import { z } from 'zod';
import { noSearchWords, type Rewriting, type SearchWords } from '../language/index.ts';
import type { Issue } from './issue.ts';

const words = z.array(z.string().min(1).max(80).transform((each) => each.normalize('NFC').toLowerCase()));
const context = {
  near: words.optional(),
  before: words.optional(),
  notBefore: words.optional(),
  after: words.optional(),
  notAfter: words.optional(),
};
const meaning = z.union([
  z.string().transform((means) => [{ means }]),
  z.array(z.union([z.string().transform((means) => ({ means })), z.strictObject({ means: z.string(), ...context })])),
  z.strictObject({ means: z.string(), ...context }).transform((one) => [one]),
]);
const rewritings = z.record(z.string().max(40), meaning).transform((record) =>
  Object.entries(record).flatMap(([said, list]) =>
    list.map((each) => withoutUndefined<Rewriting>({ said: said.normalize('NFC').toLowerCase(), ...each })),
  ),
);
const concepts = z.record(z.string(), words);
const byId = (record: Readonly<Record<string, readonly string[]>>) => Object.entries(record).map(([id, said]) => ({ id, said }));

const FILES = {
  'abbreviations.yaml': z.strictObject({ abbreviations: rewritings, foreign: words }),
  'dialect.yaml': z.strictObject({ dialect: rewritings }),
  'courtesy.yaml': z.strictObject({ courtesy: words }),
  'stop-words.yaml': z.strictObject({ stopWords: words }),
  'concepts.yaml': z.strictObject({ asks: concepts, things: concepts }).transform(({ asks, things }) => ({
    concepts: [
      ...byId(asks).map((each) => ({ ...each, kind: 'ask' as const })),
      ...byId(things).map((each) => ({ ...each, kind: 'thing' as const })),
    ],
  })),
  'out-of-scope.yaml': z.strictObject({ outOfScope: words }),
  'intents.yaml': z.strictObject({ wishes: concepts, fillers: words }).transform(({ wishes, fillers }) => ({
    wishes: byId(wishes),
    wishFillers: fillers,
  })),
};

/** Names of the files that `readSearchWords` wants, in `content/lexicon`. */
export const LEXICON_FILES: readonly string[] = Object.keys(FILES);

/** Reads the lexicon from texts by file name. A missing file leaves its lists empty; a wrong one is an issue. */
export function readSearchWords(texts: Readonly<Record<string, string>>): {
  readonly words: SearchWords;
  readonly issues: readonly Issue[];
} {
  let made: SearchWords = noSearchWords;
  const issues: Issue[] = [];
  for (const [name, schema] of Object.entries(FILES)) {
    const text = texts[name];
    if (text === undefined) continue;
    const file = `lexicon/${name}`;
    try {
      const read = schema.safeParse(parse(text, { maxAliasCount: 0 }));
      if (read.success) made = { ...made, ...read.data };
      else issues.push(...read.error.issues.map((each) => issue(file, 'schema', `${each.path.join('.')}: ${each.message}`)));
    } catch (error) {
      issues.push(issue(file, 'yaml', error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)));
    }
  }
  return { words: made, issues };
}

const withoutUndefined = <T extends object>(value: { [K in keyof T]: T[K] | undefined }): T =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as T;

const issue = (file: string, rule: string, message: string): Issue => ({
  file,
  line: 1,
  rule,
  severity: 'error',
  message,
  hint: '',
});
