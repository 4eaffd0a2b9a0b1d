/** `case export`: the list of cases as a spreadsheet, or the registration form of one case as a Word document. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CASE_STATUSES, type CaseStatus } from '../../casework/index.ts';
import { ownContentDir } from '../../content/files.ts';
import type { Pack } from '../../content/index.ts';
import { openLibrary } from '../../conversation/index.ts';
import { LayoutBroken, writeCsv, writeForm, writeXlsx } from '../../documents/index.ts';
import { caseForm, casesFor, caseTable, deskVoice, type Store } from '../../service/index.ts';
import { createTexts } from '../../texts/index.ts';
import { DONE, readArgs, Refused, WrongUsage, type CommandIo } from '../command.ts';
import { withStore } from '../database.ts';

const FORMATS = ['xlsx', 'csv', 'docx'] as const;
const LAYOUT = 'forms/phieu-dang-ky.docx';

interface Wanted {
  readonly code: string | undefined;
  readonly province: string | undefined;
  readonly status: CaseStatus | undefined;
  readonly search: string | undefined;
}

export async function caseExport(args: readonly string[], io: CommandIo): Promise<number> {
  const options = {
    format: { type: 'string' },
    out: { type: 'string' },
    province: { type: 'string' },
    status: { type: 'string' },
    search: { type: 'string' },
  } as const;
  const { values, positionals } = readArgs(args, options, [0, 1]);
  const { province, search, out } = values;
  const format = FORMATS.find((each) => each === values.format);
  const status = CASE_STATUSES.find((each) => each === values.status);
  const [code] = positionals;
  if (out === undefined) throw new WrongUsage(io.text('cli.missingWord', { what: '--out' }));
  if (format === undefined) throw new WrongUsage(io.text('records.export.formats', { formats: FORMATS.join(', ') }));
  if (values.status !== undefined && status === undefined) throw new WrongUsage('');
  if (format === 'docx' && code === undefined) throw new WrongUsage(io.text('cli.missingWord', { what: 'CODE' }));
  const pack = await io.loadPack();
  const made = await withStore(io, (store) =>
    format === 'docx'
      ? formOf(store, pack, code ?? '', io)
      : tableOf(store, pack, { code, province, status, search }, format, io),
  );
  const file = io.path(out);
  write(file, made.bytes, io);
  if (io.json) io.data({ file, format, cases: made.count });
  else io.out(io.text('records.export.done', { count: made.count, file }));
  return DONE;
}

function write(file: string, bytes: Uint8Array, io: CommandIo): void {
  try {
    writeFileSync(file, bytes);
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw new Refused(io.text('records.export.unwritable', { file, why }));
  }
}

interface Made {
  readonly bytes: Uint8Array;
  readonly count: number;
}

async function tableOf(
  store: Store,
  pack: Pack,
  { code, province, status, search }: Wanted,
  format: 'xlsx' | 'csv',
  io: CommandIo,
): Promise<Made> {
  const cases =
    code !== undefined
      ? [await oneCase(store, code, io)]
      : await casesFor(store, {
          ...(province !== undefined && { province }),
          ...(status !== undefined && { statuses: [status] }),
          ...(search !== undefined && { search }),
          order: 'newest',
        });
  const table = caseTable(pack, cases, (key, values) => io.text(`records.${key}`, values));
  const word = (key: string) => io.text(`records.export.sheet.${key}`);
  const names = { rows: word('rows'), legend: word('legend'), key: word('key'), meaning: word('meaning') };
  return { bytes: format === 'csv' ? writeCsv(table) : await writeXlsx(table, names), count: cases.length };
}

async function oneCase(store: Store, code: string, io: CommandIo) {
  const one = await store.findCase(code);
  if (one === null) throw new Refused(io.text('records.noSuchCase', { code }));
  return one;
}

/** The form is Vietnamese, whoever prints it. */
async function formOf(store: Store, pack: Pack, code: string, io: CommandIo): Promise<Made> {
  const one = await oneCase(store, code, io);
  const state = (await store.loadConversation(one.conversation))?.state ?? null;
  const library = openLibrary(pack, { served: null, handoverHours: 24 });
  const form = caseForm({ voice: deskVoice(library, createTexts(pack.texts), 'vi'), state, now: io.now }, one);
  try {
    return { bytes: writeForm(readLayout(io), form), count: 1 };
  } catch (error) {
    if (!(error instanceof LayoutBroken)) throw error;
    throw new Refused(io.text('records.export.layoutBroken', { file: LAYOUT, places: error.places.join(', ') }));
  }
}

/** The pack's own layout, or the one that comes with the program. */
function readLayout(io: CommandIo): Uint8Array {
  const own = join(io.contentDir, LAYOUT);
  return readFileSync(existsSync(own) ? own : join(ownContentDir(), LAYOUT));
}
