/** What may be said instead of an answer: back, change, why, not sure, pass over, stop, go on. */
import type { Block } from '../../content/index.ts';
import { foldWords } from '../../language/index.ts';
import { MACHINES, machinesOf, type SheetLine } from '../../dossier/index.ts';
import { citesBlock } from '../cites.ts';
import { ask, currentKey, takeBack, unfocused } from '../form.ts';
import { labelWords } from '../labels.ts';
import { editableKeys, editableLines, menuMessage, present, unfinished } from '../present.ts';
import { isPaper, questionFor, whyBlocks } from '../questions.ts';
import type { Form, State } from '../state.ts';
import {
  type Scene,
  type Step,
  command,
  inMode,
  message,
  named,
  para,
  say,
  valuesOf,
  withState,
  without,
} from '../step.ts';
import { proceed, review, takeAnswer, toMenu } from './form.ts';
import { pickNone } from './hearing.ts';

const asking = ({ state }: Step): boolean => state.mode.kind === 'asking' && state.form !== null;

/** While an answer is read back its question is the one that waits. */
const atQuestion = (step: Step): Step =>
  step.state.mode.kind === 'confirming' && step.state.form !== null ? inMode(step, { kind: 'asking' }) : step;

/** «quay lại»: the previous question, its answer cleared. */
export function goBack(step: Step, scene: Scene): Step {
  const { mode, form } = step.state;
  if (mode.kind === 'browsing' && mode.node !== '') {
    const top = inMode(step, { kind: 'browsing', node: '' });
    return say(top, present(top.state, scene));
  }
  if (mode.kind === 'reviewing' && mode.picking === true)
    return mode.midway === true ? proceed(step, scene) : review(step, scene);
  if (mode.kind === 'consenting' && mode.to === 'send') return review(step, scene);
  if (mode.kind === 'menu' && mode.checked !== undefined && form === null) {
    const checking = takeBack(withState(step, { form: { flow: 'eligibility', since: mode.checked } }), scene);
    if (checking !== null) return ask(checking.step, scene, checking.key);
  }
  if (mode.kind === 'confirming') return form === null ? toMenu(step, scene) : ask(step, scene, mode.question);
  if (form === null || !(asking(step) || mode.kind === 'reviewing')) return toMenu(step, scene);
  if (form.editing === true) return leaveEdit(step, scene, form);
  const taken = takeBack(step, scene);
  if (taken === null) return toMenu(step, scene, [para(named('form.firstQuestion'))]);
  return ask(taken.step, scene, taken.key);
}

/** An edit given up: the old answer stands. */
function leaveEdit(step: Step, scene: Scene, form: Form): Step {
  const rest = withState(step, { form: unfocused(form) });
  if (form.returnTo === 'review') return review(rest, scene);
  if (form.returnTo === undefined) return proceed(rest, scene);
  return toMenu(
    withState(step, { form: form.flow === 'registration' && form.returnTo !== 'case' ? unfocused(form) : null }),
    scene,
  );
}

/** «sửa», «sửa 4», «sửa số điện thoại». */
export function edit(step: Step, scene: Scene, rest: string): Step {
  const lines = editableLines(step.state, scene);
  if (lines.length === 0) return toMenu(step, scene, [para(named('form.nothingToEdit'))]);
  const line = lineFor(step.state, scene, rest);
  if (line !== undefined) return editKey(step, scene, line.key);
  const picking =
    step.state.mode.kind === 'seeing-data'
      ? inMode(step, { kind: 'seeing-data', picking: true })
      : inMode(step, { kind: 'reviewing', picking: true, ...(asking(step) ? { midway: true } : {}) });
  return say(picking, present(picking.state, scene, rest === '' ? [] : [para(named('form.noSuchLine'))]));
}

/** The line of the sheet that «sửa 4» or «sửa số điện thoại» names. */
export function lineFor(state: State, scene: Scene, rest: string): SheetLine | undefined {
  const lines = editableLines(state, scene);
  const number = /^(?:so |dong |muc )?(\d{1,2})$/.exec(rest)?.[1];
  if (number !== undefined) return lines[Number(number) - 1];
  const named = lines.map((line) => ({ line, words: foldWords(labelWords(scene.library, state.lang, line.label)) }));
  const whole = named.find(({ words }) => words === rest);
  const part = named.find(({ words }) => rest !== '' && words !== '' && (words.includes(rest) || rest.includes(words)));
  return (whole ?? part)?.line;
}

/** Asks one question again; its old answer stands until the new one. */
export function editKey(step: Step, scene: Scene, asked: string): Step {
  const { form, answers } = step.state;
  const key = asked.startsWith(`${MACHINES}.`) ? MACHINES : asked;
  if (!isEditable(step, scene, key)) return again(step, scene, [para(named('form.oldButton'))]);
  const since = form?.since ?? step.state.turn;
  const returnTo = whereTo(step.state);
  const onSheet = form?.flow === 'registration' || returnTo === 'case';
  const next: Form = {
    flow: onSheet ? 'registration' : (form?.flow ?? 'eligibility'),
    focus: key,
    editing: true,
    since,
    ...(returnTo === undefined ? {} : { returnTo }),
  };
  const cleared = key === MACHINES ? without(answers, [MACHINES, 'machines.more']) : answers;
  const focused = withState(step, { form: next, answers: cleared });
  const first = currentKey(focused.state, scene) ?? key;
  const was = editableLines(step.state, scene).find((line) => line.key === key);
  const before: readonly Block[] =
    was === undefined ? [] : [para(named('form.was', { label: { label: was.label }, value: { label: was.value } }))];
  return ask(focused, scene, first, before);
}

