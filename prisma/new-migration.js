// Writes the next migration of both databases: `node prisma/new-migration.js <name>` compares the schema of the last commit
// with the one in the folder. Read what it wrote before committing. For PostgreSQL the engine wants to see a server:
// DATABASE_URL names any (nothing is changed there). A test proves that the migrations add up to the schema.
import { execFileSync } from 'node:child_process';
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
const { diffSchemas, migrationsDir, openSchemaEngine, schemaEngineBytes, schemaText } = await import(
  join(out, 'engine.mjs')
);
/** The schema of the last commit; null when there is none yet. */
function committed(provider) {
  const path = provider === 'sqlite' ? 'prisma/schema.prisma' : `prisma/${provider}/schema.prisma`;
  try {
    return execFileSync('git', ['show', `HEAD:${path}`], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch {
    return null;
  }
}

const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
for (const [provider, url] of [
  ['sqlite', `file:${join(out, 'shadow.db')}`],
  ['postgresql', process.env.DATABASE_URL ?? ''],
]) {
  if (url === '') continue;
  const schema = schemaText(provider);
  const { engine } = await openSchemaEngine(url, schema, schemaEngineBytes());
  const sql = await diffSchemas(engine, committed(provider), schema);
  if (sql === '') continue;
  const dir = join(migrationsDir(provider), `${stamp}_${name}`);
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, 'migration.sql'), sql);
  process.stdout.write(`${dir}\n`);
}
rmSync(out, { recursive: true });
process.exit(0);
