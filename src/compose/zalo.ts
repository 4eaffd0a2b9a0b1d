/** The two Zalo channels, made of the configuration and the parts of the service. */
import { ZaloBotChannel, ZaloChannel, type SaidLately } from '../channels/zalo/index.ts';
import type { Channel, FileRef, Store } from '../service/index.ts';
import { providerOf } from '../storage/index.ts';
import { SOURCE_LANGUAGE } from '../texts/index.ts';
import { writeFilePath } from '../web/index.ts';
import type { ChannelParts } from './channels.ts';

export const BOT_POLL_LEASE = 'zalo-bot-poll';
/** Longer than one poll hangs. */
const BOT_POLL_LEASE_MS = 60_000;
/** Lines of a chat among which an echo of ours is looked for. */
const LATELY = 40;

/** Shown on the card that asks for the phone number; the card needs a picture from an address that Zalo reaches. */
const CONTACT_IMAGE = '/files/contact.png';

const wordsOf =
  ({ content }: ChannelParts) =>
  (key: string, values: Readonly<Record<string, string>> = {}): string =>
    content().texts.label({ key, values }, SOURCE_LANGUAGE);

const linksOf =
  ({ config, clock }: ChannelParts) =>
  (file: FileRef): string | null =>
    config.publicUrl === null ? null : config.publicUrl + writeFilePath(config.secret, file.id, clock());

export function zaloOf(parts: ChannelParts): Channel | null {
  const { config, store, clock, nowMs, log } = parts;
  if (config.zalo === null) return null;
  return new ZaloChannel({
    ...config.zalo,
    store,
    secret: config.secret,
    clock,
    nowMs,
    log,
    words: wordsOf(parts),
    linkTo: linksOf(parts),
    contactImage: config.publicUrl === null ? null : config.publicUrl + CONTACT_IMAGE,
    saidLately: (chat) => saidLately(store, chat),
    phoneOf: (chat) => phoneOf(store, chat),
  });
}

export function zaloBotOf(parts: ChannelParts): Channel | null {
  const { config, store, clock, nowMs, rooms } = parts;
  if (config.zaloBot === null) return null;
  const { token, apiRoot, updates } = config.zaloBot;
  const mayPoll = () => {
    const now = clock();
    return store.takeLease(BOT_POLL_LEASE, now, new Date(Date.parse(now) + BOT_POLL_LEASE_MS).toISOString());
  };
  return new ZaloBotChannel({
    token,
    apiRoot,
    mode:
      updates.mode === 'polling' ? { kind: 'polling' } : { kind: 'webhook', url: updates.url, secret: updates.secret },
    clock,
    nowMs,
    words: wordsOf(parts),
    linkTo: linksOf(parts),
    isStaff: (chat) => rooms().some((room) => room.channel === 'zalo-bot' && room.chat === chat),
    codeOf: async (id) => (await store.loadCase(id))?.code ?? null,
    ...(providerOf(config.databaseUrl) === 'postgresql' ? { mayPoll } : {}),
  });
}

async function saidLately(store: Store, chat: string): Promise<SaidLately> {
  const [found] = await store.load([{ channel: 'zalo', chat }]);
  if (found === undefined) return { messages: [], ids: [], lost: false };
  const { platformIds: ids, ambiguous: lost } = await store.sentLately(found.id, LATELY);
  const lines = (await store.messages(found.id, 0)).slice(-LATELY);
  return { messages: lines.filter(({ from }) => from !== 'owner').map(({ message }) => message), ids, lost };
}

async function phoneOf(store: Store, chat: string): Promise<string | null> {
  const [found] = await store.load([{ channel: 'zalo', chat }]);
  const phone = found?.state?.answers['phone']?.value;
  return typeof phone === 'string' ? phone : null;
}
