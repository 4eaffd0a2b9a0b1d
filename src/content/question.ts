/** Questions, flows and paper slots: what is asked, in which words, and why. */
import { z } from 'zod';
import { questionId, type QuestionId } from '../base/index.ts';
import type { Cite } from './legal.ts';
import { cite, entry, kebab, listOf, maybe, text } from './schema-parts.ts';

const askKinds = [
  'choice',
  'multi-choice',
  'text',
  'number',
  'money',
  'phone',
  'tax-code',
  'date',
  'place',
  'file',
] as const;

export type AskKind = (typeof askKinds)[number];

/** Kinds whose answers may be bare numbers: there «1» is an answer, not the first choice. */
const answeredByNumbers: readonly AskKind[] = ['number', 'money', 'phone', 'tax-code', 'date', 'text', 'place'];
/** Of these, kinds that a bare small number never answers: there it picks one of the readings that are offered. */
const offersReadings: readonly AskKind[] = ['money', 'place'];

/** Whether a typed number picks a choice; `isReading`: the choice is one of the readings of an answer. */
export const picksByNumber = (kind: AskKind, isReading: boolean): boolean =>
  !answeredByNumbers.includes(kind) || (isReading && offersReadings.includes(kind));

export interface QuestionChoice {
  readonly value: string;
  readonly label: string;
  /** Other ways of typing this choice, with or without diacritics. */
  readonly also?: readonly string[];
}

/** `content/questions/<id>.yaml`; the id is a fact key (contract, section 6) or a field key (section 7). */
export interface Question {
  readonly id: QuestionId;
  readonly kind: AskKind;
  /** The question as put to the owner. */
  readonly wording: string;
  /** The name of the line on the review sheet. */
  readonly label: string;
  /** Shown on «không rõ» and after a misunderstanding: explains and gives an example. */
  readonly help: string;
  /** Shown on «vì sao hỏi». */
  readonly why: string;
  readonly cites: readonly Cite[];
  readonly choices: readonly QuestionChoice[];
  /** May be skipped with «bỏ qua». */
  readonly optional: boolean;
  /** Personal data: never asked or kept before consent. */
  readonly personal: boolean;
}

/** Ask a step only when a fact or field has (one of) these values; a list answer has it when it contains it. */
export interface When {
  readonly question: QuestionId;
  readonly is: readonly string[];
}

export interface FlowStep {
  readonly question: QuestionId;
  readonly when?: When;
  /** Without it the registration cannot be sent. */
  readonly needed: boolean;
  /** Counts in the readiness line («7/10»); a needed step always does. */
  readonly counts: boolean;
}

/** `content/flows/<id>.yaml`: an ordered list of questions. */
export interface Flow {
  readonly id: string;
  readonly title: string;
  readonly steps: readonly FlowStep[];
}

/** A paper that an owner may add (`content/forms/papers.yaml`); asked as `documents.<id>`. */
export interface PaperSlot {
  readonly id: string;
  readonly label: string;
  readonly help: string;
  /** Only when one of these supports is wanted; empty: always. */
  readonly supports: readonly string[];
}

/** One branch of what an owner may read about: the FAQ entries of some topics. */
export interface PolicyNode {
  readonly id: string;
  readonly title: string;
  readonly topics: readonly string[];
}

/**
 * The id of a question from the name of its file: `legal-form.yaml` asks for `legalForm`, `machines.name.yaml` for
 * `machines.name`. (File names are kebab-case everywhere; fact and field keys are not.)
 */
export const questionIdOfFile = (name: string): QuestionId =>
  questionId(name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()));

const yesOr = (otherwise: boolean) =>
  z
    .boolean()
    .nullish()
    .transform((value) => value ?? otherwise);

/** What a file of `content/questions` holds. */
export const questionFile = entry({
  kind: z.enum(askKinds),
  wording: text,
  label: text,
  help: text,
  why: text,
  cites: listOf(cite),
  choices: listOf(entry({ value: kebab, label: text, also: maybe(z.array(text)) })),
  optional: yesOr(false),
  personal: yesOr(false),
});

const question = z
  .string()
  .regex(/^[a-z][A-Za-z0-9]*(\.[a-z][A-Za-z0-9-]*)?$/, { error: 'not-a-question' })
  .transform((value) => questionId(value));

const when = entry({
  question,
  is: z.union([kebab.transform((value) => [value]), z.array(kebab).min(1)]),
});

/** A step is the id of a question, or the id with what is said of it; a needed step counts. */
const step = z.union([
  question.transform((id): FlowStep => ({ question: id, needed: false, counts: false })),
  entry({ question, when: maybe(when), needed: yesOr(false), counts: yesOr(false) }).transform((one): FlowStep => ({
    ...one,
    counts: one.counts || one.needed,
  })),
]);

/** What a file of `content/flows` holds; its id is the name of the file. */
export const flowFile = entry({ title: text, steps: z.array(step).min(1) });

/** What `content/forms/papers.yaml` holds: the papers in the order in which they are asked for. */
export const papersFile = entry({
  papers: z.array(entry({ id: kebab, label: text, help: text, supports: listOf(kebab) })),
});

const slug = z.string().regex(/^[a-z0-9]+([-_][a-z0-9]+)*$/, { error: 'not-an-id' });

/** What `content/tables/policy-tree.yaml` holds: branches with the topics of their FAQ entries, in order. */
export const policyTreeFile = z.array(entry({ id: kebab, title: text, topics: z.array(slug).min(1) }));
