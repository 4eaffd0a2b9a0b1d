/** `faq ask|eval|worklist`: what the bot would answer, how well it does, and what it could not answer. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDay, type Day } from '../../base/index.ts';
import type { FaqEntry, Pack, Province } from '../../content/index.ts';
import {
  draftOf,
  groupUnanswered,
  type WorkGroup,
  buildFaqIndex,
  figuresOf,
  findFaq,
  judgeCases,
  parseCases,
  type FaqIndex,
  type FindOptions,
  type Judged,
} from '../../faq/index.ts';
import { withStore } from '../database.ts';
import { DONE, readArgs, Refused, WrongUsage, type Command, type CommandIo } from '../command.ts';
import { loadFaqDir } from '../../content/files.ts';

const OPTIONS = {
  faq: { type: 'string' },
  on: { type: 'string' },
  province: { type: 'string' },
  details: { type: 'string' },
} as const;
type Values = { faq?: string | undefined; on?: string | undefined; province?: string | undefined };

export const faq: Command = {
  name: 'faq',
  async run(args, io) {
    const [verb, ...rest] = args;
    if (verb === 'ask') return ask(rest, io);
    if (verb === 'eval') return evaluate(rest, io);
    if (verb === 'worklist') return worklist(rest, io);
    throw new WrongUsage('');
  },
};

async function ask(args: readonly string[], io: CommandIo): Promise<number> {
  const { values, positionals } = readArgs(args, OPTIONS, [1, 1]);
  const pack = await io.loadPack();
  const options = optionsFrom(values, io, pack);
  const index = await indexFor(values, io, pack);
  const start = milliseconds();
  const { decision, hits, intent } = findFaq(index, positionals[0] ?? '', options);
  const ms = Math.round((milliseconds() - start) * 1000) / 1000;
  if (io.json) {
    io.data({ decision, hits, ...(intent !== undefined && { intent }), ms });
    return DONE;
  }
  io.out(io.text(`cli.faq.${decision}`) + (intent === undefined ? '' : ` (${intent})`));
  const titles = new Map(index.entries.map(({ entry }) => [entry.id, entry.questions[0] ?? '']));
  for (const { id, score } of hits) io.out(`  ${score.toFixed(3)}  ${id}  ${titles.get(id) ?? ''}`);
  return DONE;
}

async function evaluate(args: readonly string[], io: CommandIo): Promise<number> {
  const { values, positionals } = readArgs(args, OPTIONS, [1, 1]);
  const file = positionals[0] ?? '';
  const text = await readFile(io.path(file), 'utf8').catch(() => {
    throw new Refused(io.text('cli.faq.noFile', { file }));
  });
  const pack = await io.loadPack();
  const options = optionsFrom(values, io, pack);
  const index = await indexFor(values, io, pack);
  const judged = judgeCases(index, parseCases(text), options, milliseconds);
  const figures = figuresOf(judged);
  if (values.details !== undefined) await writeFile(io.path(values.details), judged.map(detail).join(''));
  if (io.json) io.data(figures);
  else
    for (const [key, value] of Object.entries(figures))
      io.out(`${key}\t${typeof value === 'object' ? JSON.stringify(value) : value}`);
  return DONE;
}

const MOST_QUESTIONS = 5_000;

/** Groups what is unanswered; with `--out DIR` writes a FAQ file for each group, and never over one that is there. */
async function worklist(args: readonly string[], io: CommandIo): Promise<number> {
  const { values } = readArgs(args, { out: { type: 'string' } }, [0, 0]);
  const pack = await io.loadPack();
  const index = buildFaqIndex(pack.faq.values(), pack.searchWords, { provinces: pack.provinces.values() });
  const noted = await withStore(io, (store) => store.notedQuestions(MOST_QUESTIONS));
  const unanswered = noted.map(({ id, words, why, faq: entry }) => ({ id, words, why, ...(entry && { faq: entry }) }));
  const groups = groupUnanswered(unanswered, index, io.today).map((group) => ({
    ...group,
    draft: draftOf(group, io.today, io.text('cli.faq.draftAnswer')),
  }));
  if (values.out !== undefined) {
    const dir = io.path(values.out);
    await mkdir(dir, { recursive: true });
    for (const { file, draft } of groups) await writeDraft(dir, `${file}.md`, draft, io);
  }
  if (io.json) io.data(groups);
  else for (const group of groups) io.out(groupText(group, io));
  if (!io.json && groups.length === 0) io.out(io.text('cli.faq.nothingOpen'));
  return DONE;
}

/** An editor may be at work on the file of last time: it stays as it is, and is named. */
async function writeDraft(dir: string, file: string, draft: string, io: CommandIo): Promise<void> {
  try {
    await writeFile(join(dir, file), draft, { flag: 'wx' });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== 'EEXIST') throw new Refused(io.text('records.export.unwritable', { file, why: String(code) }));
    io.err(io.text('cli.faq.fileThere', { file }));
  }
}

const groupText = ({ file, questions, nearest }: WorkGroup, io: CommandIo): string =>
  [
    io.text('cli.faq.group', { count: questions.length, file: `${file}.md` }),
    ...questions.slice(0, 5).map(({ words }) => `  - ${words}`),
    ...(nearest.length === 0 ? [] : [`  ${io.text('cli.faq.nearest', { ids: nearest.join(', ') })}`]),
  ].join('\n');

const detail = ({ query, decision, hits }: Judged): string =>
  `${[query, decision, ...hits.map(({ id, score }) => `${id}:${score}`)].join('\t')}\n`;

/**
 * With `--faq DIR` the files of that folder stand in for the pack's own entries; lexicon and provinces stay ours, and our
 * entries still tell how common a word is.
 */
async function indexFor(values: Values, io: CommandIo, pack: Pack): Promise<FaqIndex> {
  const entries = values.faq === undefined ? pack.faq.values() : await entriesOf(io.path(values.faq), io);
  const background = values.faq === undefined ? [] : pack.faq.values();
  const index = buildFaqIndex(entries, pack.searchWords, { provinces: pack.provinces.values(), background });
  warmUp(index, io.today);
  return index;
}

async function entriesOf(dir: string, io: CommandIo): Promise<Iterable<FaqEntry>> {
  const loaded = await loadFaqDir(dir, { lang: io.lang });
  if (loaded.ok) return loaded.faq.values();
  const errors = loaded.issues.filter(({ severity }) => severity === 'error');
  throw new Refused(errors.map(({ file, line, rule, message }) => `${file}:${line} [${rule}] ${message}`).join('\n'));
}

const WARM_UP_QUESTIONS = 400;

/** The first questions of a process run uncompiled code; a service has that behind it, a command has not. */
function warmUp(index: FaqIndex, on: Day): void {
  const questions = index.entries.flatMap(({ entry }) => entry.questions).slice(0, WARM_UP_QUESTIONS);
  for (const question of questions) findFaq(index, question, { on });
}

function optionsFrom({ on, province }: Values, io: CommandIo, pack: Pack): FindOptions {
  if (on !== undefined && !isDay(on)) throw new WrongUsage(io.text('cli.faq.notADay', { value: on }));
  const day = on === undefined ? io.today : on;
  if (province === undefined) return { on: day };
  const names = ({ id, former }: Province) => [String(id), ...former.map((old) => String(old.id))];
  const known = [...pack.provinces.values()].find((each) => names(each).includes(province));
  if (!known) throw new WrongUsage(io.text('cli.faq.noProvince', { value: province }));
  return { on: day, province: known.id };
}

const milliseconds = (): number => Number(process.hrtime.bigint()) / 1e6;
