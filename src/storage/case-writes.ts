/** Storing changes of cases: each only on the version it was made from. */
import type { CaseWrite } from '../service/ports.ts';
import { caseRow, entryRow } from './case-rows.ts';
import type { Db, Tx } from './client.ts';
import { writeSheets, type WrittenParts } from './sheets.ts';

/** False when a case was no longer at the version it was read at; the transaction is then to be undone. */
export async function writeCases(
  { db, parts }: { readonly db: Db; readonly parts: WrittenParts },
  tx: Tx,
  writes: readonly CaseWrite[],
): Promise<boolean> {
  for (const { case: value, readVersion } of writes) {
    const row = caseRow(value);
    let stored = 0;
    if (readVersion === 0) {
      await tx.case.create({ data: row });
    } else {
      const before = await tx.case.findUnique({ where: { id: row.id }, select: { entryCount: true } });
      stored = before?.entryCount ?? 0;
      const done = await tx.case.updateMany({ where: { id: row.id, version: readVersion }, data: row });
      if (done.count !== 1) return false;
    }
    const added = value.entries.slice(stored).map((entry, index) => entryRow(value.id, stored + index, entry));
    if (added.length > 0) await tx.caseEntry.createMany({ data: added });
    const { id, conversation, dossier, changedAt: at, version: to } = value;
    await writeSheets(
      { raw: tx, full: tx },
      db.provider,
      [{ id, conversation, sent: true, dossier, at, from: readVersion, to }],
      parts,
    );
  }
  return true;
}
