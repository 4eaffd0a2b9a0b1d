/**
 * Statements over many rows, written the same for both databases. Only the hot path and what Prisma's models cannot say
 * use them; names of tables and columns are constants of the program, values always parameters.
 */
import type { Provider } from './database-url.ts';
import type { RawTx } from './direct.ts';

export type SqlValue = string | number | bigint | boolean | null;

/** Collects parameters while a statement is written. */
export class Statement {
  readonly #provider: Provider;
  readonly values: SqlValue[] = [];
  text = '';

  constructor(provider: Provider) {
    this.#provider = provider;
  }

  /** A placeholder for a value. */
  param(value: SqlValue): string {
    this.values.push(value);
    return this.#provider === 'sqlite' ? '?' : `$${this.values.length}`;
  }

  /** `(?, ?), (?, ?)` */
  rows(rows: readonly (readonly SqlValue[])[]): string {
    return rows.map((row) => `(${row.map((value) => this.param(value)).join(',')})`).join(',');
  }

  list(values: readonly SqlValue[]): string {
    return `(${values.map((value) => this.param(value)).join(',')})`;
  }

  insert(table: string, columns: readonly string[], rows: readonly (readonly SqlValue[])[]): this {
    this.text += `INSERT INTO "${table}" (${columns.map((column) => `"${column}"`).join(',')}) VALUES ${this.rows(rows)}`;
    return this;
  }

  add(text: string): this {
    this.text += text;
    return this;
  }

  execute(tx: RawTx): Promise<number> {
    return tx.$executeRawUnsafe(this.text, ...this.values);
  }

  query<Row>(tx: RawTx): Promise<Row[]> {
    return tx.$queryRawUnsafe<Row[]>(this.text, ...this.values);
  }
}

/** Inserts rows, however many; `more` follows the values and has no parameters. Answers what it returns. */
export function insertRows<Row>(
  { provider, tx }: { readonly provider: Provider; readonly tx: RawTx },
  table: string,
  columns: readonly string[],
  rows: readonly (readonly SqlValue[])[],
  more = '',
): Promise<Row[]> {
  if (tx.each === undefined) return new Statement(provider).insert(table, columns, rows).add(more).query<Row>(tx);
  const into = new Statement(provider).insert(table, columns, [columns.map(() => null)]).add(more);
  return tx.each<Row>(into.text, rows);
}
