/** The staff desk, joined: its use-cases over the store and the staff's commands, its pages, and who may sign in first. */
import type { Config } from '../config.ts';
import {
  ADDRESS_KEY,
  createDesk,
  createSignIn,
  firstAdminLink,
  LINK_PATH,
  type Channel,
  type Clock,
  type DeskBell,
  type Log,
  type NewId,
  type Presence,
  type Refusal,
  type Store,
} from '../service/index.ts';
import { deskPages, readDeskFiles, type WebParts } from '../web/index.ts';
import type { Bot } from './bot.ts';
import type { ContentInUse } from './live-content.ts';
import type { Watching } from './watching.ts';

export interface DeskParts {
  readonly config: Pick<Config, 'secret' | 'publicUrl'>;
  readonly store: Store;
  readonly bell: DeskBell;
  readonly presence: Presence;
  readonly bot: Pick<Bot, 'staff' | 'deliverer'>;
  readonly watching: Pick<Watching, 'telling'>;
  readonly refusal: () => Refusal | null;
  readonly content: () => ContentInUse;
  readonly channels: readonly Channel[];
  /** Somebody was added, removed or unlinked. */
  readonly peopleChanged: () => void;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
}

export interface OpenDesk {
  readonly pages: WebParts['pages'][number];
  /** The service listens: its address is kept for `cli staff link`; the path of the first admin's link, or null. */
  opened(port: number): Promise<string | null>;
  /** Ends what is open. */
  stop(): void;
}

/** A colleague may sign in at another instance, or be added by the command line; ms. */
const LOOK_MS = 30_000;

export function openDesk(parts: DeskParts): OpenDesk {
  const { config, store, bell, presence, bot, content, clock, newId, log } = parts;
  const stopping = new AbortController();
  const look = () => presence.refresh().catch((err: unknown) => log.warn({ err }, 'desk-presence-unread'));
  const looking = setInterval(() => void look(), LOOK_MS).unref();
  const signIn = createSignIn({ store, clock, newId, log, entered: () => void look() });
  const desk = createDesk({
    store,
    staff: bot.staff,
    signIn,
    content,
    clock,
    newId,
    log,
    wake: () => void bot.deliverer.poll().catch((err: unknown) => log.warn({ err }, 'outbox-unread')),
    approved: () => void parts.watching.telling.tell().catch((err: unknown) => log.warn({ err }, 'law-untold')),
    refusedEdit: () => parts.refusal()?.first ?? null,
    messengers: () => parts.channels.map((channel) => ({ channel: channel.name, bot: channel.publicName?.() ?? null })),
    peopleChanged: () => {
      void look();
      parts.peopleChanged();
    },
  });
  const pages = deskPages({
    desk,
    secret: config.secret,
    publicUrl: config.publicUrl,
    log,
    page: readDeskFiles(),
    listen: bell.listen,
    stopping: stopping.signal,
  });
  return {
    pages,
    async opened(port) {
      await store.setSetting(ADDRESS_KEY, config.publicUrl ?? `http://127.0.0.1:${port}`);
      const name = content().texts.label({ key: 'desk.firstAdmin' }, 'vi');
      const link = await firstAdminLink({ store, signIn, clock, newId, name });
      return link === null ? null : `${LINK_PATH}${link}`;
    },
    stop() {
      clearInterval(looking);
      stopping.abort();
    },
  };
}
