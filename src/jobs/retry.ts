/**
 * When a message that could not be sent is tried again: a pure function of how it failed and how often. Knows no vendor:
 * channels have translated their codes into the vocabulary of failure.
 */
import { addMs, exhaustive, type Instant } from '../base/index.ts';
import type { Retry } from '../service/index.ts';

const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 60_000;
/** At a minute each, a day: after that a person has to look. */
const ATTEMPTS_AT_MOST = 24 * 60;
/** Sends that may have arrived: the first, and twice more (saying something twice harms less than silence). */
const AMBIGUOUS_AT_MOST = 3;
/** Wrong or worn-out credentials: an operator has to act, so there is no hurry. */
const CREDENTIALS_WAIT_MS = 60_000;

/** 2 s, 4 s, 8 s … 60 s. */
const waitAfter = (attempts: number): number =>
  Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(attempts - 1, 6));

export const retry: Retry = (failure, { attempts, ambiguous }, now: Instant) => {
  const again = (ms: number) =>
    attempts >= ATTEMPTS_AT_MOST
      ? ({ fate: 'failed' } as const)
      : ({ fate: 'retry', notBefore: addMs(now, ms) } as const);
  switch (failure.kind) {
    case 'throttled':
      return again(failure.retryAfterMs ?? waitAfter(attempts));
    case 'unreachable':
    case 'unreadable-reply':
      return ambiguous >= AMBIGUOUS_AT_MOST ? { fate: 'failed' } : again(waitAfter(attempts));
    case 'bad-credentials':
      return again(CREDENTIALS_WAIT_MS);
    case 'outside-window':
      return { fate: 'held' };
    case 'refused':
    case 'recipient-gone':
    case 'too-large':
      return { fate: 'failed' };
    default:
      return exhaustive(failure);
  }
};
