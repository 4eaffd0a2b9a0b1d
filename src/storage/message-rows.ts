/** Lines of a conversation or a staff room ↔ rows of `Message`. */
import { caseId, conversationId, type ConversationId, type Instant } from '../base/index.ts';
import type {
  Address,
  ChannelName,
  LogMessage,
  Outgoing,
  OutgoingPayload,
  OutboxRow,
  RenderedMessage,
  TurnCommit,
} from '../service/ports.ts';
import type { Message } from './generated/sqlite/client.ts';
import type { SqlValue } from './sql.ts';
import { fromJson, toJson } from './text.ts';

/** How long a lease holds without being renewed, ms. Longer than any stall of the program, shorter than patience. */
export const LEASE_MS = 10_000;

/** Columns of a new row; the counts of sending begin with their defaults. */
export const MESSAGE_COLUMNS = [
  'id',
  'queue',
  'position',
  'conversation',
  'caseId',
  'channel',
  'chat',
  'kind',
  'speaker',
  'payload',
  'at',
  'status',
  'priority',
  'leaseOwner',
  'leaseUntil',
] as const;

export type NewMessage = Readonly<Record<(typeof MESSAGE_COLUMNS)[number], SqlValue>>;

export const addressKey = ({ channel, chat }: Address): string => `${channel}:${chat}`;

/** Numbers of lines within one turn stay below this; the line's place in the conversation is turn × 1000 + number. */
export const LINES_PER_TURN = 1_000;

export interface Lease {
  readonly owner: string | null;
  readonly until: Instant | null;
}

/** The row of an outgoing message. */
export function outgoingRow(
  out: Outgoing,
  position: number,
  turn: { conversation: string | null; at: Instant },
  lease: Lease,
): NewMessage {
  const pulled = out.pull === true;
  return {
    id: out.id,
    queue: out.queue,
    position: BigInt(position),
    conversation: out.payload.kind === 'say' ? turn.conversation : null,
    caseId: out.payload.kind === 'say' ? null : out.payload.caseId,
    channel: out.to.channel,
    chat: out.to.chat,
    kind: out.payload.kind,
    speaker: out.payload.message.from,
    payload: toJson(out.payload.message),
    at: turn.at,
    status: pulled ? 'sent' : 'pending',
    priority: out.priority,
    leaseOwner: pulled ? null : lease.owner,
    leaseUntil: pulled ? null : lease.until,
  };
}

/** The row of what the owner said; null when nothing of it may be kept. */
export function ownerRow(turn: TurnCommit): NewMessage | null {
  if (turn.ownerLine === undefined) return null;
  const { text, file } = turn.ownerLine;
  const message = {
    from: 'owner',
    blocks: [
      ...(text === '' ? [] : [{ kind: 'paragraph', runs: [{ text }] }]),
      ...(file === undefined ? [] : [{ kind: 'file', file }]),
    ],
    choices: [],
  };
  return {
    id: `${turn.conversation}:${turn.state.turn}:own`,
    queue: turn.conversation,
    position: BigInt(positionIn(turn, 0)),
    conversation: turn.conversation,
    caseId: null,
    channel: turn.address.channel,
    chat: turn.address.chat,
    kind: 'say',
    speaker: 'owner',
    payload: toJson(message),
    at: turn.at,
    status: 'own',
    priority: 0,
    leaseOwner: null,
    leaseUntil: null,
  };
}

/** The place in its conversation of the `index`-th line of a turn (the owner's is 0). */
export const positionIn = (turn: TurnCommit, index: number): number => turn.state.turn * LINES_PER_TURN + index;

export const outboxRow = (
  out: Outgoing,
  position: number,
  conversation: ConversationId | null,
  at: Instant,
): OutboxRow => ({
  ...out,
  position,
  conversation: out.payload.kind === 'say' ? conversation : null,
  at,
  attempts: 0,
  done: 0,
  platformIds: [],
  ambiguous: 0,
  notBefore: null,
});

const payloadOf = (row: Message): OutgoingPayload => {
  const message = fromJson<RenderedMessage>(row.payload);
  return row.kind === 'say' || row.caseId === null
    ? { kind: 'say', message }
    : { kind: row.kind as 'card' | 'card-update' | 'thread', caseId: caseId(row.caseId), message };
};

/** A row read back from the outbox. */
export const readOutboxRow = (row: Message): OutboxRow => ({
  id: row.id,
  to: { channel: row.channel as ChannelName, chat: row.chat },
  queue: row.queue,
  payload: payloadOf(row),
  priority: row.priority,
  position: Number(row.position),
  conversation: row.conversation === null ? null : conversationId(row.conversation),
  at: row.at,
  attempts: row.attempts,
  done: row.done,
  platformIds: row.platformIds === '' ? [] : row.platformIds.split(','),
  ambiguous: row.ambiguous,
  notBefore: row.notBefore,
});

export const readLogMessage = (row: Message): LogMessage => ({
  seq: Number(row.position),
  from: row.speaker as LogMessage['from'],
  message: fromJson<RenderedMessage>(row.payload),
  at: row.at,
  delivery: row.status === 'own' ? 'sent' : (row.status as LogMessage['delivery']),
});
