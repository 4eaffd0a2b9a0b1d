/** Copies of a SQLite database: taken while the service runs, put back while it does not. */
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { sqliteFile } from './database-url.ts';

/** Why a copy is not taken or put back. */
export class BackupRefused extends Error {
  override readonly name = 'BackupRefused';
  readonly why: 'no-database' | 'no-backup' | 'not-a-backup' | 'in-use';
  constructor(why: BackupRefused['why']) {
    super(why);
    this.why = why;
  }
}

/** Writes the database as it is at this moment to `file`, replacing it. Does not hold up whoever writes meanwhile. */
export function backupSqlite(url: string, file: string): void {
  const source = sqliteFile(url);
  if (!existsSync(source)) throw new BackupRefused('no-database');
  mkdirSync(dirname(file), { recursive: true });
  const fresh = `${file}.new`;
  rmSync(fresh, { force: true });
  const db = new Sqlite(source, { timeout: 10_000 });
  try {
    db.prepare('VACUUM INTO ?').run(fresh);
  } finally {
    db.close();
  }
  renameSync(fresh, file);
}

/** Puts a backup in the place of the database; what was there is kept beside it. Answers where. */
export function restoreSqlite(url: string, file: string): string | null {
  if (!existsSync(file)) throw new BackupRefused('no-backup');
  if (!isBackup(file)) throw new BackupRefused('not-a-backup');
  const target = sqliteFile(url);
  mkdirSync(dirname(target), { recursive: true });
  const kept = existsSync(target) ? `${target}.before-restore` : null;
  if (kept !== null) {
    closeWal(target);
    copyFileSync(target, kept);
  }
  const fresh = `${target}.new`;
  copyFileSync(file, fresh);
  renameSync(fresh, target);
  return kept;
}

function isBackup(file: string): boolean {
  try {
    const db = new Sqlite(file, { readonly: true });
    try {
      const tables = db.prepare("SELECT count(*) AS n FROM sqlite_master WHERE name IN ('Conversation', 'Case')").get();
      return (tables as { n: number }).n === 2 && db.pragma('quick_check', { simple: true }) === 'ok';
    } finally {
      db.close();
    }
  } catch {
    return false;
  }
}

/** Leaving WAL needs the database for oneself alone: it fails while the service runs, and takes the log files along. */
function closeWal(file: string): void {
  const db = new Sqlite(file, { timeout: 500 });
  try {
    if (db.pragma('journal_mode = DELETE', { simple: true }) !== 'delete') throw new BackupRefused('in-use');
  } catch (error) {
    if (error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY')) throw new BackupRefused('in-use');
    throw error;
  } finally {
    db.close();
  }
}
