/** Measures the search on questions with known answers: what `faq eval` prints and the benchmarks compare. */
import { findFaq, type FaqDecision, type FindOptions } from './find.ts';
import type { FaqIndex } from './faq-index.ts';

/** One line of an evaluation file. `ids` empty: out of scope. */
export interface FaqCase {
  readonly query: string;
  readonly ids: readonly string[];
}

export interface Judged extends FaqDecision {
  readonly query: string;
  readonly ids: readonly string[];
  readonly ms: number;
}

/** Shares (`top1`, `top3`, `mrr`) are of the in-scope questions; `direct`, `directRight`, `outOfScope` are counts. */
export interface FaqFigures {
  readonly n: number;
  readonly top1: number;
  readonly top3: number;
  readonly mrr: number;
  readonly direct: number;
  readonly directRight: number;
  readonly outOfScope: { readonly n: number; readonly answered: number; readonly suggested: number };
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Reads `query<TAB>id[,id…]` lines; `-` is out of scope; a header, blank lines and further columns are skipped. */
export function parseCases(text: string): FaqCase[] {
  const rows = text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .map((line) => line.split('\t'))
    .filter(([query, ids]) => query !== undefined && query.trim() !== '' && ids !== undefined && ids.trim() !== '');
  const header = rows[0]?.[1]?.trim().toLowerCase();
  const cases =
    /^(?:ids?|id\(s\)|expected|answer|topic)$/.test(header ?? '') || rows[0]?.[0] === 'query' ? rows.slice(1) : rows;
  return cases.map(([query = '', ids = '']) => ({
    query: query.trim(),
    ids:
      ids.trim() === '-'
        ? []
        : ids
            .split(',')
            .map((id) => id.trim())
            .filter((id) => id !== ''),
  }));
}

/** Asks every question; `clock` gives milliseconds. */
export function judgeCases(
  index: FaqIndex,
  cases: readonly FaqCase[],
  options: FindOptions,
  clock: () => number,
): Judged[] {
  return cases.map(({ query, ids }) => {
    const start = clock();
    const decision = findFaq(index, query, options);
    return { ...decision, query, ids, ms: clock() - start };
  });
}

export function figuresOf(judged: readonly Judged[]): FaqFigures {
  const inScope = judged.filter(({ ids }) => ids.length > 0);
  const outside = judged.filter(({ ids }) => ids.length === 0);
  const ranks = inScope.map(({ hits, ids }) => hits.findIndex(({ id }) => ids.includes(id)) + 1);
  const share = (count: number) => (inScope.length === 0 ? 0 : round(count / inScope.length));
  const direct = inScope.filter(({ decision }) => decision === 'answer');
  const times = judged.map(({ ms }) => ms).sort((a, b) => a - b);
  const quantile = (part: number) => round(times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0);
  return {
    n: inScope.length,
    top1: share(ranks.filter((rank) => rank === 1).length),
    top3: share(ranks.filter((rank) => rank > 0).length),
    mrr: share(ranks.reduce((sum, rank) => sum + (rank > 0 ? 1 / rank : 0), 0)),
    direct: direct.length,
    directRight: direct.filter(({ hits, ids }) => ids.includes(hits[0]?.id ?? '')).length,
    outOfScope: {
      n: outside.length,
      answered: outside.filter(({ decision }) => decision === 'answer').length,
      suggested: outside.filter(({ decision }) => decision === 'suggest').length,
    },
    p50Ms: quantile(0.5),
    p99Ms: quantile(0.99),
  };
}

const round = (value: number): number => Math.round(value * 10_000) / 10_000;
