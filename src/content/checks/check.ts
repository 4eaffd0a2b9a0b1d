/** What a check is: one pass over a draft, one idea. It never throws and knows no channel: limits are passed in. */
import type { Day } from '../../base/index.ts';
import type { Draft } from '../draft.ts';
import type { Finding } from '../finding.ts';

/** In UTF-16 units. */
export interface TextLimits {
  /** An answer that is longer does not fit the tightest channel with its line of sources: an error. */
  readonly answerMax: number;
  /** An answer that is longer has to be scrolled on a small phone: a warning. */
  readonly answerLong: number;
  /** A button's label that is longer is cut on the tightest channel. */
  readonly labelMax: number;
  readonly questionMax: number;
}

export interface CheckContext {
  readonly draft: Draft;
  readonly limits: TextLimits;
  readonly today?: Day;
  /** Keys of texts that the program names; `refusal.*` stands for all keys below. Absent: not known here. */
  readonly usedTexts?: readonly string[];
}

export type Check = (context: CheckContext) => readonly Finding[];
