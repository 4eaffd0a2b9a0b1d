/**
 * `law changes|announce|dismiss`: for centres without a desk, whose preliminary results differ since the law or the content
 * changed, what each owner would read, and the word of a person that they may. The running service sends it.
 */
import { openLibrary } from '../../conversation/index.ts';
import { deskVoice, lawView, type FlipFilter, type FlipView, type LawView } from '../../service/index.ts';
import { createTexts } from '../../texts/index.ts';
import { DONE, readArgs, Refused, WrongUsage, type Command, type CommandIo } from '../command.ts';
import { withStore } from '../database.ts';

const AT_MOST = { changes: 100, flips: 1_000 };
/** Who has the command line sees the whole country. */
const EVERYWHERE = { provinces: [] };

export const law: Command = {
  name: 'law',
  async run(args, io) {
    const [verb, ...rest] = args;
    if (verb === 'changes') return changes(rest, io);
    if (verb === 'announce') return decide('approved', rest, io);
    if (verb === 'dismiss') return decide('dismissed', rest, io);
    throw new WrongUsage('');
  },
};

async function changes(args: readonly string[], io: CommandIo): Promise<number> {
  readArgs(args, {}, [0, 0]);
  const pack = await io.loadPack();
  const texts = createTexts(pack.texts);
  // Messages are the same whatever this deployment serves, but for where an owner is sent.
  const library = openLibrary(pack, { served: null, handoverHours: 0 });
  const view = await withStore(io, (store) =>
    lawView({ store, voice: deskVoice(library, texts, io.lang), texts, now: io.now }, EVERYWHERE, AT_MOST),
  );
  if (io.json) io.data(view);
  else linesOf(view, io).forEach((line) => io.out(line));
  return DONE;
}

function linesOf({ counts, groups }: LawView, io: CommandIo): readonly string[] {
  const summary = counts.map(({ words, count }) => `${words}: ${count}`).join(' · ');
  const found = groups.flatMap(({ cause, count, flips }) => [
    '',
    `${cause} (${io.text('law.desk.count', { count })})`,
    ...flips.flatMap((flip) => flipLines(flip, io)),
  ]);
  return [summary, ...(groups.length === 0 ? [io.text('law.desk.none')] : found)];
}

const flipLines = (
  { id, name, code, province, changes: changed, message, choices, waits }: FlipView,
  io: CommandIo,
) => [
  '',
  `${id}  ${[name, code, province].filter((part) => part !== null).join(' · ')}`,
  ...changed.map((words) => `  ${words}`),
  ...(waits ? [`  ${io.text('law.desk.waits')}`] : []),
  `  ${io.text('law.desk.message')}:`,
  ...message.map((words) => `    ${words}`),
  `    ${choices.map((label) => `[${label}]`).join(' ')}`,
];

async function decide(status: 'approved' | 'dismissed', args: readonly string[], io: CommandIo): Promise<number> {
  const options = { all: { type: 'boolean' }, by: { type: 'string' } } as const;
  const { values, positionals } = readArgs(args, options, [0, AT_MOST.flips]);
  const all = values.all === true;
  if (all === positionals.length > 0) throw new WrongUsage('');
  const which: FlipFilter = all ? {} : { ids: positionals };
  const by = values.by ?? io.text('law.cli.somebody');
  const count = await withStore(io, (store) => store.decideFlips(which, { status, by, at: io.now }));
  if (count === 0) throw new Refused(io.text('law.cli.nothing'));
  if (io.json) io.data({ count });
  else io.out(io.text(`law.cli.${status}`, { count }));
  return DONE;
}
