/**
 * Prisma's schema engine as WebAssembly, over the same driver adapters as the clients. It writes migrations (`diff`) and
 * applies them. Its module expects a bundler that loads `.wasm` files; Node does not, so it is instantiated by hand.
 * It costs some 60 MB, which is why the service runs it in a child process (`migrate-child.ts`).
 */
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as glue from '@prisma/schema-engine-wasm/schema_engine_bg';
import { providerOf, sqliteFile, type Provider } from './database-url.ts';

export type SchemaEngine = glue.SchemaEngine;

let instantiated: Promise<void> | null = null;

async function instantiate(wasm: Uint8Array): Promise<void> {
  const { instance } = await WebAssembly.instantiate(new Uint8Array(wasm), {
    './schema_engine_bg.js': glue as unknown as WebAssembly.ModuleImports,
  });
  // Both are exported by the glue for the module that a bundler would have made; its types leave them out.
  (glue as unknown as { __wbg_set_wasm(exports: WebAssembly.Exports): void }).__wbg_set_wasm(instance.exports);
  (instance.exports['__wbindgen_start'] as () => void)();
}

/** Opens the engine on a database. `schema` is the text of the schema of its provider. */
export async function openSchemaEngine(url: string, schema: string, wasm: Uint8Array): Promise<SchemaEngine> {
  await (instantiated ??= instantiate(wasm));
  const provider: Provider = providerOf(url);
  const factory =
    provider === 'sqlite'
      ? new PrismaBetterSqlite3({ url: sqliteFile(url) }, { shadowDatabaseUrl: ':memory:' })
      : new PrismaPg({ connectionString: url });
  return glue.SchemaEngine.new(
    { datamodels: [['schema.prisma', schema]] },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(factory),
  );
}

/** The SQL that brings `migrations` (empty: nothing) to `schema`; '' when they agree. Uses a shadow database. */
export async function diffSchema(
  engine: SchemaEngine,
  migrations: glue.MigrationList,
  schema: string,
): Promise<string> {
  const { stdout } = await engine.diff({
    from: migrations.migrationDirectories.length === 0 ? { tag: 'empty' } : { tag: 'migrations', ...migrations },
    to: { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content: schema }] },
    script: true,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  });
  return /^\s*(-- This is an empty migration\.)?\s*$/.test(stdout ?? '') ? '' : (stdout ?? '');
}
