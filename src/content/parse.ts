/** Parses the files of a content folder, each by its kind, into a draft. A broken file is reported and left out. */
import type { z } from 'zod';
import { faqId, legalId, programmeId, provinceCode } from '../base/index.ts';
import type { Draft, Placed } from './draft.ts';
import { faqFrontMatter, type FaqEntry } from './faq.ts';
import { findingsIn, type Finding } from './finding.ts';
import { partFrontMatter } from './front-matter.ts';
import { legalFile } from './legal.ts';
import { checkMarkup, textsWithin } from './markup.ts';
import { commandsFile, textFile } from './word-files.ts';
import { placeCorrectionsFile } from './place-table.ts';
import { programmeFile } from './programme.ts';
import { provinceFile } from './province.ts';
import { flowFile, papersFile, policyTreeFile, questionFile, questionIdOfFile } from './question.ts';
import { readText, type RawFile } from './raw-file.ts';
import { readYaml, type ReadYaml } from './read-yaml.ts';
import { KEBAB } from './schema-parts.ts';
import { joinSearchWords, searchWordsFile } from './search-words.ts';
import { validate } from './validate.ts';
import { valueWordsFile } from './value-words.ts';

export interface Parsed {
  readonly draft: Draft;
  readonly findings: readonly Finding[];
}

/** So many of one file say enough; a hostile file could have tens of thousands. */
const MOST_FINDINGS = 20;

const YAML_FOLDERS = ['legal', 'programmes', 'provinces', 'questions', 'flows', 'forms', 'lexicon', 'tables'];

/** Where a file belongs: its folder (`legal`, `texts/vi` …) and its name; null when it is in no known place. */
function placeOf(file: string): { folder: string; name: string } | null {
  const match = /^(.+)\/([^/]+)\.(yaml|md)$/.exec(file);
  if (match === null) return null;
  const [, folder = '', name = '', extension] = match;
  if (folder === 'faq') return extension === 'md' ? { folder, name } : null;
  if (extension !== 'yaml') return null;
  return YAML_FOLDERS.includes(folder) || /^texts\/[a-z]{2}$/.test(folder) ? { folder, name } : null;
}

/** Files that are there for people or tools, not for the bot; layouts of papers are read when a paper is made. */
const isAside = (file: string) =>
  /(^|\/)(README\.md|\.[^/]*|~\$[^/]*|[^/]*~|[^/]*\.(swp|tmp|bak|orig))$/.test(file) ||
  file.startsWith('schemas/') ||
  /^forms\/[a-z0-9-]+\.docx$/.test(file);

/** The name of a question file may have a dot, as its field key has (`machines.name`). */
const isGoodName = (folder: string, name: string) =>
  folder === 'questions' ? name.split('.').every((part) => KEBAB.test(part)) : KEBAB.test(name);

class Parser {
  readonly findings: Finding[] = [];
  readonly broken = new Set<string>();
  readonly placed = new Map<string, Map<string, Placed<unknown>>>();

  parse(raw: RawFile): void {
    if (isAside(raw.file)) return;
    const place = placeOf(raw.file);
    if (place === null)
      return void this.findings.push(findingsIn(raw.file).warning('stray-file', 1, { file: raw.file }));
    const { folder, name } = place;
    const before = this.findings.length;
    if (!isGoodName(folder, name)) this.findings.push(findingsIn(raw.file).error('file-name', 1, { name }));
    const read = readText(raw);
    const placed = 'text' in read ? this.#item(folder, name, raw.file, read.text) : null;
    if (!('text' in read)) this.findings.push(...read);
    if (this.findings.length - before > MOST_FINDINGS) this.findings.length = before + MOST_FINDINGS;
    if (placed === null || this.findings.slice(before).some(({ severity }) => severity === 'error')) {
      this.broken.add(`${folder}/${folder === 'questions' ? questionIdOfFile(name) : name}`);
    } else {
      const shelf = this.placed.get(folder) ?? new Map<string, Placed<unknown>>();
      this.placed.set(folder, shelf.set(name, placed));
    }
  }

