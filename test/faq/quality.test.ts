/**
 * Floors under the quality of the search, on questions with known answers. They are a little below what was measured
 * (docs/benchmarks.md), so that a change for the worse fails and noise does not. Time is measured there, not here.
 */
import { describe, expect, it } from 'vitest';
import { buildFaqIndex, figuresOf, judgeCases } from '../../src/faq/index.ts';
import {
  CORPUS_DAY,
  readBackground,
  readCases,
  readEntries,
  readWords,
  splitCorpus,
  type StyledCase,
} from '../support/faq-corpus.ts';

const { words, provinces } = readWords();

async function measure(dir: string, part: (cases: StyledCase[]) => StyledCase[]) {
  const entries = await readEntries(dir);
  const index = buildFaqIndex(entries, words, { provinces, background: await readBackground(dir) });
  const judged = judgeCases(index, part(readCases(entries, dir)), { on: CORPUS_DAY }, () => 0);
  const { n, direct, directRight, outOfScope, ...shares } = figuresOf(judged);
  return {
    ...shares,
    answered: directRight / n,
    precision: directRight / direct,
    strays: outOfScope.answered / outOfScope.n,
  };
}

const whole = (cases: StyledCase[]) => cases;
const heldOut = (cases: StyledCase[]) => splitCorpus(cases).heldOut;

describe('the search', () => {
  it.each([
    ['test/faq/corpus-c', whole, { top1: 0.86, top3: 0.94, answered: 0.5 }],
    ['test/faq/corpus', heldOut, { top1: 0.86, top3: 0.95, answered: 0.55 }],
    ['test/faq/corpus-b', whole, { top1: 0.9, top3: 0.95, answered: 0.6 }],
    ['content/faq', whole, { top1: 0.88, top3: 0.95, answered: 0.6 }],
    ['test/faq/corpus-d', whole, { top1: 0.8, top3: 0.92, answered: 0.38 }],
    ['test/faq/corpus-e', whole, { top1: 0.86, top3: 0.95, answered: 0.55 }],
    ['test/faq/corpus-i', whole, { top1: 0.75, top3: 0.9, answered: 0.38 }],
    ['test/faq/corpus-h', whole, { top1: 0.8, top3: 0.9, answered: 0.38 }],
    ['test/faq/corpus-g', whole, { top1: 0.88, top3: 0.95, answered: 0.48 }],
    ['test/faq/corpus-f', whole, { top1: 0.84, top3: 0.94, answered: 0.55 }],
  ] as const)('on %s keeps its floors', async (dir, part, floor) => {
    const figures = await measure(dir, part);
    expect(figures.top1).toBeGreaterThanOrEqual(floor.top1);
    expect(figures.top3).toBeGreaterThanOrEqual(floor.top3);
    expect(figures.answered).toBeGreaterThanOrEqual(floor.answered);
    expect(figures.precision).toBeGreaterThanOrEqual(0.95);
    expect(figures.strays).toBeLessThanOrEqual(0.04);
  });
});
