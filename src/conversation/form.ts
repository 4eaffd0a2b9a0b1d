/**
 * Going through a questionnaire. Where a person stands is derived: the first question of the flow that has no answer,
 * unless one was asked for out of turn (`focus`). The flow routes; policy judges; the texts speak.
 */
import type { Block } from '../content/index.ts';
import {
  MACHINES,
  type MachineAnswer,
  isAnswered,
  machinesOf,
  placeOf,
  projectDossier,
  sheetSteps,
} from '../dossier/index.ts';
import { judgeState, nextEligibilityQuestion, questionOf } from './facts.ts';
import { openMachine, putQuestion, SHARED_PLACE } from './questions.ts';
import type { AnswerValue, FlowName, Form, State } from './state.ts';
import { type Scene, type Step, answered, inMode, say, valuesOf, withState, without } from './step.ts';
import { factKeys } from '../policy/index.ts';
import type { Message } from './message.ts';

const MORE_MACHINES = 'machines.more';
const NAME_MACHINE = 'machines.name';

/** The key of the question that waits, or null when nothing of the flow is left. */
export function currentKey(state: State, scene: Scene): string | null {
  const { form } = state;
  if (form === null) return null;
  if (form.focus === MACHINES) return machineKey(valuesOf(state));
  if (form.focus !== undefined) return form.focus;
  if (form.flow === 'eligibility') return nextEligibilityQuestion(state, scene);
  const answers = valuesOf(state);
  const step = sheetSteps(scene.library.pack, answers).find(({ key }) => !isAnswered(key, answers));
  if (step === undefined) return null;
  return step.key === MACHINES ? machineKey(answers) : step.key;
}

function machineKey(answers: Readonly<Record<string, unknown>>): string {
  const machines = machinesOf(answers);
  if (machines.length === 0) return NAME_MACHINE;
  const open = openMachine(machines);
  return open === null ? MORE_MACHINES : `machines.${open.gap}`;
}

/** The form with no question asked out of turn. */
export const unfocused = ({ flow, since }: Form): Form => ({ flow, since });

export const beginForm = (step: Step, flow: FlowName): Step =>
  inMode(withState(step, { form: { flow, since: step.state.turn } }), { kind: 'asking' });

/** The sheet as it stands. */
export function dossierOf(state: State, scene: Scene) {
  const judgement = judgeState(state, scene);
  const national = judgement.programmes[0];
  const reasons = national?.reasons ?? [];
  return projectDossier(scene.library.pack, valuesOf(state), {
    unitName: scene.library.unitName,
    verdict: {
      kind: judgement.national.verdict,
      holds: reasons.filter(({ holds }) => holds === true).length,
      of: reasons.length,
      on: judgement.on,
    },
    ...(state.consent === undefined ? {} : { consent: state.consent }),
  });
}

/** True when nothing that sending needs is missing. */
export const canSend = (state: State, scene: Scene): boolean =>
  state.form?.flow === 'registration' && dossierOf(state, scene).readiness.missing.length === 0;

/** The question that waits, as a message. */
export function questionMessage(state: State, scene: Scene, key: string, before: readonly Block[] = []): Message {
  const picked = state.mode.kind === 'asking' ? state.mode.picked : undefined;
  return putQuestion(state, scene, key, {
    before,
    ...(picked === undefined ? {} : { picked }),
    canGoBack: lastAnswered(state, scene) !== null || state.form?.focus !== undefined,
    canReview: canSend(state, scene) && state.form?.returnTo === undefined,
  });
}

export function ask(step: Step, scene: Scene, key: string, before: readonly Block[] = []): Step {
  const asking = inMode(step, { kind: 'asking' });
  return say(asking, questionMessage(asking.state, scene, key, before));
}

/** Stores an answer under its key; machines are a group of their own. */
export function store(step: Step, scene: Scene, key: string, value: AnswerValue, said?: string): Step {
  const machines = machinesOf(valuesOf(step.state));
  if (key === NAME_MACHINE) return backToGroup(nameMachines(step, scene, machines, value, said));
  if (key === 'machines.quantity' || key === 'machines.price') {
    const open = openMachine(machines);
    if (open === null) return step;
    const changed = machines.map((one, index) => (index === open.index ? { ...one, [open.gap]: value } : one));
    return answered(step, scene, MACHINES, changed as unknown as AnswerValue, said);
  }
  if (key === MORE_MACHINES && value === 'yes') return refocus(step, NAME_MACHINE);
  const kept = answered(step, scene, key, value, said);
  return key === 'place' ? withState(kept, { hints: without(kept.state.hints, ['place', SHARED_PLACE]) }) : kept;
}

