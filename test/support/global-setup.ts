/**
 * Once per test run: a control point on the loopback through which test files get a migrated SQLite template and a
 * PostgreSQL server. Both are made when first asked for, so that a run without storage tests does not pay for them.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { applyMigrations } from '../../src/storage/migrate.ts';
import { createDatabase, onServer, startPostgres, type PostgresServer } from './postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    databases: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const home = mkdtempSync(join(tmpdir(), 'khuyencong-test-'));
  let sqlite: Promise<string> | null = null;
  let postgres: Promise<PostgresServer> | null = null;

  async function sqliteTemplate(): Promise<string> {
    const file = join(home, 'template.db');
    await applyMigrations(`file:${file}`);
    return file;
  }

  async function postgresTemplate(): Promise<PostgresServer> {
    const server = await startPostgres();
    await createDatabase(server.url('postgres'), 'template_migrated');
    await applyMigrations(server.url('template_migrated'));
    // A template that somebody is connected to cannot be copied.
    await onServer(server.url('postgres'), 'ALTER DATABASE template_migrated ALLOW_CONNECTIONS false');
    return server;
  }

  const control = createServer((request, response) => {
    const answer =
      request.url === '/sqlite'
        ? (sqlite ??= sqliteTemplate())
        : (postgres ??= postgresTemplate()).then((server) => server.url('postgres'));
    answer.then(
      (text) => response.end(text),
      (error: unknown) => response.writeHead(500).end(error instanceof Error ? error.stack : String(error)),
    );
  });
  await new Promise<void>((resolve) => control.listen(0, '127.0.0.1', resolve));
  project.provide('databases', `http://127.0.0.1:${(control.address() as AddressInfo).port}`);

  return async () => {
    control.close();
    control.closeAllConnections();
    await postgres?.then(
      (server) => server.stop(),
      () => undefined,
    );
    rmSync(home, { recursive: true, force: true });
  };
}
