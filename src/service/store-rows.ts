/** What crosses the border to the database: turns going in, rows coming out. */
import type { CaseId, ConversationId, Instant, ProvinceCode, StaffId } from '../base/index.ts';
import type { Case, CaseStatus, Officer } from '../casework/index.ts';
import type { FileRef } from '../content/index.ts';
import type { State } from '../conversation/index.ts';
import type { Dossier } from '../dossier/index.ts';
import type { VerdictKind } from '../policy/index.ts';
import type { Address, ChannelName, Outgoing, RenderedMessage } from './ports.ts';

/** An outgoing message as the outbox holds it. */
export interface OutboxRow extends Outgoing {
  /** Order within the queue; for an owner's message also its `seq` in the log. */
  readonly position: number;
  readonly conversation: ConversationId | null;
  readonly at: Instant;
  readonly attempts: number;
  /** Wire calls of it that went out before. */
  readonly done: number;
  readonly platformIds: readonly string[];
  /** Sends of it that may have arrived without our knowing. */
  readonly ambiguous: number;
  readonly notBefore: Instant | null;
}

/** What became of a send, to be written down. */
export type Delivery =
  | { readonly id: string; readonly fate: 'sent'; readonly platformIds: readonly string[] }
  | {
      readonly id: string;
      /** `retry` at `notBefore`; `held` until the owner writes; `failed` for good. */
      readonly fate: 'retry' | 'held' | 'failed';
      readonly notBefore: Instant | null;
      readonly failure: string;
      readonly attempts: number;
      readonly done: number;
      readonly platformIds: readonly string[];
      readonly ambiguous: number;
    };

/** A row of the outbox as an operator sees it (`cli outbox list`, the desk's delivery problems). */
export interface UndeliveredRow {
  readonly id: string;
  readonly status: 'pending' | 'held' | 'failed';
  readonly to: Address;
  readonly conversation: ConversationId | null;
  readonly caseId: CaseId | null;
  readonly failure: string | null;
  readonly attempts: number;
  readonly at: Instant;
  readonly notBefore: Instant | null;
}

export interface SentLately {
  readonly platformIds: readonly string[];
  readonly ambiguous: boolean;
}

export interface StoredConversation {
  readonly id: ConversationId;
  readonly address: Address;
  /** null: nobody wrote yet, or it begins anew. */
  readonly state: State | null;
  /** Of one that begins anew: its turns are counted on, so that nothing of before is taken for new. */
  readonly turn?: number;
  /**
   * How the address numbered lines before it spoke for this conversation: `seq` up to `upTo` stand here at `seq + shift`.
   */
  readonly numbered?: { readonly upTo: number; readonly shift: number };
}

export interface NewFile {
  readonly ref: FileRef;
  readonly conversation: ConversationId;
  readonly bytes?: Uint8Array;
  /** Channel's reference; the fetch loop gets the bytes. */
  readonly remote?: string;
  readonly channel: ChannelName;
}

/** A case as changed by this turn; `readVersion` 0: it is new. */
export interface CaseWrite {
  readonly case: Case;
  readonly readVersion: number;
}

/** A link or code that works once; storage sees only its hash. */
export interface NewCode {
  readonly hash: string;
  readonly kind: string;
  readonly subject: string;
  readonly expiresAt: Instant;
}

/** One turn, to be stored as a whole or not at all. */
export interface TurnCommit {
  readonly conversation: ConversationId;
  readonly address: Address;
  /** Id of the event, unique within the address: a second commit with it is a `duplicate`. */
  readonly eventId: string;
  /** `state.turn` as it was loaded; 0 for a new conversation. */
  readonly readTurn: number;
  readonly state: State;
  readonly at: Instant;
  readonly fingerprint: string;
  /** The owner's line for the log; absent before consent unless it was a choice. */
  readonly ownerLine?: { readonly text: string; readonly file?: FileRef };
  readonly outgoing: readonly Outgoing[];
  readonly draft?: Dossier;
  /** The draft goes, with the papers that are in no case and the lines said since the last case was closed. */
  readonly dropDraft?: true;
  readonly cases: readonly CaseWrite[];
  readonly files: readonly NewFile[];
  readonly reminders: readonly { readonly name: string; readonly at: Instant | null }[];
  readonly notedQuestions: readonly { readonly words: string; readonly why: string; readonly faq?: string }[];
  readonly erase: boolean;
  /** Codes shown in this turn; whatever else of that kind is open for that subject is late from now on. */
  readonly codes?: readonly NewCode[];
  /**
   * The person proved by a code that another conversation, as it stood at `readTurn`, is theirs: it ends in this one, with
   * its cases, files and lines. `from`: the address that spoke for this one so far.
   */
  readonly joins?: {
    readonly conversation: ConversationId;
    readonly readTurn: number;
    readonly code: string;
    readonly from: Address;
  };
  /** Addresses (`channel:chat`) that speak for it no longer: each begins anew. Its open codes are late. */
  readonly parts?: readonly string[];
  /** Nothing the owner did (a reminder, a word from staff): their last address stays, held messages stay held. */
  readonly internal?: true;
}

