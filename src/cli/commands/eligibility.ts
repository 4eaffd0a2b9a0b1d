/** `eligibility check FACTS.yaml`, `eligibility examples`: the judgement of the bot, asked from outside. */
import { readFile } from 'node:fs/promises';
import { parseAllDocuments } from 'yaml';
import { isDay, type Day } from '../../base/index.ts';
import type { Pack } from '../../content/index.ts';
import { judge, parseFacts, runExamples, type FactError, type Facts, type Judgement } from '../../policy/index.ts';
import { DONE, FAILED, readArgs, Refused, WrongUsage, type Command, type CommandIo } from '../command.ts';

const MAX_FACTS_BYTES = 1024 * 1024;

export const eligibility: Command = {
  name: 'eligibility',
  async run(args, io) {
    const [verb = '', ...rest] = args;
    if (verb === 'check') return check(rest, io);
    if (verb === 'examples') return examples(rest, io);
    throw new WrongUsage(verb === '' ? '' : io.text('cli.unknownSubcommand', { command: 'eligibility', name: verb }));
  },
};

/** A case of the file: its facts, and the day that it carries itself. */
interface Case {
  readonly facts: Facts;
  readonly on?: Day;
}

async function check(args: readonly string[], io: CommandIo): Promise<number> {
  const { values, positionals } = readArgs(args, { on: { type: 'string' } }, [0, 1]);
  const [typed] = positionals;
  if (typed === undefined) throw new WrongUsage(io.text('cli.missingWord', { what: 'FACTS.yaml' }));
  if (values.on !== undefined && !isDay(values.on)) {
    throw new WrongUsage(io.text('cli.eligibility.wrongDay', { value: values.on }));
  }
  const day = values.on ?? io.today;
  const pack = await io.loadPack();
  const cases = readCases(await readFacts(io.path(typed), typed, io), pack, io);
  const judgements = cases.map(({ facts, on }) => judge(facts, pack, on ?? day));
  if (io.json) io.data(judgements.length === 1 ? judgements[0] : judgements);
  else judgements.forEach((judgement) => print(judgement, pack, io));
  return DONE;
}

async function readFacts(path: string, typed: string, io: CommandIo): Promise<string> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new Refused(io.text('cli.eligibility.unreadable', { file: typed, why: codeOf(error) }));
  });
  if (bytes.length > MAX_FACTS_BYTES) throw new Refused(io.text('cli.eligibility.tooLarge', { file: typed }));
  return bytes.toString('utf8').replace(/^\uFEFF/, '');
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error);

/** The documents of the file, one case each; nothing at all is a case without facts. */
function readCases(text: string, pack: Pack, io: CommandIo): readonly Case[] {
  const documents = parseAllDocuments(text, { schema: 'core', prettyErrors: false, logLevel: 'error' });
  const plain = 'empty' in documents ? [undefined] : documents.map((document) => plainOf(document, io));
  const read = plain.map((value, at) => readCase(value, plain.length > 1 ? at + 1 : null, pack, io));
  const refused = read.flatMap((each) => ('refused' in each ? each.refused : []));
  if (refused.length > 0) throw new Refused(refused.join('\n'));
  return read.flatMap((each) => ('refused' in each ? [] : [each]));
}

interface YamlDocument {
  readonly errors: readonly { readonly message: string }[];
  toJS(options: { readonly maxAliasCount: number }): unknown;
}

function plainOf(document: YamlDocument, io: CommandIo): unknown {
  const [mistake] = document.errors;
  if (mistake !== undefined) throw new Refused(io.text('cli.eligibility.noYaml', { why: mistake.message }));
  try {
    return document.toJS({ maxAliasCount: 10 });
  } catch (error) {
    throw new Refused(
      io.text('cli.eligibility.noYaml', { why: error instanceof Error ? error.message : String(error) }),
    );
  }
}

