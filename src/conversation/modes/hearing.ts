/** A typed text as an answer to the question that waits: understood, read back, refused with help, or no answer at all. */
import type { Block } from '../../content/index.ts';
import type { Understood } from '../../language/index.ts';
import { readAnswer } from '../answers/read.ts';
import { readYesNo } from '../answers/yes-no.ts';
import { soundsLikeQuestion, splitThings, withoutOpening } from '../commands.ts';
import { correctionIn } from '../sayings.ts';
import { ask, lastAnswered } from '../form.ts';
import { choice, labelWords } from '../labels.ts';
import type { Choice } from '../message.ts';
import { present } from '../present.ts';
import { MISSES_BEFORE_PERSON, askOf, isPaper, questionFor } from '../questions.ts';
import type { AnswerValue } from '../state.ts';
import { type Scene, type Step, inMode, named, para, say, withState, without } from '../step.ts';
import { provinceName, takeAnswer } from './form.ts';

/** Reads a text as an answer to a question. */
export function read(scene: Scene, key: string, text: string): Understood<AnswerValue> {
  const question = questionFor(scene, key);
  if (question === null) return { understood: false, why: 'send-file' };
  const said = key === 'representative' ? withoutOpening(scene.library, text) : text;
  const heard = readAnswer(question, said, {
    words: scene.library.pack.valueWords,
    places: scene.library.places,
    today: scene.today,
  });
  if (key === 'machines.quantity' && heard.understood && heard.value === 0) return { understood: false, why: 'none' };
  return heard;
}

/** Keeps what was understood, or reads it back first. Null: the text is no answer to this question. */
export function hearAnswer(step: Step, scene: Scene, key: string, text: string): Step | null {
  if (isPaper(key)) return null;
  if (key === 'place') return hearPlace(step, scene, text);
  const { kind } = askOf(scene, key);
  const asks = soundsLikeQuestion(scene.library, text);
  if (kind === 'text' && (asks || !isName(scene, key, text))) return null;
  if (key === 'machines.name') return hearMachines(step, scene, text);
  const heard = read(scene, key, text);
  if (!heard.understood) return asks ? null : candidatesOf(step, scene, key, heard);
  if (asks && !heard.sure) return null; // «có mất phí không» is no «0 đồng»
  if (kind === 'multi-choice') return hearSeveral(step, scene, key, heard.value);
  if (!heard.sure) return confirm(step, scene, key, heard.value);
  return takeAnswer(step, scene, { key, value: heard.value, said: text, echo: echoed.has(kind) });
}

/** Kinds that are said back when typed: money, phone, place or a date hang on them. */
const echoed = new Set(['money', 'phone', 'tax-code', 'date', 'place', 'choice']);

/** A name has letters and is no bare «ok»; hamlet and street may be a number. */
function isName(scene: Scene, key: string, text: string): boolean {
  if (key === 'addressDetail') return true;
  const yesNo = readYesNo(text, scene.library.pack.valueWords);
  return /\p{L}/u.test(text) && !(yesNo.understood && text.trim().split(/\s+/).length <= 2);
}

export function confirm(step: Step, scene: Scene, question: string, value: AnswerValue): Step {
  const next = inMode(step, { kind: 'confirming', question, value });
  return say(next, present(next.state, scene));
}

/** Several picks in one text end the question. */
function hearSeveral(step: Step, scene: Scene, key: string, value: AnswerValue): Step {
  const before = step.state.mode.kind === 'asking' ? (step.state.mode.picked ?? []) : [];
  const heard = Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
  const all = [...new Set([...before, ...heard.filter((one) => one !== 'done')])];
  if (all.length === 0) return pickNone(step, scene, key);
  return takeAnswer(step, scene, { key, value: all, echo: true });
}

/** A list that ends without a pick: an answer only where the question may be passed over. */
export function pickNone(step: Step, scene: Scene, key: string): Step {
  if (questionFor(scene, key)?.optional === true) return takeAnswer(step, scene, { key, value: [] });
  return ask(step, scene, key, [para(named('refusal.multi-choice.none'))]);
}

