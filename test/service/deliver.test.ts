import { afterEach, expect, it } from 'vitest';
import { fileId } from '../../src/base/index.ts';
import { fetchFiles, fireReminders, type Channel, type Failure, type SendResult } from '../../src/service/index.ts';
import { anEngine, anEvent, saying, type Engine, type EngineOptions } from '../support/engine.ts';
import { aSaying, aTurn, NOW, OWNER } from '../support/turns.ts';

let engine: Engine;
const start = async (options: Partial<EngineOptions> = {}) =>
  (engine = await anEngine({ play: (event) => ({ effects: [saying(`heard ${event.id}`)] }), ...options }));
afterEach(() => engine.close());

const failing = (failure: Failure, done = 0): SendResult => ({ sent: false, failure, done, platformIds: [] });
const receive = (...ids: string[]) =>
  engine.receiver.receive(ids.map((id) => ({ address: OWNER, event: anEvent(id) })));
const texts = () => engine.sent.map(({ text }) => text);
const untilSettled = async (check: () => Promise<boolean>) => {
  while (!(await check())) await new Promise((resolve) => setTimeout(resolve, 5));
};

it('tries a failed message again before the next of its conversation', async () => {
  await start();
  engine.answers.push(failing({ kind: 'throttled', scope: 'chat', retryAfterMs: 40 }));
  await receive('1', '2');
  await engine.sentCount(3);
  expect(texts()).toEqual(['heard 1', 'heard 1', 'heard 2']);
  expect(engine.counted).toContain('throttled telegram');
});

it('gives up what cannot arrive, says so, and goes on', async () => {
  await start();
  engine.answers.push(failing({ kind: 'recipient-gone' }));
  await receive('1', '2');
  await engine.sentCount(2);
  await untilSettled(async () => (await engine.store.outboxDepth()).failed === 1);
  expect(texts()).toEqual(['heard 1', 'heard 2']);
  expect(engine.troubles).toMatchObject([[expect.stringContaining(':1:0'), 'recipient-gone']]);
  await untilSettled(async () => (await engine.store.outboxDepth()).pending === 0);
  expect(await engine.store.undelivered(10)).toMatchObject([{ status: 'failed', failure: 'recipient-gone' }]);
});

it('holds what the platform does not allow now', async () => {
  await start();
  engine.answers.push(failing({ kind: 'outside-window' }));
  await receive('1');
  await untilSettled(async () => (await engine.store.outboxDepth()).held === 1);
  expect(engine.troubles).toHaveLength(1);
});

it('says something that may have arrived at most twice more', async () => {
  await start();
  const unsure = failing({ kind: 'unreachable', ambiguous: true });
  engine.answers.push(unsure, unsure, unsure, unsure);
  await receive('1');
  await untilSettled(async () => (await engine.store.outboxDepth()).failed === 1);
  expect(texts()).toEqual(['heard 1', 'heard 1', 'heard 1']);
});

it('does not repeat the wire calls of a message that went out in part', async () => {
  const skipped: number[] = [];
  await start({
    channel: {
      async send(_to, _payload, { skip }) {
        skipped.push(skip);
        return skip === 2
          ? { sent: true, platformIds: ['p3'] }
          : { sent: false, failure: { kind: 'unreachable' }, done: 2, platformIds: ['p1', 'p2'] };
      },
    },
  });
  await receive('1');
  await untilSettled(async () => (await engine.store.outboxDepth()).pending === 0);
  expect(skipped).toEqual([0, 2]);
});

it('takes over what a process left behind, once its lease is over', async () => {
  await start();
  await engine.deliverer.stop(100);
  await receive('1');
  expect(texts()).toEqual([]);
  const next = await anEngine({ play: () => ({ effects: [] }), store: engine.store });
  await next.deliverer.poll();
  expect(next.sent).toEqual([]);
  next.clock.advance(60_000);
  await next.deliverer.poll();
  await next.sentCount(1);
  expect(next.sent.map(({ text }) => text)).toEqual(['heard 1']);
  await next.close();
});

it('fires a reminder once, even when it is found twice', async () => {
  await start({
    play: (event) => ({
      effects:
        event.kind === 'timer' ? [saying(`ring ${event.name}`)] : [{ kind: 'remind-at', name: 'resume', at: NOW }],
    }),
  });
  await receive('1');
  const parts = { store: engine.store, receiver: engine.receiver, clock: engine.clock.now };
  await Promise.all([fireReminders(parts), fireReminders(parts)]);
  await fireReminders(parts);
  await engine.sentCount(1);
  expect(texts()).toEqual(['ring resume']);
});

