/** The structure of a database, column by column and index by index, for comparing two of them. */
import Sqlite from 'better-sqlite3';
import pg from 'pg';

interface Structure {
  readonly tables: readonly string[];
}

const SQLITE_COLUMNS = `SELECT m.name AS t, c.name AS c, c.type AS k, c."notnull" AS n, c.dflt_value AS d, c.pk AS p
  FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE '\\_%' ESCAPE '\\'
  AND m.name NOT LIKE 'sqlite%'`;
const SQLITE_INDEXES = `SELECT m.tbl_name AS t, m.name AS c, i.seqno AS k, i.name AS n
  FROM sqlite_master m, pragma_index_info(m.name) i WHERE m.type = 'index' AND m.tbl_name NOT LIKE '\\_%' ESCAPE '\\'`;
const PG_COLUMNS = `SELECT table_name, column_name, data_type, is_nullable, column_default FROM information_schema.columns
  WHERE table_schema = 'public' AND table_name NOT LIKE '\\_%'`;
const PG_INDEXES = `SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename NOT LIKE '\\_%'`;

/** Runs `script` first, where one is given. */
export async function structureOf(url: string, script?: string): Promise<Structure> {
  if (url.startsWith('file:')) {
    const db = new Sqlite(url.slice('file:'.length));
    if (script !== undefined) db.exec(script);
    const rows = [SQLITE_COLUMNS, SQLITE_INDEXES].flatMap((sql) => db.prepare(sql).all());
    db.close();
    return { tables: rows.map((row) => JSON.stringify(row)).sort() };
  }
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    if (script !== undefined) await client.query(script);
    const columns = await client.query(PG_COLUMNS);
    const indexes = await client.query(PG_INDEXES);
    return { tables: [...columns.rows, ...indexes.rows].map((row) => JSON.stringify(row)).sort() };
  } finally {
    await client.end();
  }
}
