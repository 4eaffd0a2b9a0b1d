/** Dates written with numbers: «15/3/2027», «3/2027», «2027-03-15», «15-3», «3/27». */
import type { Day } from '../base/index.ts';
import type { DateParts } from './moments.ts';
import { Reading } from './value-tokens.ts';
import type { ValueWords } from './value-words.ts';

const SHAPE = /(?<!\d|\d\s?[-/.]\s?)(\d{1,4})\s?([-/.])\s?(\d{1,4})(?:\s?\2\s?(\d{1,4}))?(?!\d|\s?[-/.]\s?\d)/g;
/** A year of two digits behind a month is read only near today's: «3/27», not «5/31». */
const NEAR_YEARS = 4;

/** The one date of this kind in a text; null when there is none. `why` is set when it cannot be taken. */
export function numericDates(text: string, words: ValueWords, today: Day): DateParts | null {
  const matches = [...text.replace(/(?<!\d)(\d{1,2}) (\d{1,2}) (\d{4})(?!\d)/g, '$1/$2/$3').matchAll(SHAPE)];
  const [match] = matches;
  if (match === undefined) return null;
  if (matches.some((other) => other[0] !== match[0])) return { why: 'two-dates' };
  const before = new Reading(text.slice(0, match.index), words);
  const after = new Reading(text.slice(match.index + match[0].length), words);
  const last = before.tokens.length - 1;
  const parts = partsOf(match, before.is(last, 'month'), today);
  if (before.is(last, 'quarter')) return { why: 'quarter', candidates: quarterOf(match) };
  if (parts.why !== undefined) return parts;
  if (/\p{L}$/u.test(text.slice(0, match.index)) && !before.is(last, 'month')) return { why: 'no-date' }; // «q2/2027»
  const named =
    parts.year === undefined && after.is(0, 'year') ? /^(19|20)\d\d$/.exec(after.tokens[1]?.text ?? '') : null;
  if (named !== null) return { ...parts, year: Number(named[0]) };
  const left = [...before.tokens, ...after.tokens].filter((token) => token.kind === 'number');
  const weekday = before.tokens.findIndex((_, index) => before.is(index, 'weekday'));
  if (left.length > (weekday >= 0 && before.tokens[weekday + 1]?.kind === 'number' ? 1 : 0))
    return { why: 'two-dates' };
  if (before.is(last, 'bounds') || /^(trước|sau|truoc)$/.test(before.tokens[last]?.text ?? '')) return { why: 'bound' };
  return withYearBehind(parts, after);
}

function partsOf(match: RegExpMatchArray, isMonth: boolean, today: Day): DateParts {
  const [, first = '', sign = '', second = '', third] = match;
  const [a, b, c] = [Number(first), Number(second), Number(third ?? NaN)];
  if (third !== undefined) {
    if (first.length === 4 && third.length <= 2) return { year: a, month: b, day: c };
    if (first.length > 2 || second.length > 2 || third.length === 3 || third.length === 1)
      return { why: 'no-such-day' };
    return { day: a, month: b, year: c };
  }
  if (first.length === 4 && second.length <= 2) return { year: a, month: b };
  if (second.length === 4 && first.length <= 2) return { month: a, year: b };
  if (first.length > 2 || second.length > 2) return { why: 'no-such-day' };
  if (isMonth)
    return sign === '-' && b <= 12 ? { why: 'range' } : nearYear(b, today) ? { month: a, year: b } : { why: 'range' };
  if (b > 12) {
    const taken = a <= 12 && nearYear(b, today) && sign !== '-';
    return taken ? { month: a, year: b, loose: true } : { why: 'no-such-day' };
  }
  const mayBeRange = sign === '-' && a < b && !first.startsWith('0') && !second.startsWith('0');
  return mayBeRange ? { why: 'range', candidates: [{ day: a, month: b }] } : { day: a, month: b };
}

const nearYear = (short: number, today: Day): boolean =>
  Math.abs(2000 + short - Number(today.slice(0, 4))) <= NEAR_YEARS;

/** «15/3 năm 2027», «15/3 năm sau». */
function withYearBehind(parts: DateParts, after: Reading): DateParts {
  const relative = after.at(0, 'relativeYears');
  return relative !== null && parts.year === undefined ? { ...parts, yearsOn: Number(relative.value) } : parts;
}

function quarterOf(match: RegExpMatchArray): readonly DateParts[] {
  const [quarter, year] = [Number(match[1]), Number(match[3])];
  if (quarter < 1 || quarter > 4) return [];
  return [quarter * 3 - 2, quarter * 3].map((month) => ({ month, year }));
}
