/**
 * From a question as typed to what the bot does: answer, suggest up to three, or pass on. A wrong answer told as right is
 * the worst outcome, so the decision rests on a fitted confidence, not on the score.
 */
import type { Day, FaqId, ProvinceCode } from '../base/index.ts';
import {
  ANSWER_FROM,
  confidenceOf,
  featuresOf,
  MARGIN_FROM,
  SUGGEST_FROM,
  suggestibilityOf,
  type Features,
} from './confidence.ts';
import type { FaqIndex } from './faq-index.ts';
import { readQuery } from './query.ts';
import { placeFactor, RANK, rank } from './rank.ts';
import { findIntent } from './wish.ts';

export interface Hit {
  readonly id: FaqId;
  /** 0 … about 1; orders the hits, says little by itself. */
  readonly score: number;
}

/**
 * `answer`: the first hit is the answer. `suggest`: «Có phải anh/chị hỏi …» with up to three hits. `unknown`: to staff;
 * the nearest hits are still named, for worklists and measuring.
 * `intent`: the words are a wish for the bot itself (gặp cán bộ, chào, đăng ký …), not a question about khuyến công.
 */
export interface FaqDecision {
  readonly decision: 'answer' | 'suggest' | 'unknown';
  readonly hits: readonly Hit[];
  readonly intent?: string;
  /** How likely the first hit is the right answer, 0 … 1. */
  readonly confidence?: number;
}

export interface FindOptions {
  readonly on: Day;
  readonly province?: ProvinceCode;
}

const MOST_HITS = 3;
/** Longer texts are cut: nobody buries a question deeper, and the time stays bounded. */
const LONGEST = 2000;

export function findFaq(index: FaqIndex, text: string, options: FindOptions): FaqDecision {
  const { hits, features, mayAnswer } = consider(index, text, options);
  const intent = findIntent(text, index.lexicon);
  if (intent !== null) return { decision: 'unknown', hits, intent };
  if (features === null) return { decision: 'unknown', hits };
  const confidence = confidenceOf(features);
  if (mayAnswer && confidence >= ANSWER_FROM && features.margin >= MARGIN_FROM)
    return { decision: 'answer', hits, confidence };
  const decision = suggestibilityOf(features) >= SUGGEST_FROM ? 'suggest' : 'unknown';
  return { decision, hits, confidence };
}

/** What the decision rests on; also read by the script that fits the confidence. */
export function consider(
  index: FaqIndex,
  text: string,
  options: FindOptions,
): {
  readonly hits: readonly Hit[];
  readonly features: Features | null;
  /** False when the first hit speaks of other provinces than the one that was named or given. */
  readonly mayAnswer: boolean;
} {
  const query = readQuery(text.slice(0, LONGEST), index);
  const ranked = rank(index, query, options);
  const hits = ranked.slice(0, MOST_HITS).map(({ indexed, score }) => ({ id: indexed.entry.id, score: round(score) }));
  const first = ranked[0];
  return {
    hits,
    features: first ? featuresOf(index, query, ranked) : null,
    mayAnswer: first !== undefined && placeFactor(first.indexed, query, options) !== RANK.otherProvince,
  };
}

const round = (score: number): number => Math.round(score * 1000) / 1000;
