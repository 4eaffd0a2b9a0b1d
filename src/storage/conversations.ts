/** Conversations: who writes from where, what was said, and its end. */
import { createHash } from 'node:crypto';
import { conversationId, type ConversationId } from '../base/index.ts';
import type { State } from '../conversation/index.ts';
import type { Address, ChannelName, Store, StoredConversation } from '../service/ports.ts';
import type { Db, Tx } from './client.ts';
import { erasePerson } from './erase.ts';
import type { Conversation } from './generated/sqlite/client.ts';
import { addressKey, readLogMessage } from './message-rows.ts';
import { fromJson } from './text.ts';

type Part = Pick<Store, 'load' | 'loadConversation' | 'messages' | 'link' | 'addresses' | 'erase' | 'prune'>;

/**
 * The conversation of an address that nobody has linked: made from the address, so that two instances that meet it at
 * once make the same one, and the second loses its race.
 */
export const conversationOf = (address: Address): ConversationId =>
  conversationId(createHash('sha256').update(addressKey(address)).digest('base64url').slice(0, 22));

const readConversation = (row: Conversation): StoredConversation => ({
  id: conversationId(row.id),
  address: { channel: row.channel as ChannelName, chat: row.chat },
  state: row.state === null ? null : fromJson<State>(row.state),
});

export function conversationsOf({ prisma }: Db): Part {
  return {
    load: (addresses) => load(prisma, addresses),
    async loadConversation(id) {
      const row = await prisma.conversation.findUnique({ where: { id } });
      return row === null ? null : readConversation(row);
    },
    async messages(conversation, afterSeq) {
      const where = { queue: conversation, position: { gt: BigInt(afterSeq) } };
      return (await prisma.message.findMany({ where, orderBy: { position: 'asc' } })).map(readLogMessage);
    },
    link: (address, conversation, at) =>
      prisma.$transaction(async (tx) => {
        const own = conversationOf(address);
        if (own !== conversation) {
          await erasePerson(tx, own, at);
          await resetConversation(tx, own);
        }
        const row = { address: addressKey(address), conversation, linkedAt: at };
        await tx.addressLink.upsert({ where: { address: row.address }, create: row, update: row });
      }),
    async addresses(conversation) {
      const links = await prisma.addressLink.findMany({ where: { conversation } });
      const row = await prisma.conversation.findUnique({ where: { id: conversation } });
      const keys = new Set([
        ...(row === null ? [] : [addressKey(readConversation(row).address)]),
        ...links.map(({ address }) => address),
      ]);
      return [...keys].map(readAddress);
    },
    erase: (conversation, at) =>
      prisma.$transaction(async (tx) => {
        if ((await tx.conversation.findUnique({ where: { id: conversation } })) === null) return null;
        const had = await erasePerson(tx, conversation, at);
        await resetConversation(tx, conversation);
        return had;
      }),
    prune: (before) => prisma.$transaction((tx) => prune(tx, before)),
  };
}

/**
 * Back to «nobody wrote yet». The row stays until it is pruned: a state that another instance still remembers was made
 * from a later turn, and is refused.
 */
async function resetConversation(tx: Tx, id: string): Promise<void> {
  await tx.conversation.updateMany({ where: { id }, data: { state: null, turn: 0, fromTurn: 0, consentAt: null } });
}

function readAddress(key: string): Address {
  const colon = key.indexOf(':');
  return { channel: key.slice(0, colon) as ChannelName, chat: key.slice(colon + 1) };
}

async function load(prisma: Tx, addresses: readonly Address[]): Promise<readonly StoredConversation[]> {
  if (addresses.length === 0) return [];
  const links = await prisma.addressLink.findMany({ where: { address: { in: addresses.map(addressKey) } } });
  const linked = new Map(links.map(({ address, conversation }) => [address, conversation]));
  const ids = addresses.map((address) => conversationId(linked.get(addressKey(address)) ?? conversationOf(address)));
  const rows = await prisma.conversation.findMany({ where: { id: { in: ids } } });
  const known = new Map(rows.map((row) => [row.id, readConversation(row)]));
  return addresses.map((address, index) => {
    const id = ids[index] as ConversationId;
    return { id, address, state: known.get(id)?.state ?? null };
  });
}

/** Pending rows keep their conversation: somebody still waits for an answer. */
async function prune(tx: Tx, before: Parameters<Store['prune']>[0]): Promise<{ conversations: number }> {
  await tx.inboundSeen.deleteMany({ where: { seenOn: { lt: before.inbound } } });
  await tx.oneTimeCode.deleteMany({ where: { expiresAt: { lt: before.sent } } });
  await tx.session.deleteMany({ where: { expiresAt: { lt: before.sent } } });
  await tx.message.deleteMany({ where: { conversation: null, caseId: null, status: 'sent', at: { lt: before.sent } } });
  const idle = await tx.conversation.findMany({
    where: { seenOn: { lt: before.idle }, consentAt: null },
    select: { id: true },
    take: 500,
  });
  const ids = idle.map(({ id }) => id);
  const busy = await tx.case.findMany({ where: { conversation: { in: ids } }, select: { conversation: true } });
  const kept = new Set(busy.map(({ conversation }) => conversation));
  const gone = ids.filter((id) => !kept.has(id));
  await tx.message.deleteMany({ where: { queue: { in: gone } } });
  await tx.reminder.deleteMany({ where: { conversation: { in: gone } } });
  await tx.file.deleteMany({ where: { conversation: { in: gone } } });
  await tx.addressLink.deleteMany({ where: { conversation: { in: gone } } });
  await tx.conversation.deleteMany({ where: { id: { in: gone } } });
  return { conversations: gone.length };
}
