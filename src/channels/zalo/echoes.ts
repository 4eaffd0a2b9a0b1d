/**
 * Whose word an echo is. Zalo tells us of everything that the account says, our own messages included; what nobody of us
 * sent, a colleague wrote in the platform's own inbox. Our own echo may come before the answer to its send, or after a
 * timeout without any, so an echo that is not known waits until no send to that person has been open for a while, and is
 * compared by its text, too.
 */
import type { Echo } from './decode.ts';

/** What was lately sent to a person, in any process, as it is written down. */
export interface Said {
  readonly texts: readonly string[];
  /** As the platform names the messages. */
  readonly ids: readonly string[];
  /** Something may have arrived of which we know no id. */
  readonly lost: boolean;
}

export interface EchoParts {
  readonly said: (chat: string) => Promise<Said>;
  readonly colleague: (echo: Echo) => Promise<void>;
  /** A steady clock in milliseconds. */
  readonly nowMs: () => number;
  /** 15 s; shorter in tests. */
  readonly quietMs: number;
}

interface Chat {
  open: number;
  closedAt: number;
  /** Sends without a text that may have arrived, and of which we know no id. */
  lost: number;
  readonly ids: string[];
  readonly texts: string[];
}

const KEPT_CHATS = 2_000;
const KEPT_OF_A_CHAT = 60;

/** Emoji and blanks may come back a little different. */
const alike = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').trim();

export class Echoes {
  readonly #parts: EchoParts;
  readonly #chats = new Map<string, Chat>();
  readonly #waiting = new Map<NodeJS.Timeout, Echo>();
  #stopped = false;

  constructor(parts: EchoParts) {
    this.#parts = parts;
  }

  /** A send to that person begins; `text` where it has one. */
  opened(name: string, text?: string): void {
    const chat = this.#chat(name);
    chat.open += 1;
    if (text !== undefined) keep(chat.texts, alike(text));
  }

  /** It ended; `id` where Zalo gave one; `lost`: it had no text and may have arrived all the same. */
  closed(name: string, end: { readonly id?: string; readonly lost?: boolean }): void {
    const chat = this.#chat(name);
    chat.open -= 1;
    chat.closedAt = this.#parts.nowMs();
    if (end.id !== undefined) keep(chat.ids, end.id);
    if (end.lost === true) chat.lost += 1;
  }

  heard(echo: Echo): void {
    if (!this.#isOurs(echo)) this.#waitFor(echo, this.#parts.quietMs);
  }

  /** What still waits is judged now, lest a colleague's word be forgotten; without a text it could be one of ours. */
  async stop(): Promise<void> {
    this.#stopped = true;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const [timer] of waiting) clearTimeout(timer);
    const { said, colleague } = this.#parts;
    for (const [, echo] of waiting) {
      if (echo.text === null || this.#isOurs(echo)) continue;
      if (!isWrittenDown(echo, await said(echo.chat))) await colleague(echo);
    }
  }

  #waitFor(echo: Echo, ms: number): void {
    if (this.#stopped) return;
    const timer = setTimeout(() => {
      this.#waiting.delete(timer);
      void this.#judge(echo);
    }, ms);
    this.#waiting.set(timer, echo);
  }

  async #judge(echo: Echo): Promise<void> {
    const { nowMs, quietMs, said, colleague } = this.#parts;
    if (this.#isOurs(echo)) return;
    const { open, closedAt } = this.#chat(echo.chat);
    const left = open > 0 ? quietMs : closedAt + quietMs - nowMs();
    if (left > 0) return this.#waitFor(echo, Math.max(left, 1));
    try {
      if (!isWrittenDown(echo, await said(echo.chat))) await colleague(echo);
    } catch {
      // The database does not answer: looked at again.
      this.#waitFor(echo, quietMs);
    }
  }

  #isOurs({ chat: name, messageId, text }: Echo): boolean {
    const chat = this.#chats.get(name);
    if (chat === undefined) return false;
    if (messageId !== null && chat.ids.includes(messageId)) return true;
    if (text !== null) return chat.texts.includes(alike(text));
    if (chat.lost === 0) return false;
    chat.lost -= 1;
    return true;
  }

  #chat(name: string): Chat {
    const known = this.#chats.get(name) ?? { open: 0, closedAt: Number.NEGATIVE_INFINITY, lost: 0, ids: [], texts: [] };
    this.#chats.delete(name);
    this.#chats.set(name, known);
    if (this.#chats.size > KEPT_CHATS) this.#forgetOne();
    return known;
  }

  #forgetOne(): void {
    for (const [name, { open }] of this.#chats) {
      if (open > 0) continue;
      this.#chats.delete(name);
      return;
    }
  }
}

const isWrittenDown = ({ messageId, text }: Echo, { ids, texts, lost }: Said): boolean =>
  (messageId !== null && ids.includes(messageId)) ||
  (text === null ? lost : texts.some((one) => alike(one) === alike(text)));

function keep(list: string[], value: string): void {
  list.push(value);
  if (list.length > KEPT_OF_A_CHAT) list.shift();
}
