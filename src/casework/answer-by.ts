/** When an owner may expect an answer: the centre's working time, never a promise that nobody made. */
import { addDays, dayOf, instantAt, minutesOf, weekdayOf, type Day, type Instant } from '../base/index.ts';
import type { Province } from '../content/index.ts';

/** Working time that staff are given for a first answer: sent on a Friday night, it is due on Monday at 10 o'clock. */
export const ANSWER_WITHIN_MINUTES = 150;
/** Longer than any run of holidays; past it, the calendar says nothing. */
const DAYS_AHEAD = 40;

/** Undefined when the province has no office hours (or none within reach): then no time is named. */
export function answerBy(
  openedAt: Instant,
  province: Pick<Province, 'hours' | 'holidays'> | undefined,
): Instant | undefined {
  if (province === undefined) return undefined;
  let left = ANSWER_WITHIN_MINUTES;
  const first = dayOf(openedAt);
  for (let ahead = 0; ahead <= DAYS_AHEAD; ahead += 1) {
    const day = addDays(first, ahead);
    const from = ahead === 0 ? minutesOf(openedAt) : 0;
    for (const span of spansOf(day, province)) {
      const start = Math.max(span.from, from);
      const length = Math.max(0, span.to - start);
      if (length >= left) return instantAt(day, start + left);
      left -= length;
    }
  }
  return undefined;
}

/** Office hours of a day, earliest first; none on a holiday. */
function spansOf(day: Day, { hours, holidays }: Pick<Province, 'hours' | 'holidays'>) {
  if (holidays.includes(day)) return [];
  return hours.filter(({ days }) => days.includes(weekdayOf(day))).sort((a, b) => a.from - b.from);
}
