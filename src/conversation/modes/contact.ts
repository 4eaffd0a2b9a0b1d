/** A phone number that is shared by a button instead of typed. */
import type { ConversationEvent } from '../events.ts';
import { currentKey } from '../form.ts';
import { type Scene, type Step, answered, named, para } from '../step.ts';
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
