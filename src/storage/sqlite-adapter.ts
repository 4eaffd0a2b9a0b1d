/**
 * SQLite as this service needs it: two connections that take turns. Prisma's own adapter lets statements run while somebody
 * else's transaction is open on its one connection, and so inside that transaction: here they wait for its end, as does the
 * hot path on its own connection (`sqlite-direct.ts`). Transactions begin IMMEDIATE, since one that reads first and writes
 * later is refused when another process wrote in between. While another process writes we wait without holding up the
 * program: SQLite's own waiting would stop it. A power cut loses nothing acknowledged: WAL with synchronous FULL. What is
 * deleted is overwritten (`secure_delete`).
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
import Sqlite from 'better-sqlite3';
import type { Direct } from './direct.ts';
import { preparedStatements } from './sqlite-direct.ts';

const PRAGMAS = `PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
PRAGMA busy_timeout = 5; PRAGMA journal_size_limit = 67108864; PRAGMA cache_size = -4000;
PRAGMA secure_delete = ON;`;

export interface SqliteConnections {
  /** For the client. */
  readonly adapter: SqlMigrationAwareDriverAdapterFactory;
  readonly direct: Direct;
}

export function openSqlite(file: string): SqliteConnections {
  const factory = new PrismaBetterSqlite3({ url: file });
  const acquire = oneAtATime();
  const connect = async (open: Promise<SqlDriverAdapter>): Promise<SqlDriverAdapter> => {
    const adapter = await open;
    await adapter.executeScript(PRAGMAS);
    return inTurn(adapter, acquire);
  };
  return {
    adapter: {
      provider: factory.provider,
      adapterName: factory.adapterName,
      connect: () => connect(factory.connect()),
      connectToShadowDb: () => connect(factory.connectToShadowDb()),
    },
    direct: openDirect(file, acquire),
  };
}

/** Resolves when it is the caller's turn; what it answers ends the turn. */
type Acquire = () => Promise<() => void>;

function oneAtATime(): Acquire {
  let tail: Promise<void> = Promise.resolve();
  return async () => {
    const before = tail;
    let release = (): void => undefined;
    tail = new Promise((resolve) => (release = resolve));
    await before;
    return release;
  };
}

async function alone<T>(acquire: Acquire, work: () => Promise<T>): Promise<T> {
  const release = await acquire();
  try {
    return await work();
  } finally {
    release();
  }
}

/** Waits between attempts grow to this, ms; so many of them are some 15 s. */
const LONGEST_WAIT_MS = 50;
const ATTEMPTS = 300;

const isBusy = (error: unknown): boolean =>
  error instanceof Sqlite.SqliteError
    ? error.code.startsWith('SQLITE_BUSY')
    : error instanceof Error && (error.cause as { readonly kind?: string } | undefined)?.kind === 'SocketTimeout';

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

function openDirect(file: string, acquire: Acquire): Direct {
  const db = new Sqlite(file);
  db.exec(PRAGMAS);
  const raw = preparedStatements(db);
  const patiently = <T>(work: () => Promise<T>): Promise<T> => alone(acquire, () => whileBusy(work));
  return {
    raw: {
      $executeRawUnsafe: (text, ...values) => patiently(() => raw.$executeRawUnsafe(text, ...values)),
      $queryRawUnsafe: (text, ...values) => patiently(() => raw.$queryRawUnsafe(text, ...values)),
    },
    transaction: (work) =>
      alone(acquire, async () => {
        await whileBusy(() => raw.$executeRawUnsafe('BEGIN IMMEDIATE'));
        try {
          const result = await work(raw);
          await raw.$executeRawUnsafe('COMMIT');
          return result;
        } catch (error) {
          if (db.inTransaction) await raw.$executeRawUnsafe('ROLLBACK');
          throw error;
        }
      }),
    scrub: () => emptyLog(db, acquire, SCRUBS),
    close: () => alone(acquire, async () => void db.close()),
  };
}

/** While another process reads, the log cannot be emptied: it is tried again every second, so often. */
const SCRUBS = 60;

/** The write-ahead log holds pages as they were: its content goes into the database, and its file is emptied. */
async function emptyLog(db: Sqlite.Database, acquire: Acquire, attempts: number): Promise<void> {
  const done = await alone(acquire, async () => !db.open || isEmptied(db));
  if (!done && attempts > 1) setTimeout(() => void emptyLog(db, acquire, attempts - 1), 1_000).unref();
}

function isEmptied(db: Sqlite.Database): boolean {
  try {
    const [answer] = db.pragma('wal_checkpoint(TRUNCATE)') as readonly [{ readonly busy: number }];
    return answer.busy === 0;
  } catch {
    return false; // the erasure itself is stored all the same
  }
}

/** Lets a transaction finish before anything else uses the connection. */
function inTurn(adapter: SqlDriverAdapter, acquire: Acquire): SqlDriverAdapter {
  const patiently = <T>(work: () => Promise<T>): Promise<T> => alone(acquire, () => whileBusy(work));
  return {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    queryRaw: (query: SqlQuery): Promise<SqlResultSet> => patiently(() => adapter.queryRaw(query)),
    executeRaw: (query: SqlQuery): Promise<number> => patiently(() => adapter.executeRaw(query)),
    executeScript: (script: string): Promise<void> => patiently(() => adapter.executeScript(script)),
    getConnectionInfo: () => ({ supportsRelationJoins: false, ...adapter.getConnectionInfo?.() }),
    dispose: () => patiently(() => adapter.dispose()),
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