/** Where an edit leads back to; one edit begun within another leads back to where the first was begun. */
function whereTo({ form, mode, sheetOf }: State): Form['returnTo'] {
  if (mode.kind === 'seeing-data') return 'data';
  if (form?.editing === true && form.returnTo !== undefined) return form.returnTo;
  if (sheetOf !== undefined && form === null) return 'case';
  return mode.kind === 'reviewing' && mode.midway !== true && form?.flow === 'registration' ? 'review' : undefined;
}

const isEditable = ({ state }: Step, scene: Scene, key: string): boolean =>
  editableKeys(state, scene).includes(key) || Object.hasOwn(state.answers, key);

/** «vì sao hỏi»: why, with the article; then the question again. */
export function why(from: Step, scene: Scene): Step {
  const step = atQuestion(from);
  const key = currentKey(step.state, scene);
  if (step.state.mode.kind === 'consenting') return again(step, scene, [para(named('consent.details'))]);
  if (!asking(step) || key === null) return again(step, scene, [para(named('form.whyNothing'))]);
  return ask(
    step,
    scene,
    key,
    whyBlocks(scene, key, (cites) => citesBlock(scene.library, cites, scene.today)),
  );
}

/** «không rõ»: explains, then goes on with «unsure». */
export function unsure(from: Step, scene: Scene): Step {
  const step = atQuestion(from);
  const key = currentKey(step.state, scene);
  if (!asking(step) || key === null) return again(step, scene, [para(named('form.unsureNothing'))]);
  if (isPaper(key)) return takeAnswer(step, scene, { key, value: { files: [], state: 'later' } });
  const question = questionFor(scene, key);
  const help: readonly Block[] = question === null ? [] : [para({ words: question.help })];
  if (question?.choices.some(({ value }) => value === 'unsure') === true)
    return takeAnswer(step, scene, { key, value: 'unsure', before: help });
  if (key === 'place' && step.state.hints['place'] !== undefined)
    return takeAnswer(step, scene, {
      key,
      value: { province: step.state.hints['place'], unitType: null },
      before: help,
    });
  if (isSkippable(step, scene, key)) return takeAnswer(step, scene, { key, value: null, before: help });
  return ask(step, scene, key, [...help, para(named('form.needed'))]);
}

const isSkippable = (step: Step, scene: Scene, key: string): boolean =>
  step.state.form?.flow === 'eligibility' || isPaper(key) || (questionFor(scene, key)?.optional ?? false);

/** «bỏ qua»: the question stays open on the sheet, and is not asked again by itself. */
export function skip(from: Step, scene: Scene): Step {
  const step = atQuestion(from);
  const key = currentKey(step.state, scene);
  if (!asking(step) || key === null) return again(step, scene, [para(named('form.skipNothing'))]);
  if (!isSkippable(step, scene, key)) return ask(step, scene, key, [para(named('form.needed'))]);
  if (isPaper(key)) return takeAnswer(step, scene, { key, value: { files: [], state: 'later' } });
  const unsureToo = questionFor(scene, key)?.choices.some(({ value }) => value === 'unsure') === true;
  return takeAnswer(step, scene, { key, value: unsureToo ? 'unsure' : null });
}

/** «xong» ends a multi-choice. */
export function done(step: Step, scene: Scene): Step {
  const { mode } = step.state;
  const key = currentKey(step.state, scene);
  if (!asking(step) || key === null || mode.kind !== 'asking') return again(step, scene);
  if (isPaper(key)) return takeAnswer(step, scene, { key, value: { files: [], state: 'later' } });
  if (key === `${MACHINES}.name` && machinesOf(valuesOf(step.state)).length > 0) return skip(step, scene);
  if (questionFor(scene, key)?.kind !== 'multi-choice') return again(step, scene);
  const picked = mode.picked ?? [];
  return picked.length === 0 ? pickNone(step, scene, key) : takeAnswer(step, scene, { key, value: picked, echo: true });
}

/** «dừng»: nothing is lost, and the way back is named. */
export function pause(step: Step, scene: Scene): Step {
  const next = inMode(step, { kind: 'menu' });
  if (step.state.form === null) return toMenu(step, scene);
  return say(
    next,
    message([para(named('form.paused')), ...unfinished(next.state, scene)], [command('resume'), command('menu')]),
  );
}

/** «tiếp tục»: the questionnaire goes on where it was. */
export function resume(step: Step, scene: Scene): Step {
  const { form, mode } = step.state;
  if (mode.kind !== 'menu' && mode.kind !== 'browsing' && mode.kind !== 'wondering') return again(step, scene);
  return form === null ? toMenu(step, scene, [para(named('form.nothingOpen'))]) : proceed(step, scene);
}

/** Says what waits once more. */
export function again(step: Step, scene: Scene, before: readonly Block[] = []): Step {
  if (step.state.mode.kind === 'menu') return say(step, menuMessage(step.state, scene, before));
  return say(step, present(step.state, scene, before));
}
