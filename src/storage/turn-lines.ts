/** The lines of turns: written with their way out, in the order of their queues; what was held back goes first. */
import { addMs, type Instant } from '../base/index.ts';
import type { OutboxRow, TurnCommit } from '../service/ports.ts';
import type { Db, Tx } from './client.ts';
import type { RawTx } from './direct.ts';
import type { Message } from './generated/sqlite/client.ts';
import {
  LEASE_MS,
  MESSAGE_COLUMNS,
  outboxRow,
  outgoingRow,
  ownerRow,
  positionIn,
  readOutboxRow,
  type NewMessage,
} from './message-rows.ts';
import type { RoomPositions } from './rooms.ts';
import { insertRows, Statement, type SqlValue } from './sql.ts';

export interface LineContext {
  readonly db: Db;
  readonly instance: string;
  readonly positions: RoomPositions;
}

/** Answers the rows that this instance is to send. */
export async function insertLines(context: LineContext, tx: RawTx, turns: readonly TurnCommit[]): Promise<OutboxRow[]> {
  const queues = turns.flatMap((turn) => turn.outgoing.filter((out) => out.pull !== true).map((out) => out.queue));
  const foreign = await queuesOfOthers(context, tx, [...new Set(queues)]);
  const lines: NewMessage[] = [];
  const rows: OutboxRow[] = [];
  for (const turn of turns) {
    const own = ownerRow(turn);
    if (own !== null) lines.push(own);
    turn.outgoing.forEach((out, index) => {
      const inConversation = out.queue === turn.conversation;
      const position = inConversation ? positionIn(turn, index + 1) : context.positions.next(turn.at);
      const mine = !foreign.has(out.queue);
      lines.push(outgoingRow(out, position, turn, leaseOf(context, turn.at, mine)));
      if (mine && out.pull !== true) rows.push(outboxRow(out, position, turn.conversation, turn.at));
    });
  }
  await insertMessages(context, tx, lines);
  return rows;
}

export const leaseOf = ({ instance }: { readonly instance: string }, at: Instant, mine: boolean) =>
  mine ? { owner: instance, until: addMs(at, LEASE_MS) } : { owner: null, until: null };

export async function insertMessages(
  { db }: { readonly db: Db },
  tx: RawTx,
  lines: readonly NewMessage[],
): Promise<void> {
  if (lines.length === 0) return;
  const values = lines.map((line) => MESSAGE_COLUMNS.map((column): SqlValue => line[column]));
  await insertRows({ provider: db.provider, tx }, 'Message', MESSAGE_COLUMNS, values);
}

/** Queues with rows that wait for another instance (or for nobody yet): new rows must not overtake them. */
export async function queuesOfOthers(
  { db, instance }: Omit<LineContext, 'positions'>,
  tx: RawTx,
  queues: readonly string[],
): Promise<ReadonlySet<string>> {
  if (queues.length === 0) return new Set();
  const statement = new Statement(db.provider);
  statement.add(`SELECT DISTINCT "queue" FROM "Message" WHERE "status" = 'pending' AND "queue" IN ${statement.list(queues)}
    AND ("leaseOwner" IS NULL OR "leaseOwner" <> ${statement.param(instance)})`);
  const found = await statement.query<{ queue: string }>(tx);
  return new Set(found.map(({ queue }) => queue));
}

/** Only Zalo holds messages until the owner's next word; who goes on elsewhere meanwhile gets them there. */
export const wakesHeld = ({ internal, address, state }: TurnCommit): boolean =>
  internal !== true && (address.channel.startsWith('zalo') || state.joined !== undefined);

/** What waited for the owner's next word goes out before the answer to it, and to where they are now. */
export async function releaseHeld(context: LineContext, tx: Tx, turns: readonly TurnCommit[]): Promise<OutboxRow[]> {
  const released: OutboxRow[] = [];
  for (const { conversation, address, at } of turns.filter(wakesHeld)) {
    const held = await tx.message.findMany({
      where: { status: 'held', queue: conversation },
      orderBy: { position: 'asc' },
    });
    if (held.length === 0) continue;
    const lease = { leaseOwner: context.instance, leaseUntil: addMs(at, LEASE_MS) };
    const data = { ...address, status: 'pending', notBefore: null, attempts: 0, ...lease };
    await tx.message.updateMany({ where: { id: { in: held.map(({ id }) => id) } }, data });
    released.push(...held.map((row: Message) => readOutboxRow({ ...row, ...address, attempts: 0, notBefore: null })));
  }
  return released;
}
