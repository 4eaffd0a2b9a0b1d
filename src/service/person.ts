/**
 * A person as the operator deals with them: found by the code of a case, by conversation or by address; a copy of all that
 * is kept of them. Erasing is the owner's own step (`conversation/modes/own-data.ts`), taken for them.
 */
import { conversationId, type ConversationId, type Instant } from '../base/index.ts';
import type { Case } from '../casework/index.ts';
import type { State } from '../conversation/index.ts';
import { recordOf } from './case-record.ts';
import { plainWords } from './desk-log.ts';
import type { Address, ChannelName, FileRef, LawFlip, LogMessage, Store } from './ports.ts';
import type { FileStatus } from './store.ts';

/** One for each change of law that a person lived through. */
const FLIPS_READ = 1_000;
const CASE_CODE = /^[a-z]{2,4}-\d{2}-\d{4,8}$/i;
const channels: readonly ChannelName[] = ['webchat', 'telegram', 'zalo', 'zalo-bot'];

/** `id`: a case's code, a conversation's id, or `channel:chat`. null: nobody like that ever wrote. */
export async function findPerson(
  store: Pick<Store, 'findCase' | 'load' | 'loadConversation'>,
  id: string,
): Promise<ConversationId | null> {
  const found = await conversationNamed(store, id);
  return found !== null && (await store.loadConversation(found)) !== null ? found : null;
}

async function conversationNamed(store: Pick<Store, 'findCase' | 'load'>, id: string): Promise<ConversationId | null> {
  if (CASE_CODE.test(id)) return (await store.findCase(id.toUpperCase()))?.conversation ?? null;
  const colon = id.indexOf(':');
  if (colon === -1) return conversationId(id);
  const channel = channels.find((each) => each === id.slice(0, colon));
  if (channel === undefined) return null;
  const [stored] = await store.load([{ channel, chat: id.slice(colon + 1) }]);
  return stored?.id ?? null;
}

export interface CopiedFile {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly status: FileStatus;
  readonly at: Instant;
}

/** Everything kept of one person, as one document; the bytes of files are read apart. */
export interface PersonCopy {
  readonly exportedAt: Instant;
  readonly conversation: ConversationId;
  readonly addresses: readonly Address[];
  readonly consent: State['consent'] | null;
  /** Answers with what was literally typed, what was told last, and where the conversation stands. */
  readonly state: State | null;
  /** The registration that is not sent yet. */
  readonly draft: Readonly<Record<string, unknown>> | null;
  readonly cases: readonly Readonly<Record<string, unknown>>[];
  readonly messages: readonly CopiedMessage[];
  readonly files: readonly CopiedFile[];
  readonly reminders: readonly { readonly name: string; readonly at: Instant }[];
  /** Verdicts that the law has turned, and what staff decided about telling them. */
  readonly lawFlips: readonly Omit<LawFlip, 'id' | 'conversation' | 'change'>[];
}

export interface CopiedMessage {
  readonly at: Instant;
  readonly from: LogMessage['from'];
  readonly text: string;
  readonly choices: readonly string[];
  /** Ids of `files`. */
  readonly files: readonly string[];
  readonly delivery: LogMessage['delivery'];
}

type CopyStore = Pick<Store, 'loadConversation' | 'addresses' | 'casesOf' | 'messages' | 'keptOf' | 'flips'>;

/** null: there is no such conversation. */
export async function personCopy(store: CopyStore, id: ConversationId, now: Instant): Promise<PersonCopy | null> {
  const stored = await store.loadConversation(id);
  if (stored === null) return null;
  const [addresses, cases, messages, kept, flips] = await Promise.all([
    store.addresses(id),
    store.casesOf(id),
    store.messages(id, 0),
    store.keptOf(id),
    store.flips({ conversation: id }, FLIPS_READ),
  ]);
  return {
    exportedAt: now,
    conversation: id,
    addresses,
    consent: stored.state?.consent ?? null,
    state: stored.state,
    draft: kept.draft === null ? null : { ...kept.draft },
    cases: cases.map((one) => ({ ...recordOf(one), history: historyOf(one) })),
    messages: messages.map(copiedMessage),
    files: kept.files.map(({ ref: { id: file, name, type, size }, status, at }) => {
      return { id: file, name, type, size, status, at };
    }),
    reminders: kept.reminders,
    lawFlips: flips.map(({ id: _id, conversation: _conversation, change: _change, ...flip }) => flip),
  };
}

const historyOf = ({ entries }: Case) =>
  entries.map(({ at, by, what, text = null, detail = null }) => ({ at, by, what, text, detail }));

const copiedMessage = ({ at, from, message, delivery }: LogMessage): CopiedMessage => ({
  at,
  from,
  text: plainWords(message.blocks.filter(({ kind }) => kind !== 'file')),
  choices: message.choices.map(({ label }) => label),
  files: message.blocks.flatMap((block): FileRef['id'][] => (block.kind === 'file' ? [block.file.id] : [])),
  delivery,
});
