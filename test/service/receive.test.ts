import { afterEach, expect, it } from 'vitest';
import { caseId, conversationId } from '../../src/base/index.ts';
import type { CaseDesk } from '../../src/service/index.ts';
import { anEngine, anEvent, saying, type Engine, type EngineOptions } from '../support/engine.ts';
import { aCase, aDossier, aState, aTurn, NOW, OWNER, ROOM } from '../support/turns.ts';

let engine: Engine;
const start = async (options: EngineOptions) => (engine = await anEngine(options));
afterEach(() => engine.close());

const echo: EngineOptions['play'] = (event) => ({ effects: [saying(`heard ${event.id}`)] });
const consent = { version: '1', at: NOW };
const chat = (name: string) => ({ channel: 'telegram' as const, chat: name });
const conversationAt = async (address = OWNER) => {
  const [stored] = await engine.store.load([address]);
  if (stored === undefined) throw new Error('no conversation');
  return stored;
};

it('answers for an event only when its turn is stored, and sends the answer after that', async () => {
  await start({ play: echo });
  await engine.receiver.receive([{ address: OWNER, event: anEvent('1') }]);
  expect((await conversationAt()).state?.turn).toBe(1);
  await engine.sentCount(1);
  expect(engine.sent).toMatchObject([{ to: OWNER, text: 'heard 1' }]);
});

it('keeps the order of one conversation and lets many share a commit', async () => {
  await start({ play: echo });
  const inbounds = ['a', 'b', 'c'].flatMap((name) =>
    ['1', '2', '3'].map((id) => ({ address: chat(name), event: anEvent(id) })),
  );
  await engine.receiver.receive(inbounds);
  await engine.sentCount(9);
  for (const name of ['a', 'b', 'c']) {
    const texts = engine.sent.filter(({ to }) => to.chat === name).map(({ text }) => text);
    expect(texts).toEqual(['heard 1', 'heard 2', 'heard 3']);
  }
});

it('drops an event that comes again, before and after a restart of its memory', async () => {
  await start({ play: echo });
  const inbound = { address: OWNER, event: anEvent('1') };
  await engine.receiver.receive([inbound, inbound]);
  engine.receiver.forget((await conversationAt()).id, OWNER);
  await engine.receiver.receive([inbound]);
  expect((await conversationAt()).state?.turn).toBe(1);
  expect(engine.counted.filter((each) => each === 'duplicate telegram')).toHaveLength(2);
});

it('steps again when another process was faster', async () => {
  await start({ play: echo });
  await engine.receiver.receive([{ address: OWNER, event: anEvent('1') }]);
  await engine.store.commit([aTurn(await conversationAt(), 'elsewhere')]);
  await engine.receiver.receive([{ address: OWNER, event: anEvent('2') }]);
  expect((await conversationAt()).state?.turn).toBe(3);
});

it('keeps nothing literal before consent but what a button said, and the owner’s lines after it', async () => {
  await start({
    play: (event) => ({
      effects: [
        {
          kind: 'say',
          message: { blocks: [], choices: [{ id: 'yes', label: { words: 'Đồng ý' } }] },
        },
      ],
      ...(event.id === '3' && { state: { consent } }),
    }),
  });
  await engine.receiver.receive([{ address: OWNER, event: anEvent('1', 'private words') }]);
  const press = { kind: 'choice', id: '2', token: '1.yes', sentAt: NOW } as const;
  await engine.receiver.receive([{ address: OWNER, event: press }]);
  await engine.receiver.receive([{ address: OWNER, event: anEvent('3', 'after consent') }]);
  const own = (await engine.store.messages((await conversationAt()).id, 0)).filter(({ from }) => from === 'owner');
  expect(own.map(({ message }) => message.blocks)).toEqual([
    [{ kind: 'paragraph', runs: [{ text: 'label of yes' }] }],
    [{ kind: 'paragraph', runs: [{ text: 'after consent' }] }],
  ]);
});

