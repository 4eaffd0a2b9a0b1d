/** Taking an answer, and where it leads: the next question, the result, the sheet. */
import { provinceCode } from '../../base/index.ts';
import type { Block } from '../../content/index.ts';
import { MACHINES, describe, isAnswered } from '../../dossier/index.ts';
import { judgeState } from '../facts.ts';
import { ask, currentKey, dossierOf, elsewhere, store, unfocused } from '../form.ts';
import { menuMessage, present } from '../present.ts';
import { elsewhereBlocks } from '../questions.ts';
import type { AnswerValue, Form } from '../state.ts';
import { type Scene, type Step, doing, inMode, named, para, say, valuesOf, withState } from '../step.ts';
import { rememberTold } from '../told.ts';
import { verdictMessage } from '../verdict-message.ts';
import { callStaff } from './staffing.ts';

export interface Taken {
  readonly key: string;
  readonly value: AnswerValue;
  /** What was literally typed; kept only after consent. */
  readonly said?: string;
  /** Says back what was understood. */
  readonly echo?: boolean;
  readonly before?: readonly Block[];
}

/** Keeps an answer and goes on. */
export function takeAnswer(step: Step, scene: Scene, taken: Taken): Step {
  const { key, value, said } = taken;
  const had = step.state.form;
  const stored = store(step, scene, key, value, said);
  const before = [...(taken.before ?? []), ...(taken.echo === true ? echoBlocks(stored, scene, key, value) : [])];
  const next = keepDraft(stored, scene);
  const { form } = next.state;
  if (form === null || had === null) return proceed(next, scene, before);
  if (had.focus === MACHINES || form.focus !== had.focus) return afterMachine(next, scene, form, before);
  return form.editing === true || form.returnTo !== undefined
    ? finishEdit(next, scene, form, before)
    : proceed(withState(next, { form: unfocused(form) }), scene, before);
}

/** Within a group of machines the group stays in focus until it is complete. */
function afterMachine(step: Step, scene: Scene, form: Form, before: readonly Block[]): Step {
  if (form.editing !== true) return proceed(step, scene, before);
  if (isAnswered(MACHINES, valuesOf(step.state))) return finishEdit(step, scene, form, before);
  return proceed(step, scene, before);
}

/** The draft is saved at each answer, once there may be one: after consent. A sheet that was sent is its case's. */
export function keepDraft(step: Step, scene: Scene): Step {
  const { state } = step;
  if (state.consent === undefined || state.form?.flow !== 'registration' || state.form.returnTo === 'case') return step;
  return doing(step, { kind: 'keep-draft', dossier: dossierOf(state, scene) });
}

function echoBlocks(step: Step, scene: Scene, key: string, value: AnswerValue): readonly Block[] {
  if (key === 'machines.price' && typeof value === 'number')
    return [para(named('form.noted', { value: { money: value } }))];
  if (key.startsWith('machines.')) return [];
  const label = describe(scene.library.pack, valuesOf(step.state), key, scene.library.unitName);
  return label === null ? [] : [para(named('form.noted', { value: { label } }))];
}

/** The next question of the form, or what stands at its end. */
export function proceed(step: Step, scene: Scene, before: readonly Block[] = []): Step {
  const { form } = step.state;
  if (form === null) return toMenu(step, scene, before);
  const away = form.flow === 'registration' ? elsewhere(step.state, scene) : null;
  if (away !== null)
    return toMenu(withState(step, { form: null }), scene, [...before, ...elsewhereBlocks(scene, away)]);
  const key = currentKey(step.state, scene);
  if (key !== null) return ask(step, scene, key, before);
  return form.flow === 'eligibility' ? tellVerdict(step, scene, before) : review(step, scene, before);
}

export function toMenu(step: Step, scene: Scene, before: readonly Block[] = []): Step {
  const next = inMode(step, { kind: 'menu' });
  return say(next, menuMessage(next.state, scene, before));
}

export function tellVerdict(step: Step, scene: Scene, before: readonly Block[] = []): Step {
  const since = step.state.form?.since;
  const done = inMode(withState(step, { form: null }), {
    kind: 'menu',
    ...(since === undefined ? {} : { checked: since }),
  });
  const told = verdictMessage(scene, judgeState(done.state, scene), { elsewhere: elsewhere(done.state, scene) });
  return say(rememberTold(done, scene), { ...told, blocks: [...before, ...told.blocks] });
}

export function review(step: Step, scene: Scene, before: readonly Block[] = []): Step {
  const next = inMode(step, { kind: 'reviewing' });
  return say(next, present(next.state, scene, before));
}

/** After an edit: back to where it was begun. */
function finishEdit(step: Step, scene: Scene, form: Form, before: readonly Block[]): Step {
  const rest = withState(step, { form: unfocused(form) });
  switch (form.returnTo) {
    case 'review':
      return review(rest, scene, before);
    case 'staff':
      return callStaff(withState(step, { form: form.flow === 'eligibility' ? null : unfocused(form) }), scene);
    case 'data': {
      const kept = form.flow === 'registration' ? rest.state.form : null;
      const told = kept === null ? tellSheet(rest, scene, form.focus ?? '') : rest;
      const seeing = inMode(withState(told, { form: kept }), { kind: 'seeing-data' });
      return say(seeing, present(seeing.state, scene, before));
    }
    case 'case':
      return caseSheetChanged(withState(step, { form: null }), scene, form.focus ?? '', before);
    default:
      return proceed(rest, scene, before);
  }
}

/** A sheet that was sent already has changed: its staff are told what. */
export function caseSheetChanged(step: Step, scene: Scene, key: string, before: readonly Block[]): Step {
  const told = tellSheet(step, scene, key);
  return toMenu(told, scene, told === step ? before : [...before, para(named('staffing.sheetChanged'))]);
}

/** The sheet as it is now goes to the staff of an open case that it belongs to; a closed one keeps what was decided on. */
export function tellSheet(step: Step, scene: Scene, key: string): Step {
  const { sheetOf, cases } = step.state;
  if (sheetOf === undefined || cases.find(({ id }) => id === sheetOf)?.status === 'closed') return step;
  const dossier = dossierOf(step.state, scene);
  return doing(step, {
    kind: 'tell-case',
    caseId: sheetOf,
    what: { kind: 'sheet', dossier, changed: [key], ...(step.state.aside === undefined ? {} : { only: true }) },
  });
}

/** The province's name, for asking for the commune of a province that was named alone. */
export const provinceName = (scene: Scene, id: string): string =>
  scene.library.pack.provinces.get(provinceCode(id))?.name ?? id;
