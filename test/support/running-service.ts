/** The whole service in this process: real database, real content, real HTTP, on a clock that starts where the test says. */
import { randomUUID } from 'node:crypto';
import { startService } from '../../src/compose/index.ts';
import { parseConfig } from '../../src/config.ts';
import { openLog } from '../../src/log.ts';
import { temporarySqlite, type TestDatabase } from './databases.ts';

export interface RunningService {
  readonly base: string;
  /** Path of the first admin's sign-in link. */
  readonly signInPath: string | null;
  /** Lines of the log. */
  readonly log: readonly string[];
  readonly database: TestDatabase;
  /** What the clock says. */
  now(): string;
  /** Moves the clock on. */
  pass(ms: number): void;
  /** Stops it; `keep` leaves the database for a second start. */
  stop(keep?: 'keep'): Promise<void>;
}

export interface ServiceOptions {
  readonly environment?: Readonly<Record<string, string>>;
  /** A database from before, for a second start. */
  readonly database?: TestDatabase;
  readonly now?: string;
}

export async function startRunningService(options: ServiceOptions = {}): Promise<RunningService> {
  const database = options.database ?? (await temporarySqlite());
  const log: string[] = [];
  const startedAt = performance.now();
  let offset = Date.parse(options.now ?? '2026-11-25T03:00:00.000Z');
  const config = parseConfig(
    { PORT: '0', DATABASE_URL: database.url, WEB_CHAT: 'on', LOG_LEVEL: 'debug', ...options.environment },
    () => 'the secret of a test',
  );
  const now = () => new Date(offset + performance.now() - startedAt).toISOString();
  const service = await startService(config, {
    clock: now,
    nowMs: () => performance.now(),
    newId: randomUUID,
    log: openLog(config.logLevel, (line) => log.push(line)),
  });
  return {
    base: `http://127.0.0.1:${service.port}`,
    signInPath: service.signInPath,
    log,
    database,
    now,
    pass(ms) {
      offset += ms;
    },
    async stop(keep) {
      await service.stop();
      if (keep === undefined) await database.drop();
    },
  };
}
