import { describe, expect, it } from 'vitest';
import { retry } from '../../src/jobs/index.ts';
import type { Failure } from '../../src/service/index.ts';
import { NOW } from '../support/turns.ts';

const after = (failure: Failure, attempts: number, ambiguous = 0) => {
  const decided = retry(failure, { attempts, ambiguous }, NOW);
  return decided.fate === 'retry' ? Date.parse(decided.notBefore) - Date.parse(NOW) : decided.fate;
};

describe('a message that was not sent', () => {
  it('is first tried again within 5 s, then at growing intervals up to a minute', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7, 100].map((attempts) => after({ kind: 'unreachable' }, attempts));
    expect(waits).toEqual([2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  });

  it('waits as long as the platform asked', () => {
    expect(after({ kind: 'throttled', scope: 'chat', retryAfterMs: 90_000 }, 1)).toBe(90_000);
    expect(after({ kind: 'throttled', scope: 'channel' }, 1)).toBe(2_000);
  });

  it('is given up after a day of trying', () => {
    expect(after({ kind: 'unreachable' }, 24 * 60)).toBe('failed');
    expect(after({ kind: 'bad-credentials' }, 5)).toBe(60_000);
  });

  it('that may have arrived is said at most twice more', () => {
    const unsure: Failure = { kind: 'unreachable', ambiguous: true };
    expect([1, 2, 3].map((count) => after(unsure, count, count))).toEqual([2_000, 4_000, 'failed']);
  });

  it.each(['recipient-gone', 'too-large'] as const)('is given up at once: %s', (kind) => {
    expect(after({ kind }, 1)).toBe('failed');
    expect(after({ kind: 'refused', code: '400' }, 1)).toBe('failed');
  });

  it('is held while the platform does not allow it', () => {
    expect(after({ kind: 'outside-window' }, 1)).toBe('held');
  });
});
