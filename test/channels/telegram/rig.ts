/** A started Telegram channel against the fake Bot API, with what it hands over kept in lists. */
import { TelegramChannel, type TelegramOptions } from '../../../src/channels/telegram/index.ts';
import type { ActAnswer, Address, Hooks, Inbound, RoomAct } from '../../../src/service/ports.ts';
import { FakeTelegram } from '../../support/fake-telegram.ts';

export interface Rig {
  readonly fake: FakeTelegram;
  readonly channel: TelegramChannel;
  readonly inbounds: Inbound[];
  readonly batches: Inbound[][];
  readonly acts: RoomAct[];
  readonly moves: { from: Address; to: Address }[];
  readonly warnings: Map<string, string>;
  /** Steady clock of the pace, in milliseconds. */
  readonly clock: { ms: number };
  /** What a press answers, and whether storing works. */
  readonly behaviour: { answer: ActAnswer; storing: () => Promise<void> };
  /** Resolves when something handed over satisfies `find`. */
  until<T>(find: () => T | undefined | false): Promise<T>;
  stop(): Promise<void>;
}

export async function rig(
  options: { staffChat?: string; mode?: TelegramOptions['mode']; fake?: FakeTelegram; start?: boolean } = {},
): Promise<Rig> {
  const fake = options.fake ?? (await FakeTelegram.start());
  const inbounds: Inbound[] = [];
  const batches: Inbound[][] = [];
  const acts: RoomAct[] = [];
  const moves: { from: Address; to: Address }[] = [];
  const warnings = new Map<string, string>();
  const clock = { ms: 1_000_000 };
  const behaviour: Rig['behaviour'] = { answer: null, storing: () => Promise.resolve() };
  const watchers = new Set<() => void>();
  const look = () => watchers.forEach((watch) => watch());
  const hooks: Hooks = {
    receive: async (items) => {
      await behaviour.storing();
      batches.push([...items]);
      inbounds.push(...items);
      look();
    },
    act: (act) => {
      acts.push(act);
      look();
      return Promise.resolve(behaviour.answer);
    },
    roomMoved: (from, to) => {
      moves.push({ from, to });
      look();
      return Promise.resolve();
    },
    warn: (topic, text) => {
      if (text === null) warnings.delete(topic);
      else warnings.set(topic, text);
      look();
    },
  };
  const channel = new TelegramChannel({
    token: fake.token,
    apiRoot: fake.root,
    mode: options.mode ?? { kind: 'polling' },
    staffChat: options.staffChat ?? null,
    now: () => '2026-11-25T03:00:00.000Z',
    nowMs: () => clock.ms,
  });
  if (options.start !== false) await channel.start(hooks);
  return {
    fake,
    channel,
    inbounds,
    batches,
    acts,
    moves,
    warnings,
    clock,
    behaviour,
    until: (find) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error('Never handed over')), 15_000);
        const watch = () => {
          const found = find();
          if (found === undefined || found === false) return;
          clearTimeout(timer);
          watchers.delete(watch);
          resolve(found);
        };
        watchers.add(watch);
        watch();
      }),
    stop: async () => {
      await channel.stop();
      await fake.stop();
    },
  };
}
