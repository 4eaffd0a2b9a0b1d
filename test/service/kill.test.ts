import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStore } from '../../src/storage/index.ts';
import { bundleProcess, type BundledProcess } from '../support/bundled-process.ts';
import { temporarySqlite, type TestDatabase } from '../support/databases.ts';

let bundled: BundledProcess;
let database: TestDatabase;

beforeAll(async () => {
  database = await temporarySqlite();
  bundled = await bundleProcess('mortal-process');
});
afterAll(async () => {
  bundled.remove();
  await database.drop();
});

interface Line {
  readonly acknowledged?: string;
  readonly sent?: string;
  readonly failed?: string;
  readonly chat: string;
}

/** Feeds events to a process; kills it after so many acknowledgements, or lets it finish. */
async function run(instance: string, startedAfterMs: number, events: readonly object[], killAfter = Infinity) {
  const child = spawn(process.execPath, [bundled.file, database.url, instance, String(startedAfterMs)]);
  const lines: Line[] = [];
  let acknowledged = 0;
  createInterface({ input: child.stdout }).on('line', (text) => {
    const line = JSON.parse(text) as Line;
    lines.push(line);
    if (line.acknowledged !== undefined && ++acknowledged === killAfter) child.kill('SIGKILL');
  });
  child.stdin.on('error', () => undefined); // it was killed while we wrote
  child.stderr.pipe(process.stderr);
  for (const event of events) child.stdin.write(`${JSON.stringify(event)}\n`);
  if (killAfter === Infinity) child.stdin.end();
  await new Promise((resolve) => child.on('close', resolve));
  return lines;
}

it('loses nothing that was acknowledged when it is killed, and does nothing twice', async () => {
  const chats = Array.from({ length: 10 }, (_, index) => `chat-${index}`);
  const events = Array.from({ length: 12 }, (_, turn) => chats.map((chat) => ({ chat, id: `${chat}/${turn}` }))).flat();
  const first = await run('first', 0, events, 45);
  const acknowledged = new Set(first.flatMap((line) => line.acknowledged ?? []));
  expect(acknowledged.size).toBeGreaterThanOrEqual(45);
  expect(acknowledged.size).toBeLessThan(events.length);

  const store = await openStore({ url: database.url, instance: 'looking' });
  const turnsOf = async () =>
    (await store.load(chats.map((chat) => ({ channel: 'telegram', chat })))).map(({ state }) => state?.turn ?? 0);
  const before = await turnsOf();
  for (const [index, chat] of chats.entries()) {
    const ours = [...acknowledged].filter((id) => id.startsWith(`${chat}/`)).length;
    expect(before[index]).toBeGreaterThanOrEqual(ours);
  }

  // The platform delivers again what it does not know to have arrived: here everything.
  const second = await run('second', 60_000, events);
  expect(await turnsOf()).toEqual(chats.map(() => 12));
  const sent = [...first, ...second].filter((line) => line.sent !== undefined);
  for (const chat of chats) {
    const told = [...new Set(sent.filter((line) => line.chat === chat).map((line) => line.sent))];
    expect(told).toEqual(Array.from({ length: 12 }, (_, turn) => `${chat}/${turn}`));
  }
  await store.close();
});
