/** A clock that stands until it is moved. */
import { addMs, type Instant } from '../../src/base/index.ts';
import type { Clock } from '../../src/service/index.ts';

export interface FixedClock {
  readonly now: Clock;
  advance(ms: number): void;
}

export function fixedClock(start: Instant): FixedClock {
  let at = start;
  return { now: () => at, advance: (ms) => (at = addMs(at, ms)) };
}