const aFile = { id: 'f1', name: 'a.jpg', type: 'image/jpeg', size: 3 };
const sendFile = () =>
  engine.receiver.receive([
    { address: OWNER, event: { kind: 'file', id: 'e', file: aFile, sentAt: NOW }, file: { remote: 'r1' } },
  ]);
const keeping: EngineOptions['play'] = (event) => ({
  effects:
    event.kind === 'file'
      ? [{ kind: 'keep-file', file: event.file }]
      : event.kind === 'file-failed'
        ? [saying(`${event.fileId} ${event.why}`)]
        : [],
});
const staffTold: string[] = [];
const fetching = (fetchFile: NonNullable<Channel['fetchFile']>) => {
  const channel = { name: 'telegram', fetchFile } as unknown as Channel;
  return fetchFiles({
    store: engine.store,
    receiver: engine.receiver,
    staff: { fileLost: async (_conversation, why) => void staffTold.push(why) },
    clock: engine.clock.now,
    channels: new Map([['telegram', channel]]),
    log: { debug() {}, info() {}, warn() {}, error() {} },
  });
};

it('fetches a file, trying again when the platform does not answer', async () => {
  await start({ play: keeping });
  await sendFile();
  await fetching(async () => ({ failure: { kind: 'unreachable' } }));
  await fetching(async () => ({ bytes: new Uint8Array([9]) }));
  expect((await engine.store.readFile(fileId('f1')))?.bytes).toBeNull();
  engine.clock.advance(5_000);
  await fetching(async (remote, max) => ({ bytes: new Uint8Array([remote === 'r1' ? 1 : 0, max > 0 ? 1 : 0]) }));
  expect([...((await engine.store.readFile(fileId('f1')))?.bytes ?? [])]).toEqual([1, 1]);
});

it('tells the owner when a file cannot be fetched', async () => {
  await start({ play: keeping });
  await sendFile();
  await fetching(async () => ({ failure: { kind: 'too-large' } }));
  await engine.sentCount(1);
  expect(texts()).toEqual(['f1 too-large']);
  expect(await engine.store.fileStatuses(['f1'])).toEqual(new Map([['f1', 'lost']]));
});

it('tells staff, not the owner, when a file of theirs cannot be fetched; their words arrive without it', async () => {
  await start({ play: keeping });
  const [conversation] = await engine.store.load([OWNER]);
  const said = aSaying(conversation!, 1, 'Mẫu đây ạ');
  const blocks = [...said.payload.message.blocks, { kind: 'file', file: aFile } as const];
  const message = { ...said.payload.message, from: 'staff', blocks } as const;
  const file = { ref: aFile, conversation: conversation!.id, remote: 'r1', channel: 'telegram' } as const;
  const { rows } = await engine.store.commit([
    aTurn(conversation!, 'reply', { outgoing: [{ ...said, payload: { kind: 'say', message } }], files: [file] }),
  ]);
  await fetching(async () => ({ failure: { kind: 'too-large' } }));
  expect(staffTold).toEqual(['too-large']);
  engine.deliverer.send(rows);
  await engine.sentCount(1);
  expect(texts()).toEqual(['Mẫu đây ạ']);
});

it('does not let a person wait at one address for what is stuck at another', async () => {
  const arrived: string[] = [];
  let free = () => {};
  const stuck = new Promise<void>((resolve) => (free = resolve));
  await start({
    channel: {
      send: async ({ chat }, { message }) => {
        if (chat === 'lost phone') await stuck;
        arrived.push(`${chat}: ${JSON.stringify(message.blocks).includes('second') ? 'second' : 'first'}`);
        return { sent: true, platformIds: [] };
      },
    },
  });
  const [conversation] = await engine.store.load([OWNER]);
  if (conversation === undefined) throw new Error('no conversation');
  const lost = { ...aSaying(conversation, 1, 'first'), to: { ...OWNER, chat: 'lost phone' } };
  const { rows } = await engine.store.commit([
    aTurn(conversation, 'e1', {
      outgoing: [lost, aSaying(conversation, 1, 'first', 1), aSaying(conversation, 1, 'second', 2)],
    }),
  ]);
  engine.deliverer.send(rows);
  await untilSettled(async () => arrived.length === 2);
  expect(arrived).toEqual([`${OWNER.chat}: first`, `${OWNER.chat}: second`]);
  free();
  await untilSettled(async () => arrived.length === 3);
});
