/** A phone number that is shared by a button instead of typed; some platforms add a name and an address. */
import type { ConversationEvent } from '../events.ts';
import { currentKey } from '../form.ts';
import { SHARED_PLACE } from '../questions.ts';
import { type Scene, type Step, answered, named, para, withState } from '../step.ts';
import { keepDraft, takeAnswer, tellSheet } from './form.ts';
import { again } from './form-commands.ts';
import { read } from './hearing.ts';
import { tellCase } from './staffing.ts';

type Contact = Extract<ConversationEvent, { kind: 'contact' }>;

/**
 * A shared phone number answers the question about it, or comes to the sheet out of turn; a person of the centre who has
 * the conversation gets it as a line. Before consent nothing of it is kept.
 */
export function hearContact(from: Step, scene: Scene, event: Contact): Step {
  const { handedOver } = from.state;
  if (handedOver !== undefined)
    return tellCase(from, handedOver.caseId, [event.name, event.phone].filter(Boolean).join(' · '));
  const step = withPlace(from, scene, event.place);
  if (step.state.consent === undefined) return again(step, scene, [para(named('menu.contactNotYet'))]);
  const heard = read(scene, 'phone', event.phone);
  if (!heard.understood) return again(step, scene, [para(named('refusal.phone.default'))]);
  const named_ = event.name !== undefined && step.state.answers['representative'] === undefined;
  const known = named_ ? answered(step, scene, 'representative', event.name ?? null) : step;
  if (currentKey(step.state, scene) === 'phone')
    return takeAnswer(known, scene, { key: 'phone', value: heard.value, echo: true });
  const kept = keepDraft(answered(known, scene, 'phone', heard.value), scene);
  const told = kept.state.form === null ? tellSheet(kept, scene, 'phone') : kept;
  return again(told, scene, [para(named('menu.contactKept'))]);
}

/**
 * The commune of a shared address is only proposed when its question comes: an account may be older than the workshop.
 * Street and hamlet are not kept.
 */
function withPlace(step: Step, scene: Scene, place: string | undefined): Step {
  if (place === undefined || step.state.answers['place'] !== undefined) return step;
  const heard = read(scene, 'place', place);
  if (!heard.understood || (heard.others ?? []).length > 0) return step;
  const code = Object.entries(heard.value ?? {}).find(([key]) => key === 'unitCode')?.[1] as unknown;
  return typeof code === 'string' ? withState(step, { hints: { ...step.state.hints, [SHARED_PLACE]: code } }) : step;
}
