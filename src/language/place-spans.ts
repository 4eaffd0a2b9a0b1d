/**
 * What the words of an address may be: names of places with the type typed before them, the noise around an address
 * («thôn 3», «số 12 đường …»), courtesy, or unknown.
 */
import { fold } from './fold.ts';
import { readTelex, readVni } from './keystrokes.ts';
import { hasMarks, marksAgree, sameMarks } from './marks.ts';
import { splitName, wordKey, type Named, type PlaceIndex } from './place-index.ts';
import { isOneSlip } from './slips.ts';
import { isFoldedSyllable } from './syllable.ts';
import { plainTyping } from './value-tokens.ts';
import type { ValueWords } from './value-words.ts';

export interface PlaceToken {
  readonly typed: string;
  readonly folded: string;
  readonly key: string;
  /** A comma, bracket or line end stands before it. */
  readonly afterBreak: boolean;
}

export type Level = 'unit' | 'district' | 'province';

export interface Mark {
  readonly level: Level;
  readonly type: string;
}

/** How well the marks of the typed words fit a name: all, none against it, hỏi and ngã mixed up, or against it. */
export const EXACT = 0;
export const AGREES = 1;
export const TONE_SLIP = 2;
export const AGAINST = 3;

export interface Hit {
  readonly named: Named;
  readonly marks: number;
}

export interface Span {
  /** First token, that of the type where one was typed. */
  readonly start: number;
  readonly end: number;
  readonly marks: readonly Mark[];
  readonly hits: readonly Hit[];
  /** A letter is wrong: found only by the likeness of the name. */
  readonly typo: boolean;
}

const MOST_WORDS = 8;
/** Names shorter than this («Ô», «9») are names only behind their type. */
const SHORTEST_BARE = 3;
const SHORTEST_TYPO = 5;

