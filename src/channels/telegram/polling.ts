/**
 * Long polling as a loop of our own: a whole batch is stored before the next call confirms it with its offset, so that
 * a crash loses nothing. Trouble makes the loop slower and tells the operator; it never ends the loop.
 */
import type { Failure } from '../../service/ports.ts';
import { failureOf } from './failures.ts';

const POLL_SECONDS = 25;
/**
 * Where Telegram is near, many are asked for in small batches: nobody then waits for a long one to be stored that was under
 * way when they wrote. Where the way is long, a backlog comes in batches as large as Telegram gives.
 */
const SMALL_BATCH = 12;
const LARGE_BATCH = 100;
const LONG_WAY_MS = 80;
const LONGEST_WAIT_MS = 30_000;
/** A server that answers at once with nothing is not asked without pause. */
const EMPTY_PAUSE_MS = 100;

export interface PollingParts {
  /** Asks for updates from `offset` on. */
  readonly ask: (
    offset: number | null,
    limit: number,
    seconds: number,
    signal: AbortSignal,
  ) => Promise<readonly unknown[]>;
  /** Stores a batch; resolves with the number of its last update when all is safe. */
  readonly store: (updates: readonly unknown[]) => Promise<number | null>;
  /** Several instances: only who holds the lease asks. */
  readonly mayPoll: () => Promise<boolean>;
  /** A webhook stands in the way: takes it away. */
  readonly clearWebhook: () => Promise<void>;
  readonly warn: (text: string | null) => void;
  readonly wait: (ms: number) => Promise<void>;
  readonly nowMs: () => number;
}

/** Runs until the signal; resolves when the batch in hand is stored. */
export async function poll(parts: PollingParts, signal: AbortSignal): Promise<void> {
  let offset: number | null = null;
  let failures = 0;
  let limit = SMALL_BATCH;
  while (!signal.aborted) {
    try {
      if (!(await parts.mayPoll())) {
        await parts.wait(1000);
        continue;
      }
      const asked = parts.nowMs();
      // After trouble the first question does not hang, so that its end is known at once.
      const updates = await parts.ask(offset, limit, failures > 0 ? 0 : POLL_SECONDS, signal);
      // A full batch was waiting already: the time is that of the way.
      limit = updates.length >= SMALL_BATCH && parts.nowMs() - asked > LONG_WAY_MS ? LARGE_BATCH : SMALL_BATCH;
      const last = updates.length === 0 ? null : await parts.store(updates);
      if (last !== null) offset = last + 1;
      else if (parts.nowMs() - asked < 1000) await parts.wait(EMPTY_PAUSE_MS);
      if (failures > 0) parts.warn(null);
      failures = 0;
    } catch (error) {
      if (signal.aborted) return;
      failures += 1;
      await recover(parts, error, failures);
    }
  }
}

async function recover(parts: PollingParts, error: unknown, failures: number): Promise<void> {
  const failure = expected(error);
  parts.warn(describe(failure, error));
  if (isConflict(failure) && failures % 3 === 0) await parts.clearWebhook().catch(() => undefined);
  const asked = failure?.kind === 'throttled' ? failure.retryAfterMs : undefined;
  const slow = failure?.kind === 'bad-credentials' ? LONGEST_WAIT_MS : backoffMs(failures);
  await parts.wait(asked ?? slow);
}

/** 0.5 s, 1 s, 2 s … up to half a minute. */
export const backoffMs = (failures: number) => Math.min(LONGEST_WAIT_MS, 250 * 2 ** Math.min(failures, 10));

/** null: not Telegram's doing; storing went wrong, the batch comes again. */
function expected(error: unknown): Failure | null {
  try {
    return failureOf(error);
  } catch {
    return null;
  }
}

const isConflict = (failure: Failure | null) => failure?.kind === 'refused' && failure.code.startsWith('409');

function describe(failure: Failure | null, error: unknown): string {
  if (failure === null) {
    return `updates could not be stored and will be asked for again (${error instanceof Error ? error.name : 'error'})`;
  }
  if (failure.kind === 'bad-credentials') return 'Telegram refuses TELEGRAM_BOT_TOKEN';
  if (isConflict(failure)) return 'another program asks for the updates of this bot, or a webhook is set';
  if (failure.kind === 'refused') return `Telegram refuses getUpdates: ${failure.code}`;
  return `Telegram cannot be reached (${failure.kind})`;
}
