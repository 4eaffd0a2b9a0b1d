/** `case list|show|export`: cases as they stand. */
import { CASE_STATUSES } from '../../casework/index.ts';
import { recordOf, type CaseLine } from '../../service/index.ts';
import { DONE, readArgs, Refused, WrongUsage, type Command, type CommandIo } from '../command.ts';
import { withStore } from '../database.ts';

const LISTED_AT_MOST = 1_000;

export const caseCommand: Command = {
  name: 'case',
  async run(args, io) {
    const [verb, ...rest] = args;
    if (verb === 'list') return list(rest, io);
    if (verb === 'show') return show(rest, io);
    if (verb === 'export') return (await import('./case-export.ts')).caseExport(rest, io);
    throw new WrongUsage('');
  },
};

async function list(args: readonly string[], io: CommandIo): Promise<number> {
  const options = {
    province: { type: 'string' },
    status: { type: 'string' },
    search: { type: 'string' },
  } as const;
  const { values } = readArgs(args, options, [0, 0]);
  const { province, search } = values;
  const status = CASE_STATUSES.find((each) => each === values.status);
  if (values.status !== undefined && status === undefined) throw new WrongUsage('');
  const lines = await withStore(io, (store) =>
    store.listCases({
      ...(province !== undefined && { provinces: [province] }),
      ...(status !== undefined && { statuses: [status] }),
      ...(search !== undefined && { search }),
      order: 'newest',
      limit: LISTED_AT_MOST,
      offset: 0,
    }),
  );
  if (io.json) io.data(lines);
  else if (lines.length === 0) io.out(io.text('records.noCases'));
  else for (const line of lines) io.out(textOf(line, io));
  return DONE;
}

const textOf = ({ code, status, title, province, officer, openedAt }: CaseLine, io: CommandIo): string =>
  io.text('records.caseLine', {
    code,
    status: io.text(`records.status-of-case.${status}`),
    title,
    province: province ?? '–',
    officer: officer?.name ?? '–',
    at: { time: openedAt },
  });

async function show(args: readonly string[], io: CommandIo): Promise<number> {
  const { positionals } = readArgs(args, {}, [1, 1]);
  const code = positionals[0] ?? '';
  const one = await withStore(io, (store) => store.findCase(code));
  if (one === null) throw new Refused(io.text('records.noSuchCase', { code }));
  const shown = recordOf(one);
  if (io.json) io.data(shown);
  else for (const [key, value] of Object.entries(shown)) io.out(`${key}: ${asText(value)}`);
  return DONE;
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
