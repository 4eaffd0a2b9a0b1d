/** The owner's own cases and data: how a case stands, withdrawing it, seeing and erasing what is kept. */
import type { Label } from '../../content/index.ts';
import type { CaseSeen, ConversationEvent } from '../events.ts';
import { choice } from '../labels.ts';
import { present } from '../present.ts';
import { newState } from '../state.ts';
import { type Scene, type Step, command, doing, inMode, list, message, named, para, say, withState } from '../step.ts';
import { toMenu } from './form.ts';
import { isOpen, openCase } from './staffing.ts';

/** Guesses at codes of other people's cases after which no more are looked up until the menu. */
const MOST_GUESSES = 5;

const statusLine = (seen: CaseSeen): Label =>
  named(seen.officer === undefined ? 'status.line' : 'status.lineOfficer', {
    code: seen.code,
    officer: seen.officer ?? '',
    status: { label: named(`status.${seen.status}`) },
  });

export function showStatus(step: Step, scene: Scene): Step {
  const { cases } = step.state;
  if (cases.length === 0) {
    const asking = inMode(withState(step, { misses: 0 }), { kind: 'looking-up' });
    return say(asking, present(asking.state, scene));
  }
  const open = openCase(step.state);
  const next = inMode(step, { kind: 'menu' });
  const ways =
    open === undefined ? [] : [...(step.state.sheetOf === open.id ? [command('edit')] : []), command('withdraw')];
  const hint = open === undefined ? [] : [para(named('status.addHint'), 'quiet')];
  return say(
    next,
    message(
      [para(named('status.title')), list(cases.map(statusLine)), ...hint],
      [...ways, command('lookUp'), command('menu')],
    ),
  );
}

const CODE = /([A-Za-z]{2,4})[\s-]*(\d{2})[\s-]*(\d{6})(?!\d)/;

/** A code with the last four digits of the phone, in one text or in two. */
export function hearCode(step: Step, scene: Scene, text: string): Step | null {
  const { mode } = step.state;
  const code = CODE.exec(text);
  if (code === null) {
    const known = mode.kind === 'looking-up' ? mode.code : undefined;
    return known !== undefined && /^\D*(?:\d[\s.-]*){4,11}\D*$/.test(text)
      ? hearCode(step, scene, `${known} ${text}`)
      : null;
  }
  const [whole, letters = '', year = '', number = ''] = code;
  const full = `${letters.toUpperCase()}-${year}-${number}`;
  const own = step.state.cases.find((one) => one.code === full);
  if (own !== undefined)
    return say(inMode(step, { kind: 'menu' }), message([para(statusLine(own))], [command('menu')]));
  const digits = /(\d{4})\D*$/.exec(text.replace(whole, ' ').replace(/(?<=\d)[\s.-]+(?=\d)/g, ''))?.[1];
  const asking = inMode(step, { kind: 'looking-up', ...(digits === undefined ? { code: full } : {}) });
  if (digits === undefined) return say(asking, message([para(named('status.askDigits'))], [command('menu')]));
  if (step.state.misses >= MOST_GUESSES)
    return say(asking, message([para(named('status.tooManyGuesses'))], [command('staff'), command('menu')]));
  return doing(asking, { kind: 'look-up-case', code: full, lastDigits: digits });
}

type LookedUp = Extract<ConversationEvent, { kind: 'case-looked-up' }>;

export function caseLookedUp(step: Step, scene: Scene, { found }: LookedUp): Step {
  if (found === null) {
    const missed = withState(step, { misses: step.state.misses + 1 });
    return say(missed, message([para(named('status.notFound'))], [command('staff'), command('menu')]));
  }
  return say(
    inMode(withState(step, { misses: 0 }), { kind: 'menu' }),
    message([para(statusLine(found))], [choice(scene.library, 'menu=status', 'status'), command('menu')]),
  );
}

export function askWithdraw(step: Step, scene: Scene): Step {
  const open = openCase(step.state);
  if (open === undefined) return toMenu(step, scene, [para(named('status.noneOpen'))]);
  const asking = inMode(step, { kind: 'withdrawing', caseId: open.id });
  return say(asking, present(asking.state, scene));
}

export function withdraw(step: Step, scene: Scene, yes: boolean): Step {
  const { mode } = step.state;
  if (mode.kind !== 'withdrawing' || !yes) return toMenu(step, scene);
  const cases = step.state.cases.map((one) =>
    one.id === mode.caseId ? { ...one, status: 'closed' as const, outcome: 'withdrawn' } : one,
  );
  const told = doing(withState(step, { cases }), {
    kind: 'tell-case',
    caseId: mode.caseId,
    what: { kind: 'withdrawn' },
  });
  const was = step.state.cases.find(({ id }) => id === mode.caseId);
  const alone = was?.unstaffed === true;
  return toMenu(told, scene, [para(named(alone ? 'status.withdrawnAlone' : 'status.withdrawn'))]);
}

export function showData(step: Step, scene: Scene): Step {
  const seeing = inMode(step, { kind: 'seeing-data' });
  return say(seeing, present(seeing.state, scene));
}

export function askErase(step: Step, scene: Scene): Step {
  const asking = inMode(step, { kind: 'seeing-data', erasing: true });
  return say(asking, present(asking.state, scene));
}

/** Everything kept of the person goes; open cases are withdrawn first, so that nobody works on them in vain. */
export function erase(step: Step, scene: Scene, yes: boolean): Step {
  return yes ? gone(step, scene, 'data.erased') : showData(step, scene);
}

/** The centre does it for a person who asked there; they are told as if they had asked here. */
export const eraseAtRequest = (step: Step, scene: Scene): Step => gone(step, scene, 'data.erasedAtRequest');

function gone(step: Step, scene: Scene, told: string): Step {
  const { state } = step;
  const withdrawn = state.cases
    .filter(isOpen)
    .map(({ id }) => ({ kind: 'tell-case', caseId: id, what: { kind: 'withdrawn' } }) as const);
  const empty = { ...newState(scene.now), turn: state.turn, lang: state.lang };
  const erased = doing({ ...step, state: empty }, ...withdrawn);
  return doing(toMenu(erased, scene, [para(named(told))]), { kind: 'erase-person' });
}
