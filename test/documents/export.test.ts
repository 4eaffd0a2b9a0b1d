/** Cases as files: what a spreadsheet and Word find in them, and what they must not find. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import PizZip from 'pizzip';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asDay, caseId } from '../../src/base/index.ts';
import type { Case } from '../../src/casework/index.ts';
import { ownContentDir } from '../../src/content/files.ts';
import { LayoutBroken, writeCsv, writeForm } from '../../src/documents/index.ts';
import { loadContent } from '../../src/service/load-content.ts';
import type { StoredConversation } from '../../src/service/index.ts';
import { openStore } from '../../src/storage/index.ts';
import { cli } from '../support/cli.ts';
import { temporaryPostgres, temporarySqlite, type TestDatabase } from '../support/databases.ts';
import { smallPack, writePack } from '../support/small-pack.ts';
import { aCase, aDossier, aTurn, NOW, OWNER } from '../support/turns.ts';

const FIELDS = {
  applicantName: '=HYPERLINK("http://bad.example","Cơ sở")',
  legalForm: 'ho-kinh-doanh',
  sector: 'che-bien-nong-lam-thuy-san',
  supportWanted: ['may-moc', 'hoi-cho'],
  representative: 'Lê Thị Lan',
  phone: '+84912345678',
  taxCode: '0312345678',
  products: 'Bún khô,\n"đặc sản" \u0007',
  totalCost: 1_200_000_000,
  workers: 7,
};

const registration = (more: Partial<Case> = {}): Case =>
  aCase({
    id: caseId('k1'),
    code: 'TH-26-000001',
    dossier: aDossier({
      fields: FIELDS,
      place: { province: 'thanh-hoa', unitType: 'xa', unit: 'Xã Nga Sơn' },
      machines: [{ name: 'Máy sấy', quantity: 2, price: 250_000_000 }],
      documents: { 'bao-gia': { files: [], state: 'later' } },
      verdict: { kind: 'review', holds: 2, of: 4, on: '2026-11-25' },
      consent: { version: '1', at: NOW },
    }),
    ...more,
  });

let folder: string;
let database: TestDatabase;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'khuyencong-export-'))));
afterEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  await database.drop();
});

async function keep(made: TestDatabase, ...cases: readonly Case[]): Promise<void> {
  database = made;
  const store = await openStore({ url: database.url, instance: 'test' });
  const [owner] = (await store.load([OWNER])) as [StoredConversation];
  const writes = cases.map((one) => ({ case: { ...one, conversation: owner.id }, readVersion: 0 }));
  await store.commit([aTurn(owner, 'e1', { cases: writes })]);
  await store.close();
}

const run = (line: string, env: Record<string, string> = {}) =>
  cli(line.split(' '), { DATABASE_URL: database.url, ...env });
const out = (name: string) => join(folder, name);

async function sheetOf(file: string): Promise<ExcelJS.Worksheet> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.readFile(file);
  return workbook.worksheets[0] as ExcelJS.Worksheet;
}

const textOfDocx = (bytes: Uint8Array, part = 'word/document.xml') =>
  (new PizZip(bytes).file(part)?.asText() ?? '').replace(/<[^>]+>/g, '|');

describe('case export as a table', () => {
  it.each([
    ['SQLite', temporarySqlite],
    ['PostgreSQL', temporaryPostgres],
  ])('writes a workbook of typed cells from %s', async (_name, make) => {
    await keep(await make(), registration());
    expect(await run(`case export --format xlsx --out ${out('a.xlsx')}`)).toMatchObject({ code: 0, err: '' });
    const sheet = await sheetOf(out('a.xlsx'));
    const head = (sheet.getRow(1).values as string[]).slice(1);
    const cell = (key: string) => sheet.getRow(2).getCell(head.indexOf(key) + 1);
    expect(cell('code').value).toBe('TH-26-000001');
    expect([cell('totalCost').value, cell('machines.price').value, cell('workers').value]).toEqual([
      1_200_000_000, 250_000_000, 7,
    ]);
    expect([cell('phone').value, cell('phone').numFmt]).toEqual(['+84912345678', '@']);
    expect(cell('taxCode').value).toBe('0312345678');
    expect([cell('applicantName').type, cell('applicantName').value]).toEqual([
      ExcelJS.ValueType.String,
      FIELDS.applicantName,
    ]);
    expect(cell('products').value).toBe('Bún khô,\n"đặc sản" ');
    expect(cell('supportWanted').value).toBe('may-moc; hoi-cho');
    expect(cell('documents.bao-gia').value).toBe('later');
    // 03:00 UTC is 10:00 on the clock in Vietnam, which is what a cell without a zone has to show.
    expect(cell('openedAt').value).toEqual(new Date('2026-11-25T10:00:00.000Z'));
    expect(cell('annualRevenue').value).toBeNull();
  });

  it('writes CSV that Excel reads as UTF-8, without formulas of a stranger', async () => {
    await keep(await temporarySqlite(), registration());
    expect((await run(`case export --format csv --out ${out('a.csv')}`)).code).toBe(0);
    const text = readFileSync(out('a.csv'), 'utf8');
    expect(text.startsWith('\uFEFFcode,about,status,')).toBe(true);
    expect(text).toContain(`"'=HYPERLINK(""http://bad.example"",""Cơ sở"")"`);
    expect(text).toContain(',+84912345678,');
    expect(text).toContain('"Bún khô,\n""đặc sản"" \u0007"');
    expect(text.endsWith('\r\n')).toBe(true);
  });

  it.each(['=1+1', '+1', '-1', '@x', '\t=1', ' =1', '\u00a0+1', '\uFF1D1', '\r1'])('disarms %j', (words) => {
    database = { url: '', drop: async () => undefined };
    const columns = [{ key: 'k', label: 'k', kind: 'words' as const }];
    const [, cell = ''] = new TextDecoder().decode(writeCsv({ columns, rows: [[words]] })).split(/k\r\n/);
    expect(cell.replace(/^"/, '')).toMatch(/^'/);
  });

  it('takes only the cases asked for, beyond one page of them', async () => {
    const many = Array.from({ length: 205 }, (_, at) =>
      registration({
        id: caseId(`k${at}`),
        code: `TH-26-${String(at + 1).padStart(6, '0')}`,
        ...(at < 3 && { status: 'closed' as const }),
      }),
    );
    await keep(await temporarySqlite(), ...many);
    const count = async (more: string) => {
      const { out: said } = await run(`case export --format csv --out ${out('a.csv')} --json ${more}`.trim());
      return (JSON.parse(said) as { cases: number }).cases;
    };
    expect(await count('')).toBe(205);
    expect(new Set(readFileSync(out('a.csv'), 'utf8').match(/TH-26-\d{6}/g)).size).toBe(205);
    expect(await count('--status closed')).toBe(3);
    expect(await count('--province hung-yen')).toBe(0);
    expect(await count('TH-26-000007')).toBe(1);
  });

  it('refuses what it cannot do', async () => {
    await keep(await temporarySqlite(), registration());
    expect((await run('case export --format csv')).code).toBe(2);
    expect((await run(`case export --format pdf --out ${out('a')}`)).code).toBe(2);
    expect((await run(`case export --out ${out('a')}`)).code).toBe(2);
    expect((await run(`case export --format docx --out ${out('a')}`)).code).toBe(2);
    expect((await run(`case export TH-26-999999 --format csv --out ${out('a')}`)).code).toBe(1);
    const nowhere = await run(`case export --format csv --out ${join(folder, 'no', 'such', 'a.csv')}`);
    expect([nowhere.code, nowhere.err]).toMatchObject([1, expect.stringContaining('ENOENT')]);
  });
});

describe('the registration form', () => {
  it('is filled, says that it is no legal filing, and names the sources of the verdict', async () => {
    await keep(await temporarySqlite(), registration());
    const told = await run(`case export th-26-000001 --format docx --out ${out('a.docx')}`);
    expect(told).toMatchObject({ code: 0, err: '' });
    const bytes = readFileSync(out('a.docx'));
    const text = textOfDocx(bytes);
    for (const part of ['TH-26-000001', FIELDS.applicantName.replaceAll('"', '&quot;'), 'Lê Thị Lan', '0912 345 678'])
      expect(text).toContain(part);
    for (const part of [
      'Máy sấy',
      '250 triệu đồng',
      '500 triệu đồng',
      'chưa phải hồ sơ pháp lý',
      'Nghị định 45/2012/NĐ-CP',
    ])
      expect(text).toContain(part);
    expect(text).not.toMatch(/[{}]|undefined|\[object/);
    expect(textOfDocx(bytes, 'word/footer1.xml')).toContain('TH-26-000001');
    expect(new PizZip(bytes).file('word/document.xml')?.asText()).toContain('<w:pgSz w:w="11906" w:h="16838"/>');
  });

  it('stands also for a case with almost nothing in it', async () => {
    const { verdict: _verdict, place: _place, consent: _consent, ...bare } = aDossier({ fields: {} });
    await keep(await temporarySqlite(), registration({ about: 'question', dossier: bare }));
    expect((await run(`case export TH-26-000001 --format docx --out ${out('a.docx')}`)).code).toBe(0);
    expect(textOfDocx(readFileSync(out('a.docx')))).not.toMatch(/[{}]|undefined|Máy móc/);
  });

  it('comes with a layout whose words are NFC and that the content check accepts', async () => {
    database = { url: '', drop: async () => undefined };
    const text = textOfDocx(readFileSync(join(ownContentDir(), 'forms/phieu-dang-ky.docx')));
    expect(text).toBe(text.normalize('NFC'));
    const pack = writePack({ ...smallPack(), 'forms/phieu-dang-ky.docx': new Uint8Array([0x50, 0x4b]) });
    const { issues } = await loadContent(pack.dir, { today: asDay('2026-11-25') });
    pack.remove();
    expect(issues.filter(({ file }) => file.endsWith('.docx'))).toEqual([]);
  });

  it('names the place that a layout got wrong', async () => {
    database = { url: '', drop: async () => undefined };
    const layout = (words: string) => {
      const zip = new PizZip(readFileSync(join(ownContentDir(), 'forms/phieu-dang-ky.docx')));
      const xml = zip.file('word/document.xml')?.asText() ?? '';
      zip.file('word/document.xml', xml.replace('{code}', words));
      return new Uint8Array(zip.generate({ type: 'uint8array' }));
    };
    expect(() => writeForm(layout('{nonesuch}'), {})).toThrow(LayoutBroken);
    expect(() => writeForm(layout('{nonesuch}'), {})).toThrow('nonesuch');
    expect(() => writeForm(layout('{#open}'), {})).toThrow('open');
    expect(() => writeForm(new Uint8Array([1, 2, 3]), {})).toThrow(LayoutBroken);
  });

  it('is refused with the name of the place when the pack has a broken layout', async () => {
    await keep(await temporarySqlite(), registration());
    const pack = writePack({});
    const { cpSync } = await import('node:fs');
    cpSync(ownContentDir(), pack.dir, { recursive: true });
    writeFileSync(join(pack.dir, 'forms/phieu-dang-ky.docx'), 'no document');
    const told = await run(`case export TH-26-000001 --format docx --out ${out('a.docx')}`, { CONTENT_DIR: pack.dir });
    pack.remove();
    expect([told.code, told.err]).toMatchObject([1, expect.stringContaining('phieu-dang-ky.docx')]);
  });
});
