/** The channels that the configuration turns on, and the pages that come with them. */
import type { Config } from '../config.ts';
import { TelegramChannel } from '../channels/telegram/index.ts';
import { openWebchat, readPageFiles } from '../channels/webchat/index.ts';
import type { Address, Channel, Clock, Log, NewId, Store } from '../service/index.ts';
import { providerOf } from '../storage/index.ts';
import { SOURCE_LANGUAGE } from '../texts/index.ts';
import { fileLinks, type WebParts } from '../web/index.ts';
import { pageWords, type ContentInUse } from './live-content.ts';
import { BOT_POLL_LEASE, zaloBotOf, zaloOf } from './zalo.ts';

export interface ChannelParts {
  readonly config: Config;
  readonly store: Store;
  readonly content: () => ContentInUse;
  readonly clock: Clock;
  /** A steady clock in milliseconds. */
  readonly nowMs: () => number;
  readonly newId: NewId;
  readonly log: Log;
  /** The staff rooms as they are now. */
  readonly rooms: () => readonly Address[];
}

export interface Channels {
  readonly all: readonly Channel[];
  readonly pages: WebParts['pages'];
  /** After the channels have stopped: another instance may go on at once. */
  release(): Promise<void>;
}

/** Several instances poll only under a lease, which the one that polls renews. */
const POLL_LEASE = 'telegram-poll';
/** Longer than one poll hangs. */
const POLL_LEASE_MS = 45_000;

export function openChannels(parts: ChannelParts): Channels {
  const webchat = parts.config.webChat ? webchatOf(parts) : null;
  const telegram = telegramOf(parts);
  const zalo = zaloOf(parts);
  const zaloBot = zaloBotOf(parts);
  const links = zalo === null && zaloBot === null ? [] : [fileLinks({ ...parts, secret: parts.config.secret })];
  const leases = [...(telegram === null ? [] : [POLL_LEASE]), ...(zaloBot === null ? [] : [BOT_POLL_LEASE])];
  return {
    all: [webchat?.channel, telegram, zalo, zaloBot].filter((channel) => channel !== undefined && channel !== null),
    pages: [...(webchat === null ? [] : [webchat.app]), ...links],
    release: async () => {
      if (isShared(parts.config)) await Promise.all(leases.map((name) => parts.store.dropLease(name)));
    },
  };
}

/** The staff rooms as configured; where they live now is for `openRooms` to find. */
export const configuredRooms = ({ telegram }: Config): readonly Address[] =>
  typeof telegram?.staffChatId === 'string' ? [{ channel: 'telegram', chat: telegram.staffChatId }] : [];

/** Several instances may work on one PostgreSQL. */
const isShared = ({ databaseUrl }: Config) => providerOf(databaseUrl) === 'postgresql';

function webchatOf({ config, store, content, clock, newId }: ChannelParts) {
  return openWebchat({
    store,
    secret: config.secret,
    clock,
    newId,
    page: readPageFiles(),
    words: (lang) => pageWords(content(), lang),
    shared: isShared(config),
  });
}

/** Shown by Telegram beside the text field; the names are in `lexicon/commands.yaml`. */
const telegramCommands = ['menu', 'quaylai', 'tracuu', 'canbo', 'dulieu'] as const;

function telegramOf({ config, store, content, clock, nowMs, rooms }: ChannelParts): Channel | null {
  if (config.telegram === null) return null;
  const { token, apiRoot, updates } = config.telegram;
  const mayPoll = () => {
    const now = clock();
    return store.takeLease(POLL_LEASE, now, new Date(Date.parse(now) + POLL_LEASE_MS).toISOString());
  };
  return new TelegramChannel({
    token,
    apiRoot,
    mode:
      updates.mode === 'polling' ? { kind: 'polling' } : { kind: 'webhook', url: updates.url, secret: updates.secret },
    staffChat: rooms().find(({ channel }) => channel === 'telegram')?.chat ?? null,
    now: clock,
    nowMs,
    commands: telegramCommands.map((command) => ({
      command,
      description: content().texts.label({ key: `telegram.command.${command}` }, SOURCE_LANGUAGE),
    })),
    ...(isShared(config) ? { mayPoll } : {}),
  });
}
