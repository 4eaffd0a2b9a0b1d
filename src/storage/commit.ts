/**
 * The one hot path: turns that arrive while a commit is under way share the next. A few statements over many rows in one
 * transaction, whatever the size of the group; still each turn is stored as a whole or not at all:
 *  1. ids of inbound events; those not returned are duplicates and drop out;
 *  2. states, each on the turn it was made from; those not returned lost their race and drop out, with their ids;
 *  3. lines and all else of the turns that are left, so that nothing has to be taken back.
 * Turns that change a case (which may be refused later than the state), drop a draft, erase a person, join two conversations
 * or take them apart go one by one.
 */
import { dayOf } from '../base/index.ts';
import type { CommitOutcome, CommitResult, OutboxRow, TurnCommit } from '../service/ports.ts';
import { writeCases } from './case-writes.ts';
import type { Db, Tx } from './client.ts';
import { giveCodes } from './codes.ts';
import { dropDraft } from './drop-draft.ts';
import type { RawTx } from './direct.ts';
import { erasePerson } from './erase.ts';
import { endJoined, partFrom, takeOver } from './joins.ts';
import { addressKey } from './message-rows.ts';
import type { Marks } from './marks.ts';
import type { RoomPositions } from './rooms.ts';
import { hasPartsWritten, type WrittenParts } from './sheets.ts';
import { insertRows, Statement } from './sql.ts';
import { storable, toJson } from './text.ts';
import { insertLines, releaseHeld, wakesHeld } from './turn-lines.ts';
import { fileRow, sheetsOf, writeParts } from './turn-parts.ts';

/** Undoes the transaction of one turn; its outcome is known. */
class Refused extends Error {
  readonly outcome: CommitOutcome;
  constructor(outcome: CommitOutcome) {
    super(outcome);
    this.outcome = outcome;
  }
}

export interface CommitContext {
  readonly db: Db;
  readonly instance: string;
  readonly positions: RoomPositions;
  readonly parts: WrittenParts;
  readonly marks: Marks;
}

/** The transaction: `raw` for statements; `full`, the client's, for turns that need more (null when all are plain). */
interface Work {
  readonly raw: RawTx;
  readonly full: Tx | null;
}

export async function commitTurns(context: CommitContext, turns: readonly TurnCommit[]): Promise<CommitResult> {
  const outcomes = new Map<TurnCommit, CommitOutcome>();
  const rows: OutboxRow[] = [];
  const { group, single } = split(turns);
  for (const part of [group, ...single.map((turn) => [turn])]) {
    if (part.length === 0) continue;
    const done = await inTransaction(context, part);
    part.forEach((turn, index) => outcomes.set(turn, done.outcomes[index] ?? 'lost-race'));
    rows.push(...done.rows);
  }
  if (turns.some((turn) => turn.erase)) await context.db.scrub();
  return { outcomes: turns.map((turn) => outcomes.get(turn) ?? 'lost-race'), rows };
}

/** A group holds at most one turn of a conversation. */
function split(turns: readonly TurnCommit[]): { group: TurnCommit[]; single: TurnCommit[] } {
  const conversations = new Set<string>();
  const group: TurnCommit[] = [];
  const single: TurnCommit[] = [];
  for (const turn of turns) {
    if (isAlone(turn) || conversations.has(turn.conversation)) single.push(turn);
    else group.push(turn);
    conversations.add(turn.conversation);
  }
  return { group, single };
}

const isAlone = (turn: TurnCommit): boolean =>
  turn.cases.length > 0 ||
  turn.erase ||
  turn.dropDraft === true ||
  turn.joins !== undefined ||
  turn.parts !== undefined;

async function inTransaction(context: CommitContext, turns: readonly TurnCommit[]): Promise<CommitResult> {
  const { db } = context;
  try {
    if (turns.every((turn) => isPlain(context, turn))) {
      return await context.marks.along((writeMarks) =>
        db.direct(async (raw) => {
          await writeMarks(raw);
          return storeTurns(context, { raw, full: null }, turns);
        }),
      );
    }
    return await db.prisma.$transaction((tx) => storeTurns(context, { raw: tx, full: tx }, turns));
  } catch (error) {
    context.parts.clear();
    if (error instanceof Refused) return { outcomes: [error.outcome], rows: [] };
    throw error;
  }
}

/** Statements over many rows are all that the turn needs; nearly every turn is so. */
const isPlain = ({ parts }: CommitContext, turn: TurnCommit): boolean =>
  !isAlone(turn) &&
  turn.files.length === 0 &&
  turn.codes === undefined &&
  !wakesHeld(turn) &&
  sheetsOf(turn).every((sheet) => hasPartsWritten(sheet, parts));

