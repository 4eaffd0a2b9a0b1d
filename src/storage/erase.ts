/** Erasing a person: what they said, sent and filled in goes; of their cases code, dates and outcome remain. */
import type { Instant } from '../base/index.ts';
import type { Tx } from './client.ts';
import { partAll } from './joins.ts';

/** What became of the erased case for staff: closed, with this as its outcome unless it had one. */
const ERASED_OUTCOME = 'erased';

/**
 * Erases all of a conversation but its own row, whose state the caller replaces. Of several addresses `keep` alone still
 * speaks for it; the others begin anew. Answers what there was.
 */
export async function erasePerson(
  tx: Tx,
  conversation: string,
  at: Instant,
  keep: string | null = null,
): Promise<{ cases: number; files: number }> {
  const cases = await tx.case.findMany({ where: { conversation } });
  const caseIds = cases.map(({ id }) => id);
  await tx.message.deleteMany({
    where: { OR: [{ queue: conversation }, { conversation }, { caseId: { in: caseIds } }] },
  });
  const papers = await tx.registration.findMany({ where: { conversation }, select: { id: true } });
  await tx.registration.deleteMany({ where: { id: { in: papers.map(({ id }) => id) } } });
  const files = await tx.file.deleteMany({ where: { conversation } });
  await tx.reminder.deleteMany({ where: { conversation } });
  await tx.lawFlip.deleteMany({ where: { conversation } });
  await tx.oneTimeCode.deleteMany({ where: { subject: conversation } });
  await partAll(tx, conversation, keep, at);
  await tx.inboundSeen.deleteMany({ where: { address: `conversation:${conversation}` } });
  for (const { id, code, status, outcome, version } of cases) {
    await tx.caseEntry.updateMany({ where: { caseId: id }, data: { text: null, rest: '{}' } });
    await tx.case.update({
      where: { id },
      data: {
        question: null,
        title: '',
        search: ` ${code.toLowerCase().replaceAll('-', ' ')} `,
        rest: '{}',
        version: version + 1,
        changedAt: at,
        ...(status !== 'closed' && { status: 'closed', outcome: outcome ?? ERASED_OUTCOME }),
      },
    });
  }
  return { cases: cases.length, files: files.count };
}
