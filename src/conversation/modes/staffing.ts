/** To a person: asking for one, opening a case, and what staff do reaching the owner. */
import { type CaseId, addMs, provinceCode } from '../../base/index.ts';
import type { Block, Label } from '../../content/index.ts';
import { MACHINES, placeOf } from '../../dossier/index.ts';
import { putAside } from '../aside.ts';
import type { CaseSeen, ConversationEvent } from '../events.ts';
import { dossierOf, elsewhere } from '../form.ts';
import { choice } from '../labels.ts';
import { menuMessage, present } from '../present.ts';
import { elsewhereBlocks } from '../questions.ts';
import type { State } from '../state.ts';
import {
  type Scene,
  type Step,
  command,
  doing,
  inMode,
  message,
  named,
  para,
  say,
  valuesOf,
  withState,
  without,
} from '../step.ts';

const HOUR_MS = 60 * 60 * 1000;

export const isOpen = ({ status }: CaseSeen): boolean => status !== 'closed';

/** The case that the owner's words and papers go to: the last one that is open. */
export const openCase = (state: State): CaseSeen | undefined => state.cases.findLast(isOpen);

/** True while a person of the centre has the conversation. */
export const isHandedOver = (state: State, scene: Scene): boolean =>
  state.handedOver !== undefined && scene.now < state.handedOver.until;

/** «Gặp cán bộ». Consent comes first, since a case holds what was said. */
export function callStaff(step: Step, scene: Scene): Step {
  const { state } = step;
  const open = openCase(state);
  if (open !== undefined) {
    const told = message([para(alreadyOpen(open))], [command('menu')]);
    return inMode(say(step, told), { kind: 'menu' });
  }
  const away = elsewhere(state, scene);
  if (away !== null)
    return inMode(say(step, menuMessage(state, scene, elsewhereBlocks(scene, away))), { kind: 'menu' });
  if (scene.library.settings.served !== null && placeOf(valuesOf(state)) === undefined) {
    const form = { flow: 'eligibility', focus: 'place', returnTo: 'staff', since: state.turn } as const;
    const asking = inMode(withState(step, { form: state.form ?? form }), { kind: 'asking' });
    const focused = withState(asking, { form: { ...(state.form ?? form), focus: 'place', returnTo: 'staff' } });
    return say(focused, present(focused.state, scene, [para(named('staffing.whereFirst'))]));
  }
  if (state.consent === undefined) {
    const consenting = inMode(step, { kind: 'consenting', to: 'staff' });
    return say(consenting, present(consenting.state, scene));
  }
  return openQuestionCase(step, scene);
}

/** Who has the case, said as it is: an officer, nobody yet, or nobody at all. */
function alreadyOpen({ code, officer, unstaffed }: CaseSeen): Label {
  if (officer !== undefined) return named('staffing.alreadyOpen.taken', { code, officer });
  return named(unstaffed === true ? 'staffing.alreadyOpen.nobody' : 'staffing.alreadyOpen.waiting', { code });
}

/** What is said of a thing that went into the case, where staff see it and where nobody is there to. */
export const intoCase = ({ code, unstaffed }: CaseSeen, seen: string, alone: string): Label =>
  named(unstaffed === true ? alone : seen, { code });

const provinceOf = (state: State) => {
  const place = placeOf(valuesOf(state));
  return place === undefined ? null : provinceCode(place.province);
};

export function openQuestionCase(step: Step, scene: Scene): Step {
  return doing(inMode(step, { kind: 'opening', about: 'question' }), {
    kind: 'open-case',
    about: 'question',
    province: provinceOf(step.state),
    dossier: dossierOf(step.state, scene),
  });
}

/** The sheet goes over to the case; what it was written on is no draft any more. */
export function openRegistrationCase(step: Step, scene: Scene): Step {
  return doing(
    inMode(step, { kind: 'opening', about: 'registration' }),
    {
      kind: 'open-case',
      about: 'registration',
      province: provinceOf(step.state),
      dossier: dossierOf(step.state, scene),
    },
    { kind: 'drop-draft' },
  );
}

type Opened = Extract<ConversationEvent, { kind: 'case-opened' }>;

/** The case is numbered: the owner gets its code, and the honest word on when somebody will answer. */
export function caseOpened(step: Step, scene: Scene, event: Opened): Step {
  const { state } = step;
  const about = state.mode.kind === 'opening' ? state.mode.about : 'question';
  const seen: CaseSeen = {
    id: event.caseId,
    code: event.code,
    status: 'new',
    ...(event.answerBy === undefined ? {} : { answerBy: event.answerBy }),
    ...(event.staffed ? {} : { unstaffed: true }),
  };
  if (about === 'colleague') {
    const quiet = { ...state, cases: [...state.cases, seen], mode: { kind: 'menu' } as const };
    return withColleague({ ...step, state: quiet }, scene, event.caseId);
  }
  const registered = about === 'registration';
  const { sheetOf: _sent, ...rest } = state;
  const next: State = {
    ...rest,
    cases: [...state.cases, seen],
    mode: { kind: 'menu' },
    ...(registered
      ? { form: null, sheetOf: event.caseId }
      : state.sheetOf === undefined
        ? {}
        : { sheetOf: state.sheetOf }),
  };
  const blocks = [...openedBlocks(about, event), para(named(writeOn(about, event, next)))];
  const told = message(blocks, [choice(scene.library, 'menu=status', 'status'), command('menu')]);
  const said = say({ ...step, state: next }, told);
  if (next.form === null) return said;
  const asking = inMode(said, { kind: 'asking' });
  return say(asking, present(asking.state, scene, [para(named('form.goOn'))]));
}

