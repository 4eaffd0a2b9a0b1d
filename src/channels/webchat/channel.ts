/**
 * The browser chat: a full channel for owners without Telegram or Zalo. Owners pull their messages, so what is stored
 * is delivered; `published` only wakes the streams that are open.
 */
import { Hono } from 'hono';
import type { Channel, Hooks } from '../../service/ports.ts';
import { MAX_FILE_BYTES, openLimiter, RATES, type Rates } from './limits.ts';
import { chatPage, type PageFiles, type PageWords } from './page.ts';
import { chatApi, type ApiParts, type ApiWord } from './routes.ts';
import { openBell } from './stream.ts';

export interface WebchatParts extends Pick<ApiParts, 'store' | 'secret' | 'clock' | 'newId'> {
  readonly page: PageFiles;
  /** Words of `content/texts`, as they stand now: content may be reloaded. */
  readonly words: (lang: 'vi' | 'en') => PageWords;
  /** Several instances share the database: streams look into it without being woken. */
  readonly shared?: boolean;
  readonly rates?: Rates;
  readonly heartbeatMs?: number;
}

export interface Webchat {
  readonly channel: Channel;
  /** Routes `/` and `/chat/…`. */
  readonly app: Hono;
}

export function openWebchat(parts: WebchatParts): Webchat {
  const bell = openBell();
  const stopping = new AbortController();
  let hooks: Hooks | null = null;
  const app = new Hono();
  app.route('/', chatPage(parts.page, parts.words));
  app.route(
    '/',
    chatApi({
      ...parts,
      hooks: () => hooks,
      words: (key: ApiWord) => parts.words('vi')[key] ?? key,
      limiter: openLimiter(parts.rates ?? RATES),
      bell,
      stopping: stopping.signal,
      heartbeatMs: parts.heartbeatMs ?? 20_000,
      lookMs: parts.shared === true ? 3_000 : null,
    }),
  );
  return {
    app,
    channel: {
      name: 'webchat',
      capabilities: { maxText: 100_000, maxButtons: 100, maxLabel: 300, pull: true, maxFileBytes: MAX_FILE_BYTES },
      async start(given) {
        hooks = given;
      },
      async stop() {
        hooks = null;
        stopping.abort();
      },
      async send() {
        return { sent: true, platformIds: [] };
      },
      published: (conversation) => bell.ring(conversation),
    },
  };
}
