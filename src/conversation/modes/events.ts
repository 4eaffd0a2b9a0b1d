/** Things that happen beside words: a shared contact, a draft that was left alone. */
import type { ConversationEvent } from '../events.ts';
import { currentKey } from '../form.ts';
import { type Scene, type Step, answered, command, message, named, para, say } from '../step.ts';
import { takeAnswer } from './form.ts';
import { again } from './form-commands.ts';
import { read } from './hearing.ts';

type Contact = Extract<ConversationEvent, { kind: 'contact' }>;

/** A shared phone number answers the question about it; before consent nothing of it is kept. */
export function hearContact(step: Step, scene: Scene, event: Contact): Step {
  if (step.state.consent === undefined) return again(step, scene, [para(named('menu.contactNotYet'))]);
  const heard = read(scene, 'phone', event.phone);
  if (!heard.understood) return again(step, scene, [para(named('refusal.phone.default'))]);
  const named_ = event.name !== undefined && step.state.answers['representative'] === undefined;
  const known = named_ ? answered(step, scene, 'representative', event.name ?? null) : step;
  if (currentKey(step.state, scene) === 'phone')
    return takeAnswer(known, scene, { key: 'phone', value: heard.value, echo: true });
  return again(answered(known, scene, 'phone', heard.value), scene, [para(named('menu.contactKept'))]);
}

const hasDraft = ({ state }: Step): boolean => state.form?.flow === 'registration';

/** A month before a draft is erased its owner is told. */
export const draftExpiring = (step: Step, _scene: Scene): Step =>
  hasDraft(step) ? say(step, message([para(named('data.draftExpiring'))], [command('resume'), command('menu')])) : step;

/** Drafts left alone for a year are erased; facts of the law are erased with them. */
export function draftExpired(step: Step, _scene: Scene): Step {
  if (!hasDraft(step)) return step;
  const { consent: _consent, ...state } = step.state;
  const empty = { ...step, state: { ...state, answers: {}, hints: {}, form: null, mode: { kind: 'menu' } as const } };
  return say(empty, message([para(named('data.draftExpired'))], [command('menu')]));
}
