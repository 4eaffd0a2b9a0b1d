/** What would be left lying: cases that nobody took in a day, words of the staff that did not arrive, cards left behind. */
import { addMs, type ConversationId } from '../base/index.ts';
import { answerBy, OPEN_STATUSES, RAISE_AFTER_MS } from '../casework/index.ts';
import { provinceOf } from './case-desk.ts';
import { undeliveredMessage } from './case-news.ts';
import type { Address, OutboxRow } from './ports.ts';
import { command, tell, type StaffParts } from './staff-command.ts';

const RAISED_AT_ONCE = 50;
const SHOWN_AGAIN = 200;

/** A message was given up, or waits for long: where staff wrote it, they are told. */
export async function tellUndelivered(
  parts: StaffParts,
  { conversation, payload }: Pick<OutboxRow, 'conversation' | 'payload'>,
  failure: string,
  so: 'waits' | 'failed',
): Promise<void> {
  if (conversation === null || payload.kind !== 'say' || payload.message.from !== 'staff') return;
  const cases = await parts.store.casesOf(conversation);
  const one = cases.findLast(({ withStaff }) => withStaff === true) ?? cases.at(-1);
  if (one !== undefined) await tell(parts, one, undeliveredMessage(parts.voice(), failure, so), parts.rooms());
}

/** A file that staff sent could not be fetched: they are told; the owner never knew of it. */
export async function tellFileLost(
  parts: StaffParts,
  conversation: ConversationId,
  why: 'too-large' | 'lost',
): Promise<void> {
  const cases = await parts.store.casesOf(conversation);
  const one = cases.findLast(({ withStaff }) => withStaff === true) ?? cases.at(-1);
  const failure = why === 'lost' ? 'file-lost' : why;
  if (one !== undefined) await tell(parts, one, undeliveredMessage(parts.voice(), failure, 'failed'), parts.rooms());
}

/**
 * Raises what nobody took in a day; answers how many. The rooms are reminded, the desk marks the case by itself. Where
 * there is neither, nobody is reminded: the owner was promised nothing.
 */
export async function raiseOverdue(parts: StaffParts): Promise<number> {
  if (parts.rooms().length === 0 && parts.deskStaffed?.() !== true) return 0;
  const now = parts.clock();
  const before = addMs(now, -RAISE_AFTER_MS);
  const due = await parts.store.casesToRaise(before, RAISED_AT_ONCE);
  let raised = 0;
  for (const one of due) {
    const expected = answerBy(now, provinceOf(parts.voice().pack, one.province));
    const promise = expected === undefined ? {} : { answerBy: expected };
    const commanded = await command(parts, {
      caseId: one.id,
      command: { kind: 'raise', ...promise },
      actor: { kind: 'program' },
      once: `raise.${one.id}`,
    });
    if (commanded.done) raised += 1;
  }
  return raised;
}

/** The open cases whose card stayed behind in the room's earlier life get one where the room is now; answers how many. */
export async function showCardsAgain(parts: StaffParts, from: Address, to: Address): Promise<number> {
  const { store, notices, clock, newId, send } = parts;
  const open = await store.listCases({ statuses: OPEN_STATUSES, order: 'waiting', limit: SHOWN_AGAIN, offset: 0 });
  let shown = 0;
  for (const { id } of open) {
    // A card that is still on its way follows the room by itself.
    const one = (await store.cardOf(from, id)) === null ? null : await store.loadCase(id);
    if (one === null) continue;
    send(await store.enqueue([notices.card(one, `${id}.${newId()}`, to)], clock()));
    shown += 1;
  }
  return shown;
}
