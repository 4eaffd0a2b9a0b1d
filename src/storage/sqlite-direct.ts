/** Raw statements on a connection of better-sqlite3: prepared once, run once for each row. */
import type Sqlite from 'better-sqlite3';
import type { RawTx } from './direct.ts';
import type { SqlValue } from './sql.ts';

/** Statements kept prepared; longer ones are lists of many values and hardly come again. */
const KEPT = 64;
const LENGTH_KEPT = 2_000;

export function preparedStatements(db: Sqlite.Database): Required<RawTx> {
  const kept = new Map<string, Sqlite.Statement<[SqlValue[]]>>();
  const prepare = (text: string): Sqlite.Statement<[SqlValue[]]> => {
    const known = kept.get(text);
    if (known !== undefined) return known;
    const statement = db.prepare<[SqlValue[]]>(text);
    if (text.length <= LENGTH_KEPT && kept.size < KEPT) kept.set(text, statement);
    return statement;
  };
  return {
    $executeRawUnsafe: async (text, ...values) => prepare(text).run(bound(values)).changes,
    $queryRawUnsafe: async <Rows>(text: string, ...values: SqlValue[]) => prepare(text).all(bound(values)) as Rows,
    async each<Row>(text: string, rows: readonly (readonly SqlValue[])[]) {
      const statement = prepare(text);
      if (statement.reader) return rows.flatMap((row) => statement.all(bound(row)) as Row[]);
      for (const row of rows) statement.run(bound(row));
      return [];
    },
  };
}

/** SQLite has no booleans. */
const bound = (values: readonly SqlValue[]): SqlValue[] =>
  values.map((value) => (typeof value === 'boolean' ? Number(value) : value));
