/**
 * Days of the calendar in Vietnam, as text `YYYY-MM-DD`, which sorts and compares as it reads.
 * Instants are ISO strings in UTC; only here do they become days. Vietnam keeps UTC+7 all year, without summer time.
 */
declare const day: unique symbol;
export type Day = string & { readonly [day]: true };
/** An instant, ISO 8601 in UTC, e.g. `2026-11-25T03:00:00.000Z`. */
export type Instant = string;

const VIETNAM_OFFSET_MS = 7 * 60 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;

/** True when the text names a day that exists. */
export function isDay(text: string): text is Day {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === text;
}

/** Reads a day. Throws RangeError when there is no such day (callers check typed input with `isDay` first). */
export function asDay(text: string): Day {
  if (!isDay(text)) throw new RangeError(`Not a day: ${text}`);
  return text;
}

/** The day in Vietnam at an instant. */
export const dayOf = (instant: Instant): Day =>
  asDay(new Date(Date.parse(instant) + VIETNAM_OFFSET_MS).toISOString().slice(0, 10));

/** Minutes since midnight in Vietnam at an instant. */
export function minutesOf(instant: Instant): number {
  const local = new Date(Date.parse(instant) + VIETNAM_OFFSET_MS);
  return local.getUTCHours() * 60 + local.getUTCMinutes();
}

/** The instant at which a day has reached `minutes` after midnight in Vietnam. */
export const instantAt = (on: Day, minutes = 0): Instant =>
  new Date(Date.parse(`${on}T00:00:00Z`) - VIETNAM_OFFSET_MS + minutes * 60_000).toISOString();

export const addDays = (on: Day, days: number): Day =>
  asDay(new Date(Date.parse(`${on}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10));

/** Whole days from one day to another; negative when `to` is earlier. */
export const daysBetween = (from: Day, to: Day): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);

/** Day of the week: 1 Monday … 7 Sunday. */
export const weekdayOf = (on: Day): number => ((new Date(`${on}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;

export const addMs = (instant: Instant, ms: number): Instant => new Date(Date.parse(instant) + ms).toISOString();

/** The span of days in which something holds; both ends included, an absent end is open. */
export interface Span {
  readonly from?: Day;
  readonly to?: Day;
}

export const holdsOn = (span: Span, on: Day): boolean =>
  (span.from === undefined || span.from <= on) && (span.to === undefined || on <= span.to);