/** `case-changed`: a case was no longer at the version it was read at; nothing of that turn is stored. */
export type CommitOutcome = 'stored' | 'duplicate' | 'lost-race' | 'case-changed';

export interface CommitResult {
  /** In the order of the turns. */
  readonly outcomes: readonly CommitOutcome[];
  /** What this instance is to send now, in order; leased to it. Rows of queues that another instance sends are not here. */
  readonly rows: readonly OutboxRow[];
}

export interface LogMessage {
  /** Grows within a conversation. */
  readonly seq: number;
  readonly from: 'bot' | 'staff' | 'owner';
  readonly message: RenderedMessage;
  readonly at: Instant;
  readonly delivery: 'sent' | 'pending' | 'held' | 'failed';
}

export interface PendingFile {
  readonly ref: FileRef;
  readonly conversation: ConversationId;
  readonly channel: ChannelName;
  readonly remote: string;
  readonly attempts: number;
}

export type FileStatus = 'pending' | 'ready' | 'lost';

export interface FileHead {
  readonly conversation: ConversationId;
  readonly status: FileStatus;
  /** Its first bytes, 16 at most; empty while there are none. */
  readonly head: Uint8Array;
}

/** A registration that was begun and not sent. */
export interface LoneDraft {
  readonly conversation: ConversationId;
  /** When the owner last answered for it. */
  readonly changedAt: Instant;
}

export interface DueReminder {
  readonly conversation: ConversationId;
  readonly name: string;
  readonly at: Instant;
}

/** A case as it stands in a list: what the desk's queue and `cli case list` show. */
export interface CaseLine {
  readonly id: CaseId;
  readonly code: string;
  readonly about: Case['about'];
  readonly province: ProvinceCode | null;
  readonly status: CaseStatus;
  readonly officer: Officer | null;
  readonly title: string;
  readonly supports: readonly string[];
  readonly verdict: VerdictKind | null;
  readonly readiness: { readonly done: number; readonly of: number };
  readonly openedAt: Instant;
  readonly changedAt: Instant;
  readonly withdrawn: boolean;
}

export interface CaseFilter {
  /** Absent: of the whole country; a person of the desk sees only theirs. Cases without a province count as everybody's. */
  readonly provinces?: readonly string[];
  /** Exactly that province, without the cases that have none. */
  readonly province?: string;
  readonly statuses?: readonly CaseStatus[];
  readonly officer?: StaffId;
  /** A kind of support wanted, e.g. `may-moc`. */
  readonly support?: string;
  /** Words of name, code, phone or unit, with or without diacritics. */
  readonly search?: string;
  /** `waiting`: opened longest ago first. */
  readonly order: 'waiting' | 'newest';
  readonly limit: number;
  readonly offset: number;
}

export interface StaffMember {
  readonly id: StaffId;
  readonly name: string;
  readonly role: 'admin' | 'officer';
  /** Empty: all. */
  readonly provinces: readonly string[];
  readonly addedAt: Instant;
}

export interface PlatformTokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresAt: Instant;
  readonly version: number;
  readonly rotatedAt: Instant;
  readonly status: string;
  readonly lastError: string | null;
}

export interface OutboxDepth {
  readonly pending: number;
  readonly held: number;
  readonly failed: number;
  /** When the oldest pending row was stored. */
  readonly oldest: Instant | null;
}
