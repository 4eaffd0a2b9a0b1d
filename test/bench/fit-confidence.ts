/**
 * Fits the coefficients of `src/faq/confidence.ts` on the questions on file: logistic regression with a ridge, by Newton's
 * method. The lexicon was written by people who had seen these questions, and other corpora will not be so lucky: half of
 * the samples are therefore taken with a random half of the concepts forgotten. Cross-validated by groups of entries.
 * Prints the coefficients and what thresholds cost; run it with `npm run bench -- fit`.
 */
import type { FaqEntry } from '../../src/content/index.ts';
import { buildFaqIndex, type FaqIndex } from '../../src/faq/index.ts';
import type { Features } from '../../src/faq/confidence.ts';
import { consider } from '../../src/faq/find.ts';
import type { SearchWords } from '../../src/language/index.ts';
import {
  CORPUS_DAY,
  readBackground,
  readCases,
  readEntries,
  readWords,
  type StyledCase,
} from '../support/faq-corpus.ts';

interface Sample {
  readonly x: readonly number[];
  readonly first: boolean;
  readonly amongThree: boolean;
  readonly weight: number;
  readonly group: string;
  readonly outside: boolean;
  readonly whole: boolean;
}

const RIDGE = 1;
const FOLDS = 5;
const FORGETTING = 4;
/** A question out of scope that is answered is worse than one that is not. */
const OUTSIDE_WEIGHT = 1.5;

export async function fit(print: (line: string) => void): Promise<void> {
  const { names, samples } = await collect();
  for (const [title, label] of [
    ['ANSWER', (sample: Sample) => sample.first],
    ['SUGGEST', (sample: Sample) => sample.amongThree],
  ] as const) {
    const scored = crossValidate(samples, label);
    print(`${title} held out, by threshold: n in scope, taken, right; out of scope, taken`);
    for (const threshold of [0.3, 0.4, 0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9])
      print(line(scored, threshold, label));
    const beta = newton(samples, label);
    const pairs = ['bias', ...names].map((name, at) => `${name}: ${(beta[at] ?? 0).toFixed(2)}`);
    print(`const ${title}: Coefficients = { ${pairs.join(', ')} };`);
  }
}

async function collect(): Promise<{ names: readonly string[]; samples: Sample[] }> {
  const { words, provinces } = readWords();
  const sets = await Promise.all(
    [
      'test/faq/corpus',
      'test/faq/corpus-b',
      'content/faq',
      'test/faq/corpus-d',
      'test/faq/corpus-e',
      'test/faq/corpus-f',
    ].map(async (dir) => {
      const entries = await readEntries(dir);
      return { entries, background: await readBackground(dir), cases: readCases(entries, dir) };
    }),
  );
  const outside = sets.flatMap(({ cases }) => cases.filter(({ ids }) => ids.length === 0));
  let names: readonly string[] = [];
  const samples = sets.flatMap(({ entries, background, cases }) =>
    [...Array(FORGETTING + 1).keys()].flatMap((seed) => {
      const index = buildFaqIndex(entries, seed === 0 ? words : forgetting(words, seed), { provinces, background });
      const all = [...cases.filter(({ ids }) => ids.length > 0), ...outside];
      return all.flatMap((each) => {
        const sample = sampleOf(index, each, seed, entries);
        names = sample?.names ?? names;
        return sample ? [sample.sample] : [];
      });
    }),
  );
  return { names, samples };
}

function sampleOf(index: FaqIndex, each: StyledCase, seed: number, entries: readonly FaqEntry[]) {
  const { hits, features } = consider(index, each.query, { on: CORPUS_DAY });
  if (!features) return null;
  const names = Object.keys(features) as (keyof Features)[];
  const outside = each.ids.length === 0;
  const sample: Sample = {
    x: [1, ...names.map((name) => features[name])],
    first: each.ids.includes(hits[0]?.id ?? ''),
    amongThree: hits.some(({ id }) => each.ids.includes(id)),
    weight: (seed === 0 ? 1 : 1 / FORGETTING) * (outside ? OUTSIDE_WEIGHT : 1),
    group: outside ? each.query : `${entries.length} ${each.topic}`,
    outside,
    whole: seed === 0,
  };
  return { names, sample };
}

