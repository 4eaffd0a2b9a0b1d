// Writes prisma/postgresql/schema.prisma from the hand-written schema: the same models under another provider.
// `node prisma/twin.js`; a test compares both.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const here = import.meta.dirname;

/** The PostgreSQL twin of the schema, as text. */
export function twinOf(schema) {
  const models = schema.slice(schema.indexOf('generator client'));
  return (
    '// Made from ../schema.prisma by `node prisma/twin.js`. Do not edit.\n\n' +
    models
      .replace('"../src/storage/generated/sqlite"', '"../../src/storage/generated/postgresql"')
      .replace('provider = "sqlite"', 'provider = "postgresql"')
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const twin = twinOf(readFileSync(join(here, 'schema.prisma'), 'utf8'));
  writeFileSync(join(here, 'postgresql/schema.prisma'), twin);
}
