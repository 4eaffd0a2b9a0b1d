/**
 * Messages as server-sent events: what is stored after the last one the page has, then each new one as it is stored.
 * The stream holds no copy; it is woken and reads the store, so that nothing is missed and order is the store's.
 */
import type { ConversationId } from '../../base/index.ts';
import type { WireMessage } from './wire.ts';

/** Wakes the streams of a conversation. */
export interface Bell {
  ring(conversation: ConversationId): void;
  /** Returns what ends the listening. */
  listen(conversation: ConversationId, wake: () => void): () => void;
  /** The same for one who may turn from one conversation to another. */
  follow(conversation: ConversationId): {
    turnTo(conversation: ConversationId): void;
    readonly listen: (wake: () => void) => () => void;
  };
}

export function openBell(): Bell {
  const listeners = new Map<ConversationId, Set<() => void>>();
  const bell: Bell = {
    ring(conversation) {
      for (const wake of listeners.get(conversation) ?? []) wake();
    },
    listen(conversation, wake) {
      const those = listeners.get(conversation) ?? new Set();
      listeners.set(conversation, those.add(wake));
      return () => {
        those.delete(wake);
        if (those.size === 0) listeners.delete(conversation);
      };
    },
    follow(first) {
      let [at, wake, stop]: [ConversationId, () => void, () => void] = [first, () => {}, () => {}];
      return {
        turnTo(conversation) {
          if (conversation === at) return;
          at = conversation;
          stop();
          stop = bell.listen(at, wake);
        },
        listen(given) {
          wake = given;
          stop = bell.listen(at, wake);
          return () => stop();
        },
      };
    },
  };
  return bell;
}

export interface StreamParts {
  /** Messages stored after `after`, oldest first. */
  readonly read: (after: number) => Promise<readonly WireMessage[]>;
  readonly listen: (wake: () => void) => () => void;
  readonly after: number;
  /** Ends the stream: the page has gone, or the service stops. */
  readonly signal: AbortSignal;
  /** A comment is sent when nothing was for so long, so that proxies keep the line open. */
  readonly heartbeatMs: number;
  /** Looks into the store without being woken, since another instance may have written; null: never. */
  readonly lookMs: number | null;
}

export function streamMessages(parts: StreamParts): ReadableStream<Uint8Array> {
  const { signal, heartbeatMs, lookMs } = parts;
  const encoder = new TextEncoder();
  const gone = new AbortController();
  const ended = AbortSignal.any([signal, gone.signal]);
  let wake = () => {};
  let rung = false;
  const stop = parts.listen(() => {
    rung = true;
    wake();
  });
  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, rung || ended.aborted ? 0 : ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  ended.addEventListener('abort', () => wake(), { once: true });

  async function run(controller: ReadableStreamDefaultController<Uint8Array>) {
    const write = (text: string) => controller.enqueue(encoder.encode(text));
    let after = parts.after;
    let quietMs = 0;
    write(': open\n\n');
    while (!ended.aborted) {
      rung = false;
      const fresh = await parts.read(after);
      if (ended.aborted) break;
      for (const message of fresh) {
        write(`id: ${message.id}\ndata: ${JSON.stringify(message)}\n\n`);
        after = Number(message.id);
      }
      quietMs = fresh.length > 0 ? 0 : quietMs;
      if (quietMs >= heartbeatMs) {
        write(': beat\n\n');
        quietMs = 0;
      }
      const restMs = Math.min(heartbeatMs - quietMs, lookMs ?? heartbeatMs);
      await pause(restMs);
      quietMs += restMs; // a little early after a wake: a beat too many does no harm
    }
  }

  return new ReadableStream<Uint8Array>({
    start(controller) {
      run(controller)
        .catch(() => undefined) // the store failed: the page reconnects from the last id it has
        .finally(() => {
          stop();
          if (!gone.signal.aborted) controller.close();
        });
    },
    cancel() {
      gone.abort();
    },
  });
}