/** «may say + may ep bun» are two machines. */
function hearMachines(step: Step, scene: Scene, text: string): Step | null {
  const heard = read(scene, 'machines.name', text);
  if (!heard.understood || typeof heard.value !== 'string') return null;
  const names = splitThings(scene.library, heard.value);
  const before: readonly Block[] =
    names.length > 1
      ? [
          para(
            named('form.severalMachines', {
              count: names.length,
              list: { list: names.map((words) => named('format.literal', { words })) },
            }),
          ),
        ]
      : [];
  return takeAnswer(step, scene, { key: 'machines.name', value: names, said: text, before });
}

/** Offers the readings of an ambiguous text as choices; null when there are none. */
function candidatesOf(
  step: Step,
  scene: Scene,
  key: string,
  heard: Extract<Understood<AnswerValue>, { understood: false }>,
): Step | null {
  const candidates = (heard.candidates ?? []).filter((one) => typeof one === 'number');
  const [only] = candidates;
  if (candidates.length === 1 && only !== undefined) return confirm(step, scene, key, only);
  if (candidates.length < 2) return null;
  const asking = ask(step, scene, key, [para(named('form.which'))]);
  return withChoices(
    asking,
    candidates.map((value) => choice(scene.library, `${key}=${value}`, String(value))),
  );
}

/** Puts choices before those of the last message said. */
function withChoices(step: Step, choices: readonly Choice[]): Step {
  const effects = step.effects.map((effect, index) =>
    index === step.effects.length - 1 && effect.kind === 'say'
      ? { ...effect, message: { ...effect.message, choices: unique([...choices, ...effect.message.choices]) } }
      : effect,
  );
  return { ...step, effects };
}

const unique = (choices: readonly Choice[]): readonly Choice[] =>
  choices.filter(({ id }, at) => choices.findIndex((other) => other.id === id) === at);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A place, kept by codes: the words typed are not kept. */
function hearPlace(step: Step, scene: Scene, text: string): Step | null {
  const heard = readPlaceHere(step, scene, text);
  const units = heard.understood ? [heard.value, ...(heard.others ?? [])] : (heard.candidates ?? []);
  const codes = units.filter(isRecord).flatMap(({ unitCode }) => (typeof unitCode === 'string' ? [unitCode] : []));
  if (!heard.understood) return codes.length === 0 ? null : offerPlaces(step, scene, codes);
  if (!isRecord(heard.value)) return null;
  const { value } = heard;
  if (value['unitCode'] === undefined) return hearProvince(step, scene, value);
  if (codes.length > 1) return offerPlaces(step, scene, codes);
  const kept = placeValue(value);
  if (!heard.sure) return confirm(step, scene, 'place', { ...kept, ...formerly(value) });
  return takeAnswer(step, scene, { key: 'place', value: kept, echo: true });
}

/** Within the province that was named before, where the text is a unit of it. */
function readPlaceHere(step: Step, scene: Scene, text: string): Understood<AnswerValue> {
  const province = step.state.hints['place'];
  const alone = () => read(scene, 'place', text);
  if (province === undefined) return alone();
  const within = read(scene, 'place', `${text}, ${provinceName(scene, province)}`);
  return within.understood || (within.candidates ?? []).length > 0 ? within : alone();
}

function offerPlaces(step: Step, scene: Scene, codes: readonly string[]): Step {
  const asking = ask(step, scene, 'place', [para(named('place.which'))]);
  return withChoices(
    asking,
    codes.map((code) => choice(scene.library, `place=${code}`)),
  );
}

const formerly = (value: Record<string, unknown>) =>
  typeof value['formerly'] === 'string' ? { formerly: value['formerly'] } : {};

export function placeValue(value: Record<string, unknown>): Record<string, unknown> {
  const { province, unitType, unitCode, formerProvince } = value;
  return {
    province,
    unitType: unitType ?? null,
    ...(unitCode === undefined ? {} : { unitCode }),
    ...(formerProvince === undefined ? {} : { formerProvince }),
  };
}

