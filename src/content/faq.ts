/** FAQ entries, as `content/faq/<id>.md` holds them (contract, section 5). */
import type { Day, FaqId, ProvinceCode } from '../base/index.ts';
import type { Certainty, Cite } from './legal.ts';

export interface FaqEntry {
  readonly id: FaqId;
  readonly topic: string;
  /** Ways in which people ask; the first is the title. */
  readonly questions: readonly string[];
  readonly keywords: readonly string[];
  readonly sources: readonly Cite[];
  /** Empty: the whole country. */
  readonly provinces: readonly ProvinceCode[];
  readonly validFrom?: Day;
  /** Last day of validity, included. */
  readonly validTo?: Day;
  readonly checkedOn: Day;
  readonly certainty: Certainty;
  /** The answer in light Markdown: paragraphs, lists, bold, links. */
  readonly answer: string;
}
