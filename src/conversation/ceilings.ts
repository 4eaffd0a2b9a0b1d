/** What support may amount to, for the kinds that the owner wants: dated, sourced, and never a figure that was not seen. */
import type { Block, Ceiling, Label, Value } from '../content/index.ts';
import { fieldOf, placeOf } from '../dossier/index.ts';
import { type SupportSeen, supportOn } from '../policy/index.ts';
import { certaintyBlock, citesBlock } from './cites.ts';
import { questionFor } from './questions.ts';
import type { State } from './state.ts';
import { type Scene, list, named, para, valuesOf } from './step.ts';

/** Kinds told at once: more would need scrolling on a small phone. */
const MOST_KINDS = 3;

export function ceilingBlocks(state: State, scene: Scene): readonly Block[] {
  const seen = wantedKinds(state, scene).flatMap((kind) => {
    const province = placeOf(valuesOf(state))?.province;
    return supportOn(scene.library.pack, kind, scene.today, province);
  });
  const known = seen.slice(0, MOST_KINDS);
  return known.length === 0 ? [para(named('ceilings.none'))] : known.flatMap((one) => supportBlocks(scene, one));
}

/** The kinds asked for, or those that most ask for: the first of the question's choices. */
function wantedKinds(state: State, scene: Scene): readonly string[] {
  const wanted = fieldOf(valuesOf(state), 'supportWanted');
  if (Array.isArray(wanted) && wanted.length > 0) return wanted as readonly string[];
  const hint = state.hints['supportWanted'];
  if (hint !== undefined) return [hint];
  return (questionFor(scene, 'supportWanted')?.choices ?? []).slice(0, 2).map(({ value }) => value);
}

function supportBlocks(scene: Scene, { support, ceilings }: SupportSeen): readonly Block[] {
  const title = para(named('ceilings.title', { title: support.title, what: support.what }));
  if (ceilings.length === 0) return [title, para(named('ceilings.noneFor'))];
  const [first] = ceilings;
  const source = citesBlock(scene.library, [...new Set(ceilings.map(({ cite }) => cite))], scene.today);
  const certainty = first === undefined ? null : certaintyBlock(first.certainty);
  const notes = [...new Set(ceilings.map(({ note }) => note).filter((note) => note !== undefined))];
  return [
    title,
    list(ceilings.map(ceilingLabel)),
    ...notes.map((words) => para({ words })),
    ...(source === null ? [] : [source]),
    ...(certainty === null ? [] : [certainty]),
  ];
}

function ceilingLabel({ percent, max, per, part }: Ceiling): Label {
  const amount = named(
    percent === undefined ? 'ceilings.max' : max === undefined ? 'ceilings.percent' : 'ceilings.both',
    { per, ...(percent === undefined ? {} : { percent }), ...(max === undefined ? {} : { max: { money: max } }) },
  );
  const values: Record<string, Value> = { amount: { label: amount }, ...(part === undefined ? {} : { part }) };
  return named(part === undefined ? 'ceilings.line' : 'ceilings.linePart', values);
}
