import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addDays, caseId, dayOf, fileId, type ConversationId } from '../../src/base/index.ts';
import { openLibrary, type ConversationEvent, type State } from '../../src/conversation/index.ts';
import { createCaseDesk } from '../../src/service/case-desk.ts';
import type { Voice } from '../../src/service/case-voice.ts';
import { warnOfDrafts } from '../../src/service/left-alone.ts';
import { createNotices } from '../../src/service/notices.ts';
import type { Address, Store } from '../../src/service/ports.ts';
import { createReceiver, type Receiver } from '../../src/service/receive.ts';
import { fireReminders } from '../../src/service/reminders.ts';
import { openScript } from '../../src/service/script.ts';
import { openStore } from '../../src/storage/index.ts';
import { temporarySqlite, type TestDatabase } from '../support/databases.ts';
import { fixedClock, type FixedClock } from '../support/fixed-clock.ts';
import { OPENED, realVoice, wordsOf } from './staff-cases.ts';

const OWNER: Address = { channel: 'telegram', chat: '1001' };
const ROOM: Address = { channel: 'telegram', chat: '-100' };
const DAY = 24 * 60 * 60 * 1000;
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

let voice: Voice;
beforeAll(async () => {
  voice = await realVoice();
});

let database: TestDatabase;
let store: Store;
let clock: FixedClock;
let receiver: Receiver;
let count: number;
beforeEach(async () => {
  database = await temporarySqlite();
  store = await openStore({ url: database.url, instance: 'one' });
  clock = fixedClock(OPENED);
  count = 0;
  const notices = createNotices(
    () => voice,
    () => [ROOM],
  );
  const script = openScript(openLibrary(voice.pack, { served: null, handoverHours: 24 }), voice.texts);
  receiver = createReceiver({
    secret: 'the secret of a test',
    store,
    desk: createCaseDesk({ voice: () => voice, notices, rooms: () => [ROOM] }),
    notices,
    newId: () => `n${(count += 1)}`,
    isPull: () => false,
    script: () => script,
    clock: clock.now,
    log: silent,
    meter: { turn: () => {}, duplicate: () => {}, send: () => {} },
    send: () => {},
    published: () => {},
  });
});
afterEach(async () => {
  await store.close();
  await database.drop();
});

type Deed = Pick<Extract<ConversationEvent, { kind: 'text' }>, 'kind' | 'text'> | Omit<FileEvent, 'id' | 'sentAt'>;
type FileEvent = Extract<ConversationEvent, { kind: 'file' }>;

async function does(deed: Deed): Promise<void> {
  const event = { ...deed, id: `e${(count += 1)}`, sentAt: clock.now() };
  const bytes = { bytes: new Uint8Array([1, 2, 3]) };
  await receiver.receive([{ address: OWNER, event, ...(deed.kind === 'file' && { file: bytes }) }]);
}
const says = async (...texts: readonly string[]): Promise<void> => {
  for (const text of texts) await does({ kind: 'text', text });
};
const photo = (id: string): Deed => ({
  kind: 'file',
  file: { id: fileId(id), name: 'a.jpg', type: 'image/jpeg', size: 3 },
});

/** Time passes, and what the service does by itself is done, each as often as in life. */
async function passes(days: number): Promise<void> {
  clock.advance(days * DAY);
  await warnOfDrafts({ store, receiver, clock: clock.now });
  await fireReminders({ store, receiver, clock: clock.now });
}

const stored = async (): Promise<{ id: ConversationId; state: State | null }> => (await store.load([OWNER]))[0]!;
const heard = async (): Promise<string[]> =>
  (await store.messages((await stored()).id, 0)).map(({ message }) => wordsOf(message));
const drafts = async (): Promise<number> => (await store.draftsLeftAlone('9999', '', 10)).length;
/** The words of a text, to be found in what was said. */
const words = (key: string): string => voice.texts.label({ key }, 'vi');

const beginSheet = (): Promise<void> => says('đăng ký', 'đồng ý', 'Hộ bún khô cô Lan', 'Nguyễn Thị Lan');

