/** FAQ entries, as `content/faq/<id>.md` holds them (contract, section 5). */
import { z } from 'zod';
import type { Day, FaqId, ProvinceCode } from '../base/index.ts';
import type { Certainty, Cite } from './legal.ts';
import { certainty, cite, day, entry, listOf, maybe, province, text } from './schema-parts.ts';

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

/** Words as people type them; a bare number (`134`) is one too. */
const typed = z.union([text, z.number().transform(String)]);

/** The front matter of a FAQ file; its id is the name of the file, its answer stands below. */
export const faqFrontMatter = entry({
  topic: z.string().regex(/^[a-z0-9]+([-_][a-z0-9]+)*$/, { error: 'not-an-id' }),
  questions: z.array(typed).min(1, { error: 'no-question' }),
  keywords: listOf(typed),
  sources: listOf(cite),
  provinces: listOf(province),
  validFrom: maybe(day),
  validTo: maybe(day),
  checkedOn: day,
  certainty,
});
