/** The lean fetch does for grammY what the general one did: against a real server, with what can go wrong on the way. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { openFetch } from '../../../src/channels/telegram/lean-fetch.ts';

interface Said {
  readonly method: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

const servers: Server[] = [];
const closeAll = () =>
  Promise.all(
    servers.splice(0).map((server) => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    }),
  );
afterEach(closeAll);

/** A server that answers as told, with what it was sent and how many connections it saw. */
async function serve(answer: (response: ServerResponse) => void) {
  const said: Said[] = [];
  const seen = { connections: 0 };
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      said.push({ method: request.method, headers: request.headers, body: Buffer.concat(parts).toString() });
      answer(response);
    });
    request.on('error', () => undefined);
  });
  servers.push(server);
  server.on('connection', () => (seen.connections += 1));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/bot1:x/sendMessage`, said, seen };
}

const fetch = openFetch();
const post = (body: unknown, signal: AbortSignal = new AbortController().signal) =>
  ({ method: 'POST', headers: { 'content-type': 'application/json' }, body, signal }) as never;

describe('the lean fetch', () => {
  it('posts what it is given and reads the answer, again and again on one connection', async () => {
    const { url, said, seen } = await serve((response) => response.end('{"ok":true,"result":"đã nhận"}'));
    for (const text of ['một', 'hai']) {
      expect(await (await fetch(url, post(JSON.stringify({ text })))).json()).toEqual({ ok: true, result: 'đã nhận' });
    }
    expect(said.map(({ method, body }) => [method, body])).toEqual([
      ['POST', '{"text":"một"}'],
      ['POST', '{"text":"hai"}'],
    ]);
    expect(said[0]?.headers['content-type']).toBe('application/json');
    expect(seen.connections).toBe(1);
  });

  it('sends a body that comes in parts', async () => {
    const { url, said } = await serve((response) => response.end('{"ok":true}'));
    await fetch(url, post(Readable.from([Buffer.from('phần một, '), Buffer.from('phần hai')])));
    expect(said[0]?.body).toBe('phần một, phần hai');
  });

  it('reads the answer of a refusal too, and names an answer that is no JSON', async () => {
    const { url } = await serve((response) => response.writeHead(400).end('{"ok":false,"error_code":400}'));
    expect(await (await fetch(url, post('{}'))).json()).toEqual({ ok: false, error_code: 400 });
    const other = await serve((response) => response.writeHead(502).end('<html>Bad Gateway</html>'));
    const answer = await fetch(other.url, post('{}'));
    await expect((async () => answer.json())()).rejects.toMatchObject({ type: 'invalid-json' });
  });

  it('rejects when the connection breaks off, before the answer or within it', async () => {
    const { url } = await serve((response) => response.socket?.destroy());
    await expect(fetch(url, post('{}'))).rejects.toMatchObject({ code: 'ECONNRESET' });
    const half = await serve((response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{"ok":');
      setImmediate(() => response.socket?.destroy());
    });
    await expect(fetch(half.url, post('{}'))).rejects.toThrow();
  });

  it('rejects when nobody listens, and when the file that it sends cannot be read', async () => {
    const { url } = await serve((response) => response.end('{}'));
    const broken = new Readable({ read: () => undefined });
    setImmediate(() => broken.destroy(new Error('gone')));
    await expect(fetch(url, post(broken))).rejects.toThrow();
    await closeAll();
    await expect(openFetch()(url, post('{}'))).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('ends the call when it is told to, before and while it waits for the answer', async () => {
    const waiting = new AbortController();
    const { url } = await serve(() => waiting.abort());
    await expect(fetch(url, post('{}', waiting.signal))).rejects.toThrow('aborted');
    await expect(fetch(url, post('{}', waiting.signal))).rejects.toThrow('aborted');
  });
});
