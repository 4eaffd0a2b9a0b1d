/** Conversations: who writes from where, what was said, and its end. */
import { conversationId, type ConversationId } from '../base/index.ts';
import type { State } from '../conversation/index.ts';
import type { Address, ChannelName, Store, StoredConversation } from '../service/ports.ts';
import type { Db, Tx } from './client.ts';
import { erasePerson } from './erase.ts';
import type { Conversation } from './generated/sqlite/client.ts';
import { conversationOf, dropLinks, readAddress } from './joins.ts';
import { addressKey, readLogMessage } from './message-rows.ts';
import { Statement } from './sql.ts';
import { fromJson } from './text.ts';

type Part = Pick<Store, 'load' | 'loadConversation' | 'messages' | 'addresses' | 'erase' | 'prune'>;

export const readConversation = (row: Conversation): StoredConversation => ({
  id: conversationId(row.id),
  address: { channel: row.channel as ChannelName, chat: row.chat },
  state: row.state === null ? null : fromJson<State>(row.state),
});

export function conversationsOf(db: Db): Part {
  const { prisma } = db;
  return {
    load: (addresses) => load(db, addresses),
    async loadConversation(id) {
      const row = await prisma.conversation.findUnique({ where: { id } });
      return row === null ? null : readConversation(row);
    },
    async messages(conversation, afterSeq) {
      const where = { queue: conversation, position: { gt: BigInt(afterSeq) } };
      return (await prisma.message.findMany({ where, orderBy: { position: 'asc' } })).map(readLogMessage);
    },
    async addresses(conversation) {
      const links = await prisma.addressLink.findMany({ where: { conversation } });
      const row = await prisma.conversation.findUnique({ where: { id: conversation } });
      const keys = new Set([
        ...(row === null ? [] : [addressKey(readConversation(row).address)]),
        ...links.map(({ address }) => address),
      ]);
      return [...keys].map(readAddress);
    },
    async erase(conversation, at) {
      const erased = await prisma.$transaction(async (tx) => {
        if ((await tx.conversation.findUnique({ where: { id: conversation } })) === null) return null;
        const had = await erasePerson(tx, conversation, at);
        await resetConversation(tx, conversation);
        return had;
      });
      if (erased !== null) await db.scrub();
      return erased;
    },
    prune: (before) => prisma.$transaction((tx) => prune(tx, db.provider, before)),
  };
}

/**
 * Back to «nobody wrote yet». The row stays until it is pruned: a state that another instance still remembers was made
 * from a later turn, and is refused.
 */
async function resetConversation(tx: Tx, id: string): Promise<void> {
  await tx.conversation.updateMany({ where: { id }, data: { state: null, turn: 0, fromTurn: 0, consentAt: null } });
}

async function load(db: Db, addresses: readonly Address[]): Promise<readonly StoredConversation[]> {
  if (addresses.length === 0) return [];
  const links = new Statement(db.provider);
  links.add(`SELECT "address", "conversation", "ownUpTo", "shift" FROM "AddressLink"
    WHERE "address" IN ${links.list(addresses.map(addressKey))}`);
  const linked = new Map((await links.query<LinkRow>(db.raw)).map((row) => [row.address, row]));
  const ids = addresses.map((address) =>
    conversationId(linked.get(addressKey(address))?.conversation ?? conversationOf(address)),
  );
  const states = new Statement(db.provider);
  states.add(`SELECT "id", "state", "turn" FROM "Conversation" WHERE "id" IN ${states.list(ids)}`);
  const rows = await states.query<{ id: string; state: string | null; turn: number }>(db.raw);
  const known = new Map(rows.map((row) => [row.id, row]));
  return addresses.map((address, index) => {
    const id = ids[index] as ConversationId;
    const { state = null, turn = 0 } = known.get(id) ?? {};
    return {
      id,
      address,
      state: state === null ? null : fromJson<State>(state),
      ...(state === null && turn > 0 && { turn }),
      ...numberedOf(linked.get(addressKey(address))),
    };
  });
}

interface LinkRow {
  readonly address: string;
  readonly conversation: string;
  readonly ownUpTo: bigint | number;
  readonly shift: bigint | number;
}

const numberedOf = (row: LinkRow | undefined): Pick<StoredConversation, 'numbered'> =>
  row === undefined || Number(row.ownUpTo) === 0
    ? {}
    : { numbered: { upTo: Number(row.ownUpTo), shift: Number(row.shift) } };

/** Pending rows keep their conversation: somebody still waits for an answer. */
async function prune(
  tx: Tx,
  provider: Db['provider'],
  before: Parameters<Store['prune']>[0],
): Promise<{ conversations: number }> {
  await tx.inboundSeen.deleteMany({ where: { seenOn: { lt: before.inbound } } });
  await tx.oneTimeCode.deleteMany({ where: { expiresAt: { lt: before.sent } } });
  await tx.session.deleteMany({ where: { expiresAt: { lt: before.sent } } });
  await tx.tries.deleteMany({ where: { until: { lt: before.sent } } });
  await tx.message.deleteMany({ where: { conversation: null, caseId: null, status: 'sent', at: { lt: before.sent } } });
  // Those with a case stay, and must not stand in the way of the others.
  const idle = new Statement(provider);
  idle.add(`SELECT "id" FROM "Conversation" WHERE "seenOn" < ${idle.param(before.idle)} AND "consentAt" IS NULL
    AND NOT EXISTS (SELECT 1 FROM "Case" WHERE "Case"."conversation" = "Conversation"."id") LIMIT 500`);
  const gone = (await idle.query<{ id: string }>(tx)).map(({ id }) => id);
  await tx.message.deleteMany({ where: { queue: { in: gone } } });
  await tx.reminder.deleteMany({ where: { conversation: { in: gone } } });
  await tx.lawFlip.deleteMany({ where: { conversation: { in: gone } } });
  await tx.file.deleteMany({ where: { conversation: { in: gone } } });
  await dropLinks(tx, gone);
  await tx.conversation.deleteMany({ where: { id: { in: gone } } });
  return { conversations: gone.length };
}
