/** `db migrate|status|backup|restore`: the database itself. */
import {
  backupSqlite,
  BackupRefused,
  migrate,
  migrationState,
  providerOf,
  restoreSqlite,
} from '../../storage/index.ts';
import { DONE, FAILED, readArgs, Refused, WrongUsage, type Command, type CommandIo } from '../command.ts';
import { databaseUrl } from '../database.ts';

export const db: Command = {
  name: 'db',
  async run(args, io) {
    const [verb, ...rest] = args;
    const run = verb !== undefined && Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
    if (run === undefined) throw new WrongUsage('');
    return run(rest, io);
  },
};

const verbs: Readonly<Record<string, (args: readonly string[], io: CommandIo) => Promise<number>>> = {
  migrate: runMigrate,
  status,
  backup,
  restore,
};

async function runMigrate(args: readonly string[], io: CommandIo): Promise<number> {
  readArgs(args, {}, [0, 0]);
  const applied = await migrate(databaseUrl(io)).catch((error: unknown) => {
    throw new Refused(io.text('records.migrateFailed', { why: reasonOf(error) }));
  });
  if (io.json) io.data({ applied });
  else io.out(io.text(applied.length === 0 ? 'records.upToDate' : 'records.migrated', { count: applied.length }));
  return DONE;
}

/** The first line of a reason: a driver's further words may hold an address with a password. */
const reasonOf = (error: unknown): string =>
  error instanceof Error && /^Migration/.test(error.message) ? (error.message.split('\n')[0] ?? '') : '';

async function status(args: readonly string[], io: CommandIo): Promise<number> {
  readArgs(args, {}, [0, 0]);
  const url = databaseUrl(io);
  const state = await migrationState(url).catch(() => {
    throw new Refused(io.text('records.unreachable'));
  });
  const { applied, pending, broken } = state;
  if (io.json) io.data({ provider: providerOf(url), applied, pending, broken });
  else {
    io.out(io.text('records.status', { provider: providerOf(url), applied: applied.length, pending: pending.length }));
    for (const name of broken) io.out(io.text('records.broken', { name }));
  }
  return broken.length === 0 ? DONE : FAILED;
}

async function backup(args: readonly string[], io: CommandIo): Promise<number> {
  const { positionals } = readArgs(args, {}, [1, 1]);
  const file = io.path(positionals[0] ?? '');
  copying(io, 'backup', (url) => backupSqlite(url, file));
  if (io.json) io.data({ file });
  else io.out(io.text('records.backedUp', { file }));
  return DONE;
}

async function restore(args: readonly string[], io: CommandIo): Promise<number> {
  const { positionals } = readArgs(args, {}, [1, 1]);
  const file = io.path(positionals[0] ?? '');
  const kept = copying(io, 'restore', (url) => restoreSqlite(url, file));
  if (io.json) io.data({ file, kept });
  else io.out(io.text(kept === null ? 'records.restored' : 'records.restoredKept', { file, kept: kept ?? '' }));
  return DONE;
}

/** PostgreSQL has tools of its own for this, which we name. */
function copying<T>(io: CommandIo, verb: 'backup' | 'restore', work: (url: string) => T): T {
  const url = databaseUrl(io);
  if (providerOf(url) === 'postgresql') throw new Refused(io.text(`records.postgres.${verb}`));
  try {
    return work(url);
  } catch (error) {
    if (error instanceof BackupRefused) throw new Refused(io.text(`records.refused.${error.why}`));
    throw error;
  }
}