function nameMachines(
  step: Step,
  scene: Scene,
  machines: readonly MachineAnswer[],
  value: AnswerValue,
  said?: string,
): Step {
  if (value === null) {
    const none = machines.length === 0 ? answered(step, scene, MACHINES, null) : step;
    return answered(none, scene, MORE_MACHINES, 'no');
  }
  const names = (Array.isArray(value) ? value : [value]).filter((name) => typeof name === 'string');
  const all = [...machines, ...names.map((name): MachineAnswer => ({ name }))];
  const kept = answered(step, scene, MACHINES, all as unknown as AnswerValue, said);
  return withState(kept, { answers: without(kept.state.answers, [MORE_MACHINES]) });
}

/** One more machine of a group that is being told anew: the group is in focus until it is complete. */
const backToGroup = (step: Step): Step => {
  const { form } = step.state;
  return form?.editing === true && form.focus === NAME_MACHINE ? refocus(step, MACHINES) : step;
};

const refocus = (step: Step, focus: string): Step =>
  step.state.form === null ? step : withState(step, { form: { ...step.state.form, focus } });

/** Keys whose answers «quay lại» may take back, in the running form. */
function formKeys(state: State, scene: Scene): readonly string[] {
  if (state.form?.flow === 'eligibility') return [...new Set(factKeys.map(questionOf))];
  const keys = sheetSteps(scene.library.pack, valuesOf(state)).map(({ key }) => key);
  return keys.includes(MACHINES) ? [...keys, MORE_MACHINES] : keys;
}

/** The answer given last in this form; null at its beginning. */
export function lastAnswered(state: State, scene: Scene): string | null {
  const { form } = state;
  if (form === null) return null;
  let last: { key: string; turn: number } | null = null;
  for (const key of formKeys(state, scene)) {
    const answer = state.answers[key];
    if (answer === undefined || answer.turn <= form.since) continue;
    if (last === null || answer.turn >= last.turn) last = { key, turn: answer.turn };
  }
  return last?.key ?? null;
}

/** Takes the last answer back: its question is asked again. Null at the beginning. */
export function takeBack(step: Step, scene: Scene): { step: Step; key: string } | null {
  const { state } = step;
  if (state.form === null) return null;
  const key = lastAnswered(state, scene);
  if (key === null) return null;
  const form = unfocused(state.form);
  if (key === MACHINES) return takeBackMachine(withState(step, { form }));
  const cleared = withState(step, { answers: without(state.answers, [key]), form: { ...form, focus: key } });
  return { step: cleared, key };
}

function takeBackMachine(step: Step): { step: Step; key: string } {
  const answer = step.state.answers[MACHINES];
  const machines = machinesOf(valuesOf(step.state));
  const last = machines.findLast(({ quantity }) => quantity !== undefined) ?? machines.at(-1);
  const put = (list: readonly MachineAnswer[], key: string) => {
    const answers = without(step.state.answers, [MACHINES, MORE_MACHINES]);
    const kept = answer !== undefined && list.length > 0 ? { [MACHINES]: { ...answer, value: list as never } } : {};
    return { step: withState(step, { answers: { ...answers, ...kept } }), key };
  };
  if (last === undefined) return put([], NAME_MACHINE);
  const swap = (changed: MachineAnswer) => machines.map((one) => (one === last ? changed : one));
  if (last.price !== undefined) {
    const { price: _price, ...rest } = last;
    return put(swap(rest), 'machines.price');
  }
  if (last.quantity !== undefined) {
    const { quantity: _quantity, ...rest } = last;
    return put(swap(rest), 'machines.quantity');
  }
  const fewer = machines.slice(0, -1);
  return put(fewer, NAME_MACHINE);
}

/** The province of the sheet, when it is one that this deployment does not serve. */
export function elsewhere(state: State, scene: Scene): string | null {
  const place = placeOf(valuesOf(state));
  const { served } = scene.library.settings;
  return place !== undefined && served !== null && !served.includes(place.province) ? place.province : null;
}
