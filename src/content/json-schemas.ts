/** The schemas of content files as JSON schemas, so that an editor such as VS Code completes and checks while typing. */
import { z } from 'zod';
import { faqFrontMatter } from './faq.ts';
import { legalFile } from './legal.ts';
import { programmeFile } from './programme.ts';
import { provinceFile } from './province.ts';
import { flowFile, papersFile, policyTreeFile, questionFile } from './question.ts';
import { searchWordsFile } from './search-words.ts';
import { valueWordsFile } from './value-words.ts';
import { commandsFile, textFile } from './word-files.ts';

/** Schema and the files it is for, as patterns from the content folder. */
const KINDS: Readonly<Record<string, { readonly schema: z.ZodType; readonly files: readonly string[] }>> = {
  legal: { schema: legalFile, files: ['legal/*.yaml'] },
  programme: { schema: programmeFile, files: ['programmes/*.yaml'] },
  province: { schema: provinceFile, files: ['provinces/*.yaml'] },
  question: { schema: questionFile, files: ['questions/*.yaml'] },
  flow: { schema: flowFile, files: ['flows/*.yaml'] },
  papers: { schema: papersFile, files: ['forms/papers.yaml'] },
  'policy-tree': { schema: policyTreeFile, files: ['tables/policy-tree.yaml'] },
  commands: { schema: commandsFile, files: ['lexicon/commands.yaml'] },
  values: { schema: valueWordsFile, files: ['lexicon/values.yaml'] },
  lexicon: { schema: searchWordsFile, files: ['lexicon/*.yaml', '!lexicon/commands.yaml', '!lexicon/values.yaml'] },
  text: { schema: textFile, files: ['texts/*/*.yaml'] },
  /** Of the front matter: editors check it where they know YAML in Markdown. */
  faq: { schema: faqFrontMatter, files: [] },
};

/** File name → JSON schema, for `content/schemas`. */
export function jsonSchemas(): ReadonlyMap<string, unknown> {
  return new Map(
    Object.entries(KINDS).map(([kind, { schema }]) => [
      `${kind}.json`,
      z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' }),
    ]),
  );
}

/** What VS Code's YAML extension wants to know: schema → patterns of files, from the root of the project. */
export const schemaMapping = (): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    Object.entries(KINDS)
      .filter(([, { files }]) => files.length > 0)
      .map(([kind, { files }]) => [
        `./content/schemas/${kind}.json`,
        files.map((file) => file.replace(/^(!?)/, '$1content/')),
      ]),
  );
