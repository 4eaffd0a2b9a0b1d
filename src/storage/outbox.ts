/** The way out: leasing rows, writing down what became of them, and the operator's view. */
import { addMs, caseId, conversationId, type CaseId, type Instant } from '../base/index.ts';
import type { Address, ChannelName, Outgoing, OutboxRow, Store, UndeliveredRow } from '../service/ports.ts';
import type { Db, Tx } from './client.ts';
import type { Marks } from './marks.ts';
import { addressKey, LEASE_MS, outboxRow, outgoingRow, readOutboxRow } from './message-rows.ts';
import type { RoomPositions } from './rooms.ts';
import { Statement } from './sql.ts';
import { insertMessages, leaseOf, queuesOfOthers } from './turn-lines.ts';

export interface OutboxContext {
  readonly db: Db;
  readonly instance: string;
  readonly marks: Marks;
  readonly positions: RoomPositions;
}

type Part = Pick<
  Store,
  | 'claim'
  | 'renewLeases'
  | 'releaseLeases'
  | 'settle'
  | 'sentLately'
  | 'noteRoomMessages'
  | 'cardOf'
  | 'undelivered'
  | 'retryOutbox'
  | 'dropOutbox'
  | 'outboxDepth'
  | 'enqueue'
  | 'moveRoom'
>;

export function outboxOf(context: OutboxContext): Part {
  const { db, instance, marks } = context;
  const { prisma } = db;
  return {
    async claim(now, limit) {
      // Looking costs nothing; the transaction writes, and is begun only when there is something to take.
      if ((await claimable(context, prisma, now, 1)).length === 0) return [];
      return prisma.$transaction((tx) => claim(context, tx, now, limit));
    },
    async renewLeases(now) {
      const where = { status: 'pending', leaseOwner: instance };
      await prisma.message.updateMany({ where, data: { leaseUntil: addMs(now, LEASE_MS) } });
    },
    async releaseLeases() {
      await marks.flush();
      const where = { status: 'pending', leaseOwner: instance };
      await prisma.message.updateMany({ where, data: { leaseOwner: null, leaseUntil: null } });
    },
    settle: (deliveries) => marks.settle(deliveries),
    async sentLately(conversation, rows) {
      const found = await prisma.message.findMany({
        where: { queue: conversation, speaker: { not: 'owner' } },
        orderBy: { position: 'desc' },
        take: rows,
        select: { platformIds: true, ambiguous: true },
      });
      return {
        platformIds: found.flatMap(({ platformIds }) => (platformIds === '' ? [] : platformIds.split(','))),
        ambiguous: found.some(({ ambiguous }) => ambiguous > 0),
      };
    },
    async noteRoomMessages(room, case_, kind, platformIds) {
      for (const platformId of platformIds) {
        const where = { room_platformId: { room: addressKey(room), platformId } };
        const row = { room: addressKey(room), platformId, caseId: case_, kind };
        await prisma.roomMessage.upsert({ where, create: row, update: row });
      }
    },
    async cardOf(room, case_) {
      const where = { room: addressKey(room), caseId: case_, kind: 'card' };
      return (await prisma.roomMessage.findFirst({ where }))?.platformId ?? null;
    },
    async undelivered(limit) {
      const where = { status: { in: ['pending', 'held', 'failed'] } };
      const rows = await prisma.message.findMany({ where, orderBy: [{ at: 'asc' }, { position: 'asc' }], take: limit });
      return rows.map((row): UndeliveredRow => ({
        id: row.id,
        status: row.status as UndeliveredRow['status'],
        to: { channel: row.channel as ChannelName, chat: row.chat },
        conversation: row.conversation === null ? null : conversationId(row.conversation),
        caseId: row.caseId === null ? null : caseId(row.caseId),
        failure: row.failure,
        attempts: row.attempts,
        at: row.at,
        notBefore: row.notBefore,
      }));
    },
    async retryOutbox(ids) {
      const data = { status: 'pending', attempts: 0, notBefore: null, leaseOwner: null, leaseUntil: null };
      return (await prisma.message.updateMany({ where: stuck(ids), data })).count;
    },
    // The line stays in the log of its conversation; it is only no longer to be sent.
    dropOutbox: async (ids) =>
      (await prisma.message.updateMany({ where: stuck(ids), data: { status: 'dropped' } })).count,
    async outboxDepth() {
      const counts = await prisma.message.groupBy({
        by: ['status'],
        where: { status: { in: ['pending', 'held', 'failed'] } },
        _count: true,
        _min: { at: true },
      });
      const of = (status: string) => counts.find((each) => each.status === status);
      return {
        pending: of('pending')?._count ?? 0,
        held: of('held')?._count ?? 0,
        failed: of('failed')?._count ?? 0,
        oldest: of('pending')?._min.at ?? null,
      };
    },
    enqueue: (outgoing, at) => prisma.$transaction((tx) => insertOutgoing(context, tx, outgoing, at)),
    moveRoom: (from, to) => prisma.$transaction((tx) => moveRoom(tx, from, to)),
  };
}

