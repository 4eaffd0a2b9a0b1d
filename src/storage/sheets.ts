/** Writing registration sheets: the draft of a conversation, saved at each answer, and the sheet of a case. */
import type { Instant } from '../base/index.ts';
import type { Dossier } from '../dossier/index.ts';
import type { Provider } from './database-url.ts';
import type { Tx } from './client.ts';
import type { RawTx } from './direct.ts';
import { machineRows, paperRows, readSheet, sheetColumns, type SheetRow } from './sheet-rows.ts';
import { insertRows } from './sql.ts';

export interface SheetWrite {
  /** Id of the case; of a draft, `draftId` of its conversation. */
  readonly id: string;
  readonly conversation: string;
  readonly sent: boolean;
  readonly dossier: Dossier;
  readonly at: Instant;
  /** Turn of the conversation (version of the case) that this write was made from, and that it makes. */
  readonly from: number;
  readonly to: number;
}

export const draftId = (conversation: string): string => `draft:${conversation}`;

/**
 * What of machines and papers this instance wrote last, by sheet: they are rewritten only when they changed, or when
 * another writer may have come between. Bounded. To be cleared when a transaction is undone.
 */
export type WrittenParts = Map<string, { readonly to: number; readonly text: string }>;
const PARTS_KEPT = 2_000;

/** True when machines and papers of the sheet stand as they are, so that its row is all there is to write. */
export function hasPartsWritten({ id, from, dossier }: SheetWrite, parts: WrittenParts): boolean {
  const known = parts.get(id);
  return known !== undefined && known.to === from && known.text === partsText(dossier);
}

/** Writes sheets as they stand now, several at once. `full` null: all have their parts written (`hasPartsWritten`). */
export async function writeSheets(
  { raw, full }: { readonly raw: RawTx; readonly full: Tx | null },
  provider: Provider,
  sheets: readonly SheetWrite[],
  parts: WrittenParts,
): Promise<void> {
  if (sheets.length === 0) return;
  const rows = sheets.map(({ id, conversation, sent, dossier, at }) => ({
    id,
    conversation,
    sent,
    ...sheetColumns(dossier),
    changedAt: at,
  }));
  const columns = Object.keys(rows[0] as object);
  const updates = columns.filter((column) => column !== 'id').map((column) => `"${column}" = excluded."${column}"`);
  await insertRows(
    { provider, tx: raw },
    'Registration',
    columns,
    rows.map((row) => Object.values(row)),
    ` ON CONFLICT ("id") DO UPDATE SET ${updates.join(',')}`,
  );
  const changed = sheets.filter((sheet) => !hasPartsWritten(sheet, parts));
  if (full !== null) await writeParts(full, changed);
  for (const { id, to, dossier } of sheets) remember(parts, id, { to, text: partsText(dossier) });
}

const partsText = (dossier: Dossier): string => JSON.stringify([dossier.machines, dossier.documents]);

function remember(parts: WrittenParts, id: string, written: { readonly to: number; readonly text: string }): void {
  parts.delete(id);
  parts.set(id, written);
  if (parts.size > PARTS_KEPT) parts.delete(parts.keys().next().value as string);
}

async function writeParts(tx: Tx, sheets: readonly SheetWrite[]): Promise<void> {
  if (sheets.length === 0) return;
  const where = { registrationId: { in: sheets.map(({ id }) => id) } };
  await tx.machine.deleteMany({ where });
  await tx.paper.deleteMany({ where });
  const machines = sheets.flatMap(({ id, dossier }) =>
    machineRows(dossier).map((row) => ({ registrationId: id, ...row })),
  );
  const papers = sheets.flatMap(({ id, dossier }) => paperRows(dossier).map((row) => ({ registrationId: id, ...row })));
  const files = papers.flatMap(({ registrationId, slot, files }) =>
    files.map((file) => ({ registrationId, slot, ...file })),
  );
  if (machines.length > 0) await tx.machine.createMany({ data: machines });
  if (papers.length > 0) await tx.paper.createMany({ data: papers.map(({ files: _, ...row }) => row) });
  if (files.length > 0) await tx.paperFile.createMany({ data: files });
}

/** Sheets by id; those that are not there are absent. */
export async function readSheets(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, Dossier>> {
  const rows = await tx.registration.findMany({
    where: { id: { in: [...ids] } },
    include: { machines: true, papers: { include: { files: true } } },
  });
  return new Map(rows.map((row) => [row.id, readSheet(row as unknown as SheetRow)]));
}
