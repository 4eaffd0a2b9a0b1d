/** `understand eval FILE.tsv`: what the bot would take each text for, as an answer to a question of its kind. */
import { readFile } from 'node:fs/promises';
import type { Day } from '../../base/index.ts';
import {
  indexPlaces,
  notUnderstood,
  readMoment,
  readMoney,
  readNumber,
  readPhone,
  readPlace,
  readTaxCode,
  readYesNo,
  type Place,
  type PlaceIndex,
  type Understood,
  type ValueWords,
} from '../../language/index.ts';
import { DONE, readArgs, Refused, WrongUsage, type Command, type CommandIo } from '../command.ts';

/** At most so many candidates are printed. */
const MOST_CANDIDATES = 5;

interface Case {
  readonly kind: string;
  readonly text: string;
}

type Result =
  | { readonly understood: true; readonly value: unknown }
  | { readonly understood: false; readonly why: string; readonly candidates?: readonly unknown[] };

export const understand: Command = {
  name: 'understand',
  async run(args, io) {
    const [verb, ...rest] = args;
    if (verb !== 'eval') throw new WrongUsage('');
    const { positionals } = readArgs(rest, {}, [1, 1]);
    const cases = parseCases(await readCases(positionals[0] ?? '', io));
    const pack = await io.loadPack();
    const read = readerFor({ words: pack.valueWords, places: indexPlaces(pack.places), today: io.today });
    const results = cases.map(({ kind, text }) => ({ kind, text, result: read(kind, text) }));
    if (io.json) io.data(results);
    else for (const each of results) io.out(`${each.kind}\t${each.text}\t${JSON.stringify(each.result)}`);
    return DONE;
  },
};

async function readCases(file: string, io: CommandIo): Promise<string> {
  try {
    return await readFile(io.path(file), 'utf8');
  } catch {
    throw new Refused(io.text('cli.faq.noFile', { file }));
  }
}

/** Lines `kind<TAB>text<TAB>anything`; empty lines and a header line are skipped. */
export function parseCases(content: string): readonly Case[] {
  const lines = content.replace(/^\ufeff/, '').split(/\r?\n/);
  return lines
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [kind = '', text = ''] = line.split('\t');
      return { kind: kind.trim(), text };
    })
    .filter(({ kind, text }, at) => at > 0 || kind !== 'kind' || text !== 'text');
}

interface Context {
  readonly words: ValueWords;
  readonly places: PlaceIndex;
  readonly today: Day;
}

/** The reader of each kind; a kind that nobody knows is not understood. */
function readerFor({ words, places, today }: Context): (kind: string, text: string) => Result {
  const readers: Readonly<Record<string, (text: string) => Understood<unknown>>> = {
    money: (text) => readMoney(text, words),
    number: (text) => readNumber(text, words),
    phone: (text) => readPhone(text, words),
    'tax-code': (text) => readTaxCode(text, words),
    'yes-no': (text) => readYesNo(text, words),
    date: (text) => readMoment(text, words, today),
    place: (text) => mapPlace(readPlace(text, words, places)),
  };
  return (kind, text) => {
    const reader = Object.hasOwn(readers, kind) ? readers[kind] : undefined;
    return plain(reader === undefined ? notUnderstood('unknown-kind') : reader(text));
  };
}

/** Without what only the chat uses. */
function plain(heard: Understood<unknown>): Result {
  if (heard.understood) return { understood: true, value: heard.value };
  const candidates = heard.candidates?.slice(0, MOST_CANDIDATES);
  return { understood: false, why: heard.why, ...(candidates === undefined ? {} : { candidates }) };
}

function mapPlace(heard: Understood<Place>): Understood<unknown> {
  const brief = ({ province, unitType, unit }: Place) => ({ province, unitType, unit });
  if (heard.understood) return { understood: true, value: brief(heard.value), sure: heard.sure };
  return notUnderstood(heard.why, (heard.candidates ?? []).map(brief));
}