/** The province alone: its commune is asked for once; a second time the province is enough. */
function hearProvince(step: Step, scene: Scene, value: Record<string, unknown>): Step {
  const province = String(value['province']);
  if (step.state.hints['place'] === province)
    return takeAnswer(step, scene, { key: 'place', value: placeValue(value), echo: true });
  const hinted = withState(step, { hints: { ...step.state.hints, place: province } });
  return ask(hinted, scene, 'place', [para(named('place.whichUnit', { province: provinceName(scene, province) }))]);
}

/** Answers that people give before they are asked: where they are, what they are, what they make. */
const volunteered = ['place', 'legalForm', 'sector'] as const;

/** A text that answers another open question than the one that waits: kept, and the waiting one is put again. */
export function hearOtherAnswer(step: Step, scene: Scene, key: string, text: string): Step | null {
  if (soundsLikeQuestion(scene.library, text)) return null;
  for (const other of volunteered) {
    if (other === key || step.state.answers[other] !== undefined) continue;
    const heard = read(scene, other, text);
    if (!heard.understood || !heard.sure || heard.value === 'unsure') continue;
    const place = other === 'place';
    if (place && !(isRecord(heard.value) && heard.value['unitCode'] !== undefined && heard.others === undefined))
      continue;
    const value = place && isRecord(heard.value) ? placeValue(heard.value) : heard.value;
    return takeAnswer(step, scene, { key: other, value, said: text, echo: true });
  }
  return null;
}

/**
 * «à nhầm, 0987 …», «à không, hợp tác xã chứ»: an answer given before is changed, the last one first; the question that
 * waits goes on waiting.
 */
export function hearCorrection(step: Step, scene: Scene, key: string, text: string): Step | null {
  const right = correctionIn(scene.library, text);
  if (right === null) return null;
  const last = lastAnswered(step.state, scene);
  const before = [last, ...volunteered].filter((one) => one !== null && one !== key && isCorrectable(step, scene, one));
  for (const earlier of new Set(before)) {
    if (earlier === null) continue;
    const heard = earlier === 'place' ? null : read(scene, earlier, right);
    if (heard?.understood !== true || !heard.sure) continue;
    return takeAnswer(step, scene, { key: earlier, value: heard.value, said: right, echo: true });
  }
  return hearAnswer(step, scene, key, right);
}

/** Free words would take any correction for theirs. */
const isCorrectable = ({ state }: Step, scene: Scene, key: string): boolean =>
  state.answers[key] !== undefined && questionFor(scene, key) !== null && askOf(scene, key).kind !== 'text';

/** Not understood: what was wrong with this text, and a right one; the third time a person is offered. */
export function refuse(step: Step, scene: Scene, key: string, text: string): Step {
  const { kind } = askOf(scene, key);
  const heard = read(scene, key, text);
  const why = heard.understood ? 'default' : heard.why;
  const exact = `refusal.${kind}.${why}`;
  const known = isKnown(scene, step.state.lang, exact);
  const missed = withState(step, { misses: step.state.misses + 1 });
  const help = questionFor(scene, key)?.help;
  return ask(missed, scene, key, [
    para(named(known ? exact : `refusal.${kind}.default`)),
    ...(help !== undefined && missed.state.misses > 1 ? [para({ words: help }, 'quiet')] : []),
    ...(missed.state.misses >= MISSES_BEFORE_PERSON ? [para(named('form.offerPerson'))] : []),
  ]);
}

const isKnown = (scene: Scene, lang: string, key: string): boolean => labelWords(scene.library, lang, { key }) !== '';

/** True when the text was tried as an answer, and there is a word for what is wrong with it. */
export function isRefused(scene: Scene, key: string, text: string): boolean {
  const heard = read(scene, key, text);
  return !heard.understood && isKnown(scene, 'vi', `refusal.${askOf(scene, key).kind}.${heard.why}`);
}

export const withoutHint = (step: Step, key: string): Step =>
  withState(step, { hints: without(step.state.hints, [key]) });
