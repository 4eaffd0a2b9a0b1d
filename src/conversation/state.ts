/** What is kept of a conversation: plain JSON. Answers are the state; where a person stands is derived from them. */
import type { CaseId, Instant } from '../base/index.ts';
import type { CaseSeen } from './events.ts';

export const STATE_VERSION = 1;

/** `said` is kept only after consent (contract, section 3). `value` null: skipped. */
export interface Answer {
  readonly value: AnswerValue;
  readonly said?: string;
  readonly at: Instant;
}

export type AnswerValue = null | string | number | readonly string[] | { readonly [key: string]: unknown };

export interface State {
  readonly version: typeof STATE_VERSION;
  /** Number of steps taken; the store refuses a step that was made from another number. */
  readonly turn: number;
  readonly lang: string;
  readonly mode: Mode;
  readonly answers: Readonly<Record<string, Answer>>;
  readonly consent?: { readonly version: string; readonly at: Instant };
  /** The choices on the last message that had any, so that «1» means what the person sees. */
  readonly shown: { readonly turn: number; readonly choices: readonly string[] };
  readonly misses: number;
  readonly cases: readonly CaseSeen[];
  /** A person of the centre has the conversation until then; the bot keeps silent. */
  readonly handedOver?: { readonly caseId: CaseId; readonly until: Instant };
  readonly seenAt: Instant;
}

export type Mode = { readonly kind: 'menu' } | { readonly kind: string; readonly [key: string]: unknown };
