/**
 * Typed text cut into numerals, words and signs, each with the roles that the word lists give it. A phrase of up to four
 * words counts as one token where a list has it («không phải», «phần trăm»).
 */
import { fold } from './fold.ts';
import { readTelex, readVni } from './keystrokes.ts';
import { marksAgree } from './marks.ts';
import { VALUE_WORD_LISTS, VALUE_WORD_TABLES } from './value-words.ts';
import type { ValueWordList, ValueWords, ValueWordTable } from './value-words.ts';

export type Role = ValueWordList | ValueWordTable;

export interface Token {
  readonly kind: 'number' | 'word' | 'sign';
  /** As typed, lower case, NFC. */
  readonly text: string;
  readonly folded: string;
  /** A blank stood before it. */
  readonly spaced: boolean;
}

const PHRASE_MAX_WORDS = 4;

/** Lower case, NFC, digits and letters of one width («３００ｔｒ»), no invisible signs, dashes and quotes of one kind. */
export function plainTyping(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/[\u200b-\u200f\u2060\ufeff\ufe0f]|[\u{1f3fb}-\u{1f3ff}]/gu, '')
    .replace(/[\u2010-\u2012\u2212]/g, '-')
    .replace(/[\u2018\u2019\u02bc`´]/g, "'")
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase()
    .normalize('NFC');
}

/** Numerals may hold separators, also with one blank behind them, and blanks before groups of three. */
const PIECE =
  /\d{1,3}(?:\s\d{3})+(?![\d.,])|\d+(?:(?:[.,]\s?|')\d{3}(?!\d))+(?:[.,]\d+)?|\d+(?:[.,]\d+)*|\p{L}[\p{L}\p{M}]*|\S/gu;

/** Cuts a text into tokens. `words` tells whether letters before a digit are a known word («ty2») or VNI («tra8m»). */
export function tokenize(text: string, words: ValueWords): Token[] {
  const lexicon = lexiconOf(words);
  // Only from the start of a run of letters: a page of letters without a digit must not be read once for each of them.
  const plain = plainTyping(text).replace(/(?<![a-z])[a-z]+\d[a-z\d]*/g, (run, at: number, all: string) => {
    if (/\d/.test(all[at - 1] ?? '') || lexicon.has(/^[a-z]+/.exec(run)![0])) return run;
    const decoded = readVni(run);
    return decoded !== null && lexicon.has(fold(decoded)) ? decoded : run;
  });
  const tokens: Token[] = [];
  for (const match of plain.matchAll(PIECE)) {
    const piece = match[0];
    const kind = /^\d/.test(piece) ? 'number' : /^\p{L}/u.test(piece) ? 'word' : 'sign';
    const spaced = match.index === 0 || plain[match.index - 1] === ' ';
    tokens.push({ kind, text: kind === 'number' ? piece.replace(/\s/g, ' ') : piece, folded: fold(piece), spaced });
  }
  return tokens;
}

/** The text with short and dialect forms of its words written out («hổng bít» is «không biết»). */
export function inFull(reading: Reading): string {
  const full: string[] = [];
  for (let at = 0; at < reading.tokens.length;) {
    const short = reading.at(at, 'shortForms');
    full.push(short?.value ?? reading.tokens[at]?.text ?? '');
    at += short?.length ?? 1;
  }
  return full.join(' ');
}

interface Entry {
  readonly words: readonly string[];
  readonly role: Role;
  readonly value: string;
}

const lexicons = new WeakMap<ValueWords, ReadonlyMap<string, readonly Entry[]>>();

/** Entries by the folded form of their first word; made once for each set of lists. */
function lexiconOf(words: ValueWords): ReadonlyMap<string, readonly Entry[]> {
  const known = lexicons.get(words);
  if (known !== undefined) return known;
  const made = new Map<string, Entry[]>();
  const add = (form: string, role: Role, value: string) => {
    const parts = form.toLowerCase().normalize('NFC').split(' ');
    const first = fold(parts[0] ?? '');
    made.set(first, [...(made.get(first) ?? []), { words: parts, role, value }]);
  };
  for (const role of VALUE_WORD_LISTS) for (const form of words[role]) add(form, role, '');
  for (const role of VALUE_WORD_TABLES)
    for (const [value, forms] of Object.entries(words[role])) for (const form of forms) add(form, role, value);
  lexicons.set(words, made);
  return made;
}

export interface Found {
  /** Number of tokens it takes. */
  readonly length: number;
  readonly value: string;
}

/** Reads roles off tokens. */
export class Reading {
  readonly tokens: readonly Token[];
  private readonly lexicon: ReadonlyMap<string, readonly Entry[]>;

  constructor(text: string, words: ValueWords) {
    this.tokens = tokenize(text, words);
    this.lexicon = lexiconOf(words);
  }

  /** The longest form of a role that begins at a token, or null. */
  at(index: number, role: Role): Found | null {
    let best: Found | null = null;
    for (const entry of this.entriesAt(index)) {
      if (entry.role === role && entry.words.length > (best?.length ?? 0) && this.matches(index, entry))
        best = { length: entry.words.length, value: entry.value };
    }
    return best;
  }

  is(index: number, role: Role): boolean {
    return this.at(index, role) !== null;
  }

  /** True when any of the roles begins anywhere. */
  has(...roles: Role[]): boolean {
    return this.tokens.some((_, index) => roles.some((role) => this.is(index, role)));
  }

  /** True when the whole text is forms of these roles. */
  allAre(...roles: Role[]): boolean {
    let index = 0;
    while (index < this.tokens.length) {
      const longest = Math.max(0, ...roles.map((role) => this.at(index, role)?.length ?? 0));
      if (longest === 0) return false;
      index += longest;
    }
    return index > 0;
  }

  private entriesAt(index: number): readonly Entry[] {
    const token = this.tokens[index];
    if (token === undefined) return [];
    const direct = this.lexicon.get(token.folded);
    if (direct !== undefined || token.kind !== 'word') return direct ?? [];
    for (const spelling of respellings(token)) {
      const found = this.lexicon.get(fold(spelling));
      if (found !== undefined) return found;
    }
    return [];
  }

  private matches(index: number, entry: Entry): boolean {
    if (entry.words.length > PHRASE_MAX_WORDS) return false;
    return entry.words.every((word, offset) => {
      const token = this.tokens[index + offset];
      return token !== undefined && wordAgrees(token, word);
    });
  }
}

/** A word with letters held down («khônggg», «okkk») brought back to single letters at that place. */
const withoutRepeats = (word: string): string => word.replace(/(\p{L})\1{2,}/gu, '$1');

/** Other spellings of a token that no list knows as it stands: letters held down, Telex left over. */
function respellings(token: Token): string[] {
  const shorter = withoutRepeats(token.text);
  const telex = readTelex(shorter);
  return [shorter, ...(telex === null ? [] : [telex])].filter((spelling) => spelling !== token.text);
}

const wordAgrees = (token: Token, word: string): boolean =>
  marksAgree(token.text, word) ||
  (token.kind === 'word' && respellings(token).some((spelling) => marksAgree(spelling, word)));
