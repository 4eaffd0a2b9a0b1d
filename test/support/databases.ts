/** Temporary databases for tests: a file of its own, or a database of its own on the run's PostgreSQL, already migrated. */
import { randomUUID } from 'node:crypto';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { createDatabase, onServer } from './postgres.ts';

export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

async function askControl(what: 'sqlite' | 'postgresql'): Promise<string> {
  const response = await fetch(`${inject('databases')}/${what}`);
  const text = await response.text();
  if (!response.ok) throw new Error(`No ${what} for tests: ${text}`);
  return text;
}

export async function temporarySqlite(kind: 'migrated' | 'empty' = 'migrated'): Promise<TestDatabase> {
  const template = await askControl('sqlite');
  const dir = mkdtempSync(join(tmpdir(), 'khuyencong-db-'));
  const file = join(dir, 'test.db');
  if (kind === 'migrated') copyFileSync(template, file);
  return { url: `file:${file}`, drop: async () => rmSync(dir, { recursive: true, force: true }) };
}

export async function temporaryPostgres(kind: 'migrated' | 'empty' = 'migrated'): Promise<TestDatabase> {
  const server = await askControl('postgresql');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await createDatabase(server, name, kind === 'migrated' ? 'template_migrated' : undefined);
  return {
    url: server.replace(/\/postgres$/, `/${name}`),
    drop: () => onServer(server, `DROP DATABASE "${name}" WITH (FORCE)`),
  };
}
