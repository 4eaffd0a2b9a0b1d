/**
 * Erases a person from beside the service, on the same database: the owner's own step, and what it says waits for the
 * service to send it. A state that the service still remembers loses its race and is read again.
 */
import type { ConversationId } from '../base/index.ts';
import type { Config } from '../config.ts';
import {
  openLinkedRooms,
  openRooms,
  type Channel,
  type Clock,
  type Log,
  type NewId,
  type Receiver,
  type Store,
} from '../service/index.ts';
import { joinBot } from './bot.ts';
import { configuredRooms } from './channels.ts';
import type { ContentInUse } from './live-content.ts';

export interface ErasingParts {
  readonly config: Config;
  readonly store: Store;
  readonly content: () => ContentInUse;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
}

/** What is stored for a browser is there for it to read; everything else is the service's to send. */
const browser: Channel = {
  name: 'webchat',
  capabilities: { maxText: 100_000, maxButtons: 100, maxLabel: 300, pull: true, maxFileBytes: 10_485_760 },
  start: async () => {},
  stop: async () => {},
  send: async () => ({ sent: true, platformIds: [] }),
};

const unmeasured = { turn: () => {}, duplicate: () => {}, send: () => {} };

/** `unknown`: there is no such person, or nobody wrote there since the last erasure. */
export async function eraseBeside(
  given: ErasingParts,
  conversation: ConversationId,
): Promise<Awaited<ReturnType<Receiver['happen']>>> {
  const { config, store, clock, newId } = given;
  const rooms = await openRooms(store, configuredRooms(config));
  const linked = await openLinkedRooms({ store, channel: 'zalo-bot', nowMs: () => 0 });
  const parts = {
    ...given,
    secret: config.secret,
    channels: [browser],
    meter: unmeasured,
    rooms: () => (config.zaloBot === null ? rooms.list() : [...rooms.list(), ...linked.list()]),
  };
  const { receiver, deliverer } = joinBot(parts);
  await deliverer.stop(0);
  try {
    return await receiver.happen(conversation, { kind: 'erasure-ordered', id: newId(), sentAt: clock() });
  } finally {
    await receiver.idle();
    await store.releaseLeases();
  }
}
