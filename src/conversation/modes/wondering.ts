/** Free questions, at any point: an answer, a suggestion, or an honest «not known»; a form that was open goes on after it. */
import type { Day } from '../../base/index.ts';
import { type Told, dayAsked, entryOf, look, suggest, tellEntry, tellLawOf } from '../faq-message.ts';
import { choice } from '../labels.ts';
import type { Choice } from '../message.ts';
import { menuMessage, present, sheetWaits } from '../present.ts';
import { redacted } from '../redact.ts';
import { MISSES_BEFORE_PERSON, questionFor } from '../questions.ts';
import type { FaqDecision } from '../../faq/index.ts';
import { faqId } from '../../base/index.ts';
import { type Scene, type Step, command, doing, message, named, para, say, withState } from '../step.ts';
import { read } from './hearing.ts';
import { intoCase, openCase, tellCase } from './staffing.ts';

/** Answers a free question; what was waiting is put again after it. */
export function wonder(step: Step, scene: Scene, text: string, found?: FaqDecision): Step {
  const on = dayAsked(scene, text);
  const decision = found ?? look(step.state, scene, text, on);
  const heard = rememberHints(step, scene, text);
  const passedOn = passOn(heard, text);
  const told = tellDecision(passedOn, scene, text, decision, on);
  return goOn(told, scene);
}

function tellDecision(step: Step, scene: Scene, text: string, decision: FaqDecision, on: Day): Step {
  if (!hasWords(text)) return isPassedOn(step) ? sayUnknown(step, scene, text) : askForWords(step, scene);
  const [first] = decision.hits;
  const sourced = first !== undefined && (on === scene.today || (entryOf(scene, first.id)?.sources.length ?? 0) > 0);
  if (decision.decision === 'answer' && first !== undefined && sourced) {
    const told = tellEntry(scene, first.id, on);
    if (told !== null) return sayTold(withState(step, { misses: 0 }), scene, told);
  }
  if (on !== scene.today) return sayTold(withState(step, { misses: 0 }), scene, tellLawOf(scene, on));
  if (decision.decision === 'suggest' && !isPassedOn(step))
    return sayTold(withState(step, { misses: 0 }), scene, suggest(scene, decision));
  return sayUnknown(step, scene, text);
}

/** An entry that was picked from a list or a suggestion. */
export function tellPicked(step: Step, scene: Scene, id: string): Step {
  const told = tellEntry(scene, id, scene.today);
  if (told === null) return say(step, present(step.state, scene, [para(named('form.oldButton'))]));
  return goOn(sayTold(step, scene, told), scene);
}

function sayTold(step: Step, scene: Scene, { blocks, choices }: Told): Step {
  return say(step, message(blocks, [...choices, ...(isWaiting(step) ? [] : freeChoices(step, scene))]));
}

/** False for «250», «??», «👍»: whatever an entry says of such a number was not asked for. */
export const hasWords = (text: string): boolean => /\p{L}/u.test(text);

/** Nothing is looked for and nothing kept for the editors: the owner is asked to say it in words. */
function askForWords(step: Step, scene: Scene): Step {
  const misses = step.state.misses + 1;
  const offer = misses >= MISSES_BEFORE_PERSON ? [para(named('form.offerPerson'))] : [];
  const blocks = [para(named('faq.inWords')), ...offer];
  const missed = withState(step, { misses });
  if (isWaiting(step)) return say(missed, message(blocks, [command('staff')]));
  return say(missed, menuMessage(missed.state, scene, blocks));
}

/** What one may do after an answer, when nothing else waits. */
function freeChoices(step: Step, scene: Scene): readonly Choice[] {
  const open = openCase(step.state);
  return [
    ...(open === undefined ? [choice(scene.library, 'menu=eligibility', 'eligibility')] : []),
    choice(scene.library, 'menu=staff', 'staff'),
    command('menu'),
  ];
}

/** Not known is said so; the question is kept for the editors, without the person; a person of the centre is offered. */
function sayUnknown(step: Step, scene: Scene, text: string): Step {
  const misses = step.state.misses + 1;
  const noted = doing(withState(step, { misses }), {
    kind: 'note-question',
    words: redacted(scene.library, text, step.state.consent !== undefined),
    why: 'unknown',
  });
  const open = step.state.consent === undefined ? undefined : openCase(step.state);
  const passed = open !== undefined;
  const told = passed && isWaiting(step) ? tellCase(noted, open.id, text) : noted;
  const blocks = [
    para(passed ? intoCase(open, 'faq.passedOn', 'faq.passedOnAlone') : named('faq.unknown')),
    ...(misses >= MISSES_BEFORE_PERSON && !passed ? [para(named('form.offerPerson'))] : []),
  ];
  const ways = passed ? [command('menu')] : [command('staff'), command('faq'), command('menu')];
  return say(told, message(blocks, isWaiting(step) ? (passed ? [] : [command('staff')]) : ways));
}

/** True when staff of an open case see what is written here. */
const isPassedOn = (step: Step): boolean =>
  openCase(step.state) !== undefined && step.state.consent !== undefined && !isWaiting(step);

/** While a case is open, what the owner writes beside the form reaches its staff too. */
function passOn(step: Step, text: string): Step {
  const open = openCase(step.state);
  return open !== undefined && isPassedOn(step) ? tellCase(step, open.id, text) : step;
}

const isWaiting = ({ state }: Step): boolean =>
  !['menu', 'wondering', 'browsing', 'opening', 'looking-up'].includes(state.mode.kind);

/** Puts again what was waiting. */
export function goOn(step: Step, scene: Scene): Step {
  if (!isWaiting(step)) return step;
  const { mode } = step.state;
  if (mode.kind === 'reviewing' && mode.picking !== true) return say(step, sheetWaits(step.state, scene));
  return say(step, present(step.state, scene, [para(named('form.goOn'))]));
}

/** «làm bún khô … mua máy sấy» names a sector and a support, «htx chúng tôi» a legal form: remembered as facts, to be confirmed when asked. */
function rememberHints(step: Step, scene: Scene, text: string): Step {
  const hints: Record<string, string> = { ...step.state.hints };
  for (const key of ['legalForm', 'sector', 'supportWanted']) {
    const question = questionFor(scene, key);
    if (question === null || step.state.answers[key] !== undefined || hints[key] !== undefined) continue;
    if (text.trim().split(/\s+/).length < 3) continue;
    const heard = read(scene, key, text);
    const value: unknown = heard.understood ? (Array.isArray(heard.value) ? heard.value[0] : heard.value) : undefined;
    if (typeof value === 'string' && question.choices.some((one) => one.value === value) && value !== 'unsure')
      hints[key] = value;
  }
  return withState(step, { hints });
}

/** «Câu trả lời có giúp được không?» */
export function helpful(step: Step, scene: Scene, value: string): Step {
  const at = value.indexOf(':');
  const verdict = value.slice(0, at);
  const id = value.slice(at + 1);
  if (verdict === 'yes') return goOn(say(step, message([para(named('faq.thanks'))], [command('menu')])), scene);
  const words = entryOf(scene, faqId(id))?.questions[0] ?? id;
  const noted = doing(step, { kind: 'note-question', words, why: 'unhelpful', faq: id });
  return goOn(say(noted, message([para(named('faq.unhelpful'))], [command('staff'), command('menu')])), scene);
}
