import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { addMs, caseId, provinceCode, staffId, type CaseId, type ConversationId } from '../../src/base/index.ts';
import type { Case } from '../../src/casework/index.ts';
import { openLibrary } from '../../src/conversation/index.ts';
import { createCaseDesk } from '../../src/service/case-desk.ts';
import type { Voice } from '../../src/service/case-voice.ts';
import { createNotices } from '../../src/service/notices.ts';
import type { Address, OutboxRow, RoomAct, Store } from '../../src/service/ports.ts';
import { createReceiver, type Receiver } from '../../src/service/receive.ts';
import { openRooms, type Rooms } from '../../src/service/rooms.ts';
import { openScript, type Script } from '../../src/service/script.ts';
import { createStaff, type Staff } from '../../src/service/staff.ts';
import { writePress, type RoomVerb } from '../../src/service/staff-token.ts';
import { openStore } from '../../src/storage/index.ts';
import { temporarySqlite, type TestDatabase } from '../support/databases.ts';
import { aTurn } from '../support/turns.ts';
import { CODE, dossier, OPENED, realVoice, wordsOf } from './staff-cases.ts';

const ROOM: Address = { channel: 'telegram', chat: '-100' };
const OWNER: Address = { channel: 'telegram', chat: '1001' };
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

let voice: Voice;
let script: Script;
beforeAll(async () => {
  voice = await realVoice();
  script = openScript(openLibrary(voice.pack, { served: null, handoverHours: 24 }), voice.texts);
});

/** Service, staff and a real database, with a case on the table whose card stands in the room as message 50. */
interface Table {
  readonly store: Store;
  readonly receiver: Receiver;
  readonly staff: Staff;
  readonly rooms: Rooms;
  readonly rows: OutboxRow[];
  readonly clock: { now: string };
  readonly conversation: ConversationId;
  readonly id: CaseId;
  case(): Promise<Case>;
}

const open: { store: Store; database: TestDatabase }[] = [];
afterEach(async () => {
  for (const { store, database } of open.splice(0)) {
    await store.close();
    await database.drop();
  }
});

async function table(configured: readonly Address[] = [ROOM], deskStaffed = () => false): Promise<Table> {
  const database = await temporarySqlite();
  const store = await openStore({ url: database.url, instance: 'one' });
  open.push({ store, database });
  const rows: OutboxRow[] = [];
  const clock = { now: OPENED };
  let ids = 0;
  const newId = () => `n${(ids += 1)}`;
  const send = (more: readonly OutboxRow[]) => void rows.push(...more);
  const rooms = await openRooms(store, configured);
  const notices = createNotices(() => voice, rooms.list);
  const desk = createCaseDesk({ voice: () => voice, notices, rooms: rooms.list, deskStaffed });
  const receiver = createReceiver({
    secret: 'the secret of a test',
    store,
    desk,
    notices,
    newId,
    isPull: () => false,
    script: () => script,
    clock: () => clock.now,
    log: silent,
    meter: { turn: () => {}, duplicate: () => {}, send: () => {} },
    send,
    published: () => {},
  });
  const staff = createStaff({
    store,
    steps: receiver,
    notices,
    voice: () => voice,
    rooms: rooms.list,
    deskStaffed,
    clock: () => clock.now,
    newId,
    log: silent,
    send,
  });
  await receiver.receive([{ address: OWNER, event: { kind: 'started', id: 'm1', sentAt: OPENED } }]);
  const [owner] = await store.load([OWNER]);
  const conversation = owner!.id;
  const id = caseId('c1');
  const opening = { id, conversation, about: 'registration', province: provinceCode('thanh-hoa'), dossier } as const;
  const opened = desk.open({ ...opening, series: 'TH-26', number: 123, now: OPENED, key: 'k1' });
  await store.commitCases({ cases: [opened.write], outgoing: opened.outgoing, at: OPENED });
  await store.noteRoomMessages(ROOM, id, 'card', ['50']);
  rows.length = 0;
  return {
    store,
    receiver,
    staff,
    rooms,
    rows,
    clock,
    conversation,
    id,
    case: async () => (await store.loadCase(id))!,
  };
}

