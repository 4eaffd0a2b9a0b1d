/** A started Official Account channel behind a real server, against the fake Zalo, with what it hands over kept in lists. */
import { ZaloChannel, type SaidLately, type ZaloOptions } from '../../../src/channels/zalo/index.ts';
import { openLog } from '../../../src/log.ts';
import type { Channel, Hooks, Inbound } from '../../../src/service/ports.ts';
import { openMetrics, startWeb, type Web } from '../../../src/web/index.ts';
import { FakeZalo } from '../../support/fake-zalo.ts';
import { aStore, type OpenedStore } from './stores.ts';

export interface Rig {
  readonly fake: FakeZalo;
  readonly channel: ZaloChannel;
  readonly opened: OpenedStore;
  readonly inbounds: Inbound[];
  readonly warnings: Map<string, string>;
  /** Whole lines of the log. */
  readonly log: string[];
  readonly behaviour: { storing: () => Promise<void>; said: SaidLately };
  /** Another channel on the same database: a second process. */
  twin(): Promise<ZaloChannel>;
  stop(): Promise<void>;
}

export const words = (key: string, values: Readonly<Record<string, string>> = {}): string =>
  ({
    'zalo.typeNumber': 'Gõ số để chọn.',
    'zalo.typeWords': 'Gõ một trong các dòng trên để chọn.',
    'zalo.fileLink': `📎 ${values['name']}: ${values['url']}`,
    'zalo.fileNotCarried': `📎 Tệp «${values['name']}» không gửi được.`,
  })[key] ?? key;

export async function rig(more: Partial<ZaloOptions> = {}): Promise<Rig> {
  const fake = await FakeZalo.start();
  const opened = await aStore();
  const inbounds: Inbound[] = [];
  const warnings = new Map<string, string>();
  const log: string[] = [];
  const behaviour: Rig['behaviour'] = {
    storing: () => Promise.resolve(),
    said: { messages: [], ids: [], lost: false },
  };
  const hooks: Hooks = {
    receive: async (items) => {
      await behaviour.storing();
      inbounds.push(...items);
      fake.wake();
    },
    act: () => Promise.resolve(null),
    roomMoved: () => Promise.resolve(),
    warn: (topic, text) => {
      if (text === null) warnings.delete(topic);
      else warnings.set(topic, text);
      fake.wake();
    },
  };
  const make = (store: ZaloOptions['store']) =>
    new ZaloChannel({
      appId: fake.appId,
      appSecret: fake.appSecret,
      oaId: fake.oaId,
      oaSecretKey: fake.oaSecretKey,
      apiRoot: fake.root,
      oauthRoot: fake.root,
      businessRoot: fake.root,
      accessToken: fake.access,
      refreshToken: fake.refresh,
      replyTemplate: null,
      store,
      secret: 'app-secret-for-sealing',
      clock: () => new Date().toISOString(),
      nowMs: () => performance.now(),
      log: openLog('trace', (line) => void log.push(line)),
      words,
      linkTo: (file) => `https://kc.example/files/${file.id}?sig=1`,
      contactImage: 'https://kc.example/contact.png',
      saidLately: () => Promise.resolve(behaviour.said),
      phoneOf: () => Promise.resolve(null),
      echoQuietMs: 150,
      ...more,
    });
  const channel = make(opened.store);
  const started: ZaloChannel[] = [channel];
  await channel.start(hooks);
  const web = await serve(channel);
  fake.webhookTarget = `http://127.0.0.1:${web.port}/webhooks/zalo`;
  return {
    fake,
    channel,
    opened,
    inbounds,
    warnings,
    log,
    behaviour,
    async twin() {
      const { another } = await import('./stores.ts');
      const second = make(await another(opened.url));
      started.push(second);
      await second.start(hooks);
      return second;
    },
    async stop() {
      await Promise.all(started.map((one) => one.stop()));
      await web.close();
      await fake.stop();
      await opened.close();
    },
  };
}

export const serve = (channel: Channel): Promise<Web> =>
  startWeb({
    host: '127.0.0.1',
    port: 0,
    channels: [channel],
    pages: [],
    log: openLog('silent'),
    readiness: async () => ({ notReady: {}, warnings: [] }),
    metrics: openMetrics(),
    gauges: async () => ({ outboxDepth: 0, outboxOldestSeconds: 0, handedOver: 0 }),
  });
