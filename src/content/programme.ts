/**
 * Programmes, as `content/programmes/<id>.yaml` holds them: who may have support and when, what is given, which papers,
 * and worked examples. Everything that changes with the law is dated; reading it needs a day and may give nothing.
 */
import { z } from 'zod';
import { legalId, type Day, type LegalId, type ProgrammeId, type ProvinceCode } from '../base/index.ts';
import { conditionSchema, type Condition } from './condition.ts';
import type { Certainty, Cite } from './legal.ts';
import { certainty, cite, day, entry, kebab, listOf, maybe, province, text } from './schema-parts.ts';

/** One way into a programme: all its conditions must be met, besides those of the period. */
export interface Route {
  readonly id: string;
  readonly title: string;
  /** Ids of conditions, in the order in which they are shown. */
  readonly conditions: readonly string[];
}

/** A time in which the programme stood under the same texts. The verdict is the best of the routes. */
export interface Period {
  readonly from: Day;
  /** Last day, included; absent: still running. */
  readonly to?: Day;
  /** The khuyến công decrees that govern in it, base first; empty for local programmes. */
  readonly instruments: readonly LegalId[];
  readonly certainty: Certainty;
  readonly summary: string;
  /** Ids of the conditions that every route needs. */
  readonly conditions: readonly string[];
  readonly routes: readonly Route[];
}

/** A ceiling and the days on which it stood. `percent` of the cost, `max` in đồng. */
export interface Ceiling {
  readonly from: Day;
  readonly to?: Day;
  readonly percent?: number;
  readonly max?: number;
  /** What the ceiling is counted by, in words: each establishment, each model … */
  readonly per: string;
  /** For which part, when a support has several ceilings. */
  readonly part?: string;
  readonly cite: Cite;
  readonly certainty: Certainty;
  readonly note?: string;
}

/** A kind of support; the id is a value of `supportWanted`. */
export interface Support {
  readonly id: string;
  readonly title: string;
  /** What it pays for, in plain words. */
  readonly what: string;
  /** First day on which it is named by a text; absent: from the start of the programme. */
  readonly from?: Day;
  readonly to?: Day;
  readonly cites: readonly Cite[];
  readonly certainty: Certainty;
  readonly ceilings: readonly Ceiling[];
}

/** A line about papers or steps, with the days on which it stands. */
export interface DatedLine {
  readonly text: string;
  readonly from?: Day;
  readonly to?: Day;
  readonly cites: readonly Cite[];
  readonly certainty: Certainty;
}

/** A changed answer worth naming when it would turn the verdict. */
export interface Hint {
  readonly fact: string;
  readonly value: string;
  /** Named only when the answer so far is one of these; empty: whatever it is. */
  readonly given: readonly string[];
  readonly words: string;
}

/** A case in plain words: these facts on this day give this verdict, for this reason. */
export interface WorkedExample {
  readonly name: string;
  readonly on: Day;
  readonly facts: Readonly<Record<string, string | number | readonly string[]>>;
  readonly verdict: 'likely' | 'review' | 'unlikely' | 'unknown' | 'not-in-force';
  /** The condition that decides it: failing for `unlikely`, in doubt for `review`, open for `unknown`. */
  readonly because?: string;
}

export interface Programme {
  readonly id: ProgrammeId;
  readonly title: string;
  /** Empty: the whole country. */
  readonly provinces: readonly ProvinceCode[];
  readonly legalBasis: readonly Cite[];
  readonly certainty: Certainty;
  readonly checkedOn: Day;
  readonly summary: string;
  readonly inForce: readonly Period[];
  readonly conditions: readonly Condition[];
  /** How often each answer is to be expected, for the order of the questions only; an answer not named counts 1. */
  readonly typical: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly hints: readonly Hint[];
  /** Conditions that cannot be checked by asking. */
  readonly unchecked: readonly string[];
  readonly supports: readonly Support[];
  readonly documents: readonly DatedLine[];
  readonly steps: readonly DatedLine[];
  /** Whom to turn to, in words; names and numbers of centres stand in `content/provinces`. */
  readonly contact: string;
  readonly examples: readonly WorkedExample[];
}

const cites = listOf(cite);

const route = entry({ id: kebab, title: text, conditions: z.array(kebab).min(1) });

const period = entry({
  from: day,
  to: maybe(day),
  instruments: listOf(kebab.transform((value) => legalId(value))),
  certainty,
  summary: text,
  conditions: listOf(kebab),
  routes: z.array(route).min(1),
});

const ceiling = entry({
  from: day,
  to: maybe(day),
  percent: maybe(z.int().min(1).max(100)),
  max: maybe(z.int().min(1)),
  per: text,
  part: maybe(text),
  cite,
  certainty,
  note: maybe(text),
});

const support = entry({
  id: kebab,
  title: text,
  what: text,
  from: maybe(day),
  to: maybe(day),
  cites,
  certainty,
  ceilings: listOf(ceiling),
});

const datedLine = entry({ text, from: maybe(day), to: maybe(day), cites, certainty });

const example = entry({
  name: text,
  on: day,
  facts: z.record(z.string(), z.union([z.string(), z.int(), z.array(z.string())])),
  verdict: z.enum(['likely', 'review', 'unlikely', 'unknown', 'not-in-force']),
  because: maybe(kebab),
});

/** What a file of `content/programmes` holds; its id is the name of the file. */
export const programmeFile = entry({
  title: text,
  provinces: listOf(province),
  legalBasis: z.array(cite).min(1),
  certainty,
  checkedOn: day,
  summary: text,
  inForce: z.array(period).min(1),
  conditions: z.array(conditionSchema).min(1),
  typical: z
    .record(z.string(), z.record(z.string(), z.number().positive()))
    .nullish()
    .transform((value): Programme['typical'] => value ?? {}),
  hints: listOf(entry({ fact: z.string(), value: kebab, given: listOf(kebab), words: text })),
  unchecked: listOf(text),
  supports: listOf(support),
  documents: listOf(datedLine),
  steps: listOf(datedLine),
  contact: text,
  examples: z.array(example).min(1),
});
