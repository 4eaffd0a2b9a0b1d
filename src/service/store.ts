/** What the use-cases need of the database: the interface that `storage` implements. */
import type { CaseId, ConversationId, Day, FileId, Instant, StaffId } from '../base/index.ts';
import type { Case } from '../casework/index.ts';
import type { FileRef } from '../content/index.ts';
import type { Dossier } from '../dossier/index.ts';
import type { LawStore } from './law-store.ts';
import type { Address, ChannelName, Outgoing } from './ports.ts';
import type {
  OutboxRow,
  Delivery,
  UndeliveredRow,
  SentLately,
  StoredConversation,
  NewFile,
  CaseWrite,
  NewCode,
  TurnCommit,
  CommitResult,
  LogMessage,
  PendingFile,
  FileStatus,
  FileHead,
  LoneDraft,
  DueReminder,
  CaseLine,
  CaseFilter,
  StaffMember,
  PlatformTokens,
  OutboxDepth,
} from './store-rows.ts';

export type * from './store-rows.ts';

/**
 * The database. Every method that changes something does so in one transaction; each says what it promises.
 * `now` and ids come from the caller: storage has neither clock nor chance.
 */
export interface Store extends LawStore {
  // -- conversations
  /** The conversations behind addresses, in order; follows links between a person's channels. */
  load(addresses: readonly Address[]): Promise<readonly StoredConversation[]>;
  loadConversation(id: ConversationId): Promise<StoredConversation | null>;
  /** Stores turns in one transaction (group commit); each is stored as a whole or not at all, outcome by outcome. */
  commit(turns: readonly TurnCommit[]): Promise<CommitResult>;
  /** A change of cases that concerns no owner (a note, a claim notice …), with its room notices. */
  commitCases(change: {
    readonly cases: readonly CaseWrite[];
    readonly outgoing: readonly Outgoing[];
    readonly at: Instant;
  }): Promise<CommitResult>;
  /** Owner's lines included; in order. */
  messages(conversation: ConversationId, afterSeq: number): Promise<readonly LogMessage[]>;
  /** All from which the person has written, as far as they still speak for it. */
  addresses(conversation: ConversationId): Promise<readonly Address[]>;
  /** Erases all that is kept of a person; cases keep code and dates, without the person. Null: there is no such id. */
  erase(conversation: ConversationId, at: Instant): Promise<{ readonly cases: number; readonly files: number } | null>;
  /** Drops ids of inbound events older than `inboundBefore`, and conversations without consent not seen since `idleBefore`. */
  prune(before: {
    readonly inbound: Day;
    readonly idle: Day;
    readonly sent: Instant;
  }): Promise<{ readonly conversations: number }>;

  /** Beside state, cases and lines: papers without their bytes, the draft as it stands, reminders. */
  keptOf(conversation: ConversationId): Promise<{
    readonly files: readonly { readonly ref: FileRef; readonly status: FileStatus; readonly at: Instant }[];
    readonly draft: Dossier | null;
    readonly reminders: readonly { readonly name: string; readonly at: Instant }[];
  }>;

  // -- outbox
  /** Leases rows whose time has come and that nobody is sending. */
  claim(now: Instant, limit: number): Promise<readonly OutboxRow[]>;
  /** Keeps the leases of this instance alive. */
  renewLeases(now: Instant): Promise<void>;
  /** Gives up the leases of this instance, so that another need not wait for their end. */
  releaseLeases(): Promise<void>;
  settle(deliveries: readonly Delivery[]): Promise<void>;
  /** What the platform called the messages sent last to a person, and whether some may have arrived unnamed. */
  sentLately(conversation: ConversationId, rows: number): Promise<SentLately>;
  /** Notes which message of a room belongs to which case; with the card, presses and replies find their case. */
  noteRoomMessages(room: Address, caseId: CaseId, kind: string, platformIds: readonly string[]): Promise<void>;
  /** Platform id of the case's card in a room. */
  cardOf(room: Address, caseId: CaseId): Promise<string | null>;
  undelivered(limit: number): Promise<readonly UndeliveredRow[]>;
  /** Back to pending, or away: by id, or all that were given up or held. Answers how many. */
  retryOutbox(ids: readonly string[] | 'all'): Promise<number>;
  dropOutbox(ids: readonly string[] | 'all'): Promise<number>;
  outboxDepth(): Promise<OutboxDepth>;
  /** Queues notices that stand alone (not part of a turn). */
  enqueue(outgoing: readonly Outgoing[], at: Instant): Promise<readonly OutboxRow[]>;
  /** A staff room got a new id: its queue, cards and settings follow. */
  moveRoom(from: Address, to: Address): Promise<void>;

  // -- cases
  /** The next number of a code series such as `TH-26`; never the same twice, gaps are allowed. */
  nextCaseNumber(series: string): Promise<number>;
  loadCase(id: CaseId): Promise<Case | null>;
  /** Several at once, in the order of the ids; those that are not there are left out. */
  loadCases(ids: readonly CaseId[]): Promise<readonly Case[]>;
  findCase(code: string): Promise<Case | null>;
  /** The case whose card or thread holds that platform message. */
  caseOfRoomMessage(room: Address, platformId: string): Promise<Case | null>;
  casesOf(conversation: ConversationId): Promise<readonly Case[]>;
  listCases(filter: CaseFilter): Promise<readonly CaseLine[]>;
  countCases(filter: Omit<CaseFilter, 'order' | 'limit' | 'offset'>): Promise<number>;
  /** New cases opened before, not yet raised. */
  casesToRaise(openedBefore: Instant, limit: number): Promise<readonly Case[]>;

