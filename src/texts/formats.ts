/**
 * Values as readers of a language write them: «250 triệu đồng», 22/11/2026, «0912 345 678». The words (đồng, thứ Hai,
 * và …) stand in `content/texts/<lang>/format.yaml`; only the shapes of numbers are here.
 */
import { asDay, dayOf, exhaustive, minutesOf, weekdayOf, type Day, type Instant } from '../base/index.ts';
import type { Label, Value } from '../content/index.ts';
import { fillText } from './fill.ts';

export type WordFinder = (key: string, lang: string) => string;

export interface Writing {
  readonly lang: string;
  readonly word: WordFinder;
  readonly label: (label: Label) => string;
}

/** A value as text. Control characters and marks of direction are taken out of what a person typed. */
export function writeValue(value: Value, writing: Writing): string {
  if (typeof value === 'string')
    return value.replace(/[\u0000-\u0008\u000b-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g, '');
  if (typeof value === 'number') return writeNumber(value, writing);
  if ('money' in value) return writeMoney(value.money, writing);
  if ('day' in value) return writeDay(value.day);
  if ('month' in value) return writeMonth(value.month);
  if ('time' in value) return writeTime(value.time, writing);
  if ('phone' in value) return writePhone(value.phone);
  if ('label' in value) return writing.label(value.label);
  if ('list' in value) return writeList(value.list.map(writing.label), writing);
  return exhaustive(value);
}

const phrase = (writing: Writing, key: string, values: Readonly<Record<string, string>> = {}) =>
  fillText(writing.word(`format.${key}`, writing.lang), (name) => values[name] ?? null);

function grouped(digits: string, separator: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, separator);
}

function writeNumber(value: number, writing: Writing): string {
  const [whole = '', fraction] = String(Math.abs(value)).split('.');
  const sign = value < 0 ? '-' : '';
  const point = fraction === undefined ? '' : phrase(writing, 'decimalPoint') + fraction;
  return `${sign}${grouped(whole, phrase(writing, 'thousandsPoint'))}${point}`;
}

const SCALES = [
  { unit: 1_000_000_000, key: 'billion' },
  { unit: 1_000_000, key: 'million' },
] as const;

/** Round amounts in triệu and tỷ (at most two places after the comma), others digit by digit; always exact. */
function writeMoney(amount: number, writing: Writing): string {
  for (const { unit, key } of SCALES) {
    if (Math.abs(amount) >= unit && (amount * 100) % unit === 0) {
      return phrase(writing, key, { amount: writeNumber(amount / unit, writing) });
    }
  }
  return phrase(writing, 'dong', { amount: writeNumber(amount, writing) });
}

const writeDay = (day: Day): string => day.split('-').reverse().join('/');

const writeMonth = (month: string): string => month.split('-').slice(0, 2).reverse().join('/');

function writeTime(instant: Instant, writing: Writing): string {
  const day = dayOf(instant);
  const minutes = minutesOf(instant);
  const [, month = '', date = ''] = day.split('-');
  const minute = minutes % 60;
  return phrase(writing, minute === 0 ? 'time' : 'timeWithMinutes', {
    hour: String(Math.floor(minutes / 60)),
    minute: String(minute).padStart(2, '0'),
    weekday: phrase(writing, `weekday.${weekdayOf(asDay(day))}`),
    date: `${Number(date)}/${Number(month)}`,
  });
}

/** E.164 of Vietnam in the national form, in groups as people read it out: mobile 4-3-3, others from the end. */
function writePhone(phone: string): string {
  const national = phone.replace(/^\+84/, '0');
  if (!/^0\d{9,10}$/.test(national)) return phone;
  return national.length === 10 && /^0[35789]/.test(national)
    ? `${national.slice(0, 4)} ${national.slice(4, 7)} ${national.slice(7)}`
    : `${national.slice(0, -7)} ${national.slice(-7, -4)} ${national.slice(-4)}`;
}

function writeList(items: readonly string[], writing: Writing): string {
  const last = items.at(-1) ?? '';
  if (items.length < 2) return last;
  return `${items.slice(0, -1).join(', ')} ${phrase(writing, 'and')} ${last}`;
}
