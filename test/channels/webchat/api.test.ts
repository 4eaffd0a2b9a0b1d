import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ChatClient, type SeenMessage } from '../../support/chat-client.ts';
import { startWebchatBench, type WebchatBench } from '../../support/webchat-bench.ts';

let bench: WebchatBench;
beforeEach(async () => {
  bench = await startWebchatBench();
});
afterEach(() => bench.stop());

const post = (client: ChatClient, body: string | FormData, headers: Record<string, string> = {}) =>
  fetch(`${client.base}/chat/messages`, { method: 'POST', headers: { ...client.headers, ...headers }, body });

const fileForm = (bytes: Uint8Array, { name = 'a.jpg', type = 'image/jpeg', id = 'f1' } = {}) => {
  const form = new FormData();
  form.set('clientMessageId', id);
  form.set('file', new Blob([new Uint8Array(bytes)], { type }), name);
  return form;
};

describe('a session', () => {
  it('opens with 201 and is greeted unasked', async () => {
    const answer = await fetch(`${bench.base}/chat/sessions`, { method: 'POST' });
    expect(answer.status).toBe(201);
    expect(Object.keys((await answer.json()) as object).sort()).toEqual(['sessionId', 'token']);
    const client = await ChatClient.open(bench.base);
    expect(client.seen).toMatchObject([{ from: 'bot', text: 'hello', choices: [], files: [] }]);
    expect(bench.received.map(({ event }) => event.kind)).toEqual(['started', 'started']);
  });

  it.each(['', 'Bearer', 'Bearer x', 'Bearer id-1.zzzzzz.AAAA', 'Basic abc'])(
    'refuses the token «%s» with 401 on every route',
    async (authorization) => {
      const headers = authorization === '' ? {} : { Authorization: authorization };
      for (const [method, path] of [
        ['GET', '/chat/messages'],
        ['GET', '/chat/stream'],
        ['POST', '/chat/messages'],
        ['GET', '/chat/files/x'],
      ] as const) {
        const answer = await fetch(bench.base + path, { method, headers });
        expect([path, answer.status]).toEqual([path, 401]);
      }
    },
  );

  it('refuses a token with one letter changed', async () => {
    const { token, base } = await ChatClient.open(bench.base);
    for (const at of [0, token.indexOf('.') + 1, token.length - 20]) {
      const forged = token.slice(0, at) + (token[at] === 'a' ? 'b' : 'a') + token.slice(at + 1);
      const answer = await fetch(`${base}/chat/messages`, { headers: { Authorization: `Bearer ${forged}` } });
      expect(answer.status).toBe(401);
    }
  });

  it('lasts 180 days and no longer', async () => {
    const client = await ChatClient.open(bench.base);
    bench.setNow('2027-05-24T02:00:00.000Z');
    expect(await client.read()).toEqual([]);
    bench.setNow('2027-05-24T03:00:01.000Z');
    expect((await fetch(`${bench.base}/chat/messages`, { headers: client.headers })).status).toBe(401);
  });
});

