/** A case as staff work on it: new → taken → waiting ⇄ taken → forwarded / closed. Every change leaves an entry. */
import type { CaseId, ConversationId, Instant, ProvinceCode, StaffId } from '../base/index.ts';
import type { Dossier } from '../dossier/index.ts';

export const OPEN_STATUSES = ['new', 'taken', 'waiting-for-enterprise', 'forwarded'] as const;
export const CASE_STATUSES = [...OPEN_STATUSES, 'closed'] as const;
export type CaseStatus = (typeof CASE_STATUSES)[number];

/** Who acts: a member of the staff, with the name that owners see. */
export interface Officer {
  readonly id: StaffId;
  readonly name: string;
}

export interface CaseEntry {
  readonly at: Instant;
  readonly by: string;
  /** What was done: `opened`, `taken`, `replied`, `noted`, `closed` … */
  readonly what: string;
  readonly text?: string;
  /** To whom it was handed over; with which outcome it was closed. */
  readonly detail?: string;
}

export interface Case {
  readonly id: CaseId;
  /** e.g. `TH-26-000123`. */
  readonly code: string;
  readonly about: 'registration' | 'question';
  readonly province: ProvinceCode | null;
  readonly conversation: ConversationId;
  readonly status: CaseStatus;
  readonly officer: Officer | null;
  readonly dossier: Dossier;
  readonly question?: string;
  readonly openedAt: Instant;
  readonly changedAt: Instant;
  readonly outcome?: string;
  readonly withdrawn?: true;
  readonly raisedAt?: Instant;
  /** When the owner was told to expect an answer. */
  readonly answerBy?: Instant;
  /** A person has the conversation: the bot keeps out of the way until it is handed back, or its time is over. */
  readonly withStaff?: boolean;
  readonly forwardedTo?: string;
  /** Grows by one with each change: a change is stored only on the version it was made from. */
  readonly version: number;
  readonly entries: readonly CaseEntry[];
}
