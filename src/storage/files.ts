/** Attachments, kept in the database: one file to back up, erased with the person. */
import { addMs } from '../base/index.ts';
import type { ChannelName, FileStatus, Store } from '../service/ports.ts';
import { conversationId } from '../base/index.ts';
import type { Db } from './client.ts';
import { fileRow } from './commit.ts';

type Part = Pick<Store, 'readFile' | 'addFile' | 'fileStatuses' | 'claimFiles' | 'settleFile'>;

/** Longer than a fetch may take, ms. */
const FETCH_LEASE_MS = 60_000;

export function filesOf({ prisma }: Db): Part {
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
    claimFiles: (now, limit) =>
      prisma.$transaction(async (tx) => {
        const due = {
          status: 'pending',
          AND: [
            { OR: [{ notBefore: null }, { notBefore: { lte: now } }] },
            { OR: [{ leaseUntil: null }, { leaseUntil: { lt: now } }] },
          ],
        };
        const rows = await tx.file.findMany({ where: due, orderBy: { at: 'asc' }, take: limit, omit: { bytes: true } });
        const claimed = [];
        for (const row of rows) {
          const data = { leaseUntil: addMs(now, FETCH_LEASE_MS), attempts: row.attempts + 1 };
          const done = await tx.file.updateMany({
            where: { id: row.id, attempts: row.attempts, status: 'pending' },
            data,
          });
          if (done.count === 1) claimed.push(row);
        }
        return claimed.map(({ id, name, type, size, conversation, channel, remote, attempts }) => ({
          ref: { id, name, type, size },
          conversation: conversationId(conversation),
          channel: channel as ChannelName,
          remote: remote ?? '',
          attempts: attempts + 1,
        }));
      }),
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