/** The lexicon without a half of its concepts, another half for each seed. */
const forgetting = (words: SearchWords, seed: number): SearchWords => ({
  ...words,
  concepts: words.concepts.filter(({ id }) => hash(`${id}${seed}`) % 2 === 0),
});

function hash(text: string): number {
  let value = 2166136261;
  for (const letter of text) value = Math.imul(value ^ letter.charCodeAt(0), 16777619) >>> 0;
  return (value ^ (value >>> 13)) >>> 0;
}

type Scored = Sample & { readonly p: number };

function crossValidate(samples: readonly Sample[], label: (sample: Sample) => boolean): Scored[] {
  return [...Array(FOLDS).keys()].flatMap((fold) => {
    const held = (sample: Sample) => hash(sample.group) % FOLDS === fold;
    const beta = newton(
      samples.filter((sample) => !held(sample)),
      label,
    );
    return samples.filter(held).map((sample) => ({ ...sample, p: probability(beta, sample.x) }));
  });
}

function line(scored: readonly Scored[], threshold: number, label: (sample: Sample) => boolean): string {
  const part = (whole: boolean) => {
    const inside = scored.filter((each) => !each.outside && each.whole === whole);
    const outside = scored.filter((each) => each.outside && each.whole === whole);
    const taken = inside.filter(({ p }) => p >= threshold);
    const wrong = outside.filter(({ p }) => p >= threshold).length;
    const right = taken.filter(label).length;
    const precision = ((100 * right) / Math.max(1, taken.length)).toFixed(1);
    const share = ((100 * taken.length) / Math.max(1, inside.length)).toFixed(0);
    return `${taken.length} (${share} %), right ${precision} %; outside ${wrong}/${outside.length}`;
  };
  return `  ${threshold.toFixed(2)}  whole lexicon ${part(true)}  |  half forgotten ${part(false)}`;
}

function newton(samples: readonly Sample[], label: (sample: Sample) => boolean): number[] {
  const size = samples[0]?.x.length ?? 0;
  let beta = Array<number>(size).fill(0);
  for (let round = 0; round < 25; round += 1) {
    const gradient = beta.map((each, at) => (at === 0 ? 0 : -RIDGE * each));
    const hessian = beta.map((_, row) =>
      beta.map((__, column) => (row === column ? RIDGE * (row === 0 ? 1e-6 : 1) : 0)),
    );
    for (const sample of samples) {
      const p = probability(beta, sample.x);
      const slope = sample.weight * ((label(sample) ? 1 : 0) - p);
      const curve = sample.weight * p * (1 - p);
      for (let row = 0; row < size; row += 1) {
        gradient[row] = (gradient[row] ?? 0) + slope * (sample.x[row] ?? 0);
        const cells = hessian[row] ?? [];
        for (let column = 0; column < size; column += 1) {
          cells[column] = (cells[column] ?? 0) + curve * (sample.x[row] ?? 0) * (sample.x[column] ?? 0);
        }
      }
    }
    const step = solve(hessian, gradient);
    beta = beta.map((each, at) => each + (step[at] ?? 0));
  }
  return beta;
}

const probability = (beta: readonly number[], x: readonly number[]): number =>
  1 / (1 + Math.exp(-x.reduce((sum, each, at) => sum + each * (beta[at] ?? 0), 0)));

/** Gauss–Jordan elimination with pivoting. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, at) => [...row, right[at] ?? 0]);
  for (let at = 0; at < rows.length; at += 1) {
    let pivot = at;
    for (let row = at + 1; row < rows.length; row += 1) {
      if (Math.abs(rows[row]?.[at] ?? 0) > Math.abs(rows[pivot]?.[at] ?? 0)) pivot = row;
    }
    [rows[at], rows[pivot]] = [rows[pivot] ?? [], rows[at] ?? []];
    const head = rows[at] ?? [];
    for (const [row, cells] of rows.entries()) {
      if (row === at) continue;
      const factor = (cells[at] ?? 0) / (head[at] ?? 1);
      for (let column = at; column < cells.length; column += 1)
        cells[column] = (cells[column] ?? 0) - factor * (head[column] ?? 0);
    }
  }
  return rows.map((row, at) => (row[rows.length] ?? 0) / (row[at] ?? 1));
}
