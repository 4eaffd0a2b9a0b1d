import { afterEach, expect, it } from 'vitest';
import { ChatClient } from '../../support/chat-client.ts';
import { startWebchatBench, type WebchatBench } from '../../support/webchat-bench.ts';

let bench: WebchatBench | null = null;
afterEach(() => bench?.stop());

/** Reads a stream event by event; a comment is an event that begins with `:`. */
async function openStream(client: ChatClient, query = '', headers: Record<string, string> = {}) {
  const answer = await fetch(`${client.base}/chat/stream${query}`, { headers: { ...client.headers, ...headers } });
  const reader = (answer.body ?? new ReadableStream<Uint8Array>()).getReader();
  const decoder = new TextDecoder();
  let rest = '';
  async function next(): Promise<string | null> {
    for (;;) {
      const end = rest.indexOf('\n\n');
      if (end >= 0) {
        const event = rest.slice(0, end);
        rest = rest.slice(end + 2);
        return event;
      }
      const { done, value } = await reader.read();
      if (done) return null;
      rest += decoder.decode(value, { stream: true });
    }
  }
  async function message(): Promise<{ id: string; text: string; from: string } | null> {
    for (let event = await next(); event !== null; event = await next()) {
      const data = /^data: (.*)$/m.exec(event)?.[1];
      if (data === undefined) continue;
      const parsed = JSON.parse(data) as { id: string; text: string; from: string };
      expect(/^id: (.*)$/m.exec(event)?.[1]).toBe(parsed.id);
      return parsed;
    }
    return null;
  }
  return { type: answer.headers.get('content-type'), next, message, close: () => reader.cancel() };
}

it('gives what was said before and each new message as it is stored, with its id', async () => {
  bench = await startWebchatBench();
  const client = await ChatClient.open(bench.base);
  const stream = await openStream(client);
  expect(stream.type).toMatch(/^text\/event-stream/);
  expect(await stream.message()).toMatchObject({ text: 'hello', from: 'bot' });
  await client.post({ text: 'one' });
  expect(await stream.message()).toMatchObject({ text: 'you said: one' });
  bench.publish(client.sessionId, { from: 'staff', words: 'two' });
  expect(await stream.message()).toMatchObject({ text: 'two', from: 'staff' });
  await stream.close();
});

it('goes on after an id, given as parameter or as Last-Event-ID', async () => {
  bench = await startWebchatBench();
  const client = await ChatClient.open(bench.base);
  await client.say('one');
  const first = client.seen[0]?.id ?? '';
  for (const stream of [
    await openStream(client, `?after=${first}`),
    await openStream(client, '', { 'Last-Event-ID': first }),
  ]) {
    expect(await stream.message()).toMatchObject({ text: 'you said: one' });
    await stream.close();
  }
});

it('sends a comment as heartbeat while nothing is said', async () => {
  bench = await startWebchatBench({ heartbeatMs: 30 });
  const client = await ChatClient.open(bench.base);
  const stream = await openStream(client, `?after=${client.last.id}`);
  expect(await stream.next()).toBe(': open');
  expect(await stream.next()).toBe(': beat');
  expect(await stream.next()).toBe(': beat');
  bench.publish(client.sessionId, { words: 'later' });
  expect(await stream.message()).toMatchObject({ text: 'later' });
  await stream.close();
});

it('gives only the messages of its own session', async () => {
  bench = await startWebchatBench();
  const client = await ChatClient.open(bench.base);
  const other = await ChatClient.open(bench.base);
  const stream = await openStream(client, `?after=${client.last.id}`);
  bench.publish(other.sessionId, { words: 'not for you' });
  bench.publish(client.sessionId, { words: 'for you' });
  expect(await stream.message()).toMatchObject({ text: 'for you' });
  await stream.close();
});

it('ends when the channel stops, so that the service can', async () => {
  bench = await startWebchatBench();
  const client = await ChatClient.open(bench.base);
  const stream = await openStream(client);
  await stream.message();
  await bench.stop();
  bench = null;
  expect(await stream.message()).toBeNull();
});
