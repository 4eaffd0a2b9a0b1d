// Writes the next migration of both databases: `node prisma/new-migration.js <name>` compares the migrations so far with
// the schema. Read what it wrote before committing. PostgreSQL needs SHADOW_DATABASE_URL, a server where a database may
// be made (the tests' embedded one will do), except for the very first migration.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const name = process.argv[2];
if (!/^[a-z0-9-]+$/.test(name ?? '')) {
  process.stderr.write('Usage: node prisma/new-migration.js <name-in-kebab-case>\n');
  process.exit(2);
}
const root = join(import.meta.dirname, '..');
const out = mkdtempSync(join(root, 'dist.migration-'));
await build({
  stdin: {
    contents: `export * from './src/storage/schema-engine.ts'; export * from './src/storage/migrate.ts';`,
    resolveDir: root,
  },
  outfile: join(out, 'engine.mjs'),
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
});
const { diffSchema, migrationsDir, openSchemaEngine, readMigrations, schemaEngineBytes, schemaText } = await import(
  join(out, 'engine.mjs')
);
const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
for (const [provider, url] of [
  ['sqlite', `file:${join(out, 'shadow.db')}`],
  ['postgresql', process.env.SHADOW_DATABASE_URL ?? 'postgresql://localhost/none'],
]) {
  const schema = schemaText(provider);
  const { engine } = await openSchemaEngine(url, schema, schemaEngineBytes());
  const sql = await diffSchema(engine, readMigrations(provider), schema);
  if (sql === '') continue;
  const dir = join(migrationsDir(provider), `${stamp}_${name}`);
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, 'migration.sql'), sql);
  process.stdout.write(`${dir}\n`);
}
rmSync(out, { recursive: true });
process.exit(0);
