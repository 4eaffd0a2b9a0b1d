/**
 * Brings a database to the model of `prisma/schema.prisma`: plain SQL in `prisma/migrations/<provider>`, applied by
 * Prisma's own engine and noted in its own table `_prisma_migrations`. Nothing is started when nothing is to do.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { MigrationList } from '@prisma/schema-engine-wasm/schema_engine_bg';
import Sqlite from 'better-sqlite3';
import pg from 'pg';
import { providerOf, sqliteFile, type Provider } from './database-url.ts';

/** The folder of the project: the nearest above this file that holds `prisma/migrations`. */
function projectRoot(): string {
  let dir = import.meta.dirname;
  while (!existsSync(join(dir, 'prisma', 'migrations'))) {
    const parent = dirname(dir);
    if (parent === dir) throw new Error('prisma/migrations was not found above the program');
    dir = parent;
  }
  return dir;
}

export const migrationsDir = (provider: Provider): string => join(projectRoot(), 'prisma', 'migrations', provider);

/** The schema of a provider, as text. */
export const schemaText = (provider: Provider): string =>
  readFileSync(join(projectRoot(), 'prisma', provider === 'sqlite' ? '' : provider, 'schema.prisma'), 'utf8');

/** The migrations of a provider, oldest first, as the engine takes them. */
export function readMigrations(provider: Provider): MigrationList {
  const baseDir = migrationsDir(provider);
  const names = readdirSync(baseDir, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return {
    baseDir,
    lockfile: { path: 'migration_lock.toml', content: `provider = "${provider}"\n` },
    shadowDbInitScript: '',
    migrationDirectories: names
      .map(({ name }) => name)
      .sort()
      .map((path) => ({
        path,
        migrationFile: {
          path: 'migration.sql',
          content: { tag: 'ok', value: readFileSync(join(baseDir, path, 'migration.sql'), 'utf8') },
        },
      })),
  };
}

/** The bytes of the schema engine, beside its glue in node_modules. */
export function schemaEngineBytes(): Uint8Array {
  const glue = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  return readFileSync(join(dirname(glue), 'schema_engine_bg.wasm'));
}

export interface MigrationState {
  readonly applied: readonly string[];
  readonly pending: readonly string[];
  /** Applied from a file that reads otherwise now, begun but not finished, or unknown to this version. */
  readonly broken: readonly string[];
}

interface AppliedRow {
  readonly migration_name: string;
  readonly checksum: string;
  readonly finished_at: unknown;
}

const READ_APPLIED =
  'SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL';

async function appliedRows(url: string): Promise<readonly AppliedRow[]> {
  if (providerOf(url) === 'sqlite') {
    const file = sqliteFile(url);
    if (!existsSync(file)) return [];
    const db = new Sqlite(file, { readonly: true });
    try {
      const known = db.prepare("SELECT 1 FROM sqlite_master WHERE name = '_prisma_migrations'").get();
      return known === undefined ? [] : (db.prepare(READ_APPLIED).all() as AppliedRow[]);
    } finally {
      db.close();
    }
  }
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const known = await client.query<{ name: string | null }>("SELECT to_regclass('_prisma_migrations') AS name");
    return known.rows[0]?.name ? (await client.query<AppliedRow>(READ_APPLIED)).rows : [];
  } finally {
    await client.end();
  }
}

/** What is applied and what is not. Reads only; does not load the engine. */
export async function migrationState(url: string): Promise<MigrationState> {
  const files = readMigrations(providerOf(url)).migrationDirectories;
  const rows = new Map((await appliedRows(url)).map((row) => [row.migration_name, row]));
  const applied: string[] = [];
  const pending: string[] = [];
  const broken: string[] = [];
  for (const { path, migrationFile } of files) {
    const row = rows.get(path);
    rows.delete(path);
    if (row === undefined) pending.push(path);
    else if (row.finished_at === null || row.checksum !== checksumOf(migrationFile.content.value)) broken.push(path);
    else applied.push(path);
  }
  return { applied, pending, broken: [...broken, ...rows.keys()] };
}

const checksumOf = (sql: string): string => createHash('sha256').update(sql).digest('hex');

/** Applies what is pending, in this process. Throws with the engine's words when it cannot. */
export async function applyMigrations(url: string): Promise<readonly string[]> {
  const provider = providerOf(url);
  if (provider === 'sqlite') mkdirSync(dirname(sqliteFile(url)), { recursive: true });
  const { openSchemaEngine } = await import('./schema-engine.ts');
  return underLock(url, async () => {
    const { engine, close } = await openSchemaEngine(url, schemaText(provider), schemaEngineBytes());
    try {
      const migrationsList = readMigrations(provider);
      const done = await engine.applyMigrations({
        migrationsList,
        filters: { externalTables: [], externalEnums: [] },
      });
      return done.appliedMigrationNames;
    } finally {
      await close();
    }
  });
}

/** One migration at a time, also between instances. Both locks go with the process that holds them. */
async function underLock<T>(url: string, work: () => Promise<T>): Promise<T> {
  if (providerOf(url) === 'sqlite') {
    const lock = new Sqlite(`${sqliteFile(url)}-migrate`, { timeout: 60_000 });
    try {
      lock.exec('BEGIN EXCLUSIVE');
      return await work();
    } finally {
      lock.close();
    }
  }
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock(hashtext('khuyen-cong migrate'))");
    return await work();
  } finally {
    await client.end();
  }
}

/**
 * Brings the database up to date; in a child process, so that the engine's memory goes with it (from a build without the
 * child, as in tests, here). Throws when a migration fails or the database is of another version.
 */
export async function migrate(url: string): Promise<readonly string[]> {
  const { pending, broken } = await migrationState(url);
  if (broken.length > 0) throw new Error(`Migrations do not match the database: ${broken.join(', ')}`);
  if (pending.length === 0) return [];
  const child = join(import.meta.dirname, 'migrate-child.js');
  if (!existsSync(child)) return applyMigrations(url);
  if (providerOf(url) === 'sqlite') mkdirSync(dirname(sqliteFile(url)), { recursive: true });
  const { code, said } = await run(child, url);
  if (code !== 0) throw new Error(`Migration failed: ${said.trim()}`);
  return pending;
}

function run(script: string, url: string): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve, reject) => {
    // The URL goes through stdin: command lines can be read by every user of the machine.
    const child = spawn(process.execPath, [script], { stdio: ['pipe', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, said }));
    child.stdin.end(url);
  });
}
