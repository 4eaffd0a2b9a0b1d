/**
 * Days and months as people write them → `YYYY-MM-DD` or `YYYY-MM`. A day and month without a year mean the next such
 * day. Lunar dates, quarters, weeks and bare years are not taken for a day.
 */
import { addDays, asDay, isDay, type Day } from '../base/index.ts';
import { numericDates } from './numeric-dates.ts';
import { wordedDate } from './worded-dates.ts';
import { notUnderstood, understood, type Understood } from './understood.ts';
import { plainTyping, Reading } from './value-tokens.ts';
import type { ValueWords } from './value-words.ts';

/** What a text says of a date. `yearsOn`, `monthsOn`, `daysOn` count from today. */
export interface DateParts {
  readonly day?: number;
  readonly month?: number;
  readonly year?: number;
  readonly yearsOn?: number;
  readonly monthsOn?: number;
  readonly daysOn?: number;
  /** Read by habit («3/27» as a month), to be read back. */
  readonly loose?: boolean;
  readonly why?: string;
  readonly candidates?: readonly DateParts[];
}

const FIRST_YEAR = 1900;
const LAST_YEAR = 2100;
/** 29 February comes back after at most eight years. */
const YEARS_AHEAD = 8;
const TIME_OF_DAY = /(?<![\d/.-])\d{1,2}(?:\s?(?:h|g|giờ|gio)\s?\d{0,2}|:\d{2})(?![\d/.\p{L}])/gu;

export function readMoment(text: string, words: ValueWords, today: Day): Understood<string> {
  const plain = plainTyping(text).replace(TIME_OF_DAY, ' ');
  const reading = new Reading(plain, words);
  if (reading.tokens.length === 0) return notUnderstood('empty');
  if (reading.has('lunar') && !reading.has('solar')) return notUnderstood('lunar');
  if (reading.has('percent', 'dong')) return notUnderstood('no-date');
  const numeric = numericDates(plain, words, today);
  const parts = numeric ?? wordedDate(reading);
  return settle(parts, today);
}

function settle(parts: DateParts, today: Day): Understood<string> {
  if (parts.why !== undefined) {
    const candidates = (parts.candidates ?? []).map((each) => valueOf(each, today)).filter((value) => value !== null);
    return notUnderstood(parts.why, candidates);
  }
  const value = valueOf(parts, today);
  if (value === null)
    return notUnderstood(parts.month === undefined && parts.monthsOn === undefined ? 'no-month' : 'no-such-day');
  return understood(value, parts.loose !== true);
}

/** The day or month that the parts name, or null when there is none. */
function valueOf(parts: DateParts, today: Day): string | null {
  if (parts.daysOn !== undefined) return addDays(today, parts.daysOn);
  const [thisYear = 0, thisMonth = 0] = today.split('-').map(Number);
  if (parts.monthsOn !== undefined) {
    const count = thisYear * 12 + thisMonth - 1 + parts.monthsOn;
    return written(Math.floor(count / 12), (count % 12) + 1, parts.day);
  }
  const { month, day } = parts;
  if (month === undefined) return null;
  const year = fullYear(parts.year) ?? (parts.yearsOn === undefined ? undefined : thisYear + parts.yearsOn);
  if (parts.year !== undefined && year === undefined) return null;
  if (year !== undefined) return written(year, month, day);
  for (let next = thisYear; next <= thisYear + YEARS_AHEAD; next += 1) {
    const value = written(next, month, day);
    if (value !== null && value >= today.slice(0, value.length)) return value;
  }
  return null;
}

function fullYear(year: number | undefined): number | undefined {
  if (year === undefined) return undefined;
  const full = year < 100 ? 2000 + year : year;
  return full >= FIRST_YEAR && full <= LAST_YEAR ? full : undefined;
}

function written(year: number, month: number, day: number | undefined): string | null {
  const [yyyy, mm] = [String(year).padStart(4, '0'), String(month).padStart(2, '0')];
  if (month < 1 || month > 12) return null;
  if (day === undefined) return `${yyyy}-${mm}`;
  const text = `${yyyy}-${mm}-${String(day).padStart(2, '0')}`;
  return isDay(text) ? asDay(text) : null;
}
