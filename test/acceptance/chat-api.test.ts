/** The owner's chat API (contract, section 3), sentence by sentence, against the program as it is started. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ChatClient, type SeenMessage } from '../support/chat-client.ts';
import { start, type Started } from './rig.ts';

let service: Started;
beforeAll(async () => {
  service = await start();
}, 60_000);
afterAll(() => service.stop());

const json = (client: ChatClient, body: string, headers: Record<string, string> = {}) =>
  fetch(`${service.base}/chat/messages`, {
    method: 'POST',
    headers: { ...client.headers, 'Content-Type': 'application/json', ...headers },
    body,
  });
const sendForm = (client: ChatClient, form: FormData) =>
  fetch(`${service.base}/chat/messages`, { method: 'POST', headers: client.headers, body: form });
const VIETNAMESE = /[ăâđêôơưáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ]/i;

describe('sessions', () => {
  it('are made with 201, an id and a token, and the greeting follows unasked', async () => {
    const client = await ChatClient.open(service.base);
    expect([client.sessionId, client.token]).toEqual([expect.any(String), expect.any(String)]);
    expect(client.last).toMatchObject({ from: 'bot', ask: { id: 'menu', kind: 'choice' }, files: [] });
    expect(client.last.choices.map(({ value }) => value)).toEqual(
      expect.arrayContaining(['eligibility', 'policy', 'faq', 'registration', 'status', 'staff', 'data']),
    );
    expect(client.seen.some(({ ask }) => ask?.id === 'consent')).toBe(false);
  });

  it.each([undefined, 'Bearer', 'Bearer x', 'Bearer a.b.c', 'Basic eDp5', `Bearer ${'x'.repeat(5000)}`])(
    'without a good token (%s) get 401 with words that a person may read',
    async (authorization) => {
      const headers: Record<string, string> = authorization === undefined ? {} : { Authorization: authorization };
      for (const [path, method] of [
        ['/chat/messages', 'GET'],
        ['/chat/stream', 'GET'],
        ['/chat/messages', 'POST'],
      ] as const) {
        const answer = await fetch(service.base + path, { method, headers });
        expect([path, answer.status]).toEqual([path, 401]);
        expect(((await answer.json()) as { message: string }).message).toMatch(VIETNAMESE);
      }
    },
  );

  it('do not see each other', async () => {
    const [one, other] = [await ChatClient.open(service.base), await ChatClient.open(service.base)];
    await one.say('khuyến công là gì');
    expect(await other.read()).toEqual([]);
  });
});

describe('messages', () => {
  it('come after an id, all of them without one, and with own=1 the owner’s too', async () => {
    const client = await ChatClient.open(service.base);
    const [first] = client.seen;
    await client.choose('registration');
    await client.choose('yes'); // before consent nothing that was typed is kept
    await client.say('Hộ bún khô cô Lan');
    const get = async (query: string) => {
      const answer = await fetch(`${service.base}/chat/messages${query}`, { headers: client.headers });
      return ((await answer.json()) as { messages: SeenMessage[] }).messages;
    };
    expect(await get('')).toEqual(client.seen);
    expect(await get(`?after=${first?.id}`)).toEqual(client.seen.slice(1));
    expect(await get(`?after=${client.last.id}`)).toEqual([]);
    const own = await get('?own=1');
    expect(own.filter(({ from }) => from === 'owner').at(-1)?.text).toBe('Hộ bún khô cô Lan');
    for (const message of own) {
      expect(message).toMatchObject({ id: expect.any(String), choices: expect.any(Array), files: expect.any(Array) });
      expect(new Date(message.at).toISOString()).toBe(message.at);
    }
  });

  it('with the same clientMessageId have no second effect, in a row and at once', async () => {
    const client = await ChatClient.open(service.base);
    await client.post({ text: 'gặp cán bộ' }, 'same-1');
    await client.next();
    const before = client.seen.length;
    await client.post({ text: 'gặp cán bộ' }, 'same-1');
    await client.post({ text: 'khuyến công là gì' }, 'same-1');
    await Promise.all(Array.from({ length: 8 }, () => client.post({ text: 'menu' }, 'same-2')));
    await client.next();
    await client.say('menu');
    expect(client.seen.slice(before).map(({ ask }) => ask?.id)).toEqual(['menu', 'menu']);
  });

  it.each([
    ['🙂👍🏽', 'emoji'],
    ['\u202eمرحبا بالعالم\u202c', 'right to left'],
    ['a\0b\u0001c\ud800', 'control characters and half a character'],
    ['x'.repeat(60_000), '60 kB'],
    ['à́'.repeat(9000), 'stacked marks'],
    ['', 'nothing'],
    ['   \n\t ', 'blanks'],
    ['<script>alert(1)</script> {{name}} $t(menu.ask)', 'markup'],
    ['1'.repeat(4000), 'digits'],
    ["'; DROP TABLE Conversation; --", 'SQL'],
  ])('of an odd kind get 202 and an answer: %2$s', async (text) => {
    const client = await ChatClient.open(service.base);
    await client.choose('registration');
    await client.choose('yes');
    const said = await client.say(text);
    expect(said.at(-1)?.text.length).toBeGreaterThan(0);
    expect(client.ask?.id).toMatch(/^(applicantName|representative)$/);
    await client.say('menu');
    expect(client.ask?.id).toBe('menu');
  });

  it.each([
    ['{', 'half of it'],
    ['null', 'null'],
    ['[]', 'a list'],
    ['{"text":"x"}', 'no clientMessageId'],
    ['{"clientMessageId":"a"}', 'nothing said'],
    ['{"clientMessageId":"a","text":"x","choice":"y"}', 'both'],
    ['{"clientMessageId":"a","text":5}', 'a number as text'],
    ['{"clientMessageId":"","text":"x"}', 'an empty id'],
  ])('of malformed JSON get 400 with words: %s (%s)', async (body) => {
    const client = await ChatClient.open(service.base);
    const answer = await json(client, body);
    expect(answer.status).toBe(400);
    expect(((await answer.json()) as { message: string }).message).toMatch(VIETNAMESE);
  });

  it('above 64 kB get 413 with words; 64 kB themselves do not', async () => {
    const client = await ChatClient.open(service.base);
    for (const text of ['x'.repeat(65_537), 'ộ'.repeat(22_000), 'x'.repeat(2_000_000)]) {
      const answer = await json(client, JSON.stringify({ clientMessageId: 'long', text }));
      expect(answer.status).toBe(413);
      expect(((await answer.json()) as { message: string }).message).toMatch(VIETNAMESE);
    }
    await client.say('x'.repeat(65_536));
  });

  it('with a choice that was never shown, or of an old message, are answered and harm nothing', async () => {
    const client = await ChatClient.open(service.base);
    const greeting = client.last;
    await client.choose('eligibility');
    const asked = client.ask?.id;
    for (const choice of [
      'nonsense',
      '',
      'x'.repeat(3000),
      '1.edit=__proto__',
      '1.do=constructor',
      '1.faq=../../etc',
      '9#9',
      '1.menu=toString',
      '1.documents.x=later',
      '1.place=99999',
      '1.consent=yes',
      '1.review=send',
    ]) {
      await client.post({ choice });
      await client.next();
      expect([choice, client.ask?.id]).toEqual([choice, asked]);
    }
    await client.post({ choice: greeting.choices.find(({ value }) => value === 'registration')?.id ?? '' });
    await client.next();
    expect(client.ask?.id).toBe('consent');
  });
});

describe('files', () => {
  const form = (parts: Record<string, string | Blob>) => {
    const body = new FormData();
    for (const [name, value] of Object.entries(parts)) body.set(name, value);
    return body;
  };
  const file = (size: number) => new File([new Uint8Array(size)], 'ảnh.jpg', { type: 'image/jpeg' });

  it('need an id and one file: else 400; above 10 MB 413; both with words', async () => {
    const client = await ChatClient.open(service.base);
    const cases: [number, FormData | string, Record<string, string>][] = [
      [400, form({ file: file(3) }), {}],
      [400, form({ clientMessageId: 'f1' }), {}],
      [400, form({ clientMessageId: 'f1', file: 'no file' }), {}],
      [400, 'nonsense', { 'Content-Type': 'multipart/form-data; boundary=x' }],
      [400, 'nonsense', { 'Content-Type': 'multipart/form-data' }],
      [413, form({ clientMessageId: 'f1', file: file(10 * 1024 * 1024 + 1) }), {}],
    ];
    for (const [status, body, headers] of cases) {
      const answer = await fetch(`${service.base}/chat/messages`, {
        method: 'POST',
        headers: { ...client.headers, ...headers },
        body,
      });
      expect(answer.status).toBe(status);
      expect(((await answer.json()) as { message: string }).message).toMatch(VIETNAMESE);
    }
  });

  it('before consent get 202, are not kept, and the owner is told', async () => {
    const client = await ChatClient.open(service.base);
    expect((await sendForm(client, form({ clientMessageId: 'f2', file: file(1000) }))).status).toBe(202);
    const [said] = await client.next();
    expect(said?.from).toBe('bot');
  });
});

describe('the stream', () => {
  it('gives each message as one event with its id, from the last one that is known', async () => {
    const client = await ChatClient.open(service.base);
    const { events, close } = await open(client, '');
    expect(await events(1)).toEqual([{ id: client.last.id, data: client.last }]);
    await client.say('khuyến công là gì');
    const fresh = client.seen.slice(1);
    expect((await events(1 + fresh.length)).slice(1)).toEqual(
      fresh.map((message) => ({ id: message.id, data: message })),
    );
    close();
    const again = await open(client, client.seen[0]?.id ?? '');
    expect(await again.events(fresh.length)).toEqual(fresh.map((message) => ({ id: message.id, data: message })));
    again.close();
  });

  async function open(client: ChatClient, after: string) {
    const gone = new AbortController();
    const answer = await fetch(`${service.base}/chat/stream${after === '' ? '' : `?after=${after}`}`, {
      headers: client.headers,
      signal: gone.signal,
    });
    expect(answer.headers.get('content-type')).toContain('text/event-stream');
    const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    const events = async (count: number) => {
      for (;;) {
        const whole = text
          .split('\n\n')
          .slice(0, -1)
          .filter((block) => block.includes('data:'));
        if (whole.length >= count) return whole.map(readEvent);
        const { value, done } = await reader.read();
        if (done) throw new Error('The stream ended');
        text += value;
      }
    };
    return { events, close: () => gone.abort() };
  }
  const readEvent = (block: string) => ({
    id: /^id: ?(.*)$/m.exec(block)?.[1],
    data: JSON.parse([...block.matchAll(/^data: ?(.*)$/gm)].map(([, line]) => line).join('\n')) as SeenMessage,
  });
});
