/**
 * The SQLite adapter as this service needs it. Prisma's own has one connection whose statements also run while somebody
 * else's transaction is open on it, and so inside that transaction: here they wait for its end. Transactions begin
 * IMMEDIATE, since one that reads first and writes later is refused when another process wrote in between. While another
 * process writes we wait without holding up the program: SQLite's own waiting would stop it. A power cut loses nothing
 * acknowledged: WAL with synchronous FULL.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import type {
  IsolationLevel,
  SqlDriverAdapter,
  SqlMigrationAwareDriverAdapterFactory,
  SqlQuery,
  SqlResultSet,
  Transaction,
} from '@prisma/driver-adapter-utils';

const PRAGMAS = `PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
PRAGMA busy_timeout = 5; PRAGMA journal_size_limit = 67108864; PRAGMA cache_size = -4000;`;

export function sqliteAdapter(file: string): SqlMigrationAwareDriverAdapterFactory {
  const factory = new PrismaBetterSqlite3({ url: file });
  const connect = async (open: Promise<SqlDriverAdapter>): Promise<SqlDriverAdapter> => {
    const adapter = await open;
    await adapter.executeScript(PRAGMAS);
    return inTurn(adapter);
  };
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: () => connect(factory.connect()),
    connectToShadowDb: () => connect(factory.connectToShadowDb()),
  };
}

/** Waits between attempts grow to this, ms; so many of them are some 15 s. */
const LONGEST_WAIT_MS = 50;
const ATTEMPTS = 300;

const isBusy = (error: unknown): boolean =>
  error instanceof Error && (error.cause as { readonly kind?: string } | undefined)?.kind === 'SocketTimeout';

async function whileBusy<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!isBusy(error) || attempt >= ATTEMPTS) throw error;
      await sleep(Math.min(LONGEST_WAIT_MS, attempt * 2));
    }
  }
}

/** Lets a transaction finish before anything else uses the connection. */
function inTurn(adapter: SqlDriverAdapter): SqlDriverAdapter {
  let tail: Promise<void> = Promise.resolve();
  const acquire = async (): Promise<() => void> => {
    const before = tail;
    let release = (): void => undefined;
    tail = new Promise((resolve) => (release = resolve));
    await before;
    return release;
  };
  const alone = async <T>(work: () => Promise<T>): Promise<T> => {
    const release = await acquire();
    try {
      return await whileBusy(work);
    } finally {
      release();
    }
  };
  return {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    queryRaw: (query: SqlQuery): Promise<SqlResultSet> => alone(() => adapter.queryRaw(query)),
    executeRaw: (query: SqlQuery): Promise<number> => alone(() => adapter.executeRaw(query)),
    executeScript: (script: string): Promise<void> => alone(() => adapter.executeScript(script)),
    getConnectionInfo: () => ({ supportsRelationJoins: false, ...adapter.getConnectionInfo?.() }),
    dispose: () => alone(() => adapter.dispose()),
    async startTransaction(isolationLevel?: IsolationLevel): Promise<Transaction> {
      const release = await acquire();
      try {
        const transaction = await adapter.startTransaction(isolationLevel);
        await adapter.executeScript('ROLLBACK');
        await whileBusy(() => adapter.executeScript('BEGIN IMMEDIATE'));
        const ended = async (end: Promise<void>): Promise<void> => {
          try {
            await end;
          } finally {
            release();
          }
        };
        const commit = transaction.commit.bind(transaction);
        const rollback = transaction.rollback.bind(transaction);
        return Object.assign(transaction, { commit: () => ended(commit()), rollback: () => ended(rollback()) });
      } catch (error) {
        release();
        throw error;
      }
    },
  };
}
