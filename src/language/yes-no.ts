/**
 * Yes, no or unsure, as said in Vietnamese: the courtesy before it («dạ không») is no yes, a denial may stand behind
 * («có đâu»), and a question («có không?») is no answer. Two denials are asked back rather than counted.
 */
import { notUnderstood, understood, type Understood } from './understood.ts';
import { inFull, Reading, type Found } from './value-tokens.ts';
import type { ValueWordList, ValueWords } from './value-words.ts';

export type YesNo = 'yes' | 'no' | 'unsure';

const MEANINGS = [
  'yes',
  'no',
  'unsure',
  'questions',
  'polite',
  'but',
  'future',
] as const satisfies readonly ValueWordList[];
type Meaning = (typeof MEANINGS)[number];

interface Said {
  readonly meaning: Meaning;
  readonly at: number;
  readonly end: number;
}

/** Longer texts are stories, not answers. */
const MOST_TOKENS = 16;
const NUMBERED: Readonly<Record<string, YesNo>> = { '1': 'yes', '2': 'no', '3': 'unsure' };

export function readYesNo(text: string, words: ValueWords): Understood<YesNo> {
  const reading = new Reading(inFull(new Reading(text, words)), words);
  const { tokens } = reading;
  if (tokens.length === 0) return notUnderstood('empty');
  const numbered = tokens.length === 1 ? NUMBERED[tokens[0]?.text ?? ''] : undefined;
  if (numbered !== undefined) return understood(numbered);
  if (tokens.length > MOST_TOKENS) return notUnderstood('too-long');
  const said = meaningsIn(reading);
  if (said.length === 0) return notUnderstood('no-yes-or-no');
  if (said[0]?.meaning === 'unsure' || endsInDoubt(said, reading)) return unsureUnless(said);
  if (said.some((each) => asks(each, said, reading)) || tokens.at(-1)?.text === '?') return notUnderstood('question');
  return weigh(said, reading);
}

/** A question word, unless it stands behind a denial: «chưa mua gì». */
const asks = ({ meaning, at }: Said, said: readonly Said[], reading: Reading): boolean =>
  meaning === 'questions' &&
  !(reading.is(at, 'indefinite') && said.some((other) => other.meaning === 'no' && other.at < at));

/** «có hay không cũng không biết»: doubt at the end answers the question before it. */
const endsInDoubt = (said: readonly Said[], { tokens }: Reading): boolean =>
  said.at(-1)?.meaning === 'unsure' && tokens.at(-1)?.text !== '?';

/** The meanings from left to right, the longest phrase first at each place. */
function meaningsIn(reading: Reading): Said[] {
  const said: Said[] = [];
  let at = 0;
  while (at < reading.tokens.length) {
    let best: { readonly meaning: Meaning; readonly found: Found } | null = null;
    for (const meaning of MEANINGS) {
      const found = isLoneLetter(at, meaning, reading) ? null : reading.at(at, meaning);
      if (found !== null && found.length > (best?.found.length ?? 0)) best = { meaning, found };
    }
    const end = at + (best?.found.length ?? 1);
    if (best !== null) said.push({ meaning: best.meaning, at, end });
    at = end;
  }
  return said;
}

/** «em o Nga Sơn»: a bare «o», «u» within a sentence is another word («ở») rather than «ờ», «ừ». */
const isLoneLetter = (at: number, meaning: Meaning, { tokens }: Reading): boolean =>
  (meaning === 'yes' || meaning === 'polite') && tokens.length > 2 && /^[aou]$/.test(tokens[at]?.text ?? '');

