/** The preliminary result in words: each condition with ✓ ✗ ?, what would turn it, what nobody can check here, who decides. */
import { programmeId } from '../base/index.ts';
import type { Block, Label } from '../content/index.ts';
import type { Judgement, ProgrammeVerdict, Reason } from '../policy/index.ts';
import { articleOf, citesBlock, instrumentOf, shortCite } from './cites.ts';
import { choice } from './labels.ts';
import type { Choice, Message } from './message.ts';
import { elsewhereBlocks } from './questions.ts';
import { type Scene, command, lines, message, named, para } from './step.ts';

export interface VerdictOptions {
  /** A province that this deployment does not serve: the centre to go to is named instead of a registration. */
  readonly elsewhere: string | null;
}

export function verdictMessage(scene: Scene, judgement: Judgement, options: VerdictOptions): Message {
  const [national, ...local] = judgement.programmes;
  const blocks: Block[] = [para(named(`verdict.${judgement.national.verdict}`), 'bold')];
  if (national !== undefined) blocks.push(...reasonBlocks(scene, national), ...turnBlocks(national));
  const seen = local.filter(
    ({ verdict, elsewhere }) => elsewhere !== true && (verdict === 'review' || verdict === 'likely'),
  );
  if (seen.length > 0)
    blocks.push(para(named('verdict.local', { list: { list: seen.map((one) => titleOf(scene, one)) } })));
  if (national !== undefined && national.unchecked.length > 0)
    blocks.push(para(named('verdict.unchecked', { list: { list: national.unchecked.map((words) => ({ words })) } })));
  blocks.push(para(named('verdict.preliminary'), 'quiet'));
  if (options.elsewhere !== null) blocks.push(...elsewhereBlocks(scene, options.elsewhere));
  return message(blocks, verdictChoices(scene, options), { id: 'menu', kind: 'choice' });
}

function verdictChoices({ library }: Scene, { elsewhere }: VerdictOptions): readonly Choice[] {
  const entry = (name: string) => choice(library, `menu=${name}`, name);
  return [
    ...(elsewhere === null ? [entry('registration')] : []),
    command('ceilings'),
    entry('staff'),
    command('edit'),
    entry('policy'),
    command('menu'),
  ];
}

const titleOf = ({ library }: Scene, { id }: ProgrammeVerdict): Label => ({
  words: library.pack.programmes.get(programmeId(id))?.title ?? id,
});

const markOf = ({ holds }: Reason): string => (holds === null ? 'doubt' : holds ? 'holds' : 'fails');

/**
 * The deciding lines first: what fails, what is in doubt, then what holds; below them the texts that they rest on, so that
 * where there is only one each line names its article alone.
 */
function reasonBlocks(scene: Scene, { reasons }: ProgrammeVerdict): readonly Block[] {
  const order = ['fails', 'doubt', 'holds'];
  const sorted = [...reasons].sort((a, b) => order.indexOf(markOf(a)) - order.indexOf(markOf(b)));
  if (sorted.length === 0) return [];
  const texts = [...new Set(sorted.flatMap(({ cites }) => cites.slice(0, 1).map(instrumentOf)))];
  const cite = texts.length === 1 ? articleOf : shortCite;
  const marked = lines(
    sorted.map((reason) => reasonLabel(scene, reason, cite)),
    'lines',
  );
  const sources = citesBlock(scene.library, texts, scene.today);
  return sources === null ? [marked] : [marked, sources];
}

/** A condition as one line: its mark, its words, its first source. */
export function reasonLabel({ library }: Pick<Scene, 'library'>, reason: Reason, cite = shortCite): Label {
  const cites = reason.cites.slice(0, 1).flatMap((id) => cite(library, id) ?? []);
  const values = { because: { label: { words: reason.because } }, cites: { list: cites } } as const;
  return named(cites.length === 0 ? `verdict.${markOf(reason)}` : `verdict.${markOf(reason)}Cited`, values);
}

/** «Nếu xưởng nằm trong làng nghề được tỉnh công nhận thì phù hợp»: in the words of the programme. */
const turnBlocks = ({ wouldTurn }: ProgrammeVerdict): readonly Block[] =>
  wouldTurn.slice(0, 2).map(({ words }) => para({ words }));
