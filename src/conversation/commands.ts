/** Commands that are typed anywhere; their words are in `content/lexicon/commands.yaml`. */
import { foldWords } from '../language/index.ts';
import type { Library } from './library.ts';

export interface Command {
  readonly name: string;
  /** What follows a command that takes more: «sửa 4». */
  readonly rest: string;
}

/** Lists of the file that are no commands. */
const notCommands = new Set([
  'courtesy',
  'question-starts',
  'question-tails',
  'list-words',
  'year-words',
  'ordinals',
  'choice-words',
  'nothing',
  'no-paper',
  'corrections',
  'question-middles',
  'name-openings',
]);
/** Commands that may be followed by what they are about, and what that may be. */
const takesMore: ReadonlyMap<string, RegExp> = new Map([
  ['edit', /./],
  ['link', /^[\d ]+$/],
]);

const slash = (text: string): string => (text.trim().startsWith('/') ? '/' : '');
const key = (text: string): string => slash(text) + foldWords(text);

/** Takes words of courtesy off both ends of a folded text. */
function bare(text: string, courtesy: readonly string[]): string {
  let rest = text;
  for (;;) {
    const next = courtesy.reduce((left, word) => {
      if (left === word) return left;
      if (left.startsWith(`${word} `)) return left.slice(word.length + 1);
      return left.endsWith(` ${word}`) ? left.slice(0, -word.length - 1) : left;
    }, rest);
    if (next === rest) return rest;
    rest = next;
  }
}

/** The words of a pack as they are compared: folded once, since every text is held against all of them. */
interface Folded {
  readonly courtesy: readonly string[];
  /** Name of the command by each of its forms; the first that has a form keeps it. */
  readonly names: ReadonlyMap<string, string>;
  /** Forms that may be followed by more, longest first. */
  readonly openings: readonly { readonly name: string; readonly form: string }[];
  /** Forms as they are written, by `written`. */
  readonly written: ReadonlySet<string>;
}

const foldedOf = new WeakMap<Library['pack'], Folded>();

function folded({ pack }: Library): Folded {
  const known = foldedOf.get(pack);
  if (known !== undefined) return known;
  const { commands } = pack;
  const names = new Map<string, string>();
  for (const [name, forms] of Object.entries(commands)) {
    if (notCommands.has(name)) continue;
    for (const form of forms.map(key)) if (!names.has(form)) names.set(form, name);
  }
  const openings = [...takesMore.keys()].flatMap((name) =>
    (commands[name] ?? [])
      .map(key)
      .sort((one, two) => two.length - one.length)
      .map((form) => ({ name, form })),
  );
  const written = new Set(Object.values(commands).flat().map(writtenAs));
  const made = { courtesy: (commands['courtesy'] ?? []).map(foldWords), names, openings, written };
  foldedOf.set(pack, made);
  return made;
}

/** The command that the whole text is; null when it is none. */
export function commandIn(library: Library, text: string): Command | null {
  const { courtesy, names, openings } = folded(library);
  const typed = key(text);
  const asked = bare(typed, courtesy);
  const whole = commandOf(names, typed, asked);
  if (whole !== undefined) return isMeant(library, text, asked) ? { name: whole, rest: '' } : null;
  for (const { name, form } of openings) {
    const rest = asked.startsWith(`${form} `) ? asked.slice(form.length + 1) : '';
    if (rest !== '' && takesMore.get(name)?.test(rest) === true) return { name, rest };
  }
  return null;
}

/** A word with its marks, wherever on the syllable they were set: «huỷ» is «hủy». */
function writtenAs(word: string): string {
  const apart = word.toLowerCase().normalize('NFD');
  return apart.replace(/\p{M}/gu, '') + (apart.match(/\p{M}/gu) ?? []).sort().join('');
}

/** A command of one word that was typed with marks is meant only with its own marks: «đúng» is no «dừng». */
function isMeant(library: Library, text: string, asked: string): boolean {
  if (asked.includes(' ')) return true;
  const typed = text.split(/[^\p{L}\p{M}]+/u).filter((word) => foldWords(word) === asked);
  const bareOf = (word: string) => writtenAs(word) === asked;
  return typed.length === 0 || typed.some((word) => bareOf(word) || folded(library).written.has(writtenAs(word)));
}

