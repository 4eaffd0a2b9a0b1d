/**
 * `content diff BASE`: what an edit does. BASE is a folder or a git revision; compared are the answers to the questions on
 * file and the verdicts of the worked examples of both sides and of the cases in the database.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownContentDir } from '../../content/files.ts';
import type { FaqEntry, Pack, Programme } from '../../content/index.ts';
import { buildFaqIndex, findFaq } from '../../faq/index.ts';
import { runExamples } from '../../policy/index.ts';
import { loadContent } from '../../service/load-content.ts';
import { DONE, readArgs, Refused, WrongUsage, type CommandIo } from '../command.ts';
import { withBase } from '../content-base.ts';
import { issueLine } from '../issue-line.ts';
import { savedVerdicts, type SavedVerdicts } from '../saved-verdicts.ts';

interface Changed {
  readonly before: string;
  readonly after: string;
}

interface ContentDiff {
  readonly base: string;
  readonly faq: {
    readonly added: readonly string[];
    readonly removed: readonly string[];
    /** Entries whose words, sources or validity differ. */
    readonly edited: readonly string[];
    readonly questions: number;
    readonly changed: readonly ({ readonly question: string } & Changed)[];
  };
  readonly verdicts: {
    readonly examples: number;
    readonly changed: readonly ({ readonly programme: string; readonly name: string; readonly on: string } & Changed)[];
  };
  /** null: there is no database here. */
  readonly cases: SavedVerdicts | null;
}

export async function contentDiff(args: readonly string[], io: CommandIo): Promise<number> {
  const { positionals } = readArgs(args, {}, [0, 1]);
  const [base] = positionals;
  if (base === undefined) throw new WrongUsage(io.text('cli.missingWord', { what: 'BASE' }));
  const after = await load(io.contentDir, io);
  const before = await withBase(base, io, (dir) => load(dir, io));
  const diff = { ...compare(base, before, after, io), cases: await savedVerdicts(before, after, io) };
  if (io.json) io.data(diff);
  else print(diff, io);
  return DONE;
}

async function load(dir: string, io: CommandIo): Promise<Pack> {
  const loaded = await loadContent(dir, { lang: io.lang });
  if (loaded.ok) return loaded.pack;
  const lines = loaded.issues.filter(({ severity }) => severity === 'error').map((issue) => issueLine(issue, io.text));
  throw new Refused([io.text('cli.content.diffBroken', { which: dir }), ...lines].join('\n'));
}

function compare(base: string, before: Pack, after: Pack, io: CommandIo): Omit<ContentDiff, 'cases'> {
  const asked = questionsOnFile(before, after);
  const [first, second] = [answersOf(before, io), answersOf(after, io)];
  const answers = asked.map((question) => ({ question, before: first(question), after: second(question) }));
  const { faq: old } = before;
  const entries = [...after.faq.values()];
  const isEdited = (entry: FaqEntry) =>
    old.has(entry.id) && JSON.stringify(old.get(entry.id)) !== JSON.stringify(entry);
  const verdicts = verdictsOf(before, after);
  return {
    base,
    faq: {
      added: entries.filter(({ id }) => !old.has(id)).map(({ id }) => id),
      removed: [...old.keys()].filter((id) => !after.faq.has(id)),
      edited: entries.filter(isEdited).map(({ id }) => id),
      questions: asked.length,
      changed: answers.filter((each) => each.before !== each.after),
    },
    verdicts: { examples: verdicts.length, changed: verdicts.filter((each) => each.before !== each.after) },
  };
}

/** The entries' own questions on both sides, and those of the project's lists (`test/faq/*.tsv`) where they are at hand. */
function questionsOnFile(before: Pack, after: Pack): readonly string[] {
  const own = [before, after].flatMap(({ faq }) => [...faq.values()].flatMap(({ questions }) => questions));
  const lists = join(ownContentDir(), '../test/faq');
  const listed = filesIn(lists, '.tsv').flatMap((file) => readFileSync(join(lists, file), 'utf8').split('\n').slice(1));
  return [...new Set([...own, ...listed.map((line) => line.split('\t')[0]?.trim() ?? '')])].filter(
    (each) => each !== '',
  );
}

function filesIn(dir: string, ending: string): readonly string[] {
  try {
    return readdirSync(dir).filter((file) => file.endsWith(ending));
  } catch {
    return []; // an installed program without its tests
  }
}

/** What the bot does with a question, in one word: the id it answers with, the ids it suggests, or `unknown`. */
function answersOf(pack: Pack, io: CommandIo): (question: string) => string {
  const index = buildFaqIndex(pack.faq.values(), pack.searchWords, { provinces: pack.provinces.values() });
  return (question) => {
    const { decision, hits } = findFaq(index, question, { on: io.today });
    if (decision === 'unknown') return 'unknown';
    const ids = hits.map(({ id }) => id as string);
    return decision === 'answer' ? (ids[0] ?? 'unknown') : `suggest ${[...ids].sort().join(' ')}`;
  };
}

/** The examples of both sides, judged by each side; `–` where it has no such programme. */
function verdictsOf(before: Pack, after: Pack): ContentDiff['verdicts']['changed'] {
  const judged = (pack: Pack, other: Pack) => {
    const programmes = new Map(
      [...pack.programmes].map(([id, programme]) => [id, withExamplesOf(programme, other.programmes.get(id))]),
    );
    const runs = runExamples({ ...pack, programmes });
    return new Map(runs.map((run) => [`${run.programme}\0${run.example.name}\0${run.example.on}`, run.verdict]));
  };
  const first = judged(before, after);
  const second = judged(after, before);
  return [...new Set([...first.keys(), ...second.keys()])].map((key) => {
    const [programme = '', name = '', on = ''] = key.split('\0');
    return { programme, name, on, before: first.get(key) ?? '–', after: second.get(key) ?? '–' };
  });
}

const withExamplesOf = (programme: Programme, other: Programme | undefined): Programme => {
  const known = new Set(programme.examples.map(({ name, on }) => `${name}\0${on}`));
  const more = (other?.examples ?? []).filter(({ name, on }) => !known.has(`${name}\0${on}`));
  return { ...programme, examples: [...programme.examples, ...more] };
};

function print({ faq, verdicts, cases }: ContentDiff, io: CommandIo): void {
  const ids = (key: string, list: readonly string[]) => {
    if (list.length > 0) io.out(io.text(`cli.content.${key}`, { count: list.length, ids: list.join(', ') }));
  };
  ids('diffAdded', faq.added);
  ids('diffRemoved', faq.removed);
  ids('diffWords', faq.edited);
  if (faq.changed.length > 0) {
    io.out(io.text('cli.content.diffAnswers', { count: faq.changed.length, of: faq.questions }));
    for (const { question, before, after } of faq.changed) {
      io.out(io.text('cli.content.diffAnswer', { question, before, after }));
    }
  }
  if (verdicts.changed.length > 0) {
    io.out(io.text('cli.content.diffVerdicts', { count: verdicts.changed.length, of: verdicts.examples }));
    for (const { programme, name, before, after } of verdicts.changed) {
      io.out(io.text('cli.content.diffVerdict', { programme, name, before, after }));
    }
  }
  const flipped = cases?.changed ?? [];
  if (flipped.length > 0) {
    io.out(io.text('cli.content.diffCases', { count: flipped.length, of: cases?.judged ?? 0 }));
    for (const { code, before, after } of flipped) io.out(io.text('cli.content.diffCase', { code, before, after }));
  }
  if (faq.changed.length + verdicts.changed.length + flipped.length === 0) io.out(io.text('cli.content.diffNothing'));
}
