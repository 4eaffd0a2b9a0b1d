/**
 * The shape of a Vietnamese syllable: onset, rime, tone. There are few of them, so what cannot be one as typed was typed
 * with something else in mind: a key of Telex or VNI left over, an abbreviation, a slip of the finger, another language.
 */
import { fold } from './fold.ts';

/** Combining marks of the five written tones; the sixth has none. */
const TONES = ['\u0300', '\u0301', '\u0303', '\u0309', '\u0323'];
/** «ngang», huyền, sắc, ngã, hỏi, nặng: 0 … 5. */
export type Tone = number;

const ONSETS = [
  'b',
  'c',
  'ch',
  'd',
  'đ',
  'g',
  'gh',
  'gi',
  'h',
  'k',
  'kh',
  'l',
  'm',
  'n',
  'ng',
  'ngh',
  'nh',
  'p',
  'ph',
  'qu',
];
ONSETS.push('r', 's', 't', 'th', 'tr', 'v', 'x', '');

/** Rimes with the marks of quality, without tone. «oong», «ooc» are left out: as typed they are nearly always Telex. */
const RIMES = `a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
  e ec em en eng eo ep et ê êch êm ên ênh êp êt êu êng i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
  o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong op ot
  ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt
  uơ up ut uy uya uych uyên uyêt uynh uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
  y yêm yên yêng yêt yêu yt ynh ych`.split(/\s+/);

const onsets = new Set(ONSETS);
const rimes = new Set(RIMES);
const foldedOnsets = new Set(ONSETS.map(fold));
const foldedRimes = new Set(RIMES.map(fold));

/** Splits a lower-case word into letters without tone and its tone. */
export function splitTone(word: string): { readonly letters: string; readonly tone: Tone } {
  let tone = 0;
  const letters = word
    .normalize('NFD')
    .replace(/[\u0300\u0301\u0303\u0309\u0323]/g, (mark) => {
      tone = TONES.indexOf(mark) + 1;
      return '';
    })
    .normalize('NFC');
  return { letters, tone };
}

const FRONT = /^[ieêy]/;

/** Onset and rime of lower-case letters without tone; null when they are no syllable. `folded`: letters without marks. */
export function splitSyllable(
  letters: string,
  folded = false,
): { readonly onset: string; readonly rime: string } | null {
  for (let at = Math.min(3, letters.length - 1); at >= 0; at -= 1) {
    const onset = letters.slice(0, at);
    const rime = letters.slice(at);
    if (!(folded ? foldedOnsets : onsets).has(onset) || !(folded ? foldedRimes : rimes).has(rime)) continue;
    if ((onset === 'ngh' || onset === 'gh' || onset === 'k') && !FRONT.test(rime) && !(onset === 'k' && rime === 'a'))
      continue;
    if (onset === 'c' && FRONT.test(rime)) continue;
    if ((onset === 'ng' && FRONT.test(rime)) || (onset === 'g' && /^[eê]/.test(rime))) continue;
    return { onset, rime };
  }
  return null;
}

const STOPPED = /(?:c|ch|p|t)$/;

/** Can this lower-case NFC word be a Vietnamese syllable as it stands, marks and tone included? */
export function isSyllable(word: string): boolean {
  const { letters, tone } = splitTone(word);
  const parts = splitSyllable(letters);
  return parts !== null && (!STOPPED.test(parts.rime) || tone === 2 || tone === 5 || tone === 0);
}

/** The same for a word typed without diacritics. */
export const isFoldedSyllable = (word: string): boolean => splitSyllable(word, true) !== null;

/**
 * Writes a tone where most of our texts have it («hóa», «thủy»; not «hoá», «thuỷ»), so that both ways compare equal.
 * A word that is no syllable is returned as it came.
 */
export function withTone(letters: string, tone: Tone): string {
  const parts = splitSyllable(letters);
  if (!parts || tone === 0) return letters;
  const { onset, rime } = parts;
  const vowels = /^[aăâeêioôơuưy]+/.exec(rime)?.[0] ?? '';
  const at = onset.length + nucleus(vowels, rime.length > vowels.length);
  return (letters.slice(0, at + 1) + (TONES[tone - 1] ?? '') + letters.slice(at + 1)).normalize('NFC');
}

function nucleus(vowels: string, closed: boolean): number {
  const marked = Math.max(...[...'ăâêôơ'].map((letter) => vowels.lastIndexOf(letter)));
  if (marked >= 0) return marked;
  if (vowels.includes('ư')) return vowels.indexOf('ư');
  if (vowels.length === 1) return 0;
  return vowels.length > 2 || closed ? 1 : 0;
}

/** The word with its tone where `withTone` puts it: «hoà» → «hòa». */
export function placeTone(word: string): string {
  const { letters, tone } = splitTone(word);
  return tone === 0 ? word : withTone(letters, tone);
}

const SOUND: readonly (readonly [RegExp, string])[] = [
  [/^(?:gi|r)(?=[aeiouy])/, 'd'],
  [/^tr/, 'ch'],
  [/^s/, 'x'],
  [/^l/, 'n'],
  [/^ngh/, 'ng'],
  [/^gh/, 'g'],
  [/^[kq](?!h)/, 'c'],
  [/^([^aeou]*)y$/, '$1i'],
];

/** One spelling for what is often confused in writing by ear: s/x, ch/tr, d/gi/r, l/n, i/y. Folded word. */
export function soundOf(folded: string): string {
  let sound = folded;
  for (const [pattern, letter] of SOUND) sound = sound.replace(pattern, letter);
  return sound;
}
