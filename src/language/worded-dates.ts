/** Dates written with words: «ngày 15 tháng 3 năm 2027», «tháng sau», «cuối năm nay», «mai», «3 tháng nữa». */
import type { DateParts } from './moments.ts';
import { hasMarks } from './marks.ts';
import type { Found, Reading } from './value-tokens.ts';

/** Reads the parts of one date; `why` is set when there is none, or more than one. */
export function wordedDate(reading: Reading): DateParts {
  const reader = new WordedReader(reading);
  return reader.read();
}

type Mutable = { -readonly [key in keyof DateParts]: DateParts[key] };

interface Small {
  readonly value: number;
  readonly end: number;
}

class WordedReader {
  private readonly reading: Reading;
  private readonly parts: Mutable = {};
  /** Numbers that belong to no part: then the text says more than a date. */
  private stray = 0;

  constructor(reading: Reading) {
    this.reading = reading;
  }

  read(): DateParts {
    const { reading, parts } = this;
    if (reading.has('quarter')) return this.quarter();
    let at = 0;
    while (at < reading.tokens.length && parts.why === undefined) at = this.step(at);
    if (parts.why !== undefined) return { why: parts.why };
    if (this.isOnly('daysOn') || this.isOnly('monthsOn') || parts.month !== undefined || parts.monthsOn !== undefined)
      return this.stray > 0 ? { why: 'two-dates' } : parts;
    return this.endOfYear() ?? { why: this.saidNothing() ? 'no-date' : 'no-month' };
  }

  private saidNothing(): boolean {
    return Object.keys(this.parts).length === 0;
  }

  private isOnly(key: keyof DateParts): boolean {
    return this.parts[key] !== undefined && Object.keys(this.parts).length === 1;
  }

  /** Takes what stands at a token and returns where to go on. */
  private step(at: number): number {
    const { reading } = this;
    const years = reading.at(at, 'relativeYears');
    if (years !== null) return this.set('yearsOn', Number(years.value), at + years.length);
    const months = reading.at(at, 'relativeMonths');
    if (months !== null) return this.relativeMonth(at, months);
    const weekday = reading.at(at, 'weekday');
    const named = weekday === null ? null : this.small(at + 1);
    if (named !== null && named.value >= 2 && named.value <= 7) return named.end;
    return (
      this.later(at) ??
      this.namedDay(at) ??
      this.dayOrMonth(at) ??
      this.yearAt(at) ??
      this.relativeDay(at) ??
      this.plain(at)
    );
  }

  /** «tháng sau»; without any diacritics «thang sau» may be «tháng sáu», and «tháng sau nữa» is no month at all. */
  private relativeMonth(at: number, found: Found): number {
    const { tokens } = this.reading;
    if (tokens[at + 1]?.text === 'sau' && !tokens.some(({ text }) => hasMarks(text))) return this.refuse('ambiguous');
    const last = at + found.length - 1;
    if (this.reading.is(last, 'month') && this.small(last + 1) !== null) return last; // «sang tháng 3»
    if (tokens[at + found.length]?.folded === 'nua') return this.refuse('no-date');
    return this.set('monthsOn', Number(found.value), at + found.length);
  }

  /** «3 tháng nữa», «sau 2 tuần», «10 ngày nữa». */
  private later(at: number): number | null {
    const { reading } = this;
    const before = /^sau$/.test(reading.tokens[at]?.text ?? '') && this.small(at + 1) !== null;
    const count = this.small(before ? at + 1 : at);
    if (count === null || (!before && reading.tokens[count.end + 1]?.folded !== 'nua')) return null;
    const end = count.end + (before ? 1 : 2);
    if (reading.is(count.end, 'month'))
      return before && this.small(end) !== null ? null : this.set('monthsOn', count.value, end);
    if (reading.is(count.end, 'week')) return this.set('daysOn', count.value * 7, end);
    return reading.is(count.end, 'day') ? this.set('daysOn', count.value, end) : null;
  }

  private dayOrMonth(at: number): number | null {
    const { reading } = this;
    if (reading.is(at, 'month')) {
      const month = this.small(at + 1);
      if (month === null) return reading.is(at + 1, 'from') ? at + 2 : null;
      const weekdayLike = reading.tokens[at]?.text === 't' && month.value >= 2 && month.value <= 7;
      if (weekdayLike && !this.yearFollows(month.end)) return this.refuse('ambiguous');
      return this.set('month', month.value, this.bareYear(month.end));
    }
    if (reading.is(at, 'day')) {
      const day = this.small(at + 1);
      return day === null ? null : this.set('day', day.value, day.end);
    }
    const day = this.small(at);
    if (day === null || !reading.is(day.end, 'month')) return null;
    if (reading.tokens[at]?.text === 'sau') return this.refuse('bound'); // «sau tháng 6»; «sau» is no six here
    if (Number(reading.at(day.end, 'relativeMonths')?.value) > 0) return this.refuse('ambiguous'); // «3 tháng sau»
    return this.set('day', day.value, day.end);
  }

  /** «tháng 3 2027», «tháng 3, 2027». */
  private bareYear(at: number): number {
    const next = this.reading.tokens[at]?.text === ',' ? at + 1 : at;
    const year = /^(19|20)\d\d$/.exec(this.reading.tokens[next]?.text ?? '');
    return year === null ? at : this.set('year', Number(year[0]), next + 1);
  }