describe('sending', () => {
  it('takes text and choices with 202, once for each clientMessageId', async () => {
    const client = await ChatClient.open(bench.base);
    expect((await client.post({ text: 'xin ch\u00e0o' }, 'm1')).status).toBe(202);
    expect((await client.post({ text: 'xin ch\u00e0o' }, 'm1')).status).toBe(202);
    expect((await client.post({ choice: '2.menu=faq' }, 'm2')).status).toBe(202);
    expect((await client.read()).map(({ text }) => text)).toEqual([
      'you said: xin ch\u00e0o',
      'you pressed: 2.menu=faq',
    ]);
  });

  it.each(['', '   ', '\u0000\ud800', '\u202e\u200b', '\u{1f600}'.repeat(2000), 'a'.repeat(65_536), '{{x}} <b>'])(
    'takes odd and long text with 202 (%#)',
    async (text) => {
      const client = await ChatClient.open(bench.base);
      expect((await client.post({ text })).status).toBe(202);
      expect((await client.next()).length).toBe(1);
    },
  );

  it('hands on text that both databases can hold', async () => {
    const client = await ChatClient.open(bench.base);
    await client.post({ text: 'a\u0000b \ud800 e\u0302' });
    expect(bench.received.at(-1)?.event).toMatchObject({ kind: 'text', text: 'ab \ufffd \u00ea' });
  });

  it('refuses text above 64 kB with 413 and words for the owner', async () => {
    await bench.stop();
    bench = await startWebchatBench({ words: () => ({ textTooLong: 'Quá dài' }) });
    const client = await ChatClient.open(bench.base);
    for (const text of ['a'.repeat(65_537), '\u1ec7'.repeat(30_000), 'a'.repeat(2_000_000)]) {
      const answer = await post(client, JSON.stringify({ clientMessageId: 'x', text }));
      expect(answer.status).toBe(413);
      expect(await answer.json()).toMatchObject({ message: 'Quá dài' });
    }
    expect(bench.received.length).toBe(1);
  });

  it.each([
    '',
    '{',
    'null',
    '[]',
    '"x"',
    '{}',
    '{"text":"a"}',
    '{"clientMessageId":"1"}',
    '{"clientMessageId":"1","text":1}',
    '{"clientMessageId":"","text":"a"}',
    '{"clientMessageId":"1","text":"a","choice":"b"}',
  ])('refuses %s with 400', async (body) => {
    const client = await ChatClient.open(bench.base);
    expect((await post(client, body)).status).toBe(400);
    expect(bench.received.length).toBe(1);
  });
});

describe('files', () => {
  it('come back byte for byte, by the link alone and by the header', async () => {
    const client = await ChatClient.open(bench.base);
    const bytes = Uint8Array.from({ length: 70_000 }, (_, at) => at % 251);
    const [said] = await client.sendFile({ name: '../b\u00e1o gi\u00e1.pdf', type: 'application/pdf', bytes });
    const [file] = said?.files ?? [];
    expect(file).toMatchObject({ name: 'b\u00e1o gi\u00e1.pdf', type: 'application/pdf', size: 70_000 });
    const url = new URL(file?.url ?? '', bench.base);
    const answer = await fetch(url);
    expect(answer.status).toBe(200);
    expect(Buffer.from(await answer.arrayBuffer()).equals(Buffer.from(bytes))).toBe(true);
    expect(answer.headers.get('content-disposition')).toContain("UTF-8''b%C3%A1o%20gi%C3%A1.pdf");
  });

  it('are not given by a link that is too old, forged or of another file', async () => {
    const client = await ChatClient.open(bench.base);
    const [said] = await client.sendFile({ name: 'a.txt', type: 'text/html', bytes: Buffer.from('<script>') });
    const link = said?.files[0]?.url ?? '';
    expect((await fetch(bench.base + link.replace(/sig=./, 'sig=!'))).status).toBe(401);
    expect((await fetch(bench.base + link.replace(/files\/[^?]+/, 'files/other'))).status).toBe(401);
    bench.setNow('2026-11-25T09:30:00.000Z');
    expect((await fetch(bench.base + link)).status).toBe(401);
    const own = await fetch(bench.base + link, { headers: client.headers });
    expect(own.status).toBe(200);
    const other = await ChatClient.open(bench.base);
    expect((await fetch(bench.base + link, { headers: other.headers })).status).toBe(401);
  });

  it('are never run by a browser', async () => {
    const client = await ChatClient.open(bench.base);
    const [said] = await client.sendFile({ name: 'a.html', type: 'text/html', bytes: Buffer.from('<script>') });
    const { headers } = await fetch(bench.base + (said?.files[0]?.url ?? ''));
    expect(headers.get('content-type')).toBe('application/octet-stream');
    expect(headers.get('content-disposition')).toMatch(/^attachment/);
    expect(headers.get('content-security-policy')).toContain('sandbox');
  });

  it('of 10 MB are taken, larger ones refused with 413, none at all with 400', async () => {
    const client = await ChatClient.open(bench.base);
    expect((await post(client, fileForm(new Uint8Array(10_485_760), { id: 'a' }))).status).toBe(202);
    expect((await post(client, fileForm(new Uint8Array(10_485_761), { id: 'b' }))).status).toBe(413);
    expect((await post(client, fileForm(new Uint8Array(20_000_000), { id: 'c' }))).status).toBe(413);
    expect((await post(client, fileForm(new Uint8Array(0), { id: 'd' }))).status).toBe(400);
    const noFile = new FormData();
    noFile.set('clientMessageId', 'e');
    expect((await post(client, noFile)).status).toBe(400);
    expect((await post(client, 'torn', { 'Content-Type': 'multipart/form-data; boundary=x' })).status).toBe(400);
    expect(bench.received.length).toBe(2);
  });
});

