/**
 * The service as a whole: opens its parts from the bottom up, and stops them from the top down. Reads no clock, chance or
 * environment: `main.ts` and tests hand them down.
 */
import { dayOf } from '../base/index.ts';
import type { Config } from '../config.ts';
import { startJobs, type Loop } from '../jobs/index.ts';
import {
  openDeskBell,
  openLinkedRooms,
  openPresence,
  openRooms,
  type Address,
  type Channel,
  type Clock,
  type Hooks,
  type Log,
  type NewId,
  type Retry,
  type Rooms,
  type Store,
} from '../service/index.ts';
import { migrate, openStore } from '../storage/index.ts';
import { openMetrics, startWeb, type Web } from '../web/index.ts';
import { joinBot, type Bot } from './bot.ts';
import { configuredRooms, openChannels, type Channels } from './channels.ts';
import { errorsOf, lineOf, openLiveContent, type LiveContent } from './live-content.ts';
import { openDesk, type OpenDesk } from './desk.ts';
import { gaugesOf, readinessOf } from './readiness.ts';
import { takeStaffCodes } from './staff-accounts.ts';
import { StartRefused } from './start-refused.ts';
import { openWarnings, type Warnings } from './warnings.ts';
import { openWatching } from './watching.ts';

export interface World {
  readonly clock: Clock;
  /** A steady clock in milliseconds. */
  readonly nowMs: () => number;
  readonly newId: NewId;
  readonly log: Log;
  /** When failed messages are tried again; default: the product's policy. */
  readonly retry?: Retry;
}

export interface Service {
  readonly port: number;
  /** Path of the first admin's sign-in link; null: an admin has signed in before. */
  readonly signInPath: string | null;
  /** A text of the content, for the operator. */
  text(key: string): string;
  /** Takes nothing more, ends what is under way, and closes the database. */
  stop(): Promise<void>;
}

/** Rejects with `StartRefused` when something must be put right first. */
export async function startService(config: Config, world: World): Promise<Service> {
  const { clock, log } = world;
  const instance = world.newId();
  const { content, store: bare } = await openBoth(config, world, instance);
  const bell = openDeskBell();
  const store = bell.on(bare);
  const presence = await openPresence(store);
  const warnings = openWarnings(log);
  const metrics = openMetrics();
  const rooms = await openRooms(store, configuredRooms(config));
  const linked = await openLinkedRooms({ store, channel: 'zalo-bot', nowMs: world.nowMs });
  const allRooms = () => (config.zaloBot === null ? rooms.list() : [...rooms.list(), ...linked.list()]);
  const inUse = () => content.current();
  const opened = openChannels({ ...world, config, store, content: inUse, rooms: allRooms });
  const channels = opened.all;
  const bot = joinBot({
    ...world,
    store,
    channels,
    content: inUse,
    meter: metrics.meter,
    rooms: allRooms,
    deskStaffed: presence.isStaffed,
    secret: config.secret,
  });
  const peopleChanged = () => void linked.refresh().catch((err: unknown) => log.warn({ err }, 'linked-rooms-unread'));
  const watching = openWatching({ ...world, store, bot, content, rooms: allRooms });
  const refusal = () => content.refusal();
  const deskParts = { ...world, config, store, bell, presence, bot, channels, peopleChanged, watching, refusal };
  const desk = openDesk({ ...deskParts, content: inUse });
  const starting = new Set<string>(channels.map(({ name }) => name));
  const web = await listen(config, () =>
    startWeb({
      host: config.host,
      port: config.port,
      channels,
      pages: [...opened.pages, desk.pages],
      log,
      metrics,
      readiness: () => readinessOf({ store, content, warnings, starting }),
      gauges: () => gaugesOf(store, clock),
    }),
  ).catch(async (error: unknown) => {
    desk.stop();
    await content.stop();
    await store.close();
    throw error;
  });
  const hooks = {
    ...hooksOf({ bot, rooms, warnings }),
    async receive(inbounds: Parameters<Hooks['receive']>[0]) {
      const joining = { ...world, store, linked, deliverer: bot.deliverer, content: inUse };
      await bot.receiver.receive(await takeStaffCodes(joining, inbounds));
    },
  };
  warnRoomsMoved(rooms, warnings);
  startChannels({ channels, hooks, starting, log });
  const byName = new Map(channels.map((each) => [each.name, each]));
  const jobs = startJobs({ ...bot, ...watching, store, clock, log, channels: byName });
  log.info({ port: web.port, channels: channels.map(({ name }) => name), instance }, 'started');
  return {
    port: web.port,
    signInPath: await desk.opened(web.port),
    text: (key) => content.current().texts.label({ key }, 'vi'),
    stop: () => stopAll({ opened, desk, web, bot, jobs, content, store, log }),
  };
}

