/**
 * One of the choices of a question, as typed: its number, its label or another way of saying it, alone or within a
 * sentence that names no second choice.
 */
import type { Question, QuestionChoice } from '../../content/index.ts';
import {
  notUnderstood,
  phraseAt,
  readYesNo,
  typedWords,
  understood,
  type TypedWord,
  type Understood,
  type ValueWords,
} from '../../language/index.ts';
import { ordinalIn } from './ordinal.ts';

/** A short word («may», «hộ») counts within a sentence only when the sentence is short: it may be another word there. */
const SHORT_WORD = 4;
const SHORT_SENTENCE = 4;
/** A longer sentence that names one choice is read back. */
const SURE_WORDS = 7;

export function readChoice(question: Question, text: string, words: ValueWords): Understood<string> {
  const { choices } = question;
  const ordinal = ordinalIn(text, words, choices.length);
  if (ordinal !== null)
    return ordinal === 'out-of-range' ? notUnderstood('no-such-number') : pick(choices[ordinal - 1]);
  const typed = withoutCourtesy(typedWords(text), words);
  if (typed.length === 0) return notUnderstood('empty');
  const whole = choices.filter((choice) => formsOf(choice).some((form) => isWhole(typed, form)));
  if (whole.length === 1) return pick(whole[0]);
  const mentioned = mentions(choices, typed);
  const yesNo = choices.some(({ value }) => value === 'yes') ? readYesNo(text, words) : null;
  if (yesNo?.understood === true && choices.some(({ value }) => value === yesNo.value))
    return weigh(yesNo.value, yesNo.sure, mentioned);
  if (/\?\s*$/.test(text)) return notUnderstood('question');
  const [only, second] = mentioned;
  if (only === undefined) return notUnderstood('no-choice');
  if (second !== undefined)
    return notUnderstood(
      'two-choices',
      mentioned.map(({ choice }) => choice.value),
    );
  if (only.denied) return notUnderstood('negated');
  return understood(only.choice.value, typed.length <= SURE_WORDS);
}

const pick = (choice: QuestionChoice | undefined): Understood<string> =>
  choice === undefined ? notUnderstood('no-choice') : understood(choice.value);

/** A plain yes or no, unless the sentence names just another choice in so many words («tự làm thôi»). */
function weigh(value: string, sure: boolean, mentioned: readonly Mention[]): Understood<string> {
  const [only, second] = mentioned;
  if (only === undefined || second !== undefined || only.choice.value === value) return understood(value, sure);
  if (only.denied) return understood(value, false);
  return only.length > 1
    ? understood(only.choice.value, false)
    : notUnderstood('two-choices', [value, only.choice.value]);
}

interface Mention {
  readonly choice: QuestionChoice;
  readonly at: number;
  readonly length: number;
  readonly denied: boolean;
}

/** The choices that a sentence names; a name within a longer one does not count («hợp tác xã» in «liên hiệp hợp tác xã»). */
export function mentions(choices: readonly QuestionChoice[], typed: readonly TypedWord[]): Mention[] {
  const found: Mention[] = [];
  for (const choice of choices) {
    for (const form of formsOf(choice)) {
      typed.forEach((_, at) => {
        if (!phraseAt(typed, at, form) || (isShort(form) && typed.length > SHORT_SENTENCE)) return;
        found.push({ choice, at, length: form.length, denied: isDenied(typed, at) });
      });
    }
  }
  const longest = found.filter(
    (one) =>
      !found.some(
        (other) => other.length > one.length && other.at <= one.at && one.at + one.length <= other.at + other.length,
      ),
  );
  const byValue = new Map<string, Mention>();
  for (const mention of longest) {
    const known = byValue.get(mention.choice.value);
    if (known === undefined || known.length < mention.length) byValue.set(mention.choice.value, mention);
  }
  return [...byValue.values()].sort((one, other) => one.at - other.at);
}

const isShort = (form: readonly TypedWord[]) => form.length === 1 && (form[0]?.folded.length ?? 0) <= SHORT_WORD;

/** «không phải …», «chưa …» right before a name. */
const isDenied = (typed: readonly TypedWord[], at: number): boolean =>
  [1, 2].some(
    (back) =>
      /^(khong|ko|k|chua|dau|chang|cha|hong)$/.test(typed[at - back]?.folded ?? '') &&
      typed[at - back + 1]?.afterSign !== true,
  );

const isWhole = (typed: readonly TypedWord[], form: readonly TypedWord[]): boolean =>
  typed.length === form.length &&
  phraseAt(
    typed.map((word) => ({ ...word, afterSign: false })),
    0,
    form,
  );

const forms = new WeakMap<QuestionChoice, readonly (readonly TypedWord[])[]>();

function formsOf(choice: QuestionChoice): readonly (readonly TypedWord[])[] {
  const known = forms.get(choice);
  if (known !== undefined) return known;
  const list = [choice.label, choice.value.replace(/-/g, ' '), ...(choice.also ?? [])];
  const made = list.map((form) => typedWords(form)).filter((form) => form.length > 0);
  forms.set(choice, made);
  return made;
}

/** Leaves out «dạ», «ạ», «em» around the answer, but never all of it. */
export function withoutCourtesy(typed: readonly TypedWord[], words: ValueWords): readonly TypedWord[] {
  const isCourtesy = (word: TypedWord | undefined) =>
    word !== undefined && courtesyOf(words).some((known) => phraseAt([word], 0, [known]));
  let [from, to] = [0, typed.length];
  while (from < to - 1 && isCourtesy(typed[from])) from += 1;
  while (to > from + 1 && isCourtesy(typed[to - 1])) to -= 1;
  return typed.slice(from, to);
}

const courtesies = new WeakMap<ValueWords, readonly TypedWord[]>();

function courtesyOf(words: ValueWords): readonly TypedWord[] {
  const known = courtesies.get(words);
  if (known !== undefined) return known;
  const made = [...words.courtesy, ...words.polite].flatMap((form) => {
    const list = typedWords(form);
    return list.length === 1 ? list : [];
  });
  courtesies.set(words, made);
  return made;
}
