/** The end of a registration draft: sent, its sheet lives on in the case; left alone for a year, it is erased. */
import type { Tx } from './client.ts';
import { draftId } from './sheets.ts';

/**
 * Erases the draft of a conversation, its papers, and the lines that were said about it. Staff keep what belongs to a
 * case: its sheet, its papers, and the conversation up to the case's end.
 */
export async function dropDraft(tx: Tx, conversation: string): Promise<void> {
  const id = draftId(conversation);
  const papers = await tx.paperFile.findMany({ where: { registrationId: id }, select: { fileId: true } });
  await tx.registration.deleteMany({ where: { id } });
  const cases = await tx.case.findMany({
    where: { conversation },
    select: { id: true, status: true, changedAt: true },
  });
  const files = await withoutCase(
    tx,
    papers.map(({ fileId }) => fileId),
    cases.map((one) => one.id),
  );
  if (files.length > 0) await tx.file.deleteMany({ where: { conversation, id: { in: files } } });
  if (cases.some(({ status }) => status !== 'closed')) return;
  const lastEnd = cases
    .map(({ changedAt }) => changedAt)
    .sort()
    .at(-1);
  const since = lastEnd === undefined ? {} : { at: { gt: lastEnd } };
  await tx.message.deleteMany({ where: { queue: conversation, ...since } });
}

/** Of these files, those that are neither a paper of a case nor were shown to its staff. */
async function withoutCase(tx: Tx, files: readonly string[], cases: readonly string[]): Promise<string[]> {
  if (files.length === 0 || cases.length === 0) return [...files];
  const papers = await tx.paperFile.findMany({
    where: { fileId: { in: [...files] }, registrationId: { in: [...cases] } },
    select: { fileId: true },
  });
  const shown = await tx.message.findMany({ where: { caseId: { in: [...cases] } }, select: { payload: true } });
  const kept = new Set(papers.map(({ fileId }) => fileId));
  return files.filter((id) => !kept.has(id) && !shown.some(({ payload }) => payload.includes(JSON.stringify(id))));
}
