/** A typed text: a number or label of what is shown, a command, an answer, a question — in this order. */
import { foldWords } from '../../language/index.ts';
import { picksByNumber } from '../../content/index.ts';
import { readYesNo } from '../answers/yes-no.ts';
import { type Command, commandIn, splitQuestion, soundsLikeQuestion, yearIn } from '../commands.ts';
import { look, dayAsked } from '../faq-message.ts';
import { currentKey } from '../form.ts';
import { choiceLabel, labelWords } from '../labels.ts';
import { MENU_ENTRIES } from '../present.ts';
import { askOf, isPaper, questionFor } from '../questions.ts';
import { saysNoPaper, saysNothing } from '../sayings.ts';
import type { State } from '../state.ts';
import { type Scene, type Step, inMode, para, stay } from '../step.ts';
import { again, edit, lineFor, skip } from './form-commands.ts';
import { hearAnswer, hearCorrection, hearOtherAnswer, isRefused, refuse } from './hearing.ts';
import { isDeed, obey } from './obeying.ts';
import { hearLinkCode, hearWhileSilent } from './linking.ts';
import { hearCode } from './own-data.ts';
import { confirmed, press } from './pressing.ts';
import { hearConsent, send } from './registering.ts';
import { intoCase, isHandedOver, openCase, tellCase } from './staffing.ts';
import { hasWords, wonder } from './wondering.ts';

/** While a person of the centre has the conversation only these are for the bot: «cảm ơn», «không rõ» are for the person. */
const whileSilent = new Set<string>([...MENU_ENTRIES, 'menu', 'withdraw', 'link', 'unlink', 'english', 'vietnamese']);

export function listen(step: Step, scene: Scene, text: string): Step {
  const { state } = step;
  const silent = isHandedOver(state, scene);
  const picked = silent && !asksToJoin(state) ? null : pickedByText(state, scene, text);
  if (picked !== null) return press(step, scene, picked, true);
  const command = commandFor(step, scene, text);
  if (command !== null && isDeed(command.name) && (!silent || whileSilent.has(command.name)))
    return obey(step, scene, command);
  if (silent && state.handedOver !== undefined)
    return hearWhileSilent(step, scene, text) ?? tellCase(step, state.handedOver.caseId, text);
  const code = hearLinkCode(step, scene, text);
  if (code !== null) return code;
  switch (state.mode.kind) {
    case 'asking':
      return hearInForm(step, scene, text);
    case 'confirming':
    case 'confirming-known':
    case 'withdrawing':
    case 'joining':
    case 'parting':
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

const asksToJoin = ({ mode }: State): boolean => mode.kind === 'joining' || mode.kind === 'parting';

/** Where «hết» is a choice, and «sửa xe», «chính sách» names no line, they are words like others. */
function commandFor({ state }: Step, scene: Scene, text: string): Command | null {
  const command = commandIn(scene.library, text);
  const key = state.mode.kind === 'asking' ? currentKey(state, scene) : null;
  if (command?.name === 'edit' && /[a-z]/.test(command.rest) && lineFor(state, scene, command.rest) === undefined)
    return null;
  if (command?.name !== 'done' || key === null) return command;
  const { kind } = askOf(scene, key);
  return kind === 'multi-choice' || kind === 'text' || isPaper(key) ? command : null;
}

/** The shown choice that a text means: by its number, or by its label with or without diacritics. */
function pickedByText(state: State, scene: Scene, text: string): string | null {
  const { choices } = state.shown;
  const typed = foldWords(text);
  if (typed === '' || choices.length === 0) return null;
  const key = state.mode.kind === 'asking' ? currentKey(state, scene) : null;
  const kind = key === null ? null : askOf(scene, key).kind;
  const number = readNumber(scene, text);
  const numbered = number === null ? undefined : choices[number - 1];
  const isReading = numbered?.startsWith(`${key}=`) === true;
  if (kind === null || picksByNumber(kind, false)) {
    if (number !== null) return numbered ?? null;
  } else if (numbered !== undefined && picksByNumber(kind, isReading)) {
    return numbered;
  }
  const byLabel = choices.filter(
    (id) => foldWords(labelWords(scene.library, state.lang, choiceLabel(scene.library, id))) === typed,
  );
  return byLabel.length === 1 ? (byLabel[0] ?? null) : null;
}

/** «1», «so 1», «một»: the number words are of content. Marks may be left out, but «muối» is no «mười». */
function readNumber(scene: Scene, text: string): number | null {
  const { commands } = scene.library.pack;
  const typed = text
    .trim()
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/[.!)]+$/, '');
  const before = (commands['choice-words'] ?? [])
    .flatMap((word) => [`${word} `, `${foldWords(word)} `])
    .find((word) => typed.startsWith(word));
  const bare = typed.slice(before?.length ?? 0).trim();
  if (/^\d{1,2}$/.test(bare)) return Number(bare);
  const at = (commands['ordinals'] ?? []).findIndex((word) => word === bare || foldWords(word) === bare);
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
  const plain = hearNothing(step, scene, key, text) ?? hearGuessed(step, scene, key, text);
  if (plain !== null) return plain;
  const { kind } = askOf(scene, key);
  const wish = kind === 'text' ? look(step.state, scene, text, scene.today).intent : undefined;
  if (wish !== undefined && isDeed(wish)) return obey(step, scene, { name: wish, rest: '' });
  const heard =
    hearCorrection(step, scene, key, text) ??
    hearAnswer(step, scene, key, text) ??
    hearOtherAnswer(step, scene, key, text);
  return heard ?? hearNoAnswer(step, scene, key, text);
}