function readCase(
  value: unknown,
  number: number | null,
  pack: Pack,
  io: CommandIo,
): Case | { readonly refused: readonly string[] } {
  const where = number === null ? '' : io.text('cli.eligibility.inDocument', { number });
  const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value);
  const { on, ...rest } = isRecord ? (value as Record<string, unknown>) : { on: undefined };
  const facts = parseFacts(isRecord ? rest : value, pack);
  const refused = facts.ok ? [] : facts.error.map((error) => `${where}${errorLine(error, io)}`);
  if (on !== undefined && !(typeof on === 'string' && isDay(on))) {
    refused.push(`${where}${io.text('cli.eligibility.wrongDay', { value: String(on) })}`);
  } else if (facts.ok) return { facts: facts.value, ...(on === undefined ? {} : { on }) };
  return { refused };
}

function errorLine(error: FactError, io: CommandIo): string {
  switch (error.why) {
    case 'not-a-record':
      return io.text('cli.eligibility.notARecord');
    case 'unknown-key':
      return io.text('cli.eligibility.unknownKey', { key: error.key, known: error.known.join(', ') });
    case 'unknown-value': {
      const { key, value, known } = error;
      if (known.includes(value)) return io.text('cli.eligibility.noList', { key, value });
      return known.length === 0
        ? io.text('cli.eligibility.noNumber', { key, value })
        : io.text('cli.eligibility.unknownValue', { key, value, known: known.join(', ') });
    }
  }
}

/** For people: the verdict first, then each programme with its reasons. */
function print(judgement: Judgement, pack: Pack, io: CommandIo): void {
  const word = (name: string) => io.text(`cli.eligibility.${name}`);
  const decrees = judgement.national.instruments.map((id) => pack.legal.get(id)?.number ?? id);
  io.out(
    io.text('cli.eligibility.title', {
      day: { day: judgement.on },
      verdict: { label: { words: word(`verdict.${judgement.national.verdict}`) } },
      decrees: decrees.length === 0 ? word('noDecree') : decrees.join(', '),
    }),
  );
  for (const { id, verdict, reasons, missing, wouldTurn, unchecked } of judgement.programmes) {
    io.out(`\n${pack.programmes.get(id)?.title ?? id}: ${word(`verdict.${verdict}`)}`);
    for (const reason of reasons) {
      const mark = reason.holds === null ? '?' : reason.holds ? '✓' : '✗';
      io.out(`  ${mark} ${reason.because} [${reason.cites.join(', ')}]`);
    }
    for (const turn of wouldTurn) io.out(`  → ${turn.words}: ${word(`verdict.${turn.to}`)}`);
    if (missing.length > 0) io.out(`  ${word('missing')}: ${missing.join(', ')}`);
    if (unchecked.length > 0) io.out(`  ${word('unchecked')}: ${unchecked.join('; ')}`);
  }
  io.out(`\n${judgement.next === null ? word('nothingToAsk') : `${word('next')}: ${judgement.next}`}`);
  io.out(word('preliminary'));
}

async function examples(args: readonly string[], io: CommandIo): Promise<number> {
  readArgs(args, {}, [0, 0]);
  const runs = runExamples(await io.loadPack());
  const failed = runs.filter(({ ok }) => !ok);
  const shown = runs.map(({ programme, example, verdict, because, ok }) => ({
    programme,
    name: example.name,
    on: example.on,
    ok,
    expected: { verdict: example.verdict, because: example.because ?? null },
    got: { verdict, because },
  }));
  if (io.json) io.data({ ok: failed.length === 0, examples: shown });
  else {
    for (const { programme, name, on, ok, expected, got } of shown) {
      const outcome = ok ? got.verdict : `${expected.verdict} ≠ ${got.verdict} (${got.because.join(', ')})`;
      io.out(`${ok ? '✓' : '✗'} ${programme} · ${on} · ${name}: ${outcome}`);
    }
  }
  const summary = io.text('cli.eligibility.examplesRun', { count: runs.length, failed: failed.length });
  if (failed.length > 0) io.err(summary);
  else if (!io.json) io.out(summary);
  return failed.length === 0 ? DONE : FAILED;
}
