/**
 * A Bot API for the benchmark: long polling and sendMessage, nothing more, as cheap as can be, so that the bots are measured
 * and not it. People write to it and await their answer.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FakeApi {
  readonly root: string;
  /** Sends a text from a chat; resolves with the text of the next message to that chat. */
  say(chat: number, text: string): Promise<string>;
  close(): void;
}

const OK = Buffer.from('{"ok":true,"result":true}');

export async function openFakeApi(): Promise<FakeApi> {
  const waiting = new Map<number, (text: string) => void>();
  let updates: object[] = [];
  let poll: ServerResponse | null = null;
  let updateId = 1;
  let messageId = 1;

  const answer = (response: ServerResponse, body: Buffer | string): void => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(body);
  };
  const flush = (): void => {
    if (poll === null || updates.length === 0) return;
    const batch = updates.splice(0, 100);
    const response = poll;
    poll = null;
    answer(response, JSON.stringify({ ok: true, result: batch }));
  };

  const server = createServer((request, response) => {
    read(request).then((body) => {
      const method = (request.url ?? '').split('/').pop() ?? '';
      const payload = parse(body);
      if (method === 'getMe') {
        const me = { id: 1, is_bot: true, first_name: 'b', username: 'bench_bot', can_join_groups: true };
        return answer(response, JSON.stringify({ ok: true, result: me }));
      }
      if (method === 'getUpdates') {
        poll = response;
        response.on('close', () => {
          if (poll === response) poll = null;
        });
        return flush();
      }
      if (method !== 'sendMessage') return answer(response, OK);
      const chat = Number(payload['chat_id']);
      const result = { message_id: messageId++, date: 1, chat: { id: chat, type: 'private' }, text: payload['text'] };
      answer(response, JSON.stringify({ ok: true, result }));
      const done = waiting.get(chat);
      waiting.delete(chat);
      return done?.(String(payload['text']));
    }, console.error);
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    root: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    say: (chat, text) =>
      new Promise((resolve) => {
        waiting.set(chat, resolve);
        const from = { id: chat, is_bot: false, first_name: 'P' };
        const message = {
          message_id: messageId++,
          date: Math.floor(Date.now() / 1000),
          chat: { id: chat, type: 'private', first_name: 'P' },
          from,
          text,
          ...(text.startsWith('/') && { entities: [{ type: 'bot_command', offset: 0, length: text.length }] }),
        };
        updates.push({ update_id: updateId++, message });
        setImmediate(flush);
      }),
    close() {
      updates = [];
      server.close();
      server.closeAllConnections();
    },
  };
}

function read(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => resolve(Buffer.concat(chunks).toString()));
    request.on('error', reject);
  });
}

/** Bots send JSON, or a form with no file in it. */
function parse(body: string): Record<string, unknown> {
  try {
    return JSON.parse(body) as Record<string, unknown>;
  } catch {
    return {};
  }
}
