/**
 * How sure the first hit is: a few features in a logistic formula. Fitted by `test/bench/fit-confidence.ts` on the
 * questions on file (see there), cross-validated by groups of entries; numbers changed by hand must be measured again.
 */
import { foreignUnit, type FaqIndex } from './faq-index.ts';
import type { Query } from './query.ts';
import type { Ranked } from './rank.ts';

export interface Features {
  readonly score: number;
  /** Lead over the second hit, as a share of the score. */
  readonly margin: number;
  readonly likeness: number;
  readonly coverage: number;
  /** Share of the question's weight that the entry has among its questions and keywords. */
  readonly explained: number;
  /** Weight of the heaviest word that the entry does not have at all, against the rarest there is. */
  readonly unexplained: number;
  /** 1 when a phrase of a neighbouring subject is not in the entry. */
  readonly foreign: number;
  /** Concepts of the question that the entry has, and that it lacks (counts, capped). */
  readonly shared: number;
  readonly lacking: number;
  readonly guessed: number;
  /** 1 for a question of one meaningful word. */
  readonly bare: number;
  /** Share of the meaningful words that neither the entries nor the lexicon know. */
  readonly unheard: number;
  /** A clear lead of an entry that explains the question: margin times explained. */
  readonly clear: number;
  /** How far the score stays under the ordinary, 0 … about 2. */
  readonly weak: number;
  /** Question names a province and the entry is for none, or for another. */
  readonly elsewhere: number;
}

type Coefficients = Readonly<Record<keyof Features, number>> & { readonly bias: number };

const ANSWER: Coefficients = {
  bias: -3.19,
  score: 1.4,
  margin: 0.87,
  likeness: -0.67,
  coverage: 2.17,
  explained: 1.8,
  unexplained: -0.57,
  foreign: -4.71,
  shared: 0.76,
  lacking: 0.24,
  guessed: -0.95,
  unheard: -1.53,
  weak: -0.21,
  clear: 2.38,
  bare: -0.88,
  elsewhere: 0.13,
};
const SUGGEST: Coefficients = {
  bias: -2.63,
  score: 1.13,
  margin: 0.03,
  likeness: -0.62,
  coverage: 2.86,
  explained: 1.89,
  unexplained: -0.92,
  foreign: -5.06,
  shared: 0.94,
  lacking: 0.33,
  guessed: -1.47,
  unheard: -1.6,
  weak: -0.05,
  clear: 1.81,
  bare: -1.08,
  elsewhere: 0.07,
};
/** Below this score a hit begins to look like chance. */
const ORDINARY_SCORE = 0.35;
export const ANSWER_FROM = 0.7;
/** A first hit that leads by less of its score has a near neighbour: both are suggested, whatever the formula says. */
export const MARGIN_FROM = 0.1;
export const SUGGEST_FROM = 0.5;

export const confidenceOf = (features: Features): number => logistic(features, ANSWER);
export const suggestibilityOf = (features: Features): number => logistic(features, SUGGEST);

function logistic(features: Features, { bias, ...slopes }: Coefficients): number {
  let sum = bias;
  for (const [name, slope] of Object.entries(slopes)) sum += slope * features[name as keyof Features];
  return 1 / (1 + Math.exp(-sum));
}

export function featuresOf(index: FaqIndex, query: Query, ranked: readonly Ranked[]): Features {
  const [first, second] = ranked;
  if (!first) throw new Error('No hit to judge');
  const { heads, units } = first.indexed;
  const explained = new Set(query.units.flatMap(({ unit, at }) => (heads.has(unit) ? at : [])));
  const mentioned = new Set(query.units.flatMap(({ unit, at }) => (units.has(unit) ? at : [])));
  const rarest = index.rarity('');
  let all = 0;
  let has = 0;
  let heaviest = 0;
  for (const [at, word] of query.words.entries()) {
    const worth = (query.weights[at] ?? 0) * index.rarity(word.key);
    all += worth;
    if (explained.has(at)) has += worth;
    else if (mentioned.has(at)) has += worth / 2;
    else heaviest = Math.max(heaviest, worth);
  }
  const concepts = query.units.filter(({ unit }) => unit.startsWith('#'));
  const margin = second ? (first.score - second.score) / first.score : 1;
  const meaningful = query.weights.filter((weight) => weight > 0).length;
  const shared = concepts.filter(({ unit }) => heads.has(unit)).length;
  return {
    score: first.score,
    margin,
    likeness: first.likeness,
    coverage: first.coverage,
    explained: all === 0 ? 0 : has / all,
    unexplained: heaviest / rarest,
    foreign: query.foreign.some((phrase) => !heads.has(foreignUnit(phrase))) ? 1 : 0,
    shared: Math.min(3, shared),
    lacking: Math.min(3, concepts.length - shared),
    guessed: query.guessed,
    unheard: share(
      query.words.filter((word, at) => (query.weights[at] ?? 0) > 0 && !index.vocabulary.has(word.key)).length,
      meaningful,
    ),
    weak: Math.max(0, -Math.log(first.score / ORDINARY_SCORE)),
    clear: margin * (all === 0 ? 0 : has / all),
    bare: meaningful <= 1 ? 1 : 0,
    elsewhere:
      query.provinces.length > 0 && !first.indexed.entry.provinces.some((id) => query.provinces.includes(id)) ? 1 : 0,
  };
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