/** Cuts an address into words; glued types («tp.hcm», «p9», «tx.») come apart. */
export function placeTokens(text: string, index: PlaceIndex): PlaceToken[] {
  const plain = withVni(plainTyping(text), index)
    .replace(/(?<!\p{L})t\s?\.\s?([ptx])\s?\.?(?!\p{L})/gu, ' t$1 ')
    .replace(/(?<=\p{L})'(?=\p{L})/gu, '')
    .replace(/(?<=\p{L})(?=\d)|(?<=\d)(?=\p{L})/gu, ' ');
  const tokens: PlaceToken[] = [];
  let afterBreak = true;
  for (const [piece] of plain.matchAll(/[\p{L}\p{M}\d]+|[,;()/\n|:–]|[.](?=\s)/gu)) {
    if (!/[\p{L}\d]/u.test(piece)) {
      afterBreak ||= piece !== '.';
      continue;
    }
    const typed = readableWord(piece, index);
    tokens.push({ typed, folded: fold(typed), key: wordKey(typed), afterBreak });
    afterBreak = false;
  }
  return tokens;
}

/**
 * Leftover keys of VNI («Nga So7n», «Ho1a») as letters. A digit inside a word betrays them; only then is one at its end
 * («xa4») a key too, and not the number of a ward.
 */
function withVni(plain: string, index: PlaceIndex): string {
  const inside = /(?<![\p{L}\d])\p{L}+\d+\p{L}[\p{L}\d]*/gu;
  const read = (run: string): string => {
    const decoded = readVni(run);
    return decoded !== null && (index.words.has(wordKey(decoded)) || hasMarks(decoded)) ? decoded : run;
  };
  const repaired = plain.replace(inside, read);
  return repaired === plain ? plain : repaired.replace(/(?<![\p{L}\d])\p{L}{2,}\d{1,2}(?![\p{L}\d])/gu, read);
}

/** The word as typed; leftover keys of Telex are read where that makes a word of some name («Sown» is «Sơn»). */
function readableWord(piece: string, index: PlaceIndex): string {
  const key = wordKey(piece);
  if (index.words.has(key) || index.byKey.has(key) || isFoldedSyllable(fold(piece)) || hasMarks(piece)) return piece;
  const telex = readTelex(piece);
  return telex !== null && index.words.has(wordKey(telex)) ? telex : piece;
}

/** A phrase cut into words, each with its folded form: compared first, since most words differ there already. */
export type Phrase = readonly { readonly word: string; readonly folded: string }[];

export const phraseOf = (text: string): Phrase => text.split(' ').map((word) => ({ word, folded: fold(word) }));

interface MarkForm extends Mark {
  readonly words: Phrase;
}

const forms = new WeakMap<ValueWords, readonly MarkForm[]>();

function markForms(words: ValueWords): readonly MarkForm[] {
  const known = forms.get(words);
  if (known !== undefined) return known;
  const made: MarkForm[] = [];
  const add = (level: Level, type: string, list: readonly string[]) => {
    for (const form of list) made.push({ level, type, words: phraseOf(form) });
  };
  for (const [type, list] of Object.entries(words.unitMarks)) add('unit', type, list);
  for (const [type, list] of Object.entries(words.districtMarks)) {
    add('district', type, list);
    if (type === 'thanh-pho') add('province', type, list);
  }
  add('province', 'tinh', words.provinceMarks);
  forms.set(words, made);
  return made;
}

/** Length of the type that begins at a token, and what it may be the type of. */
export function marksAt(tokens: readonly PlaceToken[], at: number, words: ValueWords) {
  let length = 0;
  let marks: Mark[] = [];
  for (const form of markForms(words)) {
    if (form.words.length < length || !matches(tokens, at, form.words)) continue;
    if (form.words.length > length) marks = [];
    length = form.words.length;
    marks.push({ level: form.level, type: form.type });
  }
  return { length, marks };
}

export const matches = (tokens: readonly PlaceToken[], at: number, phrase: Phrase): boolean =>
  tokens[at]?.folded === phrase[0]?.folded && // nearly always enough
  phrase.every(({ word, folded }, offset) => {
    const token = tokens[at + offset];
    return token !== undefined && token.folded === folded && marksAgree(token.typed, word);
  });

/** All spans of names. With `loose`, names with one wrong letter too. */
export function placeSpans(
  tokens: readonly PlaceToken[],
  words: ValueWords,
  index: PlaceIndex,
  loose: boolean,
): Span[] {
  const spans: Span[] = [];
  tokens.forEach((_, at) => {
    const { length, marks } = marksAt(tokens, at, words);
    if (length > 0) spans.push(...spansFrom(tokens, at, at + length, { marks, index, loose }));
    spans.push(...spansFrom(tokens, at, at, { marks: [], index, loose }));
  });
  return spans;
}

interface Search {
  readonly marks: readonly Mark[];
  readonly index: PlaceIndex;
  readonly loose: boolean;
}

function spansFrom(tokens: readonly PlaceToken[], start: number, from: number, search: Search): Span[] {
  const spans: Span[] = [];
  let key = '';
  for (let end = from + 1; end <= Math.min(tokens.length, from + MOST_WORDS); end += 1) {
    const token = tokens[end - 1];
    if (token === undefined || (token.afterBreak && end - 1 > from)) break;
    key += token.key;
    const bare = search.marks.length === 0;
    if (bare && /^\d+$/.test(key)) continue;
    const typed = tokens.slice(from, end).map((each) => each.typed);
    const exact = namesAt(key, { bare, first: from === 0 }, search.index).map((named) => ({
      named,
      marks: markLevel(typed, named.name),
    }));
    if (exact.length > 0) spans.push({ start, end, marks: search.marks, hits: exact, typo: false });
    else if (search.loose && key.length >= SHORTEST_TYPO) {
      const hits = likeNames(key, typed, search.index);
      if (hits.length > 0) spans.push({ start, end, marks: search.marks, hits, typo: true });
    }
  }
  return spans;
}

/** Names of a key: letters that stand for a province only behind another name, other short names only behind a type. */
function namesAt(key: string, where: { readonly bare: boolean; readonly first: boolean }, index: PlaceIndex): Named[] {
  const tooShort = where.bare && key.length < SHORTEST_BARE;
  return (index.byKey.get(key) ?? []).filter(
    ({ kind, short }) => !(short && where.first) && (!tooShort || kind === 'province'),
  );
}

function markLevel(typed: readonly string[], name: string): number {
  const words = splitName(name);
  if (words.length !== typed.length) {
    const [one, other] = [typed.join(''), words.join('')];
    return one === other ? EXACT : hasMarks(one) ? AGAINST : AGREES;
  }
  const pairs = words.map((word, at): readonly [string, string] => [typed[at] ?? '', word]);
  if (pairs.every(([one, other]) => sameMarks(one, other) || (/\d/.test(one) && wordKey(one) === wordKey(other))))
    return EXACT;
  if (pairs.every(([one, other]) => agrees(one, other))) return AGREES;
  return pairs.every(([one, other]) => agrees(swapTone(one), swapTone(other))) ? TONE_SLIP : AGAINST;
}

/** «Lí» is written for «Lý»: the letters may differ where the keys do not. */
const agrees = (typed: string, word: string): boolean =>
  marksAgree(typed, word) ||
  marksAgree(typed.replace(/[iìíĩỉị]$/, toY), word) ||
  marksAgree(typed.replace(/[yỳýỹỷỵ]$/, toI), word);

const Y: Readonly<Record<string, string>> = { i: 'y', ì: 'ỳ', í: 'ý', ĩ: 'ỹ', ỉ: 'ỷ', ị: 'ỵ' };
const I: Readonly<Record<string, string>> = { y: 'i', ỳ: 'ì', ý: 'í', ỹ: 'ĩ', ỷ: 'ỉ', ỵ: 'ị' };
const toY = (letter: string) => Y[letter] ?? letter;
const toI = (letter: string) => I[letter] ?? letter;

/** Many speakers do not tell hỏi from ngã, and write «Quãng» for «Quảng». */
const swapTone = (word: string): string =>
  word
    .normalize('NFD')
    .replace(/\u0303/g, '\u0309')
    .normalize('NFC');

/**
 * Names one letter away. A commune only when a typed word is no Vietnamese syllable: else it is another, unknown commune.
 */
function likeNames(key: string, typed: readonly string[], index: PlaceIndex): Hit[] {
  const broken = typed.some((word) => word.length > 2 && !isFoldedSyllable(fold(word)) && !/\d/.test(word));
  const hits: Hit[] = [];
  for (const [other, list] of index.byKey) {
    if (Math.abs(other.length - key.length) > 1 || other.length < SHORTEST_TYPO || !isOneSlip(key, other)) continue;
    for (const named of list) {
      const higher = named.kind === 'province' || named.kind === 'district';
      if (broken || higher) hits.push({ named, marks: AGREES });
    }
  }
  return hits;
}
