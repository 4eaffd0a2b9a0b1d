/** A typed text: a number or label of what is shown, a command, an answer, a question — in this order. */
import { foldWords } from '../../language/index.ts';
import { readYesNo } from '../answers/yes-no.ts';
import { commandIn, splitQuestion, soundsLikeQuestion, yearIn } from '../commands.ts';
import { look, dayAsked } from '../faq-message.ts';
import { currentKey } from '../form.ts';
import { choiceLabel, labelWords } from '../labels.ts';
import { MENU_ENTRIES } from '../present.ts';
import { askOf } from '../questions.ts';
import type { State } from '../state.ts';
import { type Scene, type Step, inMode, stay } from '../step.ts';
import { hearAnswer, hearOtherAnswer, refuse } from './hearing.ts';
import { isDeed, obey } from './obeying.ts';
import { hearCode } from './own-data.ts';
import { confirmed, press } from './pressing.ts';
import { hearConsent, send } from './registering.ts';
import { isHandedOver, tellCase } from './staffing.ts';
import { wonder } from './wondering.ts';

/** While a person of the centre has the conversation only these are for the bot: «cảm ơn», «không rõ» are for the person. */
const whileSilent = new Set<string>([...MENU_ENTRIES, 'menu', 'withdraw', 'english', 'vietnamese']);

export function listen(step: Step, scene: Scene, text: string): Step {
  const { state } = step;
  const silent = isHandedOver(state, scene);
  const picked = silent ? null : pickedByText(state, scene, text);
  if (picked !== null) return press(step, scene, picked, true);
  const command = commandIn(scene.library, text);
  if (command !== null && isDeed(command.name) && (!silent || whileSilent.has(command.name)))
    return obey(step, scene, command);
  if (silent && state.handedOver !== undefined) return tellCase(step, state.handedOver.caseId, text);
  switch (state.mode.kind) {
    case 'asking':
      return hearInForm(step, scene, text);
    case 'confirming':
    case 'confirming-known':
    case 'withdrawing':
      return hearYesNo(step, scene, text);
    case 'seeing-data':
      return state.mode.erasing === true ? hearYesNo(step, scene, text) : question(step, scene, text);
    case 'consenting':
      return hearYesNo(step, scene, text);
    case 'reviewing':
      return hearReview(step, scene, text);
    case 'looking-up':
      return hearCode(step, scene, text) ?? question(step, scene, text);
    default:
      return hearCode(step, scene, text) ?? question(step, scene, text);
  }
}

/** Kinds whose answers may be bare numbers: there «1» is an answer, not the first choice. */
const numberKinds = new Set(['number', 'money', 'phone', 'tax-code', 'date', 'text', 'place']);
/** Of these, kinds that a bare small number never answers: there it picks one of the offered readings. */
const offeringKinds = new Set(['money', 'place']);

/** The shown choice that a text means: by its number, or by its label with or without diacritics. */
function pickedByText(state: State, scene: Scene, text: string): string | null {
  const { choices } = state.shown;
  const typed = foldWords(text);
  if (typed === '') return null;
  const key = state.mode.kind === 'asking' ? currentKey(state, scene) : null;
  const kind = key === null ? null : askOf(scene, key).kind;
  const number = readNumber(scene, typed);
  const numbered = number === null ? undefined : choices[number - 1];
  if (kind === null || !numberKinds.has(kind)) {
    if (number !== null) return numbered ?? null;
  } else if (offeringKinds.has(kind) && numbered?.startsWith(`${key}=`) === true) {
    return numbered; // one of the readings that were offered
  }
  const byLabel = choices.filter(
    (id) => foldWords(labelWords(scene.library, state.lang, choiceLabel(scene.library, id))) === typed,
  );
  return byLabel.length === 1 ? (byLabel[0] ?? null) : null;
}

/** «1», «so 1», «một»: the number words are of content. */
function readNumber(scene: Scene, typed: string): number | null {
  const { commands } = scene.library.pack;
  const before = (commands['choice-words'] ?? [])
    .map((word) => `${foldWords(word)} `)
    .find((word) => typed.startsWith(word));
  const bare = typed.slice(before?.length ?? 0);
  if (/^\d{1,2}$/.test(bare)) return Number(bare);
  const words = commands['ordinals'] ?? [];
  const at = words.findIndex((word) => foldWords(word) === bare);
  return at < 0 ? null : at + 1;
}

/** A question, or a wish for the bot itself. */
function question(step: Step, scene: Scene, text: string): Step {
  const found = look(step.state, scene, text, dayAsked(scene, text));
  if (found.intent !== undefined && isDeed(found.intent)) return obey(step, scene, { name: found.intent, rest: '' });
  return wonder(step, scene, text, found);
}

function hearInForm(step: Step, scene: Scene, text: string): Step {
  const key = currentKey(step.state, scene);
  if (key === null) return question(step, scene, text);
  const both = splitQuestion(scene.library, text);
  if (both !== null) {
    const quiet = hearAnswer(stay(step.state), scene, key, both.answer);
    if (quiet !== null && quiet.state.answers !== step.state.answers) {
      const kept = { state: quiet.state, effects: quiet.effects.filter((effect) => effect.kind !== 'say') };
      return wonder(kept, scene, both.question);
    }
  }
  const heard = hearAnswer(step, scene, key, text) ?? hearOtherAnswer(step, scene, key, text);
  if (heard !== null) return heard;
  const found = look(step.state, scene, text, dayAsked(scene, text));
  if (found.intent !== undefined && isDeed(found.intent)) return obey(step, scene, { name: found.intent, rest: '' });
  const asks =
    found.decision === 'answer' || soundsLikeQuestion(scene.library, text) || yearIn(scene.library, text) !== null;
  return asks ? wonder(step, scene, text, found) : refuse(step, scene, key, text);
}

function hearYesNo(step: Step, scene: Scene, text: string): Step {
  const { mode } = step.state;
  const both = splitQuestion(scene.library, text);
  if (both === null && isWish(step, scene, text)) return question(step, scene, text);
  const heard = readYesNo(both?.answer ?? text, scene.library.pack.valueWords);
  if (heard.understood && heard.value !== 'unsure') {
    const yes = heard.value === 'yes';
    const done = mode.kind === 'consenting' ? hearConsent(step, scene, yes) : confirmed(step, scene, yes);
    return both === null
      ? done
      : wonder({ ...done, effects: done.effects.filter(({ kind }) => kind !== 'say') }, scene, both.question);
  }
  if (mode.kind === 'confirming') {
    const asking = inMode(step, { kind: 'asking' });
    const answer = hearAnswer(asking, scene, mode.question, text);
    if (answer !== null) return answer;
  }
  return question(step, scene, text);
}

/** A whole sentence that is a wish for the bot is no «yes» or «no», whatever words are in it. */
const isWish = (step: Step, scene: Scene, text: string): boolean =>
  text.trim().split(/\s+/).length > 3 && look(step.state, scene, text, scene.today).intent !== undefined;

function hearReview(step: Step, scene: Scene, text: string): Step {
  const { mode } = step.state;
  const picking = mode.kind === 'reviewing' && mode.picking === true;
  const heard = readYesNo(text, scene.library.pack.valueWords);
  return heard.understood && heard.value === 'yes' && !picking ? send(step, scene) : question(step, scene, text);
}
