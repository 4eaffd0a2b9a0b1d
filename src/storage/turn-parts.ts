/** What a turn stores beside its state and its lines: the sheet, reminders, questions for the editors, files. */
import { createHash } from 'node:crypto';
import type { Instant } from '../base/index.ts';
import type { TurnCommit } from '../service/ports.ts';
import type { Db, Tx } from './client.ts';
import type { RawTx } from './direct.ts';
import { draftId, writeSheets, type SheetWrite, type WrittenParts } from './sheets.ts';
import { insertRows, Statement } from './sql.ts';
import { storable } from './text.ts';

interface PartsContext {
  readonly db: Db;
  readonly parts: WrittenParts;
}

/** The sheet that a turn leaves, as a list of one or none. */
export const sheetsOf = ({ conversation, draft, at, readTurn, state }: TurnCommit): SheetWrite[] =>
  draft === undefined
    ? []
    : [{ id: draftId(conversation), conversation, sent: false, dossier: draft, at, from: readTurn, to: state.turn }];

/** Sheets, reminders and questions for the editors. `full` null: no sheet has machines or papers to write. */
export async function writeParts(
  context: PartsContext,
  { raw, full }: { readonly raw: RawTx; readonly full: Tx | null },
  turns: readonly TurnCommit[],
): Promise<void> {
  const { provider } = context.db;
  await writeSheets({ raw, full }, provider, turns.flatMap(sheetsOf), context.parts);
  await setReminders(context, raw, turns);
  const noted = turns.flatMap((turn) =>
    turn.notedQuestions.map(({ words, why, faq }, index) => [
      anonymousId(`${turn.conversation}:${turn.state.turn}:${index}:${turn.at}`),
      storable(words),
      why,
      faq ?? null,
      turn.at,
    ]),
  );
  if (noted.length === 0) return;
  await insertRows({ provider, tx: raw }, 'NotedQuestion', ['id', 'words', 'why', 'faq', 'at'], noted);
}

/** Unique as its source, without telling it: an editor's list names no person. */
const anonymousId = (source: string): string => createHash('sha256').update(source).digest('hex').slice(0, 24);

async function setReminders({ db }: PartsContext, tx: RawTx, turns: readonly TurnCommit[]): Promise<void> {
  const all = turns.flatMap(({ conversation, reminders }) => reminders.map((each) => ({ conversation, ...each })));
  const set = all.flatMap(({ conversation, name, at }) => (at === null ? [] : [[conversation, name, at]]));
  if (set.length > 0) {
    const more = ' ON CONFLICT ("conversation", "name") DO UPDATE SET "at" = excluded."at"';
    await insertRows({ provider: db.provider, tx }, 'Reminder', ['conversation', 'name', 'at'], set, more);
  }
  const over = all.filter(({ at }) => at === null);
  if (over.length === 0) return;
  const statement = new Statement(db.provider);
  const where = over.map(
    ({ conversation, name }) =>
      `("conversation" = ${statement.param(conversation)} AND "name" = ${statement.param(name)})`,
  );
  await statement.add(`DELETE FROM "Reminder" WHERE ${where.join(' OR ')}`).execute(tx);
}

/** The row of a new file: with its bytes, or with what the channel knows it by. */
export function fileRow({ ref, conversation, bytes, remote, channel }: TurnCommit['files'][number], at: Instant) {
  return {
    id: ref.id,
    conversation,
    channel,
    name: storable(ref.name),
    type: storable(ref.type),
    size: bytes?.length ?? ref.size,
    status: bytes === undefined ? 'pending' : 'ready',
    remote: remote ?? null,
    bytes: bytes === undefined ? null : new Uint8Array(bytes),
    at,
  };
}