/** «không có», «chưa biết» where an answer may be left out, and «mất rồi» of a paper. */
function hearNothing(step: Step, scene: Scene, key: string, text: string): Step | null {
  if (isPaper(key)) {
    if (saysNoPaper(scene.library, text)) return press(step, scene, `${key}=none`, true);
    return saysNothing(scene.library, text) ? press(step, scene, `${key}=later`, true) : null;
  }
  const open = questionFor(scene, key);
  if (open === null || open.choices.length > 0 || !saysNothing(scene.library, text)) return null;
  return skip(step, scene);
}

/** «đúng rồi» to «Em đoán là …». */
function hearGuessed(step: Step, scene: Scene, key: string, text: string): Step | null {
  const hint = step.state.hints[key];
  const choices = questionFor(scene, key)?.choices ?? [];
  const guessed = choices.some(({ value }) => value === hint) && !choices.some(({ value }) => value === 'yes');
  if (hint === undefined || !guessed || step.state.answers[key] !== undefined) return null;
  const heard = readYesNo(text, scene.library.pack.valueWords);
  return heard.understood && heard.value === 'yes' ? press(step, scene, `${key}=${hint}`, true) : null;
}

/** Kinds that a text of a few words about something else is no question in: «vài người», «năm 2027». */
const valueKinds = new Set(['number', 'money', 'date', 'phone', 'tax-code']);

/** No answer to the question that waits: a question of the owner's own, a word for the case, or not understood. */
function hearNoAnswer(step: Step, scene: Scene, key: string, text: string): Step {
  if (!hasWords(text)) return refuse(step, scene, key, text);
  const { state } = step;
  const found = look(state, scene, text, dayAsked(scene, text));
  if (found.intent !== undefined && isDeed(found.intent)) return obey(step, scene, { name: found.intent, rest: '' });
  const { kind } = askOf(scene, key);
  const asks = soundsLikeQuestion(scene.library, text);
  const aside =
    valueKinds.has(kind) && (isRefused(scene, key, text) || text.trim().split(/\s+/).length < WORDS_FOR_STAFF);
  const wonders = asks || (!aside && (found.decision === 'answer' || yearIn(scene.library, text) !== null));
  if (wonders) return wonder(step, scene, text, found);
  const open = state.consent === undefined ? undefined : openCase(state);
  return open !== undefined && !aside && text.trim().split(/\s+/).length >= WORDS_FOR_STAFF
    ? again(tellCase(step, open.id, text), scene, [para(intoCase(open, 'faq.passedOn', 'faq.passedOnAlone'))])
    : refuse(step, scene, key, text);
}

/** So many words that answer nothing are meant for the staff who have the case. */
const WORDS_FOR_STAFF = 4;

function hearYesNo(step: Step, scene: Scene, text: string): Step {
  const { mode } = step.state;
  const both = splitQuestion(scene.library, text);
  if (both === null && (isWish(step, scene, text) || isAsked(step, scene, text))) return question(step, scene, text);
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

/** «có bị lộ không» before a yes is a question, when the pack knows an answer to it. */
const isAsked = (step: Step, scene: Scene, text: string): boolean =>
  soundsLikeQuestion(scene.library, text) &&
  text.trim().split(/\s+/).length > 2 &&
  look(step.state, scene, text, scene.today).decision !== 'unknown';

function hearReview(step: Step, scene: Scene, text: string): Step {
  const { mode } = step.state;
  const picking = mode.kind === 'reviewing' && mode.picking === true;
  const heard = readYesNo(text, scene.library.pack.valueWords);
  if (picking || !heard.understood || heard.value === 'unsure' || isAsked(step, scene, text))
    return question(step, scene, text);
  return heard.value === 'yes' ? send(step, scene) : edit(step, scene, '');
}