it('keeps a file only when the conversation wants it', async () => {
  const file = (id: string) => ({ id, name: 'a.pdf', type: 'application/pdf', size: 2 });
  await start({
    play: (event) => ({
      effects: event.kind === 'file' && event.id === 'wanted' ? [{ kind: 'keep-file', file: event.file }] : [],
      state: { consent },
    }),
  });
  const bytes = new Uint8Array([1, 2]);
  for (const id of ['wanted', 'unwanted']) {
    const event = { kind: 'file', id, file: file(id), sentAt: NOW } as const;
    await engine.receiver.receive([{ address: OWNER, event, file: { bytes } }]);
  }
  expect([...(await engine.store.fileStatuses(['wanted', 'unwanted']))]).toEqual([['wanted', 'ready']]);
});

const thread = (id: string) => ({
  id,
  to: ROOM,
  queue: 'telegram:-100',
  priority: 0,
  payload: {
    kind: 'card' as const,
    caseId: caseId('id-1'),
    message: { from: 'bot' as const, blocks: [], choices: [] },
  },
});
const desk: CaseDesk = {
  series: () => 'TH-26',
  open: ({ id, series, number, conversation, about, province, dossier, key }) => ({
    write: {
      case: aCase({ id, code: `${series}-00000${number}`, conversation, about, province, dossier }),
      readVersion: 0,
    },
    outgoing: [thread(key)],
    staffed: true,
  }),
  hear: (one, _news, { key }) => ({
    write: { case: { ...one, version: one.version + 1 }, readVersion: one.version },
    outgoing: [{ ...thread(key), payload: { ...thread(key).payload, kind: 'thread' } }],
  }),
  seen: ({ id, code, status }) => ({ id, code, status }),
};

it('opens a case, tells the owner its code and the room about it, all in one turn', async () => {
  await start({
    desk,
    play: (event) =>
      event.kind === 'case-opened'
        ? { effects: [saying(`code ${event.code}`)] }
        : { effects: [{ kind: 'open-case', about: 'registration', province: null, dossier: aDossier() }] },
  });
  await engine.receiver.receive([{ address: OWNER, event: anEvent('1') }]);
  expect((await conversationAt()).state?.turn).toBe(2);
  await engine.sentCount(2);
  expect(engine.sent.map(({ text, kind }) => [kind, text]).sort()).toEqual([
    ['card', ''],
    ['say', 'code TH-26-000001'],
  ]);
  expect(await engine.store.findCase('TH-26-000001')).toMatchObject({ id: 'id-1', version: 1 });
});

it('sends what belongs to a case after its card, as a reply to it', async () => {
  await start({
    desk,
    play: (event) => ({
      effects:
        event.id === '1'
          ? [{ kind: 'open-case', about: 'question', province: null, dossier: aDossier() }]
          : event.id === '2'
            ? [{ kind: 'tell-case', caseId: caseId('id-1'), what: { kind: 'line', text: 'x' } }]
            : [],
    }),
  });
  await engine.receiver.receive([
    { address: OWNER, event: anEvent('1') },
    { address: OWNER, event: anEvent('2') },
  ]);
  await engine.sentCount(2);
  expect(engine.sent.map(({ kind, card }) => [kind, card])).toEqual([
    ['card', undefined],
    ['thread', 'p1'],
  ]);
  expect((await engine.store.caseOfRoomMessage(ROOM, 'p2'))?.version).toBe(2);
});

it('tells the status of a case only with the last four digits of its phone', async () => {
  const found: unknown[] = [];
  await start({
    desk,
    play: (event) => {
      if (event.kind === 'case-looked-up') found.push(event.found?.code ?? null);
      if (event.kind !== 'text') return { effects: [] };
      if (event.id === 'open') {
        const dossier = aDossier({ fields: { phone: '+84912345678' } });
        return { effects: [{ kind: 'open-case', about: 'registration', province: null, dossier }] };
      }
      return { effects: [{ kind: 'look-up-case', code: 'TH-26-000001', lastDigits: event.text }] };
    },
  });
  for (const text of ['open', '5678', '0000', '8', '']) {
    await engine.receiver.receive([{ address: OWNER, event: anEvent(text || 'empty', text) }]);
  }
  expect(found).toEqual(['TH-26-000001', null, null, null]);
});

