/** How a question is put: its words, its choices, and the hints that are due. */
import { provinceCode, questionId } from '../base/index.ts';
import type { Block, Question } from '../content/index.ts';
import { MACHINES, type MachineAnswer, PAPER_PREFIX, machinesOf, paperOf, suggestedAmount } from '../dossier/index.ts';
import { choice } from './labels.ts';
import type { Ask, Choice, Message } from './message.ts';
import type { State } from './state.ts';
import { type Scene, command, list, message, named, para, valuesOf } from './step.ts';

/** The question of a key; null for a paper, whose words are its slot's. */
export const questionFor = (scene: Scene, key: string): Question | null =>
  scene.library.pack.questions.get(questionId(key)) ?? null;

/** After how many texts in a row that were not understood a person is offered. */
export const MISSES_BEFORE_PERSON = 3;
/** The hint of the commune that a platform shared, by code. */
export const SHARED_PLACE = 'shared-place';

export const isPaper = (key: string): boolean => key.startsWith(PAPER_PREFIX);

export function askOf(scene: Scene, key: string): Ask {
  return { id: key, kind: isPaper(key) ? 'file' : (questionFor(scene, key)?.kind ?? 'text') };
}

/** The machine that a question about quantity or price is about: the first with a gap. */
export function openMachine(machines: readonly MachineAnswer[]): { index: number; gap: 'quantity' | 'price' } | null {
  for (const [index, machine] of machines.entries()) {
    if (machine.quantity === undefined) return { index, gap: 'quantity' };
    if (machine.price === undefined) return { index, gap: 'price' };
  }
  return null;
}

export interface Putting {
  /** What is said before the question: an acknowledgement, a refusal, why staff ask again. */
  readonly before?: readonly Block[];
  /** Picks so far of a multi-choice. */
  readonly picked?: readonly string[];
  readonly canGoBack: boolean;
  readonly canReview: boolean;
}

/** The message that puts a question. */
export function putQuestion(state: State, scene: Scene, key: string, putting: Putting): Message {
  const question = questionFor(scene, key);
  const wording = isPaper(key)
    ? paperWording(scene, key)
    : questionWording(state, scene, key, question, (putting.picked ?? []).length > 0);
  const before = [...(putting.before ?? [])];
  if (state.form?.reason !== undefined && isAskedAgain(state, key))
    before.push(para(named('form.staffAskAgain', { reason: state.form.reason })));
  const picked = putting.picked ?? [];
  if (picked.length > 0) {
    const labels = picked.map((value) => choice(scene.library, `${key}=${value}`).label);
    before.push(para(named('form.picked', { list: { list: labels } })));
  }
  return message(
    [...before, ...wording],
    [
      ...ownChoices(state, scene, key, question, picked),
      ...sideChoices(question, key, putting),
      ...morePages(state),
      ...(state.misses >= MISSES_BEFORE_PERSON ? [command('staff')] : []),
    ],
    askOf(scene, key),
    question?.kind === 'phone' ? { contact: true } : {},
  );
}

/** Machines are told anew as a whole: the reason stands above the first question of the first of them. */
const isAskedAgain = (state: State, key: string): boolean =>
  key === `${MACHINES}.name`
    ? state.form?.focus === MACHINES && machinesOf(valuesOf(state)).length === 0
    : state.form?.focus === key;

function paperWording(scene: Scene, key: string): readonly Block[] {
  const slot = scene.library.pack.papers.find(({ id }) => PAPER_PREFIX + id === key);
  return [
    para(named('form.askPaper', { paper: slot?.label ?? key })),
    ...(slot === undefined ? [] : [para({ words: slot.help }, 'quiet')]),
  ];
}