let acts = 0;
const by = (name: string): RoomAct['by'] => ({ channel: 'telegram', id: name, name });
const press = (on: Table, name: string, verb: RoomVerb, word?: string): RoomAct => ({
  kind: 'press',
  id: `c${(acts += 1)}`,
  room: ROOM,
  by: by(name),
  at: on.clock.now,
  token: writePress({ verb, caseId: on.id, ...(word === undefined ? {} : { word }) }),
  onMessage: '50',
});
const reply = (on: Table, name: string, text: string, toMessage = '50'): RoomAct & { kind: 'reply' } => ({
  kind: 'reply',
  id: `m${(acts += 1)}`,
  room: ROOM,
  by: by(name),
  at: on.clock.now,
  messageId: `${1000 + acts}`,
  toMessage,
  text,
});

/** What the owner has been told by the staff and by the bot, since the greeting. */
const told = async (on: Table, from: 'staff' | 'bot') =>
  (await on.store.messages(on.conversation, 0))
    .filter((line) => line.from === from)
    .map(({ message }) => wordsOf(message));
const toRoom = (on: Table) => on.rows.filter(({ to }) => to.chat === ROOM.chat).map(({ payload }) => payload);

describe('claiming', () => {
  test('the first press has it, the card says so, the owner is told who', async () => {
    const on = await table();
    expect(await on.staff.act(press(on, 'Hà', 'take'))).toMatchObject({ toast: expect.any(String) });
    expect(await on.case()).toMatchObject({ status: 'taken', officer: { name: 'Hà' } });
    expect(toRoom(on).map(({ kind }) => kind)).toEqual(['card-update']);
    expect(wordsOf(toRoom(on)[0]!.message)).toContain('Hà');
    expect((await told(on, 'bot')).at(-1)).toContain('Hà');
  });

  test('of many at once one wins, and every other is told who', async () => {
    const on = await table();
    const names = ['Hà', 'Minh', 'Lan', 'Tú', 'Bình', 'Yến', 'Sơn', 'Vân'];
    const answers = await Promise.all(names.map((name) => on.staff.act(press(on, name, 'take'))));
    const winner = (await on.case()).officer!.name;
    const losers = answers.filter((_, index) => names[index] !== winner);
    for (const answer of losers) expect(answer?.toast).toContain(winner);
    expect((await on.case()).entries.filter(({ what }) => what === 'taken')).toHaveLength(1);
    expect((await told(on, 'bot')).filter((words) => words.includes(CODE))).toHaveLength(1);
  });

  test('a press from elsewhere, or of an unknown case, changes nothing', async () => {
    const on = await table();
    const foreign = { ...press(on, 'Hà', 'take'), room: { ...ROOM, chat: '-999' } };
    await on.staff.act(foreign);
    await on.staff.act({
      ...press(on, 'Hà', 'take'),
      token: writePress({ verb: 'take', caseId: caseId('other') }),
    } as RoomAct);
    await on.staff.act({ ...press(on, 'Hà', 'take'), token: 'rubbish' } as RoomAct);
    expect(await on.case()).toMatchObject({ status: 'new', officer: null });
  });

  test('who is known at the desk goes by that name', async () => {
    const on = await table();
    await on.store.addStaff({
      id: staffId('s1'),
      name: 'Nguyễn Thị Hà',
      role: 'officer',
      provinces: [],
      addedAt: OPENED,
    });
    await on.store.linkStaffAccount('telegram', 'ha_nick', staffId('s1'));
    await on.staff.act({ ...press(on, 'ha_nick', 'take') });
    expect((await on.case()).officer).toEqual({ id: 's1', name: 'Nguyễn Thị Hà' });
  });
});