function weigh(all: readonly Said[], reading: Reading): Understood<YesNo> {
  const said = all.filter((each, index) => !isCourtesy(each, index, all, reading));
  if (said.some(({ meaning }) => meaning === 'unsure')) return unsureUnless(said);
  if (said.some(({ meaning }) => meaning === 'but' || meaning === 'future')) return notUnderstood('not-clear');
  const denials = said.filter(({ meaning }) => meaning === 'no');
  const first = said[0];
  if (first?.meaning === 'yes' && endsAsking(first, denials, reading)) return notUnderstood('question');
  if (denials.length === 0) return first === undefined ? notUnderstood('no-yes-or-no') : confirm(first, reading);
  if (denials.length > 1 && !areApart(denials, reading)) return notUnderstood('double-negation');
  if (first?.meaning === 'yes' && isCut(first.end, reading)) return notUnderstood('not-clear'); // «có, không phải …»
  if (said.some((each) => isTakenBack(each, denials, reading))) return notUnderstood('not-clear');
  return understood('no', first?.meaning === 'no' && first.at <= 2);
}

/** «có … không», «đã … chưa»: a yes word, a clause, and the word that asks at the very end. */
function endsAsking(first: Said, denials: readonly Said[], reading: Reading): boolean {
  const last = denials.at(-1);
  if (last === undefined || last.at < first.end || last.end !== last.at + 1) return false;
  const { tokens } = reading;
  const isWord = (at: number, word: RegExp) => word.test(tokens[at]?.folded ?? '');
  const isLast = tokens.every(({ kind }, at) => at < last.end || kind === 'sign' || reading.is(at, 'courtesy'));
  const between = tokens.slice(first.end, last.at);
  const clause = between.some((_, at) => !reading.is(first.end + at, 'courtesy')) || first.end - first.at > 1; // «đã có chưa»
  const says = clause && !between.some(isSign);
  return isLast && says && isWord(first.at, /^(co|da|duoc|du)$/) && isWord(last.at, /^(khong|chua)$/);
}

const isSign = ({ kind }: Reading['tokens'][number]): boolean => kind === 'sign';

/** «dạ», «ừ», «rồi» before or behind the word that matters; alone they are the answer. */
function isCourtesy(each: Said, index: number, all: readonly Said[], reading: Reading): boolean {
  if (all.length === 1) return false;
  if (each.meaning === 'polite') return true;
  if (
    each.meaning === 'no' &&
    reading.is(each.end - 1, 'emphasis') &&
    all.slice(0, index).some(({ meaning }) => meaning === 'no')
  )
    return true; // «không đâu»
  const more = all.some(
    (other, place) => place !== index && other.meaning !== 'polite' && !reading.is(other.at, 'polite'),
  );
  return each.meaning === 'yes' && reading.is(each.at, 'polite') && more;
}

/** «không, có rồi», «trước không giờ có»: a «có» with a clause of its own behind the denial. */
function isTakenBack(yes: Said, denials: readonly Said[], reading: Reading): boolean {
  const before = denials.filter(({ end }) => end <= yes.at);
  const apart = before.length > 0 && before.every(({ end }) => end < yes.at);
  return yes.meaning === 'yes' && apart && reading.tokens[yes.at]?.folded === 'co';
}

/** Doubt wins over a bare yes or no; beside a clear sentence of both it stays doubt. */
const unsureUnless = (said: readonly Said[]): Understood<YesNo> =>
  said.some(({ meaning }) => meaning === 'but') ? notUnderstood('not-clear') : understood('unsure');

/** A yes must lead, or stand in a short sentence: in a long one «có», «được» mean many things. */
const confirm = (first: Said, reading: Reading): Understood<YesNo> =>
  understood('yes', first.at <= 2 || reading.tokens.length <= 6);

/** «không, chưa có», «không không»: two denials that stand for themselves. */
const areApart = (denials: readonly Said[], reading: Reading): boolean =>
  denials
    .slice(1)
    .every(({ at }, index) => reading.tokens.slice(denials[index]!.end, at).some(({ kind }) => kind === 'sign')) ||
  denials
    .slice(1)
    .every(({ at }, index) => at === denials[index]!.end && reading.tokens[at]?.text === reading.tokens[at - 1]?.text);

/** «có, không phải», «có hoặc không», «có mà không». */
const isCut = (at: number, reading: Reading): boolean =>
  reading.tokens[at]?.kind === 'sign' || reading.is(at, 'either');
