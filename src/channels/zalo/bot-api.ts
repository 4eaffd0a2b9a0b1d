/**
 * The calls of the Bot Platform that we use. The token stands in the address of every call, so that no address is ever
 * logged or handed on.
 */
import type { Http } from './client.ts';
import { unwrapBot, type Outcome } from './failures.ts';

export interface BotApi {
  getMe(): Promise<Outcome>;
  /** One update, or a failure with 408 when there is none. */
  getUpdates(signal: AbortSignal): Promise<Outcome>;
  setWebhook(url: string, secret: string): Promise<Outcome>;
  deleteWebhook(): Promise<Outcome>;
  sendMessage(chat: string, text: string): Promise<Outcome>;
  /** The picture's address must be a public one. */
  sendPhoto(chat: string, url: string, caption: string): Promise<Outcome>;
}

/** How long the platform holds a poll that has nothing to say, seconds. */
export const POLL_SECONDS = 30;
/** The wait of a call must outlast the poll. */
const POLL_MS = (POLL_SECONDS + 15) * 1000;
/** Zalo fetches the picture before it answers. */
const PHOTO_MS = 60_000;

/** `root` without `/bot<token>`. */
export function openBotApi(http: Http, root: string, token: string): BotApi {
  const call = async (method: string, json: unknown, more: { timeoutMs?: number; signal?: AbortSignal } = {}) =>
    unwrapBot(await http({ method: 'POST', url: `${root}/bot${token}/${method}`, json, ...more }));
  return {
    getMe: () => call('getMe', {}),
    getUpdates: (signal) => call('getUpdates', { timeout: POLL_SECONDS }, { timeoutMs: POLL_MS, signal }),
    setWebhook: (url, secret) => call('setWebhook', { url, secret_token: secret }),
    deleteWebhook: () => call('deleteWebhook', {}),
    sendMessage: (chat, text) => call('sendMessage', { chat_id: chat, text }),
    sendPhoto: (chat, url, caption) =>
      call('sendPhoto', { chat_id: chat, photo: url, caption }, { timeoutMs: PHOTO_MS }),
  };
}
