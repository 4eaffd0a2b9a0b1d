/** One person in several places: a conversation that ends in another, and addresses that part from it. */
import { createHash } from 'node:crypto';
import { conversationId, dayOf, type ConversationId, type Instant } from '../base/index.ts';
import type { Address, ChannelName, TurnCommit } from '../service/ports.ts';
import type { Db, Tx } from './client.ts';
import { addressKey, LINES_PER_TURN } from './message-rows.ts';
import { draftId } from './sheets.ts';
import { Statement } from './sql.ts';

/**
 * The conversation of an address that was never joined to another: made from the address, so that two instances that meet
 * it at once make the same one, and the second loses its race.
 */
export const conversationOf = (address: Address): ConversationId => idOf(addressKey(address));

const idOf = (name: string): ConversationId =>
  conversationId(createHash('sha256').update(name).digest('base64url').slice(0, 22));

export function readAddress(key: string): Address {
  const colon = key.indexOf(':');
  return { channel: key.slice(0, colon) as ChannelName, chat: key.slice(colon + 1) };
}

/**
 * Ends the conversation that is joined, on the turn it was read at, and uses the code up. False: either has changed since,
 * and nothing of the turn may be stored. The row stays, and counts on: no process that remembers it can go on with it.
 */
export async function endJoined(db: Db, tx: Tx, turn: TurnCommit): Promise<boolean> {
  const { joins, address, at, fingerprint } = turn;
  if (joins === undefined) return true;
  const { conversation: id, readTurn, code: hash } = joins;
  const ended = await new Statement(db.provider)
    .insert(
      'Conversation',
      ['id', 'channel', 'chat', 'turn', 'fromTurn', 'seenOn', 'fingerprint'],
      [[id, address.channel, address.chat, readTurn + 1, readTurn, dayOf(at), fingerprint]],
    )
    .add(
      ` ON CONFLICT ("id") DO UPDATE SET "state" = NULL, "consentAt" = NULL, "turn" = excluded."turn",
        "fromTurn" = excluded."fromTurn", "seenOn" = excluded."seenOn"
        WHERE "Conversation"."turn" = excluded."fromTurn"`,
    )
    .execute(tx);
  if (ended !== 1) return false;
  const open = { hash, subject: turn.conversation, usedAt: null, expiresAt: { gt: at } };
  return (await tx.oneTimeCode.updateMany({ where: open, data: { usedAt: at } })).count === 1;
}

/** What the ended conversation held becomes the other's: cases, files, lines, addresses. Its draft went with the state. */
export async function takeOver(db: Db, tx: Tx, { joins, conversation, address, readTurn, state, at }: TurnCommit) {
  if (joins === undefined) return;
  const { conversation: ended } = joins;
  const now = { where: { conversation: ended }, data: { conversation } };
  // The version tells whoever has read the case that it has another conversation.
  await tx.case.updateMany({ ...now, data: { conversation, version: { increment: 1 } } });
  await tx.registration.deleteMany({ where: { id: draftId(ended) } });
  await tx.registration.updateMany(now);
  await tx.file.updateMany(now);
  await tx.lawFlip.updateMany({ where: { conversation: ended, caseId: { not: null } }, data: { conversation } });
  await tx.lawFlip.deleteMany({ where: { conversation: ended } });
  await tx.reminder.deleteMany({ where: { conversation: ended } });
  await endCodes(tx, ended, at);
  await moveLines(db, tx, { from: ended, to: conversation, shift: readTurn * LINES_PER_TURN, turn: state.turn });
  const numbered = {
    ownUpTo: BigInt(joins.readTurn * LINES_PER_TURN + LINES_PER_TURN - 1),
    shift: BigInt(readTurn * LINES_PER_TURN),
  };
  await tx.addressLink.updateMany({ where: { conversation: ended }, data: { conversation, ...numbered } });
  const here = { address: addressKey(address), conversation, linkedAt: at, ...numbered };
  await tx.addressLink.upsert({ where: { address: here.address }, create: here, update: here });
  const there = { address: addressKey(joins.from), conversation, linkedAt: at };
  await tx.addressLink.upsert({ where: { address: there.address }, create: there, update: {} });
}

/**
 * Lines of the ended conversation are copied behind those of the other. One that is still being sent stays where it is
 * until it has arrived, since its sender knows it by its id; the copy is for reading.
 */