it('stores what staff did together with the owner’s turn, or neither', async () => {
  await start({ play: echo, desk });
  await engine.receiver.receive([{ address: OWNER, event: anEvent('1') }]);
  const { id } = await conversationAt();
  const opened = aCase({ id: caseId('k'), code: 'K-1', conversation: id });
  await engine.store.commitCases({ cases: [{ case: opened, readVersion: 0 }], outgoing: [], at: NOW });
  const change = { cases: [{ case: { ...opened, version: 2 }, readVersion: 1 }], outgoing: [], files: [] };
  expect(await engine.receiver.stepConversation(id, anEvent('staff-1'), change)).toBe('stored');
  expect(await engine.receiver.stepConversation(id, anEvent('staff-2'), change)).toBe('case-changed');
  expect((await conversationAt()).state?.turn).toBe(2);
  expect(await engine.receiver.happen(conversationId('nobody'), anEvent('x'))).toBe('unknown');
});

it('apologises once for a bug, and does not meet the same event again', async () => {
  await start({
    play: (event) => {
      if (event.id === 'bad') throw new TypeError('a bug');
      return echo(event, null);
    },
  });
  await engine.receiver.receive([
    { address: OWNER, event: anEvent('bad') },
    { address: chat('neighbour'), event: anEvent('good') },
  ]);
  await engine.receiver.receive([{ address: OWNER, event: anEvent('bad') }]);
  await engine.sentCount(2);
  expect(engine.sent.map(({ text }) => text).sort()).toEqual(['error.apology', 'heard good']);
  expect(engine.warned).toContain('turn failed: TypeError: a bug');
});

it('gives an apology when the database does not take a turn, and the neighbours their answer', async () => {
  await start({
    play: (event) => ({
      effects: [
        saying(event.id),
        ...(event.id === 'bad' ? [{ kind: 'remind-at' as const, name: 'x', at: null as unknown as string }] : []),
        ...(event.id === 'bad'
          ? [{ kind: 'note-question' as const, words: 'w', why: null as unknown as 'unknown' }]
          : []),
      ],
    }),
  });
  await engine.receiver.receive([
    { address: OWNER, event: anEvent('bad') },
    { address: chat('neighbour'), event: anEvent('good') },
  ]);
  await engine.sentCount(2);
  expect(engine.sent.map(({ text }) => text).sort()).toEqual(['error.apology', 'good']);
});

it('publishes to channels that pull, and gives the outbox nothing', async () => {
  await start({ play: echo });
  const address = { channel: 'webchat', chat: 's1' } as const;
  await engine.receiver.receive([{ address, event: anEvent('1') }]);
  const { id } = await conversationAt(address as never);
  expect(engine.published).toEqual([id]);
  expect(await engine.store.messages(id, 0)).toMatchObject([{ delivery: 'sent' }]);
  expect(await engine.store.outboxDepth()).toMatchObject({ pending: 0 });
});

it('serialises the state through the database as plain JSON', async () => {
  await start({ play: (event) => ({ effects: [], state: aState(0, { misses: event.id.length }) }) });
  await engine.receiver.receive([{ address: OWNER, event: anEvent('four') }]);
  engine.receiver.forget((await conversationAt()).id, OWNER);
  expect((await conversationAt()).state).toEqual(aState(1, { misses: 4, shown: { turn: 0, choices: [] } }));
});

it('leaves nothing lying that comes in at the very moment in which it falls idle', async () => {
  await start({ play: echo });
  for (let ticks = 0; ticks < 12; ticks += 1) {
    await engine.receiver.receive([{ address: OWNER, event: anEvent(`before-${ticks}`) }]);
    for (let tick = 0; tick < ticks; tick += 1) await null;
    await engine.receiver.receive([{ address: OWNER, event: anEvent(`after-${ticks}`) }]);
  }
  expect((await conversationAt()).state?.turn).toBe(24);
});