  // -- files
  readFile(id: FileId): Promise<{ readonly ref: FileRef; readonly bytes: Uint8Array | null } | null>;
  /** Bytes that staff send, or a paper made by the program. */
  addFile(file: NewFile, at: Instant): Promise<void>;
  fileStatuses(ids: readonly string[]): Promise<ReadonlyMap<string, FileStatus>>;
  /** Whose they are, how they stand and their first bytes, without the rest. Files that are not there are absent. */
  fileHeads(ids: readonly string[]): Promise<ReadonlyMap<string, FileHead>>;
  /** Leases files that wait for their bytes. */
  claimFiles(now: Instant, limit: number): Promise<readonly PendingFile[]>;
  settleFile(
    id: string,
    fate: { readonly bytes: Uint8Array } | { readonly lost: true } | { readonly notBefore: Instant },
  ): Promise<void>;

  // -- reminders, noted questions
  dueReminders(now: Instant, limit: number): Promise<readonly DueReminder[]>;
  dropReminder(reminder: DueReminder): Promise<void>;
  /** Drafts not touched since, of conversations without a reminder of that name; left alone longest first. */
  draftsLeftAlone(before: Instant, unless: string, limit: number): Promise<readonly LoneDraft[]>;
  notedQuestions(limit: number): Promise<
    readonly {
      readonly id: string;
      readonly words: string;
      readonly why: string;
      readonly faq: string | null;
      readonly at: Instant;
    }[]
  >;
  closeNotedQuestion(id: string): Promise<void>;

  // -- staff and signing in
  staff(): Promise<readonly StaffMember[]>;
  addStaff(member: StaffMember): Promise<void>;
  /** False: there is no such member. */
  changeStaff(id: StaffId, change: Pick<StaffMember, 'role' | 'provinces'>): Promise<boolean>;
  /** Ends their sessions too. False: there is no such member. */
  removeStaff(id: StaffId, at: Instant): Promise<boolean>;
  staffOfAccount(channel: ChannelName, userId: string): Promise<StaffMember | null>;
  linkStaffAccount(channel: ChannelName, userId: string, staff: StaffId): Promise<void>;
  /** All accounts of that channel. */
  unlinkStaffAccounts(channel: ChannelName, staff: StaffId): Promise<void>;
  accountsOf(staff: StaffId): Promise<readonly { readonly channel: ChannelName; readonly userId: string }[]>;
  /** A link or code that works once; storage sees only its hash. */
  addCode(code: NewCode): Promise<void>;
  /** Its subject, the first time and before it expires; else null. */
  useCode(hash: string, kind: string, now: Instant): Promise<string | null>;
  /** How a code stands; null: there is none. */
  codeOf(
    hash: string,
    kind: string,
  ): Promise<{ readonly subject: string; readonly expiresAt: Instant; readonly usedAt: Instant | null } | null>;
  /** Counts a try under a name; answers how many there were, with this one, since the first that is not over yet. */
  countTry(name: string, now: Instant, until: Instant): Promise<number>;
  addSession(session: {
    readonly hash: string;
    readonly staff: StaffId;
    readonly createdAt: Instant;
    readonly expiresAt: Instant;
  }): Promise<void>;
  /** Who is signed in with that cookie; null when it is unknown, ended or late. */
  sessionStaff(hash: string, now: Instant): Promise<StaffMember | null>;
  endSession(hash: string): Promise<void>;
  /** The session of that cookie with who is signed in; null when it is unknown, ended or late. */
  sessionOf(
    hash: string,
    now: Instant,
  ): Promise<{ readonly staff: StaffMember; readonly createdAt: Instant; readonly expiresAt: Instant } | null>;
  /** A session that was replaced lives on until `until`, for what its page has under way. */
  shortenSession(hash: string, until: Instant): Promise<void>;

  // -- settings, leases, platform tokens
  setting(key: string): Promise<string | null>;
  /** null removes it. */
  setSetting(key: string, value: string | null): Promise<void>;
  /** True when this instance has the lease until `until`; extends its own. */
  takeLease(name: string, now: Instant, until: Instant): Promise<boolean>;
  dropLease(name: string): Promise<void>;
  platformTokens(id: string): Promise<PlatformTokens | null>;
  /** Seeds the row while there is none. False: there is one. */
  seedPlatformTokens(id: string, tokens: PlatformTokens): Promise<boolean>;
  /** Leases the row of that version for a refresh; one wins. */
  leasePlatformTokens(id: string, version: number, now: Instant, until: Instant): Promise<boolean>;
  /** Writes new tokens as `version` + 1 when the row is still at `version`, and ends the lease. */
  savePlatformTokens(id: string, version: number, tokens: PlatformTokens): Promise<boolean>;
  notePlatformTokens(id: string, note: { readonly status?: string; readonly lastError?: string | null }): Promise<void>;

  /** Resolves when the database answers. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
