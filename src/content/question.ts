/** Questions, flows and paper slots: what is asked, in which words, and why. */
import type { QuestionId } from '../base/index.ts';
import type { Cite } from './legal.ts';

export type AskKind =
  | 'choice'
  | 'multi-choice'
  | 'text'
  | 'number'
  | 'money'
  | 'phone'
  | 'tax-code'
  | 'date'
  | 'place'
  | 'file';

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
