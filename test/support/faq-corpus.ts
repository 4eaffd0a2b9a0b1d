/**
 * The private corpus of the search (`test/faq/corpus`, questions in `test/faq/corpus.tsv`): entries made up for measuring,
 * not law. Half of its groups of near neighbours are for tuning and fitting, the other half only for measuring.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asDay } from '../../src/base/index.ts';
import type { FaqEntry, Province } from '../../src/content/index.ts';
import { loadFaqDir } from '../../src/content/files.ts';
import { parseFiles } from '../../src/content/parse.ts';
import { parseCases, type FaqCase } from '../../src/faq/index.ts';
import type { SearchWords } from '../../src/language/index.ts';

export interface StyledCase extends FaqCase {
  readonly style: string;
  readonly topic: string;
}

export const CORPUS_DAY = asDay('2026-11-22');

/** Lexicon and provinces of the content folder, without the rest of the pack. */
export function readWords(dir = 'content'): { readonly words: SearchWords; readonly provinces: readonly Province[] } {
  const files = ['lexicon', 'provinces'].flatMap((folder) =>
    readdirSync(join(dir, folder)).map((name) => ({
      file: `${folder}/${name}`,
      bytes: readFileSync(join(dir, folder, name)),
    })),
  );
  const { draft, findings } = parseFiles(files);
  const wrong = findings.filter(({ severity, file }) => severity === 'error' && file.startsWith('lexicon'));
  if (wrong.length > 0) throw new Error(JSON.stringify(wrong));
  return { words: draft.searchWords, provinces: [...draft.provinces.values()].map(({ item }) => item) };
}

export async function readEntries(dir = 'test/faq/corpus'): Promise<readonly FaqEntry[]> {
  const loaded = await loadFaqDir(dir);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.issues));
  return [...loaded.faq.values()];
}

/** What `faq eval --faq` weighs words with: the project's own entries, beside a set that is not theirs. */
export const readBackground = async (dir: string): Promise<readonly FaqEntry[]> =>
  dir === 'content/faq' ? [] : readEntries('content/faq');

/** The questions of a set of entries: `<dir>.tsv`, and of the content's own entries `test/faq/questions.tsv`. */
export const readCases = (entries: readonly FaqEntry[], dir: string): StyledCase[] =>
  readCorpusCases(entries, dir === 'content/faq' ? 'test/faq/questions.tsv' : `${dir}.tsv`);

export function readCorpusCases(entries: readonly FaqEntry[], file = 'test/faq/corpus.tsv'): StyledCase[] {
  const text = readFileSync(file, 'utf8');
  const styles = text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t')[2] ?? '');
  const topics = new Map(entries.map(({ id, topic }) => [String(id), topic]));
  return parseCases(text).map((each, at) => ({
    ...each,
    style: styles[at] ?? '',
    topic: topics.get(each.ids[0] ?? '') ?? '',
  }));
}

/** Groups of entries go to one side as a whole; out-of-scope questions alternate. */
export function splitCorpus(cases: readonly StyledCase[]): {
  readonly dev: StyledCase[];
  readonly heldOut: StyledCase[];
} {
  const topics = [...new Set(cases.map(({ topic }) => topic))].filter((topic) => topic !== '').sort();
  let outside = 0;
  const isDev = ({ topic }: StyledCase) => (topic === '' ? (outside += 1) % 2 === 0 : topics.indexOf(topic) % 2 === 0);
  const dev = cases.filter(isDev);
  return { dev, heldOut: cases.filter((each) => !dev.includes(each)) };
}
