/**
 * Words in which keys of a Vietnamese keyboard are left over, because the keyboard was off: Telex («khuyeens» is
 * «khuyến») and VNI («ho64» is «hỗ»). Read only when the result is a syllable.
 */
import { isSyllable, splitTone, withTone } from './syllable.ts';

const TELEX_TONE: Readonly<Record<string, number>> = { f: 1, s: 2, x: 3, r: 4, j: 5 };
const VNI_TONE: Readonly<Record<string, number>> = { '2': 1, '1': 2, '4': 3, '3': 4, '5': 5 };
const HAT: Readonly<Record<string, string>> = { a: 'â', e: 'ê', o: 'ô' };
const VOWEL = /[aăâeêioôơuưy]/;
/** Letters that may stand between a vowel and its repeated key: «khuyene» for «khuyên». */
const CODA = /^(?:c|ch|m|n|ng|nh|p|t)$/;

/** The word that these keys make under Telex, or null. */
export function readTelex(word: string): string | null {
  const { letters: typed, tone: given } = splitTone(word);
  let made = '';
  let tone = given;
  for (const [at, key] of [...typed].entries()) {
    const toneKey = TELEX_TONE[key];
    if (toneKey !== undefined && VOWEL.test(made)) {
      if (tone === toneKey) return null;
      tone = toneKey;
      continue;
    }
    const next = telexKey(made, key, typed[at - 1] ?? '');
    if (next === null) return null;
    made = next;
  }
  return finish(made, tone, word);
}

function telexKey(made: string, key: string, before: string): string | null {
  if (key === 'd' && made.startsWith('d')) return `đ${made.slice(1)}`;
  if (key === 'w') return horn(made, true);
  if (key === 'z' && made !== '') return made;
  const hat = HAT[key];
  const last = made.lastIndexOf(key);
  if (hat !== undefined && last >= 0 && (before === key || CODA.test(made.slice(last + 1)))) {
    return made.slice(0, last) + hat + made.slice(last + 1);
  }
  return made + key;
}

/** Puts the horn (or breve) on the vowels made so far: «uo» → «ươ», «u» → «ư», «a» → «ă»; a bare w is «ư». */
function horn(made: string, breve: boolean): string | null {
  if (/[uư]o(?!.*[uo])/.test(made)) return made.replace(/[uư]o(?!.*[uo])/, 'ươ');
  if (/ua$/.test(made) && !made.startsWith('qu')) return made.replace(/ua$/, 'ưa');
  if (breve && /a(?!.*a)/.test(made)) return made.replace(/a(?!.*a)/, 'ă');
  if (/o(?!.*o)/.test(made)) return made.replace(/o(?!.*o)/, 'ơ');
  if (/u(?!.*u)/.test(made)) return made.replace(/u(?!.*u)/, 'ư');
  return VOWEL.test(made) ? null : `${made}ư`;
}

/** The word that these keys make under VNI, or null. */
export function readVni(word: string): string | null {
  if (!/^\p{L}[\p{L}\d]*\d/u.test(word)) return null;
  const { letters: typed, tone: given } = splitTone(word);
  let made = '';
  let tone = given;
  for (const key of typed) {
    if (!/\d/.test(key)) {
      made += key;
      continue;
    }
    const next = VNI_TONE[key] === undefined ? vniKey(made, key) : made;
    if (next === null || !VOWEL.test(made + (key === '9' ? 'a' : ''))) return null;
    made = next;
    tone = VNI_TONE[key] ?? tone;
  }
  return finish(made, tone, word);
}

function vniKey(made: string, key: string): string | null {
  if (key === '9') return made.startsWith('d') ? `đ${made.slice(1)}` : null;
  if (key === '8') return made.includes('a') ? made.replace(/a(?!.*a)/, 'ă') : null;
  if (key === '7') return /[uo]/.test(made) ? horn(made, false) : null;
  if (key !== '6') return null;
  const at = Math.max(made.lastIndexOf('a'), made.lastIndexOf('e'), made.lastIndexOf('o'));
  return at < 0 ? null : made.slice(0, at) + (HAT[made[at] ?? ''] ?? '') + made.slice(at + 1);
}

function finish(made: string, tone: number, word: string): string | null {
  const written = withTone(made, tone);
  return written !== word && isSyllable(written) ? written : null;
}
