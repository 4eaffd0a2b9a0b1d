/**
 * The Prisma client of the database that an URL names. Both clients have the same models; the rest of `storage` is written
 * against that of SQLite, and this is the one place that says they are alike.
 */
import { PrismaPg } from '@prisma/adapter-pg';
import { providerOf, sqliteFile, type Provider } from './database-url.ts';
import type { Prisma, PrismaClient } from './generated/sqlite/client.ts';
import { sqliteAdapter } from './sqlite-adapter.ts';

export interface Db {
  readonly provider: Provider;
  readonly prisma: PrismaClient;
}

/** The client inside a transaction: use nothing else there, or it waits for itself. */
export type Tx = Prisma.TransactionClient;

const transactionOptions = { maxWait: 30_000, timeout: 30_000 };

/** Opens a database that has been migrated. */
export async function openDb(url: string): Promise<Db> {
  const provider = providerOf(url);
  if (provider === 'sqlite') {
    const { PrismaClient } = await import('./generated/sqlite/client.ts');
    return { provider, prisma: new PrismaClient({ adapter: sqliteAdapter(sqliteFile(url)), transactionOptions }) };
  }
  const { PrismaClient } = await import('./generated/postgresql/client.ts');
  const adapter = new PrismaPg({ connectionString: url, max: 10 });
  return { provider, prisma: new PrismaClient({ adapter, transactionOptions }) as unknown as PrismaClient };
}
