/** A started Bot Platform channel against the fake one, with what it hands over kept in lists. */
import { ZaloBotChannel, type ZaloBotOptions } from '../../../src/channels/zalo/index.ts';
import type { ActAnswer, Hooks, Inbound, RoomAct } from '../../../src/service/ports.ts';
import { FakeZaloBot } from '../../support/fake-zalo-bot.ts';
import { serve, words } from './rig.ts';

export interface BotRig {
  readonly fake: FakeZaloBot;
  readonly channel: ZaloBotChannel;
  readonly inbounds: Inbound[];
  readonly acts: RoomAct[];
  readonly warnings: Map<string, string>;
  readonly staff: Set<string>;
  readonly behaviour: { storing: () => Promise<void>; answer: ActAnswer };
  stop(): Promise<void>;
}

export const SECRET = 'test-bot-secret-token';

export async function botRig(
  more: Partial<ZaloBotOptions> = {},
  options: { readonly start?: boolean; readonly webhook?: boolean } = {},
): Promise<BotRig> {
  const fake = await FakeZaloBot.start();
  const inbounds: Inbound[] = [];
  const acts: RoomAct[] = [];
  const warnings = new Map<string, string>();
  const staff = new Set<string>();
  const behaviour: BotRig['behaviour'] = { storing: () => Promise.resolve(), answer: null };
  const hooks: Hooks = {
    receive: async (items) => {
      await behaviour.storing();
      inbounds.push(...items);
      fake.wake();
    },
    act: (act) => {
      acts.push(act);
      fake.wake();
      return Promise.resolve(behaviour.answer);
    },
    roomMoved: () => Promise.resolve(),
    warn: (topic, text) => {
      if (text === null) warnings.delete(topic);
      else warnings.set(topic, text);
      fake.wake();
    },
  };
  const url = 'https://kc.example/webhooks/zalo-bot';
  const channel = new ZaloBotChannel({
    token: fake.token,
    apiRoot: fake.root,
    mode: options.webhook === true ? { kind: 'webhook', url, secret: SECRET } : { kind: 'polling' },
    clock: () => new Date().toISOString(),
    nowMs: () => performance.now(),
    words,
    linkTo: (file) => `https://kc.example/files/${file.id}`,
    isStaff: (chat) => staff.has(chat),
    codeOf: () => Promise.resolve('TH-26-000123'),
    ...more,
  });
  if (options.start !== false) await channel.start(hooks);
  const web = await serve(channel);
  fake.webhookTarget = `http://127.0.0.1:${web.port}/webhooks/zalo-bot`;
  return {
    fake,
    channel,
    inbounds,
    acts,
    warnings,
    staff,
    behaviour,
    async stop() {
      await channel.stop();
      await web.close();
      await fake.stop();
    },
  };
}
