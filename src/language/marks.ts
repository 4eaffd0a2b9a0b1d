/**
 * Marks of Vietnamese words. People type all of them, none, or some; a word that was typed with a mark must agree with the
 * word that it is taken for («tắm» is not «tám»), while marks left out say nothing («trieu», «triêu» are «triệu»).
 * Where the tone stands does not count: «Hoà» and «Hòa» are one word.
 */
const TONES = new Set(['\u0300', '\u0301', '\u0303', '\u0309', '\u0323']);

interface Marked {
  readonly base: string;
  /** One place per base letter: circumflex, breve, horn, the stroke of đ, or nothing. */
  readonly shapes: readonly string[];
  readonly tone: string;
}

/** Words come again and again; so many are remembered, then all are forgotten at once. */
const REMEMBERED = 20_000;
const remembered = new Map<string, Marked>();

function marked(word: string): Marked {
  const known = remembered.get(word);
  if (known !== undefined) return known;
  if (remembered.size >= REMEMBERED) remembered.clear();
  const made = takeApart(word);
  remembered.set(word, made);
  return made;
}

function takeApart(word: string): Marked {
  let base = '';
  const shapes: string[] = [];
  let tone = '';
  for (const sign of word.toLowerCase().normalize('NFD')) {
    if (TONES.has(sign)) tone = sign;
    else if (/[\u0300-\u036f]/.test(sign)) shapes[shapes.length - 1] = sign;
    else {
      base += sign === 'đ' ? 'd' : sign;
      shapes.push(sign === 'đ' ? '-' : '');
    }
  }
  return { base, shapes, tone };
}

/**
 * True when the word as typed may stand for the full word: the same letters, and no mark that speaks against it. Who put
 * the tone also put the shapes («máy» is not «mấy»); who put only shapes may have left the tone out.
 */
export function marksAgree(typed: string, full: string): boolean {
  if (typed === full) return true;
  const left = marked(typed);
  const right = marked(full);
  if (left.base !== right.base) return false;
  if (left.tone !== '') return left.tone === right.tone && left.shapes.every((shape, at) => shape === right.shapes[at]);
  return left.shapes.every((shape, at) => shape === '' || shape === right.shapes[at]);
}

/** True when both words carry the same letters, shapes and tone, wherever the tone was put. */
export function sameMarks(one: string, other: string): boolean {
  if (one === other) return true;
  const left = marked(one);
  const right = marked(other);
  return (
    left.base === right.base && left.tone === right.tone && left.shapes.every((shape, at) => shape === right.shapes[at])
  );
}

/** True when the text carries any diacritic. */
export const hasMarks = (text: string): boolean => /[\u0300-\u036fđĐ]/.test(text.normalize('NFD'));
