/** Choosing by place: «1», «một», «số 2», «câu 3», «cái đầu tiên», «cái cuối»; and several: «1, 3», «1 va 3». */
import { readNumber, typedWords, type TypedWord, type ValueWords } from '../../language/index.ts';

/** The place that a text names, from 1; null when it names none. */
export function ordinalIn(text: string, words: ValueWords, count: number): number | 'out-of-range' | null {
  const places = ordinalsIn(text, words, count);
  if (places === null || places === 'out-of-range') return places;
  return places.length === 1 ? (places[0] ?? null) : null;
}

/** All places that a text names, when it says nothing else; null otherwise. */
export function ordinalsIn(text: string, words: ValueWords, count: number): readonly number[] | 'out-of-range' | null {
  if (/\d\s*[-–]\s*\d/.test(text)) return null; // «1-3»: one and three, or one to three?
  const typed = typedWords(text);
  const said = new Phrases(typed);
  const places: number[] = [];
  let at = 0;
  while (at < typed.length) {
    const skipped = Math.max(
      ...[words.ordinalMarks, words.joiners, words.courtesy, words.polite].map((list) => said.lengthAt(at, list)),
    );
    const first = said.lengthAt(at, words.firstOne);
    const last = said.lengthAt(at, words.lastOne);
    const number = placeAt(typed[at], words);
    if (first > skipped) places.push(1);
    else if (last > skipped) places.push(count);
    else if (number !== null) places.push(number);
    const length = Math.max(first, last, skipped, number === null ? 0 : 1);
    if (length === 0) return null;
    at += length;
  }
  if (places.length === 0) return null;
  return places.every((place) => place >= 1 && place <= count) ? [...new Set(places)] : 'out-of-range';
}

function placeAt(word: TypedWord | undefined, words: ValueWords): number | null {
  if (word === undefined) return null;
  if (/^\d{1,2}$/.test(word.text)) return Number(word.text);
  const number = /\d/.test(word.text) ? null : readNumber(word.text, words);
  return number?.understood === true && number.value > 0 ? number.value : null;
}

class Phrases {
  private readonly typed: readonly TypedWord[];

  constructor(typed: readonly TypedWord[]) {
    this.typed = typed;
  }

  /** Length of the longest phrase of a list that begins at a word; marks left out are forgiven. */
  lengthAt(at: number, list: readonly string[]): number {
    let longest = 0;
    for (const phrase of list) {
      const parts = typedWords(phrase);
      const fits = parts.every(({ text, folded }, offset) => {
        const word = this.typed[at + offset];
        return word !== undefined && (word.text === text || word.text === folded);
      });
      if (fits) longest = Math.max(longest, parts.length);
    }
    return longest;
  }
}
