/**
 * The step: what happens to a conversation when something happens in it. Pure, synchronous and total: the same state,
 * event, content and moment give the same result, and nothing that a person types can make it throw.
 */
import type { Instant } from '../base/index.ts';
import { exhaustive } from '../base/index.ts';
import { takeUp } from './aside.ts';
import type { Effect } from './effects.ts';
import type { ConversationEvent } from './events.ts';
import type { Library } from './library.ts';
import { migrate } from './migrate.ts';
import { pressToken } from './modes/pressing.ts';
import { listen } from './modes/listening.ts';
import { again } from './modes/form-commands.ts';
import { lawChanged } from './modes/law.ts';
import { greet } from './modes/obeying.ts';
import { codeFound, codeMade, codeRefused, followLink, joined } from './modes/linking.ts';
import { caseLookedUp, eraseAtRequest } from './modes/own-data.ts';
import { fileFailed, hearFile } from './modes/papers.ts';
import {
  caseChanged,
  caseOpened,
  colleagueAnswered,
  isHandedOver,
  staffAsked,
  staffReplied,
  withoutHandover,
} from './modes/staffing.ts';
import { hearContact } from './modes/contact.ts';
import { DRAFT_EXPIRED, DRAFT_EXPIRING, draftExpired, draftExpiring, keptByWord } from './modes/left-alone.ts';
import { newState, type State } from './state.ts';
import { type Scene, type Step, named, para, sceneOf, stay } from './step.ts';
import { rememberKept } from './told.ts';

/** An owner's message that waited longer than this is answered with an apology; ms. */
const LATE_MS = 15 * 60 * 1000;
/** Beyond this the clock of the platform is not believed; ms. */
const NOT_BELIEVED_MS = 3 * 24 * 60 * 60 * 1000;

export interface TurnResult {
  readonly state: State;
  readonly effects: readonly Effect[];
}

export function turn(stored: State | null, event: ConversationEvent, library: Library, now: Instant): TurnResult {
  const state = stored === null ? newState(now) : migrate(stored, now);
  const scene = sceneOf(library, event, now);
  const over = state.handedOver !== undefined && !isHandedOver(state, scene);
  const start = keptByWord(over ? withoutHandover(stay(state)) : stay(state), scene);
  return finish(rememberKept(apologise(happen(start, scene), scene), scene), { scene, before: state });
}

function happen(step: Step, scene: Scene): Step {
  const { event } = scene;
  switch (event.kind) {
    case 'started':
      return followLink(step, event.payload) ?? greet(step, scene, true);
    case 'stopped':
      return step;
    case 'text':
      return listen(step, scene, event.text.normalize('NFC'));
    case 'choice':
      return pressToken(step, scene, event.token);
    case 'contact':
      return hearContact(step, scene, event);
    case 'file':
      return hearFile(step, scene, event);
    case 'file-failed':
      return fileFailed(step, scene, event);
    case 'unsupported':
      return isHandedOver(step.state, scene)
        ? step
        : again(step, scene, [para(named(event.what === 'edited' ? 'menu.edited' : 'menu.unsupported'))]);
    case 'timer':
      if (event.name === DRAFT_EXPIRING) return draftExpiring(step, scene);
      return event.name === DRAFT_EXPIRED ? draftExpired(step, scene) : step;
    case 'case-opened':
      return caseOpened(step, scene, event);
    case 'case-looked-up':
      return caseLookedUp(step, scene, event);
    case 'link-code':
      return codeMade(step, scene, event);
    case 'link-found':
      return codeFound(step, scene, event);
    case 'link-refused':
      return codeRefused(step, scene, event);
    case 'joined':
      return joined(step, scene, event);
    case 'staff-replied':
      return staffReplied(step, scene, event);
    case 'case-changed':
      return caseChanged(step, scene, event);
    case 'staff-asked':
      return staffAsked(step, scene, event);
    case 'erasure-ordered':
      return eraseAtRequest(step, scene);
    case 'colleague-answered':
      return colleagueAnswered(step, scene);
    case 'law-changed':
      return lawChanged(step, scene, event);
    default:
      return exhaustive(event);
  }
}

/** Messages that waited through an outage get a word of apology first. */
function apologise(step: Step, { event, now }: Scene): Step {
  const late = Date.parse(now) - Date.parse(event.sentAt);
  if (!(late > LATE_MS && late < NOT_BELIEVED_MS) || !['text', 'choice', 'file', 'contact'].includes(event.kind))
    return step;
  const first = step.effects.findIndex(({ kind }) => kind === 'say');
  const effects = step.effects.map((effect, index) =>
    index === first && effect.kind === 'say'
      ? { ...effect, message: { ...effect.message, blocks: [para(named('menu.late')), ...effect.message.blocks] } }
      : effect,
  );
  return { ...step, effects };
}

/** Counts the turn, and remembers which choices the person sees. */
function finish(
  { state, effects }: Step,
  { scene: { now }, before }: { readonly scene: Scene; readonly before: State },
): TurnResult {
  const turnNumber = state.turn + 1;
  const said = effects.filter((effect) => effect.kind === 'say').map(({ message }) => message);
  const last = said.findLast(({ choices }) => choices.length > 0);
  // A question of the bot without choices closes those before it: «không» is no press on an older «Không».
  const asked = said.at(-1)?.ask !== undefined && said.at(-1)?.choices.length === 0;
  const shown =
    asked || last !== undefined
      ? { turn: turnNumber, choices: asked ? [] : (last?.choices ?? []).map(({ id }) => id) }
      : state.shown;
  // Where a person goes on outlives what they erase: it is taken apart by «tách kênh» alone.
  const kept = state.joined === undefined && before.joined !== undefined ? { joined: before.joined } : {};
  return { state: { ...takeUp(state), ...kept, turn: turnNumber, shown, seenAt: now }, effects };
}
