/** The part of the database that law changes need: whose verdict has turned, and what staff decided about telling them. */
import type { CaseId, ConversationId, Day, Instant } from '../base/index.ts';
import type { Flip, KindChange, VerdictKind } from '../policy/index.ts';
import type { StoredConversation } from './store.ts';

export const flipStatuses = ['open', 'approved', 'told', 'dismissed', 'dropped'] as const;
/**
 * `open`: for staff to look at · `approved`: to be told, `told` · `dismissed`: staff want nothing said · `dropped`: it was no
 * longer so, or the owner had changed their answers.
 */
export type FlipStatus = (typeof flipStatuses)[number];

/** A verdict that was told to an owner and is another now. */
export interface LawFlip {
  /** Made of the conversation and of what turned, so that it is found once. */
  readonly id: string;
  readonly conversation: ConversationId;
  /** The case that the answers are the sheet of. */
  readonly caseId: CaseId | null;
  readonly province: string | null;
  /** Of the law and the day with which it was found: flips of one change have the same. */
  readonly change: string;
  readonly turned: readonly KindChange[];
  readonly toldOn: Day;
  readonly why: Flip['why'];
  readonly since: Day | null;
  readonly instruments: readonly string[];
  readonly status: FlipStatus;
  readonly foundAt: Instant;
  /** Who approved or dismissed it. */
  readonly decidedBy: string | null;
  readonly decidedAt: Instant | null;
}

/** What is absent does not filter. Flips without a province count as everybody's. */
export interface FlipFilter {
  readonly ids?: readonly string[];
  readonly conversation?: ConversationId;
  readonly statuses?: readonly FlipStatus[];
  readonly provinces?: readonly string[];
  readonly change?: string;
}

export interface FlipDecision {
  readonly status: 'approved' | 'dismissed';
  /** Name of the person. */
  readonly by: string;
  readonly at: Instant;
}

/** The national verdict with its day, as it stands on a sheet. */
export interface SheetVerdict {
  readonly kind: VerdictKind;
  readonly on: Day;
}

export interface LawStore {
  /** Conversations with consent in the order of their ids, from behind `after`. */
  consented(after: ConversationId | null, limit: number): Promise<readonly StoredConversation[]>;
  /** Verdicts on the sheets of those conversations: of the draft, else of the newest case; without those that are unknown. */
  sheetVerdicts(conversations: readonly ConversationId[]): Promise<ReadonlyMap<string, SheetVerdict>>;
  /** Those that are new, or were dropped before, become open; answers how many. */
  addFlips(flips: readonly LawFlip[]): Promise<number>;
  /** Open flips of those conversations, but for `still`, are no longer so; answers how many. */
  dropOpenFlips(conversations: readonly ConversationId[], still: readonly string[]): Promise<number>;
  /** Oldest first. */
  flips(filter: FlipFilter, limit: number, offset?: number): Promise<readonly LawFlip[]>;
  countFlips(filter: FlipFilter): Promise<number>;
  /** How many flips of each change, the newest change first. */
  flipChanges(filter: FlipFilter): Promise<readonly { readonly change: string; readonly count: number }[]>;
  /** Only open ones are decided, so the first of two wins; answers how many. */
  decideFlips(filter: FlipFilter, decision: FlipDecision): Promise<number>;
  /** What became of one that was open or approved. */
  settleFlip(id: string, status: 'told' | 'dropped'): Promise<void>;
}
