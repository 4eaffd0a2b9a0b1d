/**
 * Raw statements past Prisma's client, whose own way costs ten times the statement itself (docs/benchmarks.md). Only the hot
 * path feels that: everything else uses the client. Here over the driver adapter, which PostgreSQL has; SQLite's is in
 * `sqlite-adapter.ts`.
 */
import type { ArgType, SqlDriverAdapter, SqlQuery, SqlQueryable, SqlResultSet } from '@prisma/driver-adapter-utils';
import type { SqlValue } from './sql.ts';

/** What a raw statement needs; a transaction of the client has it too. */
export interface RawTx {
  $executeRawUnsafe(text: string, ...values: SqlValue[]): Promise<number>;
  $queryRawUnsafe<Rows>(text: string, ...values: SqlValue[]): Promise<Rows>;
  /** Runs a statement once for each row, where that costs less than one statement over all; answers what they return. */
  each?<Row>(text: string, rows: readonly (readonly SqlValue[])[]): Promise<Row[]>;
}

export interface Direct {
  /** Statements each by itself. */
  readonly raw: RawTx;
  /** Runs `work` in a transaction: all of it is stored, or nothing. */
  readonly transaction: <T>(work: (tx: RawTx) => Promise<T>) => Promise<T>;
  /** After an erasure: sees to it that no bytes of what was erased are left in the database's files. */
  readonly scrub: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export const directOver = (connect: () => Promise<SqlDriverAdapter>): Direct => ({
  raw: rawOf(connect),
  transaction: async (work) => inTransaction(await connect(), work),
  scrub: async () => undefined, // PostgreSQL's own vacuum does that
  close: async () => undefined, // the connections are the client's
});

async function inTransaction<T>(adapter: SqlDriverAdapter, work: (tx: RawTx) => Promise<T>): Promise<T> {
  const transaction = await adapter.startTransaction();
  const end = (sql: 'COMMIT' | 'ROLLBACK') => transaction.executeRaw(queryOf(sql, []));
  let result: T;
  try {
    result = await work(rawOf(() => transaction));
    await end('COMMIT');
  } catch (error) {
    await end('ROLLBACK').catch(() => undefined); // it may be over already
    await transaction.rollback();
    throw error;
  }
  await transaction.commit();
  return result;
}

const rawOf = (target: () => SqlQueryable | Promise<SqlQueryable>): RawTx => ({
  $executeRawUnsafe: async (text, ...values) => (await target()).executeRaw(queryOf(text, values)),
  $queryRawUnsafe: async <Rows>(text: string, ...values: SqlValue[]) =>
    rowsOf(await (await target()).queryRaw(queryOf(text, values))) as Rows,
});

const queryOf = (sql: string, values: readonly SqlValue[]): SqlQuery => ({
  sql,
  args: [...values],
  argTypes: values.map(typeOf),
});

const TYPES = {
  string: { scalarType: 'string', arity: 'scalar' },
  number: { scalarType: 'int', arity: 'scalar' },
  bigint: { scalarType: 'bigint', arity: 'scalar' },
  boolean: { scalarType: 'boolean', arity: 'scalar' },
} as const satisfies Record<string, ArgType>;

const typeOf = (value: SqlValue): ArgType => TYPES[value === null ? 'string' : (typeof value as keyof typeof TYPES)];

const rowsOf = ({ columnNames, rows }: SqlResultSet): Record<string, unknown>[] =>
  rows.map((row) => Object.fromEntries(columnNames.map((name, at) => [name, row[at]])));
