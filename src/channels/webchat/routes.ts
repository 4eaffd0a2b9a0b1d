/** The owner's chat API (contract, section 3): each route reads, asks the service, and answers. */
import type { HttpBindings } from '@hono/node-server';
import { Hono, type Context } from 'hono';
import { readLimited, type Instant } from '../../base/index.ts';
import type { Hooks, Inbound, Store, StoredConversation } from '../../service/ports.ts';
import { addressOf, decodeFile, decodeMessage, opened } from './decode.ts';
import { encode } from './encode.ts';
import { serveFile } from './files.ts';
import { writeFileLink } from './file-link.ts';
import {
  callerOf,
  MAX_FILE_BYTES,
  MAX_JSON_BYTES,
  MAX_MULTIPART_BYTES,
  MAX_TEXT_BYTES,
  type Limiter,
} from './limits.ts';
import { readSession, writeSessionToken } from './session.ts';
import { streamMessages, type Bell } from './stream.ts';
import { sentMessage, type WireMessage } from './wire.ts';

export interface ApiParts {
  readonly store: Pick<Store, 'load' | 'messages' | 'readFile' | 'fileStatuses'>;
  /** Null until the channel has started. */
  readonly hooks: () => Hooks | null;
  readonly secret: string;
  readonly clock: () => Instant;
  readonly newId: () => string;
  /** The words of an answer that a person may read. */
  readonly words: (key: ApiWord) => string;
  readonly limiter: Limiter;
  readonly bell: Bell;
  /** Aborted when the service stops. */
  readonly stopping: AbortSignal;
  readonly heartbeatMs: number;
  readonly lookMs: number | null;
}

export type ApiWord =
  'badSession' | 'badRequest' | 'textTooLong' | 'fileTooLarge' | 'tooFast' | 'notFound' | 'notReady' | 'fileOnItsWay';

type Env = { Bindings: Partial<HttpBindings>; Variables: { session: string } };

