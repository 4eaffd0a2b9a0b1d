/**
 * Repair of Vietnamese as people type it, before anything is understood: leftover keys of Telex and VNI, drawn-out
 * letters, joined digits («nđ134»), teencode, abbreviations and dialect words, by the words around them. What is not
 * recognised stays as typed; punctuation and line breaks stay.
 */
import { fold } from './fold.ts';
import { readTelex, readVni } from './keystrokes.ts';
import type { Rewriting, SearchWords } from './search-words.ts';
import { isFoldedSyllable, isSyllable, placeTone } from './syllable.ts';

interface Piece {
  text: string;
  readonly word: boolean;
}

/** The text with every recognised word in the standard spelling. Untouched words keep their capital letters. */
export function repair(text: string, words: SearchWords): string {
  const book = bookOf(words);
  let pieces = cut(text.normalize('NFC').replace(/[\u200b-\u200d\ufeff]/g, ''));
  pieces = pieces.flatMap((piece) => (piece.word ? cut(repairWord(piece.text, book)) : [piece]));
  pieces = rewrite(pieces, book.rewritings);
  return pieces.map(({ text: written }) => written).join('');
}

interface Book {
  readonly rewritings: ReadonlyMap<string, readonly (Rewriting & { readonly parts: readonly string[] })[]>;
  /** Words that stay as typed. */
  readonly known: ReadonlySet<string>;
}

const books = new WeakMap<SearchWords, Book>();

function bookOf(words: SearchWords): Book {
  const kept = books.get(words);
  if (kept) return kept;
  const rewritings = new Map<string, (Rewriting & { parts: string[] })[]>();
  for (const rewriting of [...words.dialect, ...words.abbreviations]) {
    const parts = rewriting.said.normalize('NFC').toLowerCase().split(' ').map(placeTone);
    const first = parts[0] ?? '';
    rewritings.set(first, [...(rewritings.get(first) ?? []), { ...rewriting, parts }]);
  }
  for (const list of rewritings.values()) list.sort((a, b) => b.parts.length - a.parts.length);
  const book = { rewritings, known: new Set([...words.foreign, ...rewritings.keys()]) };
  books.set(words, book);
  return book;
}

const WORD = /[\p{L}\p{M}\d]+/gu;

function cut(text: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(WORD)) {
    if (match.index > end) pieces.push({ text: text.slice(end, match.index), word: false });
    pieces.push({ text: match[0], word: true });
    end = match.index + match[0].length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end), word: false });
  return pieces;
}

function repairWord(typed: string, book: Book): string {
  const word = typed.toLowerCase();
  if (/^\d+$/.test(word) || book.known.has(word)) return typed;
  const placed = placeTone(word);
  if (/\d/.test(word)) return readVni(word) ?? splitDigits(typed);
  if (standing(placed)) return placed === word ? typed : placed;
  const telex = readTelex(word);
  if (telex !== null) return telex;
  const short = squeeze(word);
  if (short !== word) {
    if (book.known.has(short) || standing(short)) return short;
    const read = readTelex(short);
    if (read !== null) return read;
  }
  return readTeen(short) ?? typed;
}

const standing = (word: string): boolean => isSyllable(word) || (fold(word) === word && isFoldedSyllable(word));

/** «nđ134» → «nđ 134», «300tr» → «300 tr»; «2a» stays. */
const splitDigits = (word: string): string =>
  word.replace(/(\p{L}{2,})(?=\d)/gu, '$1 ').replace(/(\d)(?=\p{L}{2,})/gu, '$1 ');

/** «khôngggg» → «không»: a letter three times or more, or doubled at the end. */
const squeeze = (word: string): string =>
  word
    .normalize('NFC')
    .replace(/(\p{L})\1{2,}/gu, '$1')
    .replace(/(\p{L})\1$/u, '$1');

const TEEN: readonly (readonly [RegExp, string])[] = [
  [/^f/, 'ph'],
  [/^dz/, 'd'],
  [/^z/, 'd'],
  [/^j/, 'gi'],
  [/^w/, 'qu'],
  [/^k(?=[aăâoôơuư])/, 'c'],
  [/^q(?=u?[^u])/, 'qu'],
  [/k$/, 'c'],
  [/^ngh(?=[aăâoôơuư])/, 'ng'],
  [/^ng(?=[eêi])/, 'ngh'],
  [/^c(?=[eêi])/, 'k'],
];

/** Letters that young people put for others: «fí» → «phí», «zậy» → «dậy». */
function readTeen(word: string): string | null {
  for (const [pattern, letters] of TEEN) {
    const read = splitLetters(word).replace(pattern, letters).normalize('NFC');
    if (read !== word && standing(read)) return read;
  }
  return null;
}

const splitLetters = (word: string): string => word.normalize('NFC');

function rewrite(pieces: readonly Piece[], rewritings: Book['rewritings']): Piece[] {
  const at = pieces.flatMap((piece, index) => (piece.word ? [index] : []));
  const words = at.map((index) => placeTone(pieces[index]?.text.toLowerCase() ?? ''));
  const folded = words.map(fold);
  const made: (Piece | null)[] = pieces.map((piece) => ({ ...piece }));
  for (let i = 0; i < words.length; i += 1) {
    const found = rewritings.get(words[i] ?? '')?.find((each) => fits(each, words, folded, i));
    if (!found) continue;
    const first = at[i] ?? 0;
    const last = at[i + found.parts.length - 1] ?? first;
    made[first] = { text: found.means, word: true };
    for (let drop = first + 1; drop <= last; drop += 1) made[drop] = null;
    i += found.parts.length - 1;
  }
  return made.filter((piece) => piece !== null);
}

function fits(
  { parts, near, before, notBefore, after, notAfter }: Rewriting & { readonly parts: readonly string[] },
  words: readonly string[],
  folded: readonly string[],
  at: number,
): boolean {
  if (!parts.every((part, offset) => words[at + offset] === part)) return false;
  const next = folded[at + parts.length] ?? '';
  const previous = folded[at - 1] ?? '';
  if (before && !names(before, next)) return false;
  if (notBefore && names(notBefore, next)) return false;
  if (after && !names(after, previous)) return false;
  if (notAfter && names(notAfter, previous)) return false;
  return !near || folded.slice(Math.max(0, at - 5), at + parts.length + 5).some((word) => near.includes(word));
}

const names = (list: readonly string[], word: string): boolean =>
  list.includes(word) || (/^\d/.test(word) && list.includes('#'));