  private yearFollows(at: number): boolean {
    return this.reading.is(at, 'year') || this.reading.is(at, 'relativeYears') || this.parts.year !== undefined;
  }

  private yearAt(at: number): number | null {
    if (!this.reading.is(at, 'year')) return null;
    const text = this.reading.tokens[at + 1]?.text ?? '';
    return /^(\d{4}|\d{2})$/.test(text) ? this.set('year', Number(text), at + 2) : null;
  }

  /** «ngày mốt», «ngày kia»: no day of a month. «ngay mot» without diacritics may be «ngày một». */
  private namedDay(at: number): number | null {
    const { reading } = this;
    const day = reading.at(at, 'relativeDays');
    if (day === null || day.length < 2 || reading.tokens[at + 1]?.text === 'mot') return null;
    return this.set('daysOn', Number(day.value), at + day.length);
  }

  private relativeDay(at: number): number | null {
    const day = this.reading.at(at, 'relativeDays');
    const text = this.reading.tokens[at]?.text ?? '';
    if (day === null || (day.length === 1 && text === 'mot' && !hasMarks(text))) return null; // «mot» may be «một»
    return this.set('daysOn', Number(day.value), at + day.length);
  }

  private plain(at: number): number {
    const bare = /^(19|20)\d\d$/.exec(this.reading.tokens[at]?.text ?? '');
    if (bare !== null && this.parts.year === undefined) return this.set('year', Number(bare[0]), at + 1);
    if (this.reading.tokens[at]?.kind === 'number') this.stray += 1;
    if (/^(trước|trươc)$/.test(this.reading.tokens[at]?.text ?? '') || this.reading.is(at, 'bounds'))
      return this.refuse('bound');
    return at + 1;
  }

  private set(key: 'day' | 'month' | 'year' | 'yearsOn' | 'monthsOn' | 'daysOn', value: number, next: number): number {
    const known = this.parts[key];
    if (known !== undefined && known !== value) return this.refuse('two-dates');
    this.parts[key] = value;
    return next;
  }

  private refuse(why: string): number {
    this.parts.why = why;
    return this.reading.tokens.length;
  }

  /** «cuối năm nay», «đầu năm 2027», «cuối năm»: its last or first month; a bare «đầu năm» names no year. */
  private endOfYear(): DateParts | null {
    const { reading, parts } = this;
    const year = parts.year === undefined ? parts.yearsOn : undefined;
    const bare = reading.tokens.some((_, index) => reading.is(index, 'last') && reading.is(index + 1, 'year'));
    if (parts.day !== undefined || parts.daysOn !== undefined || this.stray > 0) return null;
    if (reading.has('middle')) return null;
    const dated = year === undefined ? (parts.year === undefined ? null : { year: parts.year }) : { yearsOn: year };
    if (reading.has('last'))
      return dated !== null || bare ? { month: 12, ...(dated ?? { yearsOn: 0 }), loose: true } : null;
    return reading.has('first') && dated !== null ? { month: 1, ...dated, loose: true } : null;
  }

  private quarter(): DateParts {
    const { reading } = this;
    const at = reading.tokens.findIndex((_, index) => reading.is(index, 'quarter'));
    const roman: Readonly<Record<string, number>> = { i: 1, ii: 2, iii: 3, iv: 4 };
    const number = this.small(at + 1)?.value ?? roman[reading.tokens[at + 1]?.text ?? ''] ?? 0;
    const year = reading.tokens.map(({ text }) => /^(19|20)\d\d$/.exec(text)?.[0]).find((text) => text !== undefined);
    if (number < 1 || number > 4) return { why: 'quarter' };
    if (year === undefined) return { why: 'quarter', candidates: [{ month: number * 3 }] };
    return { why: 'quarter', candidates: [number * 3 - 2, number * 3].map((month) => ({ month, year: Number(year) })) };
  }

  /** A number up to 31 in digits or words; «năm» before a year is not its last word. */
  private small(at: number): Small | null {
    const { reading } = this;
    const token = reading.tokens[at];
    if (token === undefined) return null;
    if (token.kind === 'number')
      return /^\d{1,2}$/.test(token.text) ? { value: Number(token.text), end: at + 1 } : null;
    const short = reading.at(at, 'shortTens');
    if (short !== null) return this.tail(at + 1, Number(short.value));
    if (reading.is(at, 'ten')) return this.tail(at + 1, 10);
    const digit = this.unitDigit(at);
    if (digit === null) return null;
    if (reading.is(at + 1, 'ten')) return this.tail(at + 2, digit * 10);
    const ending =
      reading.is(at + 1, 'digits') && reading.tokens[at + 1]?.text !== 'mot' ? null : reading.at(at + 1, 'endings');
    if (ending !== null && (digit === 2 || digit === 3))
      return { value: digit * 10 + Number(ending.value), end: at + 2 };
    return { value: digit, end: at + 1 };
  }

  private tail(at: number, base: number): Small {
    const digit = this.unitDigit(at);
    return digit === null ? { value: base, end: at } : { value: base + digit, end: at + 1 };
  }

  private unitDigit(at: number): number | null {
    const { reading } = this;
    const digit = reading.at(at, 'endings') ?? reading.at(at, 'digits');
    if (digit === null || (reading.is(at, 'year') && this.isYearWord(at))) return null;
    return Number(digit.value);
  }

  private isYearWord(at: number): boolean {
    return /^\d{2,4}$/.test(this.reading.tokens[at + 1]?.text ?? '') || this.reading.is(at, 'relativeYears');
  }
}
