export { writeCsv } from './csv.ts';
export { LayoutBroken, writeForm } from './docx.ts';
export { writeXlsx } from './xlsx.ts';