  #item(folder: string, name: string, file: string, text: string): Placed<unknown> | null {
    if (folder === 'faq') return this.#faq(name, file, text);
    const schema = schemaOf(folder, name);
    const read = readYaml(file, text);
    this.findings.push(...read.findings);
    if (read.findings.length > 0) return null;
    if (folder !== 'lexicon') this.#markup(file, read, folder.startsWith('texts/'));
    if (schema === null) return { file, item: read.value, lineOf: read.lineOf };
    const item = this.#validated(file, read, schema);
    return item === null ? null : { file, item: withId(folder, name, item), lineOf: read.lineOf };
  }

  #validated<S extends z.ZodType>(file: string, read: ReadYaml, schema: S): z.output<S> | null {
    const result = validate(file, read, schema);
    if ('value' in result) return result.value;
    this.findings.push(...result.findings);
    return null;
  }

  #markup(file: string, read: ReadYaml, placesAllowed: boolean): void {
    for (const [path, text] of textsWithin(read.value)) {
      this.findings.push(...checkMarkup(file, text, () => read.lineOf(path), { placesAllowed }));
    }
  }

  #faq(name: string, file: string, text: string): Placed<FaqEntry> | null {
    const { error } = findingsIn(file);
    const parts = partFrontMatter(text);
    if (parts === null) return (this.findings.push(error('front-matter-missing', 1)), null);
    const read = readYaml(file, parts.yaml, parts.yamlLine);
    this.findings.push(...read.findings);
    this.#markup(file, read, false);
    this.findings.push(...checkMarkup(file, parts.body, (line) => parts.bodyLine + line, { placesAllowed: false }));
    if (parts.body === '') this.findings.push(error('empty-answer', parts.bodyLine));
    if (read.findings.length > 0) return null;
    const front = this.#validated(file, read, faqFrontMatter);
    if (front === null) return null;
    const lineOf: Placed<FaqEntry>['lineOf'] = (path) => (path[0] === 'answer' ? parts.bodyLine : read.lineOf(path));
    return { file, item: { ...front, id: faqId(name), answer: parts.body }, lineOf };
  }
}

/** The schema of a file; null for a table that another part of the program reads. */
function schemaOf(folder: string, name: string): z.ZodType | null {
  if (folder.startsWith('texts/')) return textFile;
  if (folder === 'lexicon') {
    return name === 'values' ? valueWordsFile : name === 'commands' ? commandsFile : searchWordsFile;
  }
  if (folder === 'tables') {
    return name === 'policy-tree' ? policyTreeFile : name === 'place-corrections' ? placeCorrectionsFile : null;
  }
  if (folder === 'forms') return name === 'papers' ? papersFile : null;
  return {
    legal: legalFile,
    programmes: programmeFile,
    provinces: provinceFile,
    questions: questionFile,
    flows: flowFile,
  }[folder] as z.ZodType;
}

/** The id of a thing is the name of its file. */
function withId(folder: string, name: string, item: unknown): unknown {
  const ids: Readonly<Record<string, (name: string) => string>> = {
    legal: legalId,
    programmes: programmeId,
    provinces: provinceCode,
    questions: questionIdOfFile,
    flows: (each) => each,
  };
  const id = ids[folder];
  if (id !== undefined) return { ...(item as object), id: id(name) };
  return folder === 'forms' && name === 'papers' ? (item as { papers: unknown }).papers : item;
}

/** Parses all files of a pack. */
export function parseFiles(files: readonly RawFile[]): Parsed {
  const parser = new Parser();
  for (const file of files) parser.parse(file);
  const shelf = <Id, T>(folder: string, id: (name: string) => Id): ReadonlyMap<Id, Placed<T>> =>
    new Map([...(parser.placed.get(folder) ?? [])].map(([name, placed]) => [id(name), placed as Placed<T>]));
  const single = <T>(folder: string, name: string): Placed<T> | null =>
    (parser.placed.get(folder)?.get(name) as Placed<T> | undefined) ?? null;
  const asIs = (name: string) => name;
  const searchFiles = [...(parser.placed.get('lexicon') ?? [])]
    .filter(([name]) => name !== 'values' && name !== 'commands')
    .map(([, placed]) => placed.item as z.output<typeof searchWordsFile>);
  const languages = [...parser.placed.keys()].filter((folder) => folder.startsWith('texts/'));
  return {
    findings: parser.findings,
    draft: {
      legal: shelf('legal', legalId),
      programmes: shelf('programmes', programmeId),
      provinces: shelf('provinces', provinceCode),
      questions: shelf('questions', questionIdOfFile),
      flows: shelf('flows', asIs),
      faq: shelf('faq', faqId),
      papers: single('forms', 'papers'),
      policyTree: single('tables', 'policy-tree'),
      commands: single('lexicon', 'commands'),
      valueWords: single('lexicon', 'values'),
      searchWords: joinSearchWords(searchFiles),
      texts: Object.fromEntries(languages.map((each) => [each.slice(6), Object.fromEntries(shelf(each, asIs))])),
      tables: shelf('tables', asIs),
      broken: parser.broken,
    },
  };
}