async function storeTurns(
  context: CommitContext,
  { raw, full }: Work,
  turns: readonly TurnCommit[],
): Promise<CommitResult> {
  // One order for all instances, so that two groups cannot wait for each other's rows.
  const ordered = [...turns].sort((a, b) => (a.conversation < b.conversation ? -1 : 1));
  const fresh = await insertInbound(context, raw, ordered);
  await endFirst(
    context,
    full,
    fresh,
    (turn) => turn.joins !== undefined && turn.joins.conversation < turn.conversation,
  );
  const won = await saveStates(context, raw, fresh);
  await endFirst(context, full, won, (turn) => turn.joins !== undefined && turn.joins.conversation > turn.conversation);
  const lost = fresh.filter((turn) => !won.includes(turn));
  // The other conversation may have been ended already: all of it is undone.
  if (lost.some(({ joins }) => joins !== undefined)) throw new Refused('lost-race');
  if (lost.length > 0) await forgetInbound(context, raw, lost);
  if (full !== null) await writeLarge(context, full, won);
  const released = full === null ? [] : await releaseHeld(context, full, won);
  const rows = await insertLines(context, raw, won);
  await writeParts(context, { raw, full }, won);
  const isFresh = new Set(fresh);
  const isWon = new Set(won);
  return {
    outcomes: turns.map((turn) => (isWon.has(turn) ? 'stored' : isFresh.has(turn) ? 'lost-race' : 'duplicate')),
    rows: [...released, ...rows],
  };
}

/** Rows of conversations are taken in one order by everybody, so that two who join each other do not wait for ever. */
async function endFirst(
  { db }: CommitContext,
  tx: Tx | null,
  turns: readonly TurnCommit[],
  isMeant: (turn: TurnCommit) => boolean,
): Promise<void> {
  for (const turn of turns.filter(isMeant)) {
    if (tx === null || !(await endJoined(db, tx, turn))) throw new Refused('lost-race');
  }
}

/** Cases, files and erasures; an erasure comes last, so that cases which were withdrawn on the way go too. */
async function writeLarge(context: CommitContext, tx: Tx, turns: readonly TurnCommit[]): Promise<void> {
  for (const turn of turns) {
    if (turn.cases.length > 0 && !(await writeCases(context, tx, turn.cases))) throw new Refused('case-changed');
    if (turn.dropDraft === true) await dropDraft(tx, turn.conversation);
    await takeOver(context.db, tx, turn);
    await giveCodes(tx, turn.codes ?? [], turn.at);
    const { at, fingerprint } = turn;
    await partFrom(tx, turn.conversation, turn.parts ?? [], { at, turn: turn.state.turn, fingerprint });
    if (turn.erase) await erasePerson(tx, turn.conversation, turn.at, addressKey(turn.address));
    if (turn.files.length > 0) await tx.file.createMany({ data: turn.files.map((file) => fileRow(file, turn.at)) });
  }
}

/** Under what an event is remembered: the chat it came from, or for our own events the conversation. */
const seenUnder = (turn: TurnCommit): string =>
  turn.internal === true ? `conversation:${turn.conversation}` : addressKey(turn.address);
const seenKey = (turn: TurnCommit): string => `${seenUnder(turn)}\n${storable(turn.eventId)}`;

async function insertInbound({ db }: CommitContext, tx: RawTx, turns: readonly TurnCommit[]): Promise<TurnCommit[]> {
  const returned = await insertRows<{ address: string; eventId: string }>(
    { provider: db.provider, tx },
    'InboundSeen',
    ['address', 'eventId', 'seenOn'],
    turns.map((turn) => [seenUnder(turn), storable(turn.eventId), dayOf(turn.at)]),
    ' ON CONFLICT ("address", "eventId") DO NOTHING RETURNING "address", "eventId"',
  );
  const news = new Set(returned.map(({ address, eventId }) => `${address}\n${eventId}`));
  // `delete` answers true once: the same event twice in a group is new only the first time.
  return turns.filter((turn) => news.delete(seenKey(turn)));
}

async function forgetInbound({ db }: CommitContext, tx: RawTx, turns: readonly TurnCommit[]): Promise<void> {
  const statement = new Statement(db.provider);
  const where = turns.map(
    (turn) =>
      `("address" = ${statement.param(seenUnder(turn))} AND "eventId" = ${statement.param(storable(turn.eventId))})`,
  );
  await statement.add(`DELETE FROM "InboundSeen" WHERE ${where.join(' OR ')}`).execute(tx);
}

async function saveStates({ db }: CommitContext, tx: RawTx, turns: readonly TurnCommit[]): Promise<TurnCommit[]> {
  if (turns.length === 0) return [];
  const returned = await insertRows<{ id: string }>(
    { provider: db.provider, tx },
    'Conversation',
    ['id', 'channel', 'chat', 'state', 'turn', 'fromTurn', 'consentAt', 'seenOn', 'fingerprint'],
    turns.map(({ conversation, address, state, readTurn, at, fingerprint }) => [
      conversation,
      address.channel,
      address.chat,
      toJson(state),
      state.turn,
      readTurn,
      state.consent?.at ?? null,
      dayOf(at),
      fingerprint,
    ]),
    ` ON CONFLICT ("id") DO UPDATE SET "channel" = excluded."channel", "chat" = excluded."chat",
      "state" = excluded."state", "turn" = excluded."turn", "fromTurn" = excluded."fromTurn",
      "consentAt" = excluded."consentAt", "seenOn" = excluded."seenOn", "fingerprint" = excluded."fingerprint"
      WHERE "Conversation"."turn" = excluded."fromTurn" RETURNING "id"`,
  );
  const winners = new Set(returned.map(({ id }) => id));
  return turns.filter((turn) => winners.has(turn.conversation));
}