/** Rows that an operator may put back or away: given up or held; by id also those that still try. */
const stuck = (ids: readonly string[] | 'all') =>
  ids === 'all'
    ? { status: { in: ['held', 'failed'] } }
    : { status: { in: ['held', 'failed', 'pending'] }, id: { in: [...ids] } };

/** Stores messages that stand in no turn; answers those that this instance is to send. */
export async function insertOutgoing(
  context: Pick<OutboxContext, 'db' | 'instance' | 'positions'>,
  tx: Tx,
  outgoing: readonly Outgoing[],
  at: Instant,
): Promise<OutboxRow[]> {
  const foreign = await queuesOfOthers(context, tx, [...new Set(outgoing.map(({ queue }) => queue))]);
  const placed = outgoing.map((out) => ({ out, position: context.positions.next(at), mine: !foreign.has(out.queue) }));
  const lines = placed.map(({ out, position, mine }) =>
    outgoingRow(out, position, { conversation: null, at }, leaseOf(context, at, mine)),
  );
  await insertMessages(context, tx, lines);
  return placed.filter(({ mine }) => mine).map(({ out, position }) => outboxRow(out, position, null, at));
}

async function claim({ db, instance }: OutboxContext, tx: Tx, now: Instant, limit: number): Promise<OutboxRow[]> {
  // One claimer at a time, so that the rows of a queue go to one instance as a whole.
  const guard = { name: 'outbox-claim', owner: instance, until: now };
  await tx.lease.upsert({ where: { name: guard.name }, create: guard, update: guard });
  const found = await claimable({ db, instance }, tx, now, limit);
  if (found.length === 0) return [];
  const where = { id: { in: found.map(({ id }) => id) } };
  await tx.message.updateMany({ where, data: { leaseOwner: instance, leaseUntil: addMs(now, LEASE_MS) } });
  const rows = await tx.message.findMany({ where, orderBy: [{ queue: 'asc' }, { position: 'asc' }] });
  return rows.map(readOutboxRow);
}

/** Ids of rows that nobody is sending, in queues that no other instance is at. */
function claimable(
  { db, instance }: Pick<OutboxContext, 'db' | 'instance'>,
  tx: Tx,
  now: Instant,
  limit: number,
): Promise<{ id: string }[]> {
  const statement = new Statement(db.provider);
  statement.add(`SELECT "id" FROM "Message" AS m WHERE "status" = 'pending'
    AND ("leaseOwner" IS NULL OR "leaseUntil" < ${statement.param(now)})
    AND NOT EXISTS (SELECT 1 FROM "Message" AS o WHERE o."status" = 'pending' AND o."queue" = m."queue"
      AND o."leaseOwner" IS NOT NULL AND o."leaseOwner" <> ${statement.param(instance)}
      AND o."leaseUntil" >= ${statement.param(now)})
    ORDER BY "queue", "position" LIMIT ${statement.param(limit)}`);
  return statement.query<{ id: string }>(tx);
}

async function moveRoom(tx: Tx, from: Address, to: Address): Promise<void> {
  const room = { old: addressKey(from), new: addressKey(to) };
  await tx.message.updateMany({ where: { queue: room.old }, data: { queue: room.new } });
  await tx.message.updateMany({
    where: { status: { in: ['pending', 'held', 'failed'] }, channel: from.channel, chat: from.chat },
    data: { chat: to.chat },
  });
  const known = { key: `room-moved:${room.old}`, value: to.chat };
  await tx.setting.upsert({ where: { key: known.key }, create: known, update: known });
  // The cards stay behind in the old group: the new one cannot be replied to by their ids.
  await tx.roomMessage.deleteMany({ where: { room: room.new } });
}

export type { CaseId };
