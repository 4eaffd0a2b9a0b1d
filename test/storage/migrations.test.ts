import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { migrationState, schemaEngineBytes, schemaText } from '../../src/storage/migrate.ts';
import { diffSchemas, openSchemaEngine } from '../../src/storage/schema-engine.ts';
import { structureOf } from '../support/structure.ts';
import { temporaryPostgres, temporarySqlite, type TestDatabase } from '../support/databases.ts';

const databases = { sqlite: temporarySqlite, postgresql: temporaryPostgres };

it('keeps the PostgreSQL twin in step with the schema (node prisma/twin.js)', async () => {
  const prisma = join(import.meta.dirname, '../../prisma');
  const { twinOf } = (await import(join(prisma, 'twin.js'))) as { twinOf(schema: string): string };
  const written = readFileSync(join(prisma, 'postgresql/schema.prisma'), 'utf8');
  expect(written).toBe(twinOf(readFileSync(join(prisma, 'schema.prisma'), 'utf8')));
});

it.each(['sqlite', 'postgresql'] as const)('has %s migrations that add up to the schema', async (provider) => {
  const migrated = await databases[provider]();
  const built = await databases[provider]('empty');
  const { engine, close } = await openSchemaEngine(built.url, schemaText(provider), schemaEngineBytes());
  const script = await diffSchemas(engine, null, schemaText(provider));
  await close();
  const { tables: expected } = await structureOf(built.url, script);
  const { tables } = await structureOf(migrated.url);
  expect(tables).toEqual(expected);
  expect(expected.length).toBeGreaterThan(100);
  await migrated.drop();
  await built.drop();
});

it.each(['sqlite', 'postgresql'] as const)('knows without the engine what of %s is applied', async (provider) => {
  const database: TestDatabase = await databases[provider]();
  const state = await migrationState(database.url);
  expect(state).toMatchObject({ pending: [], broken: [] });
  expect(state.applied.length).toBeGreaterThan(0);
  await database.drop();
});