function questionWording(
  state: State,
  scene: Scene,
  key: string,
  question: Question | null,
  picking: boolean,
): readonly Block[] {
  const machines = machinesOf(valuesOf(state));
  const open = openMachine(machines);
  const machine = open === null ? undefined : machines[open.index];
  if (machine !== undefined && (key === 'machines.quantity' || key === 'machines.price'))
    return [para(named(`form.ask.${key}`, { machine: machine.name }))];
  const blocks: Block[] = [para({ words: question?.wording ?? key })];
  const place = key === 'place' && state.answers[key] === undefined ? state.hints[SHARED_PLACE] : undefined;
  if (place !== undefined)
    blocks.push(para(named('form.hintPlace', { value: { label: choice(scene.library, `place=${place}`).label } })));
  const hint = state.hints[key];
  const guessed = question?.choices.some(({ value }) => value === hint) === true;
  if (hint !== undefined && guessed && state.answers[key] === undefined && !picking)
    blocks.push(para(named('form.hint', { value: { label: choice(scene.library, `${key}=${hint}`).label } })));
  return blocks;
}

function ownChoices(
  state: State,
  scene: Scene,
  key: string,
  question: Question | null,
  picked: readonly string[],
): readonly Choice[] {
  const { library } = scene;
  const of = (value: string) => choice(library, `${key}=${value}`, value);
  if (isPaper(key)) return ['later', 'none'].map(of);
  if (question === null) return [];
  if (question.kind === 'money') {
    const amount = suggestedAmount(valuesOf(state), key);
    return amount === undefined ? [] : [of(String(amount))];
  }
  const place = state.hints[SHARED_PLACE];
  if (key === 'place' && place !== undefined && state.answers[key] === undefined) return [of(place)];
  const values = question.choices.map(({ value }) => value).filter((value) => !picked.includes(value));
  const hint = state.hints[key];
  const ordered =
    hint !== undefined && values.includes(hint) ? [hint, ...values.filter((value) => value !== hint)] : values;
  return question.kind === 'multi-choice'
    ? [...ordered.map(of), { ...command('done'), value: 'done' }]
    : ordered.map(of);
}

/** A paper that came in this very turn may have more pages. */
function morePages(state: State): readonly Choice[] {
  const filled = Object.entries(state.answers).find(([key, { turn }]) => isPaper(key) && turn === state.turn + 1);
  const sent =
    filled === undefined ? [] : (paperOf(valuesOf(state), filled[0].slice(PAPER_PREFIX.length))?.files ?? []);
  return filled === undefined || sent.length === 0
    ? []
    : [{ id: `pages=${filled[0]}`, label: named('choice.do.pages') }];
}

/** What stands beside the answers: pass over, see the sheet, go back. */
function sideChoices(question: Question | null, key: string, putting: Putting): readonly Choice[] {
  const skippable = !isPaper(key) && question?.kind !== 'multi-choice' && (question?.optional ?? true);
  const hasUnsure = question?.choices.some(({ value }) => value === 'unsure') ?? false;
  return [
    ...(skippable && !hasUnsure ? [command('skip')] : []),
    ...(putting.canReview ? [command('review')] : []),
    ...(putting.canGoBack ? [command('back')] : []),
  ];
}

/** Why a question is asked, with the articles. */
export function whyBlocks(
  scene: Scene,
  key: string,
  citesOf: (cites: readonly string[]) => Block | null,
): readonly Block[] {
  const question = questionFor(scene, key);
  if (question === null) return [para(named('form.whyPaper'))];
  const cites = citesOf(question.cites);
  return [para({ words: question.why }), ...(cites === null ? [] : [cites])];
}

/** What to do next, and whom to ask, when the deployment does not serve a province. */
export function elsewhereBlocks(scene: Scene, province: string): readonly Block[] {
  const found = scene.library.pack.provinces.get(provinceCode(province));
  if (found === undefined) return [para(named('place.elsewhereUnknown'))];
  const { centre } = found;
  const contacts = [centre.address, centre.phone, centre.email, centre.url].filter((one) => one !== undefined);
  return [
    para(named('place.elsewhere', { province: found.name, centre: centre.name })),
    ...(contacts.length === 0
      ? [para(named('place.noContact'), 'quiet')]
      : [list(contacts.map((words) => ({ words })))]),
  ];
}