describe('replying', () => {
  test('reaches the owner as a word of staff, takes the case, and makes the bot silent until handed back', async () => {
    const on = await table();
    await on.staff.act(reply(on, 'Hà', 'Chào chị Lan'));
    expect((await told(on, 'staff')).join()).toContain('Chào chị Lan');
    expect(await on.case()).toMatchObject({ status: 'taken', officer: { name: 'Hà' }, withStaff: true });
    const before = (await told(on, 'bot')).length;
    on.rows.length = 0;
    await on.receiver.receive([
      { address: OWNER, event: { kind: 'text', id: 'm2', sentAt: OPENED, text: 'dạ em nghe' } },
    ]);
    expect(await told(on, 'bot')).toHaveLength(before);
    await on.staff.act(press(on, 'Hà', 'back'));
    expect((await told(on, 'bot')).length).toBe(before + 1);
    expect(await on.case()).toMatchObject({ withStaff: false });
  });

  test('the same update twice is one message', async () => {
    const on = await table();
    const once = reply(on, 'Hà', 'Chào chị Lan');
    await on.staff.act(once);
    await on.staff.act(once);
    expect((await told(on, 'staff')).filter((words) => words.includes('Chào chị Lan'))).toHaveLength(1);
  });

  test('to a colleague’s reply counts too; to other talk not', async () => {
    const on = await table();
    const first = reply(on, 'Hà', 'Chào chị');
    await on.staff.act(first);
    await on.staff.act(reply(on, 'Minh', 'Em bổ sung', first.messageId));
    await on.staff.act(reply(on, 'Minh', 'trưa ăn gì', '777'));
    const words = (await told(on, 'staff')).join('\n');
    expect(words).toContain('Em bổ sung');
    expect(words).not.toContain('trưa ăn gì');
    expect((await on.case()).officer?.name).toBe('Hà');
  });

  test('a file is kept and goes with it', async () => {
    const on = await table();
    const file = { id: 'tg-100m9', name: 'mau.docx', type: 'application/msword', size: 4 };
    const { text: _none, ...bare } = reply(on, 'Hà', '');
    await on.staff.act({ ...bare, file, remote: 'remote-1' });
    expect((await told(on, 'staff')).join()).toContain('mau.docx');
    expect(await on.store.claimFiles(OPENED, 10)).toMatchObject([
      { ref: file, remote: 'remote-1', channel: 'telegram' },
    ]);
  });

  test('a file that is too large is told in the thread; its words still go', async () => {
    const on = await table();
    const file = { id: 'tg-100m9', name: 'phim.mp4', type: 'video/mp4', size: 10 * 1024 * 1024 + 1 };
    await on.staff.act({ ...reply(on, 'Hà', 'Xem phim này'), file, remote: 'remote-1' });
    expect((await told(on, 'staff')).join()).toContain('Xem phim này');
    expect((await told(on, 'staff')).join()).not.toContain('phim.mp4');
    expect(toRoom(on).map(({ kind }) => kind)).toContain('thread');
    expect(await on.store.claimFiles(OPENED, 10)).toEqual([]);
  });

  test('to a person who erased everything goes nowhere, and staff are told', async () => {
    const on = await table();
    await on.store.erase(on.conversation, OPENED);
    on.receiver.forget(on.conversation, OWNER);
    on.rows.length = 0;
    await on.staff.act(reply(on, 'Hà', 'Chào chị'));
    expect(on.rows.map(({ payload }) => payload.kind)).toEqual(['thread']);
    expect(await told(on, 'staff')).toEqual([]);
  });

  test('that never arrives is told in the thread', async () => {
    const on = await table();
    await on.staff.act(reply(on, 'Hà', 'Chào chị'));
    const row = on.rows.find(({ payload }) => payload.kind === 'say' && payload.message.from === 'staff')!;
    on.rows.length = 0;
    await on.staff.undelivered(row, 'recipient-gone', 'failed');
    expect(toRoom(on)).toMatchObject([{ kind: 'thread', caseId: on.id }]);
    await on.staff.undelivered(
      { ...row, payload: { ...row.payload, message: { ...row.payload.message, from: 'bot' } } },
      'recipient-gone',
      'failed',
    );
    expect(toRoom(on)).toHaveLength(1);
  });
});