/** The code, and the honest word on when somebody will answer. */
function openedBlocks(about: 'registration' | 'question', { code, staffed, answerBy }: Opened): readonly Block[] {
  if (!staffed)
    return [para(named(`staffing.openedAlone.${about}`, { code }), 'bold'), para(named('staffing.noStaff'))];
  const when =
    answerBy === undefined ? named('staffing.willAnswer') : named('staffing.answerBy', { time: { time: answerBy } });
  return [para(named(`staffing.opened.${about}`, { code }), 'bold'), para(when)];
}

/** What the owner may do meanwhile. */
function writeOn(about: 'registration' | 'question', { staffed }: Opened, { form }: State): string {
  if (about === 'registration') return 'staffing.notLegal';
  if (!staffed) return 'staffing.writeAlone';
  return form === null ? 'staffing.writeHere' : 'staffing.writeMeanwhile';
}

/**
 * A colleague answered in the platform's own inbox: the bot falls silent, and staff get a case by which they can hand the
 * owner back. The owner is told nothing, since a person is talking to them.
 */
export function colleagueAnswered(step: Step, scene: Scene): Step {
  const open = openCase(step.state);
  if (open !== undefined) return withColleague(step, scene, open.id);
  return doing(inMode(step, { kind: 'opening', about: 'colleague' }), {
    kind: 'open-case',
    about: 'question',
    province: provinceOf(step.state),
    dossier: dossierOf(step.state, scene),
  });
}

function withColleague(step: Step, scene: Scene, caseId: CaseId): Step {
  const until = addMs(scene.now, scene.library.settings.handoverHours * HOUR_MS);
  return doing(withState(step, { handedOver: { caseId, until } }), {
    kind: 'tell-case',
    caseId,
    what: { kind: 'colleague' },
  });
}

/** Passes a line of the owner on to the staff of a case. */
export const tellCase = (step: Step, caseId: CaseId, text: string): Step =>
  doing(step, { kind: 'tell-case', caseId, what: { kind: 'line', text } });

type Replied = Extract<ConversationEvent, { kind: 'staff-replied' }>;

/** A word from staff: it reaches the owner, and the bot keeps out of the way from here on. */
export function staffReplied(step: Step, scene: Scene, event: Replied): Step {
  const until = addMs(scene.now, scene.library.settings.handoverHours * HOUR_MS);
  const blocks: Block[] = [
    ...(event.text === undefined ? [] : [para({ words: event.text })]),
    ...event.files.map((file): Block => ({ kind: 'file', file })),
  ];
  const told = message(blocks, [], undefined, { speaker: { staff: event.speaker } });
  return withState(say(step, told), { handedOver: { caseId: event.caseId, until } });
}

export function withoutHandover(step: Step): Step {
  const { handedOver: _person, ...state } = step.state;
  return { ...step, state };
}

type Changed = Extract<ConversationEvent, { kind: 'case-changed' }>;

export function caseChanged(step: Step, scene: Scene, event: Changed): Step {
  const { change, case: seen } = event;
  const known = step.state.cases.some(({ id }) => id === seen.id);
  const cases = known ? step.state.cases.map((one) => (one.id === seen.id ? seen : one)) : [...step.state.cases, seen];
  const ends = change === 'handed-back' || change === 'closed';
  const next = withState(ends ? withoutHandover(step) : step, { cases });
  const values = {
    code: seen.code,
    officer: seen.officer ?? '',
    to: seen.forwardedTo ?? '',
    outcome: { label: named(`outcome.${seen.outcome ?? 'other'}`) },
    ...(seen.answerBy === undefined ? {} : { time: { time: seen.answerBy } }),
  };
  const key = change === 'raised' && seen.answerBy !== undefined ? 'raisedBy' : change;
  const said = say(next, message([para(named(`staffing.changed.${key}`, values))], ends ? [command('menu')] : []));
  const waiting = said.state.mode.kind !== 'menu' && change === 'handed-back';
  return waiting ? say(said, present(said.state, scene, [para(named('form.goOn'))])) : said;
}

type Asked = Extract<ConversationEvent, { kind: 'staff-asked' }>;

/** Staff ask for one field or paper again: the owner is asked only that. */
export function staffAsked(step: Step, scene: Scene, event: Asked): Step {
  // Who has erased everything since is asked nothing: an answer could not be kept.
  if (step.state.consent === undefined) return step;
  const form = {
    flow: 'registration',
    focus: event.field,
    editing: true,
    reason: event.reason,
    returnTo: 'case',
    since: step.state.turn,
  } as const;
  const ofSheet = withoutHandover({ ...step, state: putAside(step.state, event, scene.now) });
  // Machines are told anew as a whole, as when the owner edits them.
  const answers =
    event.field === MACHINES ? without(ofSheet.state.answers, [MACHINES, 'machines.more']) : ofSheet.state.answers;
  const asking = inMode(withState(ofSheet, { form, answers, sheetOf: event.caseId }), { kind: 'asking' });
  return say(asking, present(asking.state, scene));
}
