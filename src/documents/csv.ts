/**
 * A table as CSV (RFC 4180): UTF-8 with a byte order mark, without which Excel reads the letters wrong; commas, CRLF.
 * The first line holds the keys. A person's words that a spreadsheet would take for a formula get an apostrophe before.
 */
import type { Cell, CellKind, Table } from '../service/index.ts';

const BYTE_ORDER_MARK = '\uFEFF';

/** Signs that begin a formula, also after blanks and in their full-width forms (OWASP, «CSV Injection»). */
const FORMULA = /^[\s\u0000]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/;

export function writeCsv({ columns, rows }: Table): Uint8Array {
  const head = columns.map(({ key }) => quoted(key)).join(',');
  const lines = rows.map((row) => row.map((cell, at) => fieldOf(cell, columns[at]?.kind ?? 'words')).join(','));
  return new TextEncoder().encode(BYTE_ORDER_MARK + [head, ...lines].map((line) => `${line}\r\n`).join(''));
}

function fieldOf(cell: Cell, kind: CellKind): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  return quoted(kind === 'words' && FORMULA.test(cell) ? `'${cell}` : cell);
}

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