/** At once, since a first start makes its tables in another process. Nothing stays open when one of them is refused. */
async function openBoth(
  config: Config,
  world: World,
  instance: string,
): Promise<{ readonly content: LiveContent; readonly store: Store }> {
  const [content, store] = await Promise.allSettled([openContent(config, world), openDatabase(config, instance)]);
  if (content.status === 'fulfilled' && store.status === 'fulfilled') {
    // Only now: a start that is refused says why, and nothing else.
    if (store.value.applied.length > 0) world.log.info({ migrations: store.value.applied }, 'migrated');
    return { content: content.value, store: store.value.store };
  }
  if (content.status === 'fulfilled') await content.value.stop();
  if (store.status === 'fulfilled') await store.value.store.close();
  throw content.status === 'rejected' ? content.reason : (store as PromiseRejectedResult).reason;
}

async function openContent(config: Config, { clock, log }: World): Promise<LiveContent> {
  const opened = await openLiveContent({
    dir: config.contentDir,
    settings: { served: config.provinces, handoverHours: config.handoverHours },
    today: () => dayOf(clock()),
    log,
  });
  if (!opened.ok)
    throw new StartRefused(errorsOf(opened.issues).map((issue) => `${config.contentDir}/${lineOf(issue)}`));
  const known = new Set<string>(opened.content.current().library.pack.provinces.keys());
  const unknown = (config.provinces ?? []).filter((id) => !known.has(id));
  if (unknown.length === 0) return opened.content;
  await opened.content.stop();
  throw new StartRefused([`STAFF_PROVINCES: no such province in the content: ${unknown.join(', ')}`]);
}

async function openDatabase(
  config: Config,
  instance: string,
): Promise<{ readonly store: Store; readonly applied: readonly string[] }> {
  try {
    const applied = await migrate(config.databaseUrl);
    return { applied, store: await openStore({ url: config.databaseUrl, instance }) };
  } catch (error) {
    throw new StartRefused([`DATABASE_URL: ${reasonOf(error)}`], error);
  }
}

async function listen({ host, port }: Config, start: () => Promise<Web>): Promise<Web> {
  try {
    return await start();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') throw new StartRefused([`PORT: ${port} is in use by another program`], error);
    if (code === 'EACCES') throw new StartRefused([`PORT: ${port} may not be used by this account`], error);
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
      throw new StartRefused([`HOST: ${host} is no address of this machine`], error);
    }
    throw error;
  }
}

/** A migration error of ours says what is wrong; a driver's own words may hold an address with a password. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'the database could not be opened';
  if (/^Migration/.test(error.message)) return error.message.split('\n')[0] ?? error.message;
  const code = 'code' in error && typeof error.code === 'string' ? ` (${error.code})` : '';
  return `the database could not be opened${code}`;
}

interface HookParts {
  readonly bot: Bot;
  readonly rooms: Rooms;
  readonly warnings: Warnings;
}

const hooksOf = ({ bot, rooms, warnings }: HookParts): Hooks => ({
  receive: (inbounds) => bot.receiver.receive(inbounds),
  act: (done) => bot.staff.act(done),
  async roomMoved(from: Address, to: Address) {
    await rooms.moved(from, to);
    warnRoomsMoved(rooms, warnings);
    await bot.staff.showCardsAgain(from, to);
  },
  warn: (topic, text) => warnings.warn(topic, text),
});

/** The operator should write the new id down: the old one is followed only by what the database remembers. */
function warnRoomsMoved(rooms: Rooms, warnings: Warnings): void {
  for (const { from, to } of rooms.moves())
    warnings.warn('staff-room', `${from.channel} ${from.chat} is now ${to.chat}`);
}

interface Starting {
  readonly channels: readonly Channel[];
  readonly hooks: Hooks;
  readonly starting: Set<string>;
  readonly log: Log;
}

/** Not waited for: a platform out of reach is tried on, while the others work and `/readyz` names it. */
function startChannels({ channels, hooks, starting, log }: Starting): void {
  for (const channel of channels) {
    channel.start(hooks).then(
      () => starting.delete(channel.name),
      (err: unknown) => {
        log.error({ err, channel: channel.name }, 'channel-failed');
        hooks.warn(channel.name, 'failed');
      },
    );
  }
}

interface Running {
  readonly opened: Channels;
  readonly desk: OpenDesk;
  readonly web: Web;
  readonly bot: Bot;
  readonly jobs: Loop;
  readonly content: LiveContent;
  readonly store: Store;
  readonly log: Log;
}

/** Sends under way get so long to end; what is left goes out at the next start. ms */
const SENDING_MS = 3_000;

async function stopAll({ opened, desk, web, bot, jobs, content, store, log }: Running): Promise<void> {
  desk.stop();
  await Promise.all([web.close(), jobs.stop(), ...opened.all.map((channel) => channel.stop())]);
  await bot.receiver.idle();
  await Promise.all([bot.deliverer.stop(SENDING_MS), opened.release(), content.stop()]);
  await store.close();
  log.info({}, 'stopped');
}
