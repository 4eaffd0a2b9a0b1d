/** What verdict an owner has been told, and whether the law, or the content, has since come to say another. */
import { digestOf } from '../base/index.ts';
import { flipOf, toldOf, type Flip, type ToldVerdict } from '../policy/index.ts';
import type { Effect } from './effects.ts';
import { factsOf, judgeState } from './facts.ts';
import type { State } from './state.ts';
import { type Scene, type Step, withState } from './step.ts';

/** A flip with its name: the same answers, told alike, turned alike, have the same one. */
export interface OwnerFlip extends Flip {
  readonly id: string;
}

const factsName = (state: State): string => digestOf(JSON.stringify(factsOf(state)));

/** Keeps what was just told. */
export function rememberTold(step: Step, scene: Scene): Step {
  const { state } = step;
  return withState(step, { told: { ...toldOf(judgeState(state, scene)), facts: factsName(state) } });
}

/** A sheet that was kept with its verdict counts as told, unless the same answers were told of before. */
export function rememberKept(step: Step, scene: Scene): Step {
  const { state, effects } = step;
  if (!effects.some(keepsSheet) || state.told?.facts === factsName(state)) return step;
  return judgeState(state, scene).national.verdict === 'unknown' ? step : rememberTold(step, scene);
}

const keepsSheet = (effect: Effect): boolean =>
  effect.kind === 'keep-draft' ||
  (effect.kind === 'open-case' && effect.about === 'registration') ||
  (effect.kind === 'tell-case' && effect.what.kind === 'sheet');

/**
 * null: nothing was told, the answers have changed since, or it still is as it was told. `kept`: the verdict of the sheet,
 * for conversations from before verdicts were remembered.
 */
export function flipOfState(
  state: State,
  { library, today }: Pick<Scene, 'library' | 'today'>,
  kept?: ToldVerdict,
): OwnerFlip | null {
  const facts = factsName(state);
  if (state.consent === undefined || (state.told !== undefined && state.told.facts !== facts)) return null;
  const told = state.told ?? kept;
  const flip = told === undefined ? null : flipOf(told, factsOf(state), library.pack, today);
  if (told === undefined || flip === null) return null;
  return { ...flip, id: digestOf(JSON.stringify([facts, told.on, flip.turned])) };
}

/** After it was told: the verdict of today is what the owner knows. */
export const rememberFlip = (step: Step, { now, id }: OwnerFlip): Step =>
  withState(step, { told: { ...now, facts: factsName(step.state) }, lawTold: id });
