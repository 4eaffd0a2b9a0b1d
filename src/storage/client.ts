/**
 * The Prisma client of the database that an URL names. Both clients have the same models; the rest of `storage` is written
 * against that of SQLite, and this is the one place that says they are alike.
 */
import { PrismaPg } from '@prisma/adapter-pg';
import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import { providerOf, sqliteFile, type Provider } from './database-url.ts';
import { directOver, type Direct, type RawTx } from './direct.ts';
import type { Prisma, PrismaClient } from './generated/sqlite/client.ts';
import { openSqlite } from './sqlite-adapter.ts';

export interface Db {
  readonly provider: Provider;
  readonly prisma: PrismaClient;
  /** Raw statements past the client, each by itself. */
  readonly raw: RawTx;
  /** A transaction of raw statements past the client. */
  readonly direct: Direct['transaction'];
  /** After an erasure: sees to it that no bytes of what was erased are left in the database's files. */
  readonly scrub: Direct['scrub'];
  readonly close: () => Promise<void>;
}

/** The client inside a transaction: use nothing else there, or it waits for itself. */
export type Tx = Prisma.TransactionClient;

const transactionOptions = { maxWait: 30_000, timeout: 30_000 };

/** Opens a database that has been migrated. */
export async function openDb(url: string): Promise<Db> {
  const provider = providerOf(url);
  if (provider === 'sqlite') {
    const { PrismaClient } = await import('./generated/sqlite/client.ts');
    const { adapter, direct } = openSqlite(sqliteFile(url));
    return dbOf(provider, new PrismaClient({ adapter, transactionOptions }), direct);
  }
  const { PrismaClient } = await import('./generated/postgresql/client.ts');
  const adapter = shared(postgresAdapter(url));
  const prisma = new PrismaClient({ adapter, transactionOptions }) as unknown as PrismaClient;
  return dbOf(
    provider,
    prisma,
    directOver(() => adapter.connect()),
  );
}

const dbOf = (provider: Provider, prisma: PrismaClient, { raw, transaction, scrub, close }: Direct): Db => ({
  provider,
  prisma,
  raw,
  direct: transaction,
  scrub,
  async close() {
    await prisma.$disconnect();
    await close();
  },
});

const postgresAdapter = (url: string): SqlMigrationAwareDriverAdapterFactory =>
  new PrismaPg({ connectionString: url, max: 10 });

/** The client and the hot path use one adapter, and so one pool. */
function shared(factory: SqlMigrationAwareDriverAdapterFactory): SqlMigrationAwareDriverAdapterFactory {
  let connected: Promise<SqlDriverAdapter> | null = null;
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: () => (connected ??= factory.connect()),
    connectToShadowDb: () => factory.connectToShadowDb(),
  };
}
