/** Places in a staff room's queue: by time, and within a millisecond by order of arrival. */
import type { Instant } from '../base/index.ts';

export interface RoomPositions {
  next(at: Instant): number;
}

const PER_MS = 1_000;

/** Grows with each call, also when the clock does not. Below 2^53 until the year 2255. */
export function roomPositions(): RoomPositions {
  let last = 0;
  return {
    next: (at) => (last = Math.max(last + 1, Date.parse(at) * PER_MS)),
  };
}
