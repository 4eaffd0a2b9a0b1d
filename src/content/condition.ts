/**
 * Conditions of a programme: a short vocabulary of kinds that `policy/conditions.ts` gives their meaning. No arithmetic,
 * no expressions: a new kind is one line here, one small function there, one paragraph in the editors' guide.
 */
import { z } from 'zod';
import type { Day } from '../base/index.ts';
import type { Certainty, Cite } from './legal.ts';
import { certainty, cite, day, entry, kebab, listOf, maybe, province, text } from './schema-parts.ts';

/** How far a condition is met; `doubt` is for a person to look at. */
export type Grade = 'meets' | 'doubt' | 'fails';

/** One answer of the owner: which values meet, leave in doubt, fail; `others` for the rest (default `fails`). */
export interface AnswerTest {
  readonly answer: string;
  readonly meets: readonly string[];
  readonly doubts: readonly string[];
  readonly fails: readonly string[];
  readonly others?: Grade;
  /** The grade while the question has not been answered; without it an absent answer keeps the condition open. */
  readonly absent?: Grade;
}

export type Test =
  | AnswerTest
  /** A number (people, đồng) that must not be exceeded. */
  | { readonly atMost: number; readonly fact: string }
  /** A list answer that contains the value. */
  | { readonly has: string; readonly fact: string }
  /** The present province is a province (`tinh`) or a centrally-run city (`thanh-pho`) on the day. */
  | { readonly provinceIs: 'tinh' | 'thanh-pho' }
  /** The present province is one of these. */
  | { readonly provinceIn: readonly string[] }
  /** The province of before 2025-07-01 is one of these; in doubt while it is not known. */
  | { readonly formerProvinceIn: readonly string[] }
  /** The place lies in a province that existed before the mergers: the former one where given, else the present one. */
  | { readonly formerProvinceKnown: true }
  /** Always for a person to look at. */
  | { readonly forAPerson: true }
  | { readonly all: readonly Test[] }
  | { readonly any: readonly Test[] }
  | { readonly not: Test };

/** Plain words for the owner by outcome; `open` while an answer is missing. What is absent falls back to `doubt`. */
export interface Because {
  readonly meets: string;
  readonly doubt: string;
  readonly fails?: string;
  readonly open?: string;
}

/** One condition in one wording; several with the same id are its wordings at different times. */
export interface Condition {
  readonly id: string;
  readonly from?: Day;
  readonly to?: Day;
  readonly test: Test;
  /** What failing means for the verdict: `doubt` goes to staff, `fails` (default) to «unlikely». */
  readonly otherwise: 'doubt' | 'fails';
  /** Looked at only when the answer is one of these; else it is met and not shown. */
  readonly onlyFor?: { readonly fact: string; readonly is: readonly string[] };
  /** Shown only when it is not met. */
  readonly quiet: boolean;
  readonly because: Because;
  readonly cites: readonly Cite[];
  readonly certainty: Certainty;
}

const grade = z.enum(['meets', 'doubt', 'fails']);
const factName = z.string().regex(/^[a-z][A-Za-z]*$/, { error: 'not-a-question' });
const values = z.union([kebab.transform((one) => [one]), z.array(kebab).min(1)]);

export const testSchema: z.ZodType<Test> = z.lazy(() =>
  z.union([
    entry({
      answer: factName,
      meets: listOf(kebab),
      doubts: listOf(kebab),
      fails: listOf(kebab),
      others: maybe(grade),
      absent: maybe(grade),
    }),
    entry({ atMost: z.int().min(0), fact: factName }),
    entry({ has: kebab, fact: factName }),
    entry({ provinceIs: z.enum(['tinh', 'thanh-pho']) }),
    entry({ provinceIn: z.array(province).min(1) }),
    entry({ formerProvinceIn: z.array(province).min(1) }),
    entry({ formerProvinceKnown: z.literal(true) }),
    entry({ forAPerson: z.literal(true) }),
    entry({ all: z.array(testSchema).min(1) }),
    entry({ any: z.array(testSchema).min(1) }),
    entry({ not: testSchema }),
  ]),
);

const because = z.union([
  text.transform((one): Because => ({ meets: one, doubt: one })),
  entry({ meets: text, doubt: text, fails: maybe(text), open: maybe(text) }),
]);

const orElse = <T extends string | boolean>(schema: z.ZodType<T>, otherwise: T) =>
  schema.nullish().transform((value): T => value ?? otherwise);

export const conditionSchema = entry({
  id: kebab,
  from: maybe(day),
  to: maybe(day),
  test: testSchema,
  otherwise: orElse(z.enum(['doubt', 'fails']), 'fails'),
  onlyFor: maybe(entry({ fact: factName, is: values })),
  quiet: orElse(z.boolean(), false),
  because,
  cites: z.array(cite).min(1),
  certainty: orElse(certainty, 'official'),
});