describe('a registration left alone', () => {
  test('is announced to end after eleven months, once, and erased with all of its owner after twelve', async () => {
    await beginSheet();
    await does(photo('f1'));
    expect(await drafts()).toBe(1);
    await passes(300);
    expect(await heard()).not.toContain(words('data.draftExpiring'));
    await passes(35);
    expect((await heard()).at(-1)).toBe(words('data.draftExpiring'));
    await passes(15);
    expect((await heard()).filter((line) => line === words('data.draftExpiring'))).toHaveLength(1);
    await passes(16);
    expect(await heard()).toEqual([words('data.draftExpired')]);
    const { state } = await stored();
    expect(JSON.stringify(state)).not.toMatch(/Lan|bún/);
    expect(state).toMatchObject({ answers: {}, form: null });
    expect(state?.consent).toBeUndefined();
    expect(await drafts()).toBe(0);
    expect(await store.readFile(fileId('f1'))).toBeNull();
    await passes(400);
    expect(await heard()).toEqual([words('data.draftExpired')]);
  });

  test('is kept by any word of its owner, for another year', async () => {
    await beginSheet();
    await passes(340);
    await says('tiếp tục');
    await passes(40);
    expect((await stored()).state?.answers['applicantName']?.value).toBe('Hộ bún khô cô Lan');
    expect(await drafts()).toBe(1);
    await passes(300);
    expect((await heard()).filter((line) => line === words('data.draftExpiring'))).toHaveLength(2);
  });

  test('ends at their own wish as ever, also after it was announced', async () => {
    await beginSheet();
    await passes(340);
    await says('xóa dữ liệu', words('choice.do.erase'), 'đúng');
    expect(await drafts()).toBe(0);
    expect(JSON.stringify((await stored()).state)).not.toContain('Lan');
  });

  test('leaves to staff what belongs to their case', async () => {
    await says('gặp cán bộ', 'đồng ý', 'máy sấy mua cũ có được không');
    await does(photo('of-the-case'));
    const [open] = await store.casesOf((await stored()).id);
    await beginSheet();
    await does(photo('of-the-draft'));
    await passes(340);
    await passes(31);
    expect((await heard()).at(-1)).toBe(words('data.draftExpired'));
    expect(await store.loadCase(open!.id)).toMatchObject({ status: 'new', code: open!.code });
    expect(await store.readFile(fileId('of-the-case'))).not.toBeNull();
    expect((await stored()).state).toMatchObject({ answers: {}, cases: [{ code: open!.code }] });
    expect(await drafts()).toBe(0);
  });

  test('is no draft any more once it was sent', async () => {
    const { id } = await stored();
    await beginSheet();
    const before = (await store.loadConversation(id))!;
    const dossier = { fields: {}, machines: [], documents: {}, readiness: { done: 0, of: 0, missing: [], next: null } };
    expect(before.state).not.toBeNull();
    await store.commit([
      {
        conversation: id,
        address: OWNER,
        eventId: 'sent',
        readTurn: before.state!.turn,
        state: { ...before.state!, turn: before.state!.turn + 1 },
        at: clock.now(),
        fingerprint: 'x',
        outgoing: [],
        cases: [
          {
            case: {
              id: caseId('c1'),
              code: 'TH-26-000001',
              about: 'registration',
              province: null,
              conversation: id,
              status: 'new',
              officer: null,
              dossier,
              openedAt: clock.now(),
              changedAt: clock.now(),
              version: 1,
              entries: [],
            },
            readVersion: 0,
          },
        ],
        files: [],
        reminders: [],
        notedQuestions: [],
        erase: false,
        dropDraft: true,
      },
    ]);
    expect(await drafts()).toBe(0);
    expect(await heard()).not.toEqual([]);
  });
});

describe('who never consented', () => {
  test('is forgotten after 90 days, facts and lines, also where the state is remembered', async () => {
    await says('xem có được hỗ trợ không', 'có', 'hộ kinh doanh');
    expect(Object.keys((await stored()).state?.answers ?? {})).not.toEqual([]);
    clock.advance(91 * DAY);
    const today = dayOf(clock.now());
    await store.prune({ inbound: addDays(today, -8), idle: addDays(today, -90), sent: clock.now() });
    expect((await stored()).state).toBeNull();
    await says('xin chào');
    expect((await stored()).state).toMatchObject({ answers: {}, turn: 1 });
  });
});
