/** What is kept of a person beside the conversation and its cases: for the copy that they may ask for. */
import { readSheets, draftId } from './sheets.ts';
import type { FileStatus, Store } from '../service/ports.ts';
import type { Db } from './client.ts';

export const personOf = ({ prisma }: Db): Pick<Store, 'keptOf'> => ({
  keptOf: (conversation) =>
    prisma.$transaction(async (tx) => {
      const files = await tx.file.findMany({
        where: { conversation },
        select: { id: true, name: true, type: true, size: true, status: true, at: true },
        orderBy: [{ at: 'asc' }, { id: 'asc' }],
      });
      const id = draftId(conversation);
      return {
        files: files.map(({ status, at, ...ref }) => ({ ref, status: status as FileStatus, at })),
        draft: (await readSheets(tx, [id])).get(id) ?? null,
        reminders: await tx.reminder.findMany({ where: { conversation }, select: { name: true, at: true } }),
      };
    }),
});
