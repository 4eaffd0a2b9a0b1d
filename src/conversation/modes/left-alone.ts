/** A registration that was begun and left alone: its owner is told a month before it is erased, after twelve in all. */
import { addMs } from '../../base/index.ts';
import type { ConversationEvent } from '../events.ts';
import { dossierOf } from '../form.ts';
import { choice } from '../labels.ts';
import { newState, type State } from '../state.ts';
import { type Scene, type Step, command, doing, inMode, message, named, para, say, withState } from '../step.ts';
import { isOpen } from './staffing.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** From the reminder to the end of the draft: a month, at its longest. */
const WARNED_MS = 31 * DAY_MS;

/** Name of the reminder that ends a draft; the one that announces it is raised by the service. */
export const DRAFT_EXPIRED = 'draft-expired';
export const DRAFT_EXPIRING = 'draft-expiring';

/** The owner is told, with a way to go on; only from here on does the last month run. */
export function draftExpiring(step: Step, scene: Scene): Step {
  const going =
    step.state.form?.flow === 'registration'
      ? command('resume')
      : choice(scene.library, 'menu=registration', 'registration');
  const told = say(
    inMode(step, { kind: 'menu' }),
    message([para(named('data.draftExpiring'))], [going, command('menu')]),
  );
  const at = addMs(scene.now, WARNED_MS);
  return doing(withState(told, { warned: true }), { kind: 'remind-at', name: DRAFT_EXPIRED, at });
}

const ofOwner = new Set<ConversationEvent['kind']>(['started', 'text', 'choice', 'contact', 'file', 'unsupported']);

/** Any word of the owner keeps a draft whose end was announced: its year begins anew. */
export function keptByWord(step: Step, scene: Scene): Step {
  const { warned, ...state } = step.state;
  if (warned === undefined || !ofOwner.has(scene.event.kind)) return step;
  const spared = doing({ ...step, state }, { kind: 'cancel-reminder', name: DRAFT_EXPIRED });
  return state.consent === undefined ? spared : doing(spared, { kind: 'keep-draft', dossier: dossierOf(state, scene) });
}

/**
 * The draft is erased, and everything else that is kept of its owner, unless staff have a case of theirs: then only what
 * belongs to the draft goes.
 */
export function draftExpired(step: Step, scene: Scene): Step {
  const { state } = step;
  if (state.warned === undefined) return step;
  const { turn, lang, cases } = state;
  const empty = { ...step, state: { ...newState(scene.now), turn, lang, cases, ...ofOpenCases(state) } };
  const told = say(empty, message([para(named('data.draftExpired'))], [command('menu')]));
  return doing(told, { kind: cases.length === 0 ? 'erase-person' : 'drop-draft' });
}

/** What open cases still need: consent to pass words on, and the answers that are the sheet of one of them. */
function ofOpenCases({ cases, consent, sheetOf, answers }: State): Partial<State> {
  const open = cases.filter(isOpen);
  if (open.length === 0) return {};
  const isSheet = open.some(({ id }) => id === sheetOf);
  return {
    ...(consent === undefined ? {} : { consent }),
    ...(isSheet && sheetOf !== undefined ? { sheetOf, answers } : {}),
  };
}