async function moveLines(
  { provider }: Db,
  tx: Tx,
  {
    from,
    to,
    shift,
    turn,
  }: { readonly from: string; readonly to: string; readonly shift: number; readonly turn: number },
): Promise<void> {
  await tx.message.updateMany({ where: { queue: from, status: 'held' }, data: { status: 'pending', notBefore: null } });
  const copy = new Statement(provider);
  const id = `${copy.param(`${to}:${turn}<`)} || "id"`;
  copy.add(`INSERT INTO "Message" ("id", "queue", "position", "conversation", "caseId", "channel", "chat", "kind", "speaker",
      "payload", "at", "status", "priority", "attempts", "done", "failure", "ambiguous", "platformIds")
    SELECT ${id}, ${copy.param(to)}, "position" + ${copy.param(shift)}, ${copy.param(to)}, "caseId", "channel", "chat",
      "kind", "speaker", "payload", "at", CASE WHEN "status" = 'pending' THEN 'sent' ELSE "status" END, "priority",
      "attempts", "done", "failure", "ambiguous", "platformIds"
    FROM "Message" WHERE "queue" = ${copy.param(from)}`);
  await copy.execute(tx);
  await tx.message.deleteMany({ where: { queue: from, status: { not: 'pending' } } });
}

/** Each of the addresses begins anew, in a conversation of its own that nobody ever wrote in. */
export async function partFrom(
  tx: Tx,
  conversation: string,
  keys: readonly string[],
  { at, turn, fingerprint }: { readonly at: Instant; readonly turn: number; readonly fingerprint: string },
): Promise<void> {
  for (const key of keys) {
    const id = idOf(`${key}\n${conversation}\n${turn}`);
    const { channel, chat } = readAddress(key);
    // Counted on from here, so that a page which has read so far sees what comes.
    const row = { id, channel, chat, turn, fromTurn: turn, seenOn: dayOf(at), fingerprint };
    await tx.conversation.create({ data: row });
    const link = { conversation: id, linkedAt: at, ownUpTo: 0n, shift: 0n };
    await tx.addressLink.upsert({ where: { address: key }, create: { address: key, ...link }, update: link });
  }
  if (keys.length > 0) await endCodes(tx, conversation, at);
}

/** Codes by which more addresses could join. */
const endCodes = (tx: Tx, subject: string, at: Instant) =>
  tx.oneTimeCode.updateMany({ where: { subject, usedAt: null, expiresAt: { gt: at } }, data: { expiresAt: at } });

/** Before a person is erased: their other addresses part, and what was left of conversations that ended in theirs goes. */
export async function partAll(tx: Tx, conversation: string, keep: string | null, at: Instant): Promise<void> {
  const links = await tx.addressLink.findMany({ where: { conversation } });
  if (links.length === 0) return;
  const row = await tx.conversation.findUnique({ where: { id: conversation } });
  const homes = links.map(({ address }) => conversationOf(readAddress(address)) as string);
  const ended = await tx.conversation.findMany({ where: { id: { in: homes }, state: null }, select: { id: true } });
  await tx.message.deleteMany({ where: { queue: { in: ended.map(({ id }) => id) } } });
  const others = links.map(({ address }) => address).filter((address) => address !== keep);
  await partFrom(tx, conversation, others, { at, turn: (row?.turn ?? 0) + 1, fingerprint: row?.fingerprint ?? '' });
}

/** Links to conversations that are gone; an address that parted stays so while where it came from is another's. */
export async function dropLinks(tx: Tx, gone: readonly string[]): Promise<void> {
  const links = await tx.addressLink.findMany({
    where: { conversation: { in: [...gone] } },
    select: { address: true },
  });
  if (links.length === 0) return;
  const homes = new Map(links.map(({ address }) => [address, conversationOf(readAddress(address)) as string]));
  const where = { id: { in: [...homes.values()].filter((id) => !gone.includes(id)) }, state: { not: null } };
  const alive = new Set((await tx.conversation.findMany({ where, select: { id: true } })).map(({ id }) => id));
  const over = [...homes].filter(([, home]) => !alive.has(home)).map(([address]) => address);
  await tx.addressLink.deleteMany({ where: { address: { in: over } } });
}
