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
  const factory =
    provider === 'sqlite' ? new PrismaBetterSqlite3({ url: sqliteFile(url) }) : new PrismaPg({ connectionString: url });
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

/** Remembers the connections that the engine opens: it does not close them itself. */
function track(factory: SqlMigrationAwareDriverAdapterFactory) {
  const open: SqlDriverAdapter[] = [];
  const remember = async (connecting: Promise<SqlDriverAdapter>): Promise<SqlDriverAdapter> => {
    const adapter = await connecting;
    open.push(adapter);
    return adapter;
  };
  const tracked: SqlMigrationAwareDriverAdapterFactory = {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: () => remember(factory.connect()),
    connectToShadowDb: () => remember(factory.connectToShadowDb()),
  };
  const dispose = async (): Promise<void> => void (await Promise.allSettled(open.map((adapter) => adapter.dispose())));
  return { tracked, dispose };
}

/**
 * The SQL that brings a database of schema `from` (null: an empty one) to schema `to`; '' when they agree. The schemas are
 * compared as text: over the PostgreSQL adapter the engine cannot read a database's own structure.
 */
export async function diffSchemas(engine: SchemaEngine, from: string | null, to: string): Promise<string> {
  const datamodel = (content: string) => ({
    tag: 'schemaDatamodel' as const,
    files: [{ path: 'schema.prisma', content }],
  });
  const { stdout } = await engine.diff({
    from: from === null ? { tag: 'empty' } : datamodel(from),
    to: datamodel(to),
    script: true,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  });
  return /^\s*(-- This is an empty migration\.)?\s*$/.test(stdout ?? '') ? '' : (stdout ?? '');
}