export function chatApi(parts: ApiParts): Hono<Env> {
  const app = new Hono<Env>();
  const { limiter, secret, clock } = parts;

  app.post('/chat/sessions', async (c) => {
    const wait = await limiter.session(callerOfContext(c));
    if (wait > 0) return tooFast(c, wait);
    const session = parts.newId();
    const stored = await receive(opened({ session, now: clock() }));
    if (!stored) return say(c, 503, 'notReady');
    return c.json({ sessionId: session, token: writeSessionToken(secret, session, clock()) }, 201);
  });

  app.get('/chat/files/:id', (c) => serveFile(c, parts, readSession(secret, c.req.header('authorization'), clock())));

  app.use('/chat/*', async (c, next) => {
    if (c.req.path.startsWith('/chat/page/')) return next();
    const session = readSession(secret, c.req.header('authorization'), clock());
    if (session === null) return say(c, 401, 'badSession');
    c.set('session', session);
    return next();
  });

  app.post('/chat/messages', async (c) => {
    const wait = await limiter.message(callerOfContext(c), c.get('session'));
    if (wait > 0) return tooFast(c, wait);
    const isMultipart = /^multipart\/form-data/i.test(c.req.header('content-type') ?? '');
    const read = await (isMultipart ? readFilePost(c) : readJsonPost(c));
    if (!('event' in read)) return say(c, read.status, read.word);
    return (await receive(read)) ? c.json({ ok: true }, 202) : say(c, 503, 'notReady');
  });

  app.get('/chat/messages', async (c) => {
    const after = readAfter(c.req.query('after'));
    if (after === null) return say(c, 400, 'badRequest');
    return c.json({ messages: await messages(c, await conversationOf(c.get('session')), after) });
  });

  app.get('/chat/stream', async (c) => {
    const after = readAfter(c.req.query('after') ?? c.req.header('last-event-id'));
    if (after === null) return say(c, 400, 'badRequest');
    const session = c.get('session');
    const heard = parts.bell.follow((await conversationOf(session)).id);
    const body = streamMessages({
      // Asked anew each time: meanwhile the session may have come to speak for another conversation.
      read: async (from) => {
        const conversation = await conversationOf(session);
        heard.turnTo(conversation.id);
        return messages(c, conversation, from);
      },
      listen: heard.listen,
      after,
      signal: parts.stopping,
      heartbeatMs: parts.heartbeatMs,
      lookMs: parts.lookMs,
    });
    return c.body(body, 200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store, no-transform',
      'X-Accel-Buffering': 'no',
    });
  });

  return app;

  async function receive(inbound: Inbound): Promise<boolean> {
    const hooks = parts.hooks();
    await hooks?.receive([inbound]);
    return hooks !== null;
  }

  async function conversationOf(session: string): Promise<StoredConversation> {
    const [conversation] = await parts.store.load([addressOf(session)]);
    if (conversation === undefined) throw new Error('The store answered for no address');
    return conversation;
  }

  async function messages(
    c: Context<Env>,
    { id, numbered }: StoredConversation,
    asked: number,
  ): Promise<WireMessage[]> {
    const after = numbered !== undefined && asked > 0 && asked <= numbered.upTo ? asked + numbered.shift : asked;
    const own = c.req.query('own') === '1';
    const session = c.get('session');
    const logged = await parts.store.messages(id, after);
    return logged
      .filter(({ from }) => own || from !== 'owner')
      .map((message) => encode(message, (file) => writeFileLink(secret, { fileId: file.id, session }, clock())));
  }

  async function readJsonPost(c: Context<Env>): Promise<Inbound | Refusal> {
    const body = await readLimited(c.req.raw.body, MAX_JSON_BYTES);
    if (body === null) return { status: 413, word: 'textTooLong' };
    const sent = sentMessage.safeParse(parseJson(body));
    if (!sent.success) return { status: 400, word: 'badRequest' };
    if (Buffer.byteLength(sent.data.text ?? sent.data.choice ?? '') > MAX_TEXT_BYTES) {
      return { status: 413, word: 'textTooLong' };
    }
    return decodeMessage(sent.data, { session: c.get('session'), now: clock() });
  }

  async function readFilePost(c: Context<Env>): Promise<Inbound | Refusal> {
    const body = await readLimited(c.req.raw.body, MAX_MULTIPART_BYTES);
    if (body === null) return { status: 413, word: 'fileTooLarge' };
    const form = await new Response(body, { headers: { 'Content-Type': c.req.header('content-type') ?? '' } })
      .formData()
      .catch(() => null); // not the form that it says it is
    const id = form?.get('clientMessageId');
    const file = form?.get('file');
    const caption = form?.get('text') ?? '';
    if (typeof id !== 'string' || id === '' || id.length > 200 || file === null || file === undefined) {
      return { status: 400, word: 'badRequest' };
    }
    if (typeof file === 'string' || typeof caption !== 'string' || file.size === 0) {
      return { status: 400, word: 'badRequest' };
    }
    if (file.size > MAX_FILE_BYTES) return { status: 413, word: 'fileTooLarge' };
    if (Buffer.byteLength(caption) > MAX_TEXT_BYTES) return { status: 413, word: 'textTooLong' };
    const bytes = new Uint8Array(await file.arrayBuffer());
    return decodeFile(
      { clientMessageId: id, fileId: parts.newId(), name: file.name, type: file.type, bytes, caption },
      { session: c.get('session'), now: clock() },
    );
  }

  function say(c: Context<Env>, status: Refusal['status'], word: ApiWord) {
    return c.json({ error: word, message: parts.words(word) }, status);
  }

  function tooFast(c: Context<Env>, seconds: number) {
    c.header('Retry-After', String(seconds));
    return say(c, 429, 'tooFast');
  }
}

interface Refusal {
  readonly status: 400 | 401 | 404 | 413 | 429 | 503;
  readonly word: ApiWord;
}

/** Null when it is no id; 0, before all messages, when it is absent. */
function readAfter(text: string | undefined): number | null {
  if (text === undefined || text === '') return 0;
  return /^\d{1,15}$/.test(text) ? Number(text) : null;
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return undefined; // no JSON: refused by the schema
  }
}

const callerOfContext = (c: Context<Env>) =>
  callerOf(c.env.incoming?.socket.remoteAddress ?? '127.0.0.1', c.req.header('x-forwarded-for'));
