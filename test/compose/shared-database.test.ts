import { afterEach, expect, it } from 'vitest';
import { ChatClient } from '../support/chat-client.ts';
import { temporaryPostgres } from '../support/databases.ts';
import { startRunningService, type RunningService } from '../support/running-service.ts';

const running: RunningService[] = [];
afterEach(async () => {
  const [first, ...others] = running.splice(0);
  for (const other of others) await other.stop('keep');
  await first?.stop();
});

/** Text of the messages that a stream brings, until one of them is the wanted one. */
async function untilStreamed(client: ChatClient, wanted: (text: string) => boolean): Promise<string> {
  const answer = await fetch(`${client.base}/chat/stream?after=${client.last.id}`, { headers: client.headers });
  const decoder = new TextDecoder();
  let all = '';
  for await (const chunk of answer.body ?? []) {
    all += decoder.decode(chunk as Uint8Array, { stream: true });
    const texts = [...all.matchAll(/^data: (.*)$/gm)].map(
      (match) => (JSON.parse(match[1] ?? '') as { text: string }).text,
    );
    const found = texts.find(wanted);
    if (found !== undefined) return found;
  }
  throw new Error('The stream ended');
}

it(
  'is one service in two instances on one PostgreSQL: a session goes on at either, and streams hear of both',
  { timeout: 120_000 },
  async () => {
    const database = await temporaryPostgres();
    const one = await startRunningService({ database });
    running.push(one);
    const two = await startRunningService({ database });
    running.push(two);
    const here = await ChatClient.open(one.base);
    const there = await ChatClient.resume(two.base, here);
    expect(there.seen).toEqual(here.seen);
    const heard = untilStreamed(here, () => true);
    const said = await there.say('menu');
    expect(await heard).toBe(said[0]?.text);
    const turns = await Promise.all([here.post({ text: 'menu' }), there.post({ text: 'khuyến công là gì' })]);
    expect(turns.map(({ status }) => status)).toEqual([202, 202]);
    await here.next();
    await there.next();
    const all = await ChatClient.resume(one.base, here);
    expect(new Set(all.seen.map(({ id }) => id)).size).toBe(all.seen.length);
  },
);
