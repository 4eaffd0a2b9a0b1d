/**
 * One command on one case: the step of the case and the owner's turn in one commit. The first of two wins; the other
 * steps again on what the first left, and is told.
 */
import type { CaseId, ConversationId, Instant } from '../base/index.ts';
import {
  act,
  type Acted,
  type Actor,
  type Case,
  type CaseCommand,
  type CaseEffect,
  type Refusal,
} from '../casework/index.ts';
import type { ConversationEvent } from '../conversation/index.ts';
import { caseSeen } from './case-desk.ts';
import { answersOf, staffWords, type Voice } from './case-voice.ts';
import type { Notices } from './notices.ts';
import type {
  Address,
  CaseWrite,
  Clock,
  CommitOutcome,
  NewFile,
  NewId,
  Outgoing,
  OutboxRow,
  RenderedMessage,
  Store,
} from './ports.ts';
import type { Log } from './watch.ts';

/** The receiver's way of stepping a conversation from inside; it steps again by itself when the turn lost its race. */
export interface ConversationSteps {
  stepConversation(
    conversation: ConversationId,
    event: ConversationEvent,
    also: {
      readonly cases: readonly CaseWrite[];
      readonly outgoing: readonly Outgoing[];
      readonly files: readonly NewFile[];
    },
  ): Promise<Exclude<CommitOutcome, 'lost-race'> | 'unknown'>;
}

export interface StaffParts {
  readonly store: Pick<
    Store,
    | 'loadCase'
    | 'findCase'
    | 'caseOfRoomMessage'
    | 'cardOf'
    | 'casesOf'
    | 'listCases'
    | 'casesToRaise'
    | 'commitCases'
    | 'enqueue'
    | 'noteRoomMessages'
    | 'staffOfAccount'
    | 'ping'
  >;
  readonly steps: ConversationSteps;
  readonly notices: Notices;
  readonly voice: () => Voice;
  readonly rooms: () => readonly Address[];
  /** Somebody of the desk may answer although there is no room. */
  readonly deskStaffed?: () => boolean;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
  /** Hands stored rows to delivery. */
  readonly send: (rows: readonly OutboxRow[]) => void;
}

export interface Order {
  readonly caseId: CaseId;
  readonly command: CaseCommand;
  readonly actor: Actor;
  /** Makes it happen once however often it is asked: the platform's id of the press or reply. */
  readonly once?: string;
  /** Where it was done: no echo there. */
  readonly from?: Address;
  readonly files?: readonly NewFile[];
}

export type Commanded =
  | { readonly done: true; readonly case: Case }
  | {
      readonly done: false;
      readonly why: Refusal | { readonly kind: 'unknown-case' } | { readonly kind: 'person-gone' };
    };

/** Another's change in between is met by stepping again; so many in a row would be a fault. */
const ATTEMPTS = 8;

/** Rejects only when storing failed. */
export async function command(parts: StaffParts, order: Order): Promise<Commanded> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const before = await parts.store.loadCase(order.caseId);
    if (before === null) return { done: false, why: { kind: 'unknown-case' } };
    const now = parts.clock();
    const acted = act(before, order.command, order.actor, now);
    if (!acted.ok) return { done: false, why: acted.error };
    const outcome = await commit(parts, { order, before, acted: acted.value, now });
    if (outcome === 'unknown') {
      // The person may have gone on in another conversation, and the case with them.
      if ((await parts.store.loadCase(order.caseId))?.conversation !== before.conversation) continue;
      return { done: false, why: { kind: 'person-gone' } };
    }
    if (outcome !== 'case-changed') return { done: true, case: acted.value.case };
  }
  throw new Error('A case kept changing under a command');
}

interface Doing {
  readonly order: Order;
  readonly before: Case;
  readonly acted: Acted;
  readonly now: Instant;
}

async function commit(parts: StaffParts, doing: Doing): Promise<Exclude<CommitOutcome, 'lost-race'> | 'unknown'> {
  const { order, before, acted, now } = doing;
  const { case: after, effects } = acted;
  const cases = [{ case: after, readVersion: before.version }];
  const outgoing = parts.notices.changed(after, effects, `${after.id}.v${after.version}`, order.from);
  const id = order.once ?? parts.newId();
  const event = ownerEvent(parts.voice(), after, effects, { id, sentAt: now });
  if (event !== null) {
    return parts.steps.stepConversation(after.conversation, event, { cases, outgoing, files: order.files ?? [] });
  }
  const { outcomes, rows } = await parts.store.commitCases({ cases, outgoing, at: now });
  parts.send(rows);
  return outcomes.includes('case-changed') ? 'case-changed' : 'stored';
}

/** At most one thing of a change concerns the owner. */
function ownerEvent(
  voice: Voice,
  after: Case,
  effects: readonly CaseEffect[],
  base: { readonly id: string; readonly sentAt: Instant },
): ConversationEvent | null {
  for (const effect of effects) {
    if (effect.kind === 'tell-owner') {
      return { ...base, kind: 'case-changed', case: caseSeen(voice, after), change: effect.change };
    }
    if (effect.kind === 'pass-on') {
      const { kind: _passed, ...said } = effect;
      const speaker = said.speaker.trim() === '' ? staffWords(voice, 'nameless') : said.speaker;
      return { ...base, kind: 'staff-replied', caseId: after.id, ...said, speaker };
    }
    if (effect.kind === 'ask-owner') {
      const { field, reason } = effect;
      return { ...base, kind: 'staff-asked', caseId: after.id, field, reason, sheet: answersOf(after) };
    }
  }
  return null;
}

/** Into the thread of a case, beside any turn. */
export async function tell(
  parts: StaffParts,
  one: Case,
  message: RenderedMessage,
  rooms: readonly Address[],
): Promise<void> {
  const rows = rooms.map((room) => parts.notices.thread(one, message, `${one.id}.${parts.newId()}`, room));
  parts.send(await parts.store.enqueue(rows, parts.clock()));
}
