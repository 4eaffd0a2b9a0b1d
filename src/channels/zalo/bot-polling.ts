/**
 * Asking for updates, one at a time: the platform knows no offset and hands each out once, so that what is taken must be
 * stored before the next is asked for. A poll that ends with 408 had nothing to say.
 */
import type { BotApi } from './bot-api.ts';
import type { Refusal } from './failures.ts';

export interface BotPollingParts {
  readonly api: Pick<BotApi, 'getUpdates' | 'deleteWebhook'>;
  /** Resolves when it is stored. */
  readonly take: (update: unknown) => Promise<void>;
  /** Several instances: only who holds the lease asks. */
  readonly mayPoll: () => Promise<boolean>;
  readonly warn: (text: string | null) => void;
  readonly wait: (ms: number) => Promise<void>;
  readonly nowMs: () => number;
}

const LONGEST_WAIT_MS = 30_000;
/** A server that answers «nothing» at once is not asked without pause. */
const EMPTY_PAUSE_MS = 200;

export async function pollBot(parts: BotPollingParts, signal: AbortSignal): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    try {
      if (!(await parts.mayPoll())) {
        await parts.wait(1000);
        continue;
      }
      const asked = parts.nowMs();
      const outcome = await parts.api.getUpdates(signal);
      if (signal.aborted && !outcome.ok) return;
      if (outcome.ok) {
        await store(parts, outcome.data, signal);
        failures = 0;
        parts.warn(null);
        continue;
      }
      if (outcome.refusal.code === 408) {
        if (failures > 0) parts.warn(null);
        failures = 0;
        if (parts.nowMs() - asked < 1000) await parts.wait(EMPTY_PAUSE_MS);
        continue;
      }
      failures += 1;
      await recover(parts, outcome.refusal, failures);
    } catch {
      failures += 1;
      parts.warn('updates cannot be asked for at present');
      await parts.wait(backoffMs(failures));
    }
  }
}

/** It will not be handed out again: kept at until it is stored. */
async function store({ take, warn, wait }: BotPollingParts, update: unknown, signal: AbortSignal): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await take(update);
    } catch (error) {
      if (signal.aborted) throw error;
      warn('an update could not be stored; it is tried again');
      await wait(backoffMs(attempt));
    }
  }
}

async function recover(parts: BotPollingParts, refusal: Refusal, failures: number): Promise<void> {
  parts.warn(describe(refusal));
  // Excluded while a webhook is set.
  if (refusal.kind === 'invalid' && failures % 3 === 0) await parts.api.deleteWebhook();
  await parts.wait(refusal.retryAfterMs ?? (refusal.kind === 'config' ? LONGEST_WAIT_MS : backoffMs(failures)));
}

/** 0.5 s, 1 s, 2 s … up to half a minute. */
export const backoffMs = (failures: number): number => Math.min(LONGEST_WAIT_MS, 250 * 2 ** Math.min(failures, 10));

export function describe({ kind, code }: Refusal): string {
  if (kind === 'config') return 'Zalo refuses ZALO_BOT_TOKEN';
  return kind === 'network' || kind === 'transient' ? 'Zalo Bot cannot be reached' : `Zalo Bot refuses (${code ?? ''})`;
}
