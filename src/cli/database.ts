/** The database as commands reach it: the one of `DATABASE_URL`, opened for one command. */
import type { Store } from '../service/index.ts';
import { migrationState, openStore, providerOf } from '../storage/index.ts';
import { Refused, type CommandIo } from './command.ts';

/** The default of the contract, section 2. */
const DEFAULT_URL = 'file:./data/khuyencong.db';

/** Refuses an URL that names neither database. */
export function databaseUrl(io: CommandIo): string {
  const url = io.env['DATABASE_URL'] || DEFAULT_URL;
  try {
    providerOf(url);
  } catch {
    throw new Refused(io.text('records.wrongUrl'));
  }
  return url;
}

/** Runs `work` on the store, and closes it. Refuses when the database is not there or of another version. */
export async function withStore<T>(io: CommandIo, work: (store: Store) => Promise<T>): Promise<T> {
  const url = databaseUrl(io);
  const { pending, broken } = await migrationState(url).catch(() => {
    throw new Refused(io.text('records.unreachable'));
  });
  if (pending.length > 0 || broken.length > 0) throw new Refused(io.text('records.notMigrated'));
  const store = await openStore({ url, instance: `cli:${io.newId()}` });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
