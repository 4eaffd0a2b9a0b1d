/** Attachments, kept in the database: one file to back up, erased with the person. */
import { addMs, conversationId, type Instant } from '../base/index.ts';
import type { ChannelName, FileStatus, PendingFile, Store } from '../service/ports.ts';
import type { Db, Tx } from './client.ts';
import type { Prisma } from './generated/sqlite/client.ts';
import { fileRow } from './turn-parts.ts';
import { Statement } from './sql.ts';

type Part = Pick<Store, 'readFile' | 'addFile' | 'fileStatuses' | 'fileHeads' | 'claimFiles' | 'settleFile'>;

/** Longer than a fetch may take, ms. */
const FETCH_LEASE_MS = 60_000;

export function filesOf({ prisma, provider }: Db): Part {
  return {
    async readFile(id) {
      const row = await prisma.file.findUnique({ where: { id } });
      if (row === null) return null;
      const { name, type, size, bytes } = row;
      return { ref: { id, name, type, size }, bytes };
    },
    async addFile(file, at) {
      await prisma.file.create({ data: fileRow(file, at) });
    },
    async fileStatuses(ids) {
      const rows = await prisma.file.findMany({ where: { id: { in: [...ids] } }, select: { id: true, status: true } });
      return new Map(rows.map(({ id, status }) => [id, status as FileStatus]));
    },
    async fileHeads(ids) {
      if (ids.length === 0) return new Map();
      const statement = new Statement(provider);
      statement.add(
        `SELECT "id", "conversation", "status", ${HEAD_SQL[provider]} AS "head" FROM "File"
        WHERE "id" IN ${statement.list(ids)}`,
      );
      const rows = await statement.query<HeadRow>(prisma);
      return new Map(
        rows.map(({ id, conversation, status, head }) => [
          id,
          {
            conversation: conversationId(conversation),
            status: status as FileStatus,
            head: Buffer.from(head ?? '', 'hex'),
          },
        ]),
      );
    },
    async claimFiles(now, limit) {
      // Looking costs nothing; the transaction is begun only when there is something to take.
      if ((await prisma.file.count({ where: due(now) })) === 0) return [];
      return prisma.$transaction((tx) => claim(tx, now, limit));
    },
    async settleFile(id, fate) {
      const data =
        'bytes' in fate
          ? { status: 'ready', bytes: new Uint8Array(fate.bytes), size: fate.bytes.length, remote: null }
          : 'lost' in fate
            ? { status: 'lost', remote: null }
            : { notBefore: fate.notBefore, leaseUntil: null };
      await prisma.file.updateMany({ where: { id }, data });
    },
  };
}

/** Enough to tell a picture or a PDF from what only says it is one. */
const HEAD_BYTES = 16;
/** As hexadecimal text, since the adapter does not know the type of an expression over bytes. */
const HEAD_SQL = {
  sqlite: `hex(substr("bytes", 1, ${HEAD_BYTES}))`,
  postgresql: `encode(substr("bytes", 1, ${HEAD_BYTES}), 'hex')`,
};

interface HeadRow {
  readonly id: string;
  readonly conversation: string;
  readonly status: string;
  readonly head: string | null;
}

const due = (now: Instant): Prisma.FileWhereInput => ({
  status: 'pending',
  AND: [
    { OR: [{ notBefore: null }, { notBefore: { lte: now } }] },
    { OR: [{ leaseUntil: null }, { leaseUntil: { lt: now } }] },
  ],
});

async function claim(tx: Tx, now: Instant, limit: number): Promise<PendingFile[]> {
  const rows = await tx.file.findMany({
    where: due(now),
    orderBy: { at: 'asc' },
    take: limit,
    omit: { bytes: true },
  });
  const claimed: PendingFile[] = [];
  for (const { id, name, type, size, conversation, channel, remote, attempts } of rows) {
    const data = { leaseUntil: addMs(now, FETCH_LEASE_MS), attempts: attempts + 1 };
    const done = await tx.file.updateMany({ where: { id, attempts, status: 'pending' }, data });
    if (done.count !== 1) continue;
    claimed.push({
      ref: { id, name, type, size },
      conversation: conversationId(conversation),
      channel: channel as ChannelName,
      remote: remote ?? '',
      attempts: attempts + 1,
    });
  }
  return claimed;
}
