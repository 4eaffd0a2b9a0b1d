/** The whole service in this process, with the Official Account and the Bot Platform played by their doubles over real HTTP. */
import { randomUUID } from 'node:crypto';
import { startService, type World } from '../../src/compose/index.ts';
import { parseConfig } from '../../src/config.ts';
import { openLog, type LogLevel } from '../../src/log.ts';
import type { Store } from '../../src/service/ports.ts';
import { openStore } from '../../src/storage/index.ts';
import { temporarySqlite, type TestDatabase } from './databases.ts';
import { FakeZalo } from './fake-zalo.ts';
import { FakeZaloBot } from './fake-zalo-bot.ts';
import { contentDir } from './story.ts';

export interface ZaloService {
  readonly oa: FakeZalo;
  readonly bot: FakeZaloBot;
  /** Where the service listens; another place after `restart`. */
  base(): string;
  /** Another look at its database. */
  readonly store: Store;
  readonly database: TestDatabase;
  /** Lines of the log. */
  readonly log: readonly string[];
  /** Environment that a command line beside it needs. */
  readonly environment: Readonly<Record<string, string>>;
  readyz(): Promise<{ readonly warnings?: readonly string[] }>;
  /** Stops the service and starts it anew on the same database. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export interface ZaloServiceOptions {
  readonly retry?: World['retry'];
  readonly logLevel?: LogLevel;
  readonly environment?: Readonly<Record<string, string>>;
  /** The Bot Platform calls us instead of being asked. */
  readonly botWebhook?: true;
}

export const APP_SECRET = 'a-secret-of-the-test';
export const BOT_SECRET = 'test-bot-secret-token';

export async function startZaloService(options: ZaloServiceOptions = {}): Promise<ZaloService> {
  const [oa, bot, database] = await Promise.all([FakeZalo.start(), FakeZaloBot.start(), temporarySqlite()]);
  const environment = {
    PORT: '0',
    DATABASE_URL: database.url,
    CONTENT_DIR: contentDir,
    APP_SECRET,
    PUBLIC_URL: 'https://kc.example',
    LOG_LEVEL: options.logLevel ?? 'debug',
    ZALO_APP_ID: oa.appId,
    ZALO_APP_SECRET: oa.appSecret,
    ZALO_OA_ID: oa.oaId,
    ZALO_OA_SECRET_KEY: oa.oaSecretKey,
    ZALO_ACCESS_TOKEN: oa.access,
    ZALO_REFRESH_TOKEN: oa.refresh,
    ZALO_API_ROOT: oa.root,
    ZALO_OAUTH_ROOT: oa.root,
    ZALO_BUSINESS_ROOT: oa.root,
    ZALO_BOT_TOKEN: bot.token,
    ZALO_BOT_API_ROOT: bot.root,
    ...(options.botWebhook === true ? { ZALO_BOT_WEBHOOK_SECRET: BOT_SECRET } : {}),
    ...options.environment,
  };
  const log: string[] = [];
  const begin = async () => {
    const config = parseConfig(environment, () => '');
    const started = await startService(config, {
      clock: () => new Date().toISOString(),
      nowMs: () => performance.now(),
      newId: randomUUID,
      log: openLog(config.logLevel, (line) => void log.push(line)),
      ...(options.retry === undefined ? {} : { retry: options.retry }),
    });
    oa.webhookTarget = `http://127.0.0.1:${started.port}/webhooks/zalo`;
    bot.webhookTarget = `http://127.0.0.1:${started.port}/webhooks/zalo-bot`;
    if (options.botWebhook === true) await bot.until('the webhook', () => bot.webhook ?? undefined);
    return started;
  };
  let service = await begin();
  const store = await openStore({ url: database.url, instance: `looking-${randomUUID()}` });
  const base = () => `http://127.0.0.1:${service.port}`;
  return {
    oa,
    bot,
    base,
    store,
    database,
    log,
    environment,
    readyz: async () => (await (await fetch(`${base()}/readyz`)).json()) as { warnings?: string[] },
    async restart() {
      await service.stop();
      service = await begin();
    },
    async stop() {
      await service.stop();
      await store.close();
      await Promise.all([oa.stop(), bot.stop(), database.drop()]);
    },
  };
}
