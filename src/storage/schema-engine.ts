/**
 * Prisma's schema engine as WebAssembly, over the same driver adapters as the clients. It writes migrations (`diff`) and
 * applies them. Its module expects a bundler that loads `.wasm` files; Node does not, so it is instantiated by hand.
 * It costs some 60 MB, which is why the service runs it in a child process (`migrate-child.ts`).
 */
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlDriverAdapter,
  type SqlQuery,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import * as glue from '@prisma/schema-engine-wasm/schema_engine_bg';
import { providerOf, sqliteFile, type Provider } from './database-url.ts';

export type SchemaEngine = glue.SchemaEngine;

/** The part of the global that is used here; the types of Node leave it out. */
interface WasmApi {
  instantiate(
    bytes: Uint8Array,
    imports: object,
  ): Promise<{ readonly instance: { readonly exports: { readonly __wbindgen_start: () => void } } }>;
}
const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: WasmApi };

let instantiated: Promise<void> | null = null;

async function instantiate(wasm: Uint8Array): Promise<void> {
  const { instance } = await WebAssembly.instantiate(wasm, { './schema_engine_bg.js': glue });
  // Exported by the glue for the module that a bundler would have made; its types leave it out.
  (glue as unknown as { __wbg_set_wasm(exports: object): void }).__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
}

/** An engine on a database, and how to let go of it. */
export interface OpenEngine {
  readonly engine: SchemaEngine;
  close(): Promise<void>;
}

/** Opens the engine on a database. `schema` is the text of the schema of its provider. */
export async function openSchemaEngine(url: string, schema: string, wasm: Uint8Array): Promise<OpenEngine> {
  await (instantiated ??= instantiate(wasm));
  const provider: Provider = providerOf(url);
  const factory = provider === 'sqlite' ? sqliteFactory(url) : postgresFactory(url);
  const { tracked, dispose } = track(factory);
  const bound = bindMigrationAwareSqlAdapterFactory(tracked);
  const engine = await glue.SchemaEngine.new({ datamodels: [['schema.prisma', schema]] }, () => undefined, bound);
  return {
    engine,
    async close() {
      engine.free();
      await dispose();
    },
  };
}

const sqliteFactory = (url: string): SqlMigrationAwareDriverAdapterFactory =>
  new PrismaBetterSqlite3({ url: sqliteFile(url) }, { shadowDatabaseUrl: ':memory:' });

/** For its shadow database the adapter changes `database` of its configuration, which a connection string would override. */
function postgresFactory(url: string): SqlMigrationAwareDriverAdapterFactory {
  const { hostname, port, username, password, pathname } = new URL(url);
  const parts = { host: hostname, port: Number(port || 5432), user: username, password, database: pathname.slice(1) };
  const shadow = new PrismaPg(parts);
  const factory = new PrismaPg({ connectionString: url });
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: () => factory.connect(),
    connectToShadowDb: () => shadow.connectToShadowDb(),
  };
}

/** Remembers the connections that the engine opens: it does not close them itself. */
function track(factory: SqlMigrationAwareDriverAdapterFactory) {
  const open: SqlDriverAdapter[] = [];
  const remember = async (connecting: Promise<SqlDriverAdapter>): Promise<SqlDriverAdapter> => {
    const adapter = await connecting;
    open.push(adapter);
    return adapter.provider === 'sqlite' ? withScripts(adapter) : adapter;
  };
  const tracked: SqlMigrationAwareDriverAdapterFactory = {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: () => remember(factory.connect()),
    connectToShadowDb: () => remember(factory.connectToShadowDb()),
  };
  // A shadow database is closed by the engine: closing twice is no error worth telling.
  const dispose = async (): Promise<void> => void (await Promise.allSettled(open.map((adapter) => adapter.dispose())));
  return { tracked, dispose };
}

/** Onto a shadow database the engine writes a whole migration as one statement, which better-sqlite3 refuses. */
function withScripts(adapter: SqlDriverAdapter): SqlDriverAdapter {
  const executeRaw = adapter.executeRaw.bind(adapter);
  return Object.assign(adapter, {
    executeRaw: async (query: SqlQuery): Promise<number> => {
      if (query.args.length > 0) return executeRaw(query);
      await adapter.executeScript(query.sql);
      return 0;
    },
  });
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