describe('the other buttons', () => {
  test('the sheet comes into the thread without the code', async () => {
    const on = await table();
    expect(await on.staff.act(press(on, 'Hà', 'sheet'))).toBeNull();
    expect(toRoom(on)).toMatchObject([{ kind: 'thread' }]);
    expect(wordsOf(toRoom(on)[0]!.message)).toContain('0912 345 678');
    expect(wordsOf(toRoom(on)[0]!.message)).not.toContain(CODE);
  });

  test('closing asks what came of it, then tells the owner', async () => {
    const on = await table();
    await on.staff.act(press(on, 'Hà', 'take'));
    on.rows.length = 0;
    await on.staff.act(press(on, 'Hà', 'close'));
    const [question] = toRoom(on);
    const chosen = question!.message.choices[1]!;
    await on.staff.act({ ...press(on, 'Hà', 'close'), token: chosen.id } as RoomAct);
    expect(await on.case()).toMatchObject({ status: 'closed', outcome: 'guided' });
    expect((await told(on, 'bot')).at(-1)).toContain(chosen.label);
    const again = await on.staff.act({ ...press(on, 'Minh', 'close'), token: chosen.id } as RoomAct);
    expect(again?.toast).toEqual(expect.any(String));
    expect((await on.case()).entries.filter(({ what }) => what === 'closed')).toHaveLength(1);
    await on.staff.act(press(on, 'Minh', 'reopen'));
    expect(await on.case()).toMatchObject({ status: 'taken', officer: { name: 'Minh' } });
  });
});

describe('the desk', () => {
  const actor = { kind: 'officer', officer: { id: staffId('s1'), name: 'Hà' } } as const;

  test('shows in the room what was done at the desk; a note never reaches the owner', async () => {
    const on = await table();
    expect(
      await on.staff.command({ caseId: on.id, actor, command: { kind: 'reply', text: 'Chào chị', files: [] } }),
    ).toMatchObject({ done: true });
    expect(toRoom(on).map(({ kind }) => kind)).toEqual(['card-update', 'thread']);
    const before = [await told(on, 'bot'), await told(on, 'staff')];
    expect(
      await on.staff.command({ caseId: on.id, actor, command: { kind: 'note', text: 'hơi thiếu giấy' } }),
    ).toMatchObject({ done: true });
    expect([await told(on, 'bot'), await told(on, 'staff')]).toEqual(before);
    expect((await on.case()).entries.at(-1)).toMatchObject({ what: 'noted', text: 'hơi thiếu giấy', by: 'Hà' });
  });

  test('asks the owner for one field again', async () => {
    const on = await table();
    for (const [at, text] of ['làm phiếu đăng ký', 'đồng ý'].entries())
      await on.receiver.receive([{ address: OWNER, event: { kind: 'text', id: `o${at}`, sentAt: OPENED, text } }]);
    await on.staff.command({
      caseId: on.id,
      actor,
      command: { kind: 'ask-again', field: 'taxCode', reason: 'Thiếu một số' },
    });
    expect((await on.case()).status).toBe('waiting-for-enterprise');
    expect((await told(on, 'bot')).at(-1)).toContain('Thiếu một số');
  });

  test('is told why not', async () => {
    const on = await table();
    expect(await on.staff.command({ caseId: caseId('none'), actor, command: { kind: 'take' } })).toEqual({
      done: false,
      why: { kind: 'unknown-case' },
    });
    expect(await on.staff.command({ caseId: on.id, actor, command: { kind: 'close', outcome: 'x' } })).toEqual({
      done: false,
      why: { kind: 'unknown-outcome' },
    });
  });
});

