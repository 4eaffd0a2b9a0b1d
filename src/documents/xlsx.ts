/**
 * A table as a workbook: the first sheet holds the keys and the rows, the second says what each key means. Money and
 * numbers are numbers, instants are dates in Vietnam; everything else is text and stays text, whatever it begins with.
 */
import ExcelJS from 'exceljs';
import type { Cell, CellKind, Column, Table } from '../service/index.ts';
import { xmlText } from './xml-text.ts';

export interface SheetNames {
  readonly rows: string;
  readonly legend: string;
  readonly key: string;
  readonly meaning: string;
}

const FORMATS: Readonly<Record<CellKind, string>> = {
  words: '@',
  code: '@',
  integer: '0',
  money: '#,##0',
  instant: 'dd/mm/yyyy hh:mm',
};
const WIDTHS: Readonly<Record<CellKind, number>> = { words: 32, code: 18, integer: 10, money: 18, instant: 17 };

/** Excel refuses longer cells (https://support.microsoft.com, «Excel specifications and limits», checked 2026-11-25). */
const LONGEST_CELL = 32_767;
/** Excel's dates know no zone: they are written as the clock in Vietnam shows them. */
const VIETNAM_OFFSET_MS = 7 * 60 * 60 * 1000;
const A4 = 9;

export async function writeXlsx(table: Table, names: SheetNames): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook();
  addRows(workbook.addWorksheet(names.rows, { views: [{ state: 'frozen', xSplit: 1, ySplit: 1 }] }), table);
  addLegend(workbook.addWorksheet(names.legend), table.columns, names);
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

function addRows(sheet: ExcelJS.Worksheet, { columns, rows }: Table): void {
  sheet.columns = columns.map(({ key, kind }) => ({ key, header: key, width: WIDTHS[kind] }));
  sheet.getRow(1).font = { bold: true };
  for (const row of rows) {
    const added = sheet.addRow(row.map((cell, at) => valueOf(cell, columns[at]?.kind ?? 'words')));
    added.eachCell((cell, at) => {
      cell.numFmt = typeof row[at - 1] === 'string' ? textFormat(columns[at - 1]) : numberFormat(columns[at - 1]);
    });
  }
  sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1, column: Math.max(1, columns.length) } };
  sheet.pageSetup = { paperSize: A4, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 };
}

const numberFormat = (column: Column | undefined): string => FORMATS[column?.kind ?? 'integer'];
/** A column of numbers may hold several of one case in one cell, as text. */
const textFormat = (column: Column | undefined): string =>
  column?.kind === 'instant' ? FORMATS.instant : FORMATS.words;

function valueOf(cell: Cell, kind: CellKind): string | number | Date | null {
  if (cell === null || typeof cell === 'number') return cell;
  const time = kind === 'instant' ? Date.parse(cell) : Number.NaN;
  return Number.isNaN(time) ? xmlText(cell.slice(0, LONGEST_CELL)) : new Date(time + VIETNAM_OFFSET_MS);
}

function addLegend(sheet: ExcelJS.Worksheet, columns: readonly Column[], names: SheetNames): void {
  sheet.columns = [
    { header: names.key, key: 'key', width: 26 },
    { header: names.meaning, key: 'label', width: 60 },
  ];
  sheet.getRow(1).font = { bold: true };
  for (const { key, label } of columns) sheet.addRow([key, label]);
}
