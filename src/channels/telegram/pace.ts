/**
 * How fast we may write into the staff group: at most 20 messages in any minute, of which some are kept for notices,
 * so that the papers of one case never hold up the next case. Who is told to wait comes back through the outbox, where
 * notices stand before files. Private chats are not held back here: Telegram says itself (429) when it is too much.
 */
import { GROUP_KEPT_FOR_NOTICES, GROUP_MESSAGES_A_MINUTE } from './capabilities.ts';

const MINUTE_MS = 60_000;

export class GroupPace {
  private readonly sent = new Map<string, number[]>();

  /** Takes a place for one message; 0, or the milliseconds until one is free. `nowMs` is any steady clock. */
  take(chat: string, isFile: boolean, nowMs: number): number {
    const recent = (this.sent.get(chat) ?? []).filter((at) => nowMs - at < MINUTE_MS);
    const most = isFile ? GROUP_MESSAGES_A_MINUTE - GROUP_KEPT_FOR_NOTICES : GROUP_MESSAGES_A_MINUTE;
    this.sent.set(chat, recent);
    if (recent.length < most) {
      recent.push(nowMs);
      return 0;
    }
    const freeing = recent[recent.length - most] ?? nowMs;
    return Math.max(1, freeing + MINUTE_MS - nowMs);
  }
}