/** A name without what it was said with: «tên tôi là Lan». */
export function withoutOpening(library: Library, text: string): string {
  const words = text.trim().split(/\s+/);
  const openings = (library.pack.commands['name-openings'] ?? []).map(foldWords);
  const lengths = openings
    .filter((opening) => foldWords(text).startsWith(`${opening} `))
    .map((one) => one.split(' ').length);
  return lengths.length === 0 ? text : words.slice(Math.max(...lengths)).join(' ');
}

/** Where what was typed and what is left of it are two commands, the one that stands first in the words is meant. */
function commandOf(names: ReadonlyMap<string, string>, typed: string, asked: string): string | undefined {
  const [whole, left] = [names.get(typed), names.get(asked)];
  if (whole === undefined || left === undefined || whole === left) return whole ?? left;
  return [...names.values()].find((name) => name === whole || name === left);
}

/** A folded text without the words of courtesy at its ends. */
export const withoutCourtesy = (library: Library, text: string): string =>
  bare(foldWords(text), folded(library).courtesy);

/** True when the text is put as a question: by its mark or by its last words. */
export function soundsLikeQuestion(library: Library, text: string): boolean {
  if (/\?\s*$/.test(text)) return true;
  const words = ` ${foldWords(text)}`;
  if (!words.trim().includes(' ')) return false;
  const { commands } = library.pack;
  return (
    (commands['question-tails'] ?? []).some((tail) => words.endsWith(` ${foldWords(tail)}`)) ||
    (commands['question-middles'] ?? []).some((middle) => `${words} `.includes(` ${foldWords(middle)} `)) ||
    (commands['question-starts'] ?? []).some((start) => words.startsWith(` ${foldWords(start)} `))
  );
}

/** Splits an answer from the question that follows it: «đúng rồi. mà cho hỏi có mất tiền gì không». */
export function splitQuestion(library: Library, text: string): { answer: string; question: string } | null {
  const folded = foldWords(text);
  const starts = (library.pack.commands['question-starts'] ?? []).map(foldWords);
  const sentence = /^(.+?[.!;\n])\s*(\S.*)$/s.exec(text);
  if (sentence?.[1] !== undefined && sentence[2] !== undefined && soundsLikeQuestion(library, sentence[2]))
    return { answer: sentence[1].replace(/[.!;\s]+$/, ''), question: sentence[2] };
  for (const start of starts) {
    const at = folded.indexOf(` ${start} `);
    if (at > 0) return { answer: folded.slice(0, at), question: folded.slice(at + 1) };
  }
  return null;
}

/**
 * Splits a list of things: at signs of a list, and at «,» or a word such as «và» only where every part begins with the
 * same word («máy sấy và máy ép», but not «máy sấy và đóng gói»).
 */
export function splitThings(library: Library, text: string): readonly string[] {
  const joins = (library.pack.commands['list-words'] ?? []).map((word) => foldWords(word));
  const parts = text.split(/\s*[+;\n&]\s*/).filter((part) => part !== '');
  return parts.flatMap((part) => {
    const pieces: string[][] = [[]];
    for (const word of part
      .replaceAll(',', ' , ')
      .split(/\s+/)
      .filter((one) => one !== '')) {
      if (word === ',' || joins.includes(foldWords(word))) pieces.push([]);
      else pieces.at(-1)?.push(word);
    }
    const things = pieces.filter(({ length }) => length > 0);
    const first = foldWords(things[0]?.[0] ?? '');
    const alike = things.length > 1 && things.every(([word]) => foldWords(word ?? '') === first);
    return alike ? things.map((words) => words.join(' ')) : [part];
  });
}

/** The year that a question is about: «quy định năm 2010»; null when none is named. */
export function yearIn(library: Library, text: string): string | null {
  const words = ` ${foldWords(text)} `;
  for (const word of (library.pack.commands['year-words'] ?? []).map(foldWords)) {
    const year = new RegExp(` ${word} ((?:19|20)\\d\\d) `).exec(words)?.[1];
    if (year !== undefined) return year;
  }
  return null;
}