describe('reading', () => {
  it('gives all messages, those after an id, and the own lines when asked', async () => {
    const client = await ChatClient.open(bench.base);
    await client.say('one');
    await client.say('two');
    const read = async (query: string) => {
      const answer = await fetch(`${bench.base}/chat/messages${query}`, { headers: client.headers });
      return ((await answer.json()) as { messages: SeenMessage[] }).messages.map(({ from, text }) => `${from} ${text}`);
    };
    expect(await read('')).toEqual(['bot hello', 'bot you said: one', 'bot you said: two']);
    expect(await read(`?after=${client.seen[1]?.id}`)).toEqual(['bot you said: two']);
    expect(await read('?own=1')).toEqual([
      'bot hello',
      'owner one',
      'bot you said: one',
      'owner two',
      'bot you said: two',
    ]);
    expect((await fetch(`${bench.base}/chat/messages?after=x`, { headers: client.headers })).status).toBe(400);
  });

  it('gives what is asked, the choices with their values, and who speaks', async () => {
    const client = await ChatClient.open(bench.base);
    bench.publish(client.sessionId, {
      from: 'staff',
      blocks: [
        {
          kind: 'paragraph',
          runs: [{ text: 'Bold', bold: true }, { text: ' and ' }, { text: 'link', href: 'https://a.vn' }],
        },
        { kind: 'list', items: [[{ text: 'first' }], [{ text: 'second' }]] },
      ],
      ask: { id: 'legalForm', kind: 'choice' },
      choices: [{ id: '3.legalForm=hop-tac-xa', label: 'HTX', value: 'hop-tac-xa' }],
    });
    const [message] = await client.next();
    expect(message).toMatchObject({
      from: 'staff',
      text: 'Bold and link (https://a.vn)\n\n- first\n- second',
      ask: { id: 'legalForm', kind: 'choice' },
      choices: [{ id: '3.legalForm=hop-tac-xa', label: 'HTX', value: 'hop-tac-xa' }],
    });
  });
});

describe('rates', () => {
  it('hold back a far address, by session and by address, and never a program on this machine', async () => {
    await bench.stop();
    bench = await startWebchatBench({ rates: { sessionsPerAddress: 2, messagesPerSession: 2 } });
    const far = { 'X-Forwarded-For': '203.0.113.9' };
    const open = async (headers: Record<string, string>) =>
      (await fetch(`${bench.base}/chat/sessions`, { method: 'POST', headers })).status;
    expect([await open(far), await open(far), await open(far)]).toEqual([201, 201, 429]);
    expect(await open({ 'X-Forwarded-For': '203.0.113.10' })).toBe(201);
    const client = await ChatClient.open(bench.base);
    const send = async (headers: Record<string, string>) => post(client, '{"clientMessageId":"1","text":"a"}', headers);
    expect((await send(far)).status).toBe(202);
    expect((await send(far)).status).toBe(202);
    const held = await send(far);
    expect([held.status, await held.json()]).toEqual([429, { error: 'tooFast', message: 'Slower' }]);
    expect(Number(held.headers.get('retry-after'))).toBeGreaterThan(0);
    for (let time = 0; time < 5; time += 1) expect((await send({})).status).toBe(202);
  });
});
