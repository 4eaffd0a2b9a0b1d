/**
 * Transactions of raw statements straight over Prisma's driver adapter. The client's own way costs ten times the statement
 * itself (docs/benchmarks.md), which only the hot path feels: everything else uses the client.
 */
import type { ArgType, SqlDriverAdapter, SqlQuery, SqlQueryable, SqlResultSet } from '@prisma/driver-adapter-utils';
import type { SqlValue } from './sql.ts';

/** What a raw statement needs; a transaction of the client has it too. */
export interface RawTx {
  $executeRawUnsafe(text: string, ...values: SqlValue[]): Promise<number>;
  $queryRawUnsafe<Rows>(text: string, ...values: SqlValue[]): Promise<Rows>;
}

/** Raw statements outside any transaction. */
export const directly = (connect: () => Promise<SqlDriverAdapter>): RawTx => rawOf(connect);

/** Runs `work` in a transaction: all of it is stored, or nothing. */
export async function directTransaction<T>(adapter: SqlDriverAdapter, work: (tx: RawTx) => Promise<T>): Promise<T> {
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
