/** `faq ask|eval|worklist`: what the bot would answer, how well it does, and what it could not answer. */
import { readFile, writeFile } from 'node:fs/promises';
import { isDay, provinceCode, type Day } from '../../base/index.ts';
import type { FaqEntry } from '../../content/index.ts';
import {
  buildFaqIndex,
  figuresOf,
  findFaq,
  judgeCases,
  parseCases,
  type FaqIndex,
  type Judged,
} from '../../faq/index.ts';
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
    throw new WrongUsage('');
  },
};

async function ask(args: readonly string[], io: CommandIo): Promise<number> {
  const { values, positionals } = readArgs(args, OPTIONS, [1, 1]);
  const index = await indexFor(values, io);
  const options = optionsFrom(values, io);
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
  const index = await indexFor(values, io);
  const judged = judgeCases(index, parseCases(text), optionsFrom(values, io), milliseconds);
  const figures = figuresOf(judged);
  if (values.details !== undefined) await writeFile(io.path(values.details), judged.map(detail).join(''));
  if (io.json) io.data(figures);
  else
    for (const [key, value] of Object.entries(figures))
      io.out(`${key}\t${typeof value === 'object' ? JSON.stringify(value) : value}`);
  return DONE;
}

const detail = ({ query, decision, hits }: Judged): string =>
  `${[query, decision, ...hits.map(({ id, score }) => `${id}:${score}`)].join('\t')}\n`;

/** With `--faq DIR` the files of that folder stand in for the pack's own entries; lexicon and provinces stay ours. */
async function indexFor(values: Values, io: CommandIo): Promise<FaqIndex> {
  const pack = await io.loadPack();
  const entries = values.faq === undefined ? pack.faq.values() : await entriesOf(io.path(values.faq), io);
  const index = buildFaqIndex(entries, pack.searchWords, { provinces: pack.provinces.values() });
  warmUp(index, io.today);
  return index;
}

async function entriesOf(dir: string, io: CommandIo): Promise<Iterable<FaqEntry>> {
  const loaded = await loadFaqDir(dir, { lang: io.lang });
  if (loaded.ok) return loaded.faq.values();
  const errors = loaded.issues.filter(({ severity }) => severity === 'error');
  throw new Refused(errors.map(({ file, line, rule, message }) => `${file}:${line} [${rule}] ${message}`).join('\n'));
}

/** The first questions of a process run uncompiled code; a service has that behind it, a command has not. */
function warmUp(index: FaqIndex, on: Day): void {
  const questions = index.entries.slice(0, 150).flatMap(({ entry }) => entry.questions[0] ?? []);
  for (const question of questions) findFaq(index, question, { on });
}

function optionsFrom(values: Values, io: CommandIo) {
  const { on, province } = values;
  if (on !== undefined && !isDay(on)) throw new WrongUsage(io.text('cli.faq.notADay', { value: on }));
  return { on: on === undefined ? io.today : on, ...(province !== undefined && { province: provinceCode(province) }) };
}

const milliseconds = (): number => Number(process.hrtime.bigint()) / 1e6;
