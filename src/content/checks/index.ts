/** All checks across files, in the order of their explanation in the editors' guide. */
import type { Draft } from '../draft.ts';
import type { Finding } from '../finding.ts';
import { answerLength } from './answer-length.ts';
import type { Check, CheckContext, TextLimits } from './check.ts';
import { citations } from './citations.ts';
import { conditionNames } from './condition-names.ts';
import { faqIds } from './faq-ids.ts';
import { freshness } from './freshness.ts';
import { inForce } from './in-force.ts';
import { provinceLetters } from './province-letters.ts';
import { reachability } from './reachability.ts';
import { references } from './references.ts';
import { sameQuestion } from './same-question.ts';
import { spans } from './spans.ts';
import { textKeys } from './text-keys.ts';
import { topics } from './topics.ts';

export type { TextLimits } from './check.ts';

/**
 * The tightest channel, Zalo, takes 2,000 characters a message; 200 are kept for the line of sources. What is over 900
 * fills more than a small phone's screen.
 */
export const defaultLimits: TextLimits = { answerMax: 1800, answerLong: 900, labelMax: 100, questionMax: 600 };

const checks: readonly Check[] = [
  references,
  citations,
  inForce,
  spans,
  freshness,
  reachability,
  conditionNames,
  sameQuestion,
  answerLength,
  faqIds,
  provinceLetters,
  topics,
  textKeys,
];

export function runChecks(draft: Draft, options: Partial<Omit<CheckContext, 'draft'>>): readonly Finding[] {
  const context: CheckContext = { limits: defaultLimits, ...options, draft };
  return checks.flatMap((check) => check(context));
}