describe('a case that nobody takes', () => {
  test('is raised once, after a day, to the room and to the owner', async () => {
    const on = await table();
    on.clock.now = addMs(OPENED, 24 * 3600 * 1000 - 1000);
    expect(await on.staff.raiseOverdue()).toBe(0);
    on.clock.now = addMs(OPENED, 24 * 3600 * 1000 + 1000);
    const before = (await told(on, 'bot')).length;
    expect(await on.staff.raiseOverdue()).toBe(1);
    expect(await on.staff.raiseOverdue()).toBe(0);
    expect(toRoom(on).map(({ kind }) => kind)).toEqual(['thread']);
    expect((await told(on, 'bot')).length).toBe(before + 1);
    expect((await on.case()).answerBy).toBeDefined();
  });

  test('is raised where only the desk is there to take it: the owner hears by when', async () => {
    const on = await table([], () => true);
    on.clock.now = addMs(OPENED, 24 * 3600 * 1000 + 1000);
    expect(await on.staff.raiseOverdue()).toBe(1);
    expect((await told(on, 'bot')).at(-1)).toMatch(/Dự kiến có trả lời trước .*26\/11/);
    expect(toRoom(on)).toEqual([]);
  });

  test('is not, where there is neither room nor desk: nobody was promised anything', async () => {
    const on = await table([]);
    on.clock.now = addMs(OPENED, 48 * 3600 * 1000);
    expect(await on.staff.raiseOverdue()).toBe(0);
  });
});

describe('rooms', () => {
  test('a room that moved is where it moved to, also after a restart', async () => {
    const on = await table();
    const next = { ...ROOM, chat: '-1001' };
    await on.rooms.moved(ROOM, next);
    expect(on.rooms.list()).toEqual([next]);
    expect((await openRooms(on.store, [ROOM])).list()).toEqual([next]);
    const last = { ...ROOM, chat: '-1002' };
    await on.rooms.moved(next, last);
    const restarted = await openRooms(on.store, [ROOM]);
    expect(restarted.list()).toEqual([last]);
    expect(restarted.moves()).toEqual([{ from: ROOM, to: last }]);
  });

  test('its open cases get their card there, once; those still on their way follow by themselves', async () => {
    const on = await table();
    const next = { ...ROOM, chat: '-1001' };
    await on.rooms.moved(ROOM, next);
    expect(await on.staff.showCardsAgain(ROOM, next)).toBe(1);
    expect(on.rows.map(({ to, payload }) => [to.chat, payload.kind])).toEqual([['-1001', 'card']]);
    expect(await on.staff.showCardsAgain({ ...ROOM, chat: '-5' }, next)).toBe(0);
  });
});

test('a reply finds the owner who went on in another conversation a moment before', async () => {
  const on = await table();
  const there = { channel: 'telegram', chat: 'new phone' } as const;
  await on.receiver.receive([{ address: there, event: { kind: 'started', id: 't1', sentAt: OPENED } }]);
  const [kept] = await on.store.load([there]);
  const [ended] = await on.store.load([OWNER]);
  if (!kept?.state || !ended?.state) throw new Error('nobody began');
  const readTurn = kept.state.turn;
  const joined = [OWNER, there].map((address) => ({ key: `${address.channel}:${address.chat}`, channel: 'telegram' }));
  const joins = { conversation: ended.id, readTurn: ended.state.turn, code: 'right', from: there };
  const step = on.receiver.stepConversation.bind(on.receiver);
  let times = 0;
  on.receiver.stepConversation = async (...asked) => {
    times += 1;
    if (times === 1) {
      const expiresAt = '2027-01-01T00:00:00.000Z';
      await on.store.addCode({ hash: 'right', kind: 'person', subject: kept.id, expiresAt });
      const state = { ...kept.state, turn: readTurn + 5, joined } as NonNullable<typeof kept.state>;
      const turn = aTurn({ ...kept, address: OWNER }, 'yes', { state, readTurn, outgoing: [], joins });
      expect((await on.store.commit([turn])).outcomes).toEqual(['stored']);
      on.receiver.forget(kept.id);
      on.receiver.forget(ended.id);
    }
    return step(...asked);
  };
  const command = { kind: 'reply', text: 'Chào chị', files: [] } as const;
  const actor = { kind: 'officer', officer: { id: staffId('h'), name: 'Hà' } } as const;
  expect(await on.staff.command({ caseId: on.id, command, actor })).toMatchObject({ done: true });
  expect(times).toBe(2);
  expect(await on.case()).toMatchObject({ conversation: kept.id, officer: { name: 'Hà' } });
  const said = on.rows.filter(({ queue }) => queue === kept.id).map(({ to, payload }) => [to, payload.message.from]);
  expect(said).toContainEqual([OWNER, 'staff']);
});
