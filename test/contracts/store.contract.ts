/** What every store must do; run on SQLite and on PostgreSQL (test/storage). */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addMs, asDay, caseId, fileId, provinceCode, staffId } from '../../src/base/index.ts';
import type { Address, Store, StoredConversation, TurnCommit } from '../../src/service/ports.ts';
import { openStore } from '../../src/storage/index.ts';
import type { TestDatabase } from '../support/databases.ts';
import { aCase, aDossier, aMessage, aSaying, aState, aTurn, NOW, OWNER, ROOM } from '../support/turns.ts';

const at = (ms: number) => addMs(NOW, ms);

export function describeStore(name: string, makeDatabase: () => Promise<TestDatabase>): void {
  describe(`the store on ${name}`, () => {
    let database: TestDatabase;
    let store: Store;
    /** Another process on the same database. */
    let other: Store;

    beforeAll(async () => {
      database = await makeDatabase();
      store = await openStore({ url: database.url, instance: 'one' });
      other = await openStore({ url: database.url, instance: 'two' });
    });
    afterAll(async () => {
      await store.close();
      await other.close();
      await database.drop();
    });

    let chats = 0;
    let owner: Address;
    beforeEach(() => {
      owner = { channel: 'telegram', chat: `chat-${++chats}` };
    });
    const load = async (address: Address = owner): Promise<StoredConversation> =>
      (await store.load([address]))[0] as StoredConversation;
    const outcomesOf = async (...turns: TurnCommit[]) => (await store.commit(turns)).outcomes;

    describe('turns', () => {
      it('loads a chat that nobody wrote from as an empty conversation, always the same one', async () => {
        const first = await load();
        expect(first).toMatchObject({ address: owner, state: null });
        expect((await other.load([owner]))[0]?.id).toBe(first.id);
      });

      it('stores a turn with its state and its line', async () => {
        const conversation = await load();
        const result = await store.commit([aTurn(conversation, 'e1')]);
        expect(result.outcomes).toEqual(['stored']);
        expect(result.rows.map(({ id, queue }) => [id, queue])).toEqual([[`${conversation.id}:1:0`, conversation.id]]);
        expect((await load()).state).toEqual(aState(1));
        const log = await store.messages(conversation.id, 0);
        expect(log.map(({ from, message }) => [from, message.blocks])).toEqual([
          ['bot', aMessage('answer to e1').blocks],
        ]);
      });

      it('changes nothing on an event that it knows, whoever stored it', async () => {
        const conversation = await load();
        await outcomesOf(aTurn(conversation, 'e1'));
        const again = aTurn(await load(), 'e1', { draft: aDossier() });
        expect(await outcomesOf(again)).toEqual(['duplicate']);
        expect((await other.commit([again])).outcomes).toEqual(['duplicate']);
        expect((await load()).state?.turn).toBe(1);
        expect(await store.messages(conversation.id, 0)).toHaveLength(1);
      });

      it('refuses a turn made from a state that is no longer there, and forgets its event', async () => {
        const conversation = await load();
        await outcomesOf(aTurn(conversation, 'e1'));
        const late = aTurn(conversation, 'e2', { draft: aDossier() });
        const result = await store.commit([late]);
        expect(result).toEqual({ outcomes: ['lost-race'], rows: [] });
        expect(await outcomesOf(aTurn(await load(), 'e2'))).toEqual(['stored']);
      });

      it('stores a group turn by turn: a duplicate and a lost race harm nobody else', async () => {
        const addresses = ['a', 'b', 'c', 'd'].map((chat): Address => ({
          channel: 'telegram',
          chat: `${owner.chat}${chat}`,
        }));
        const all = await store.load(addresses);
        const [a, b, c, d] = all as [StoredConversation, StoredConversation, StoredConversation, StoredConversation];
        await outcomesOf(aTurn(a, 'e1'), aTurn(b, 'e1'));
        const [freshA] = await store.load([a.address]);
        const outcomes = await outcomesOf(
          aTurn(freshA as StoredConversation, 'e1'),
          aTurn(b, 'e2'),
          aTurn(c, 'e1', { draft: aDossier() }),
          aTurn(d, 'e1'),
        );
        expect(outcomes).toEqual(['duplicate', 'lost-race', 'stored', 'stored']);
        const after = await store.load(addresses);
        expect(after.map(({ state }) => state?.turn ?? 0)).toEqual([1, 1, 1, 1]);
        expect(await store.messages(b.id, 0)).toHaveLength(1);
      });

      it('takes the same event once when it stands twice in a group', async () => {
        const conversation = await load();
        const outcomes = await outcomesOf(aTurn(conversation, 'e1'), aTurn(conversation, 'e1'));
        expect([...outcomes].sort()).toEqual(['duplicate', 'stored']);
      });

      it('lets one of two processes win the same state', async () => {
        const conversation = await load();
        const results = await Promise.all([
          store.commit([aTurn(conversation, 'left')]),
          other.commit([aTurn(conversation, 'right')]),
        ]);
        expect(results.flatMap(({ outcomes }) => outcomes).sort()).toEqual(['lost-race', 'stored']);
        expect(await store.messages(conversation.id, 0)).toHaveLength(1);
      });

      it('keeps what the owner said only when it is given, in its place before the answer', async () => {
        const conversation = await load();
        await outcomesOf(aTurn(conversation, 'e1'));
        await outcomesOf(aTurn(await load(), 'e2', { ownerLine: { text: 'xin chào\u0000 \ud800' } }));
        const log = await store.messages(conversation.id, 0);
        expect(log.map(({ from }) => from)).toEqual(['bot', 'owner', 'bot']);
        expect(log.map(({ seq }) => seq)).toEqual([...log.map(({ seq }) => seq)].sort((x, y) => x - y));
        expect(await store.messages(conversation.id, log[1]?.seq ?? 0)).toHaveLength(1);
      });

      it('keeps a sheet whole through columns and rest', async () => {
        const conversation = await load();
        const dossier = aDossier({
          fields: {
            applicantName: 'Cơ sở «Mộc»\u0000',
            workers: 12,
            annualRevenue: 5_000_000_000_000,
            supportWanted: ['may-moc', 'dao-tao-nghe'],
            priority: [],
            futureField: 'kept',
          },
          machines: [{ name: 'Máy cưa', quantity: 2, price: 1_500_000_000 }, { name: 'Máy bào' }],
          documents: {
            quote: { state: 'sent', files: [{ id: 'f1', name: 'báo giá.pdf', type: 'application/pdf', size: 9 }] },
          },
          verdict: { kind: 'review', holds: 5, of: 7, on: '2026-11-25' },
          consent: { version: '1', at: NOW },
        });
        const opened = aCase({
          id: caseId(`case-${owner.chat}`),
          code: `TH-26-${owner.chat}`,
          conversation: conversation.id,
          dossier,
        });
        await outcomesOf(aTurn(conversation, 'e1', { draft: dossier, cases: [{ case: opened, readVersion: 0 }] }));
        const read = await store.loadCase(opened.id);
        expect(read).toEqual({
          ...opened,
          dossier: { ...dossier, fields: { ...dossier.fields, applicantName: 'Cơ sở «Mộc»' } },
        });
        const fewer = { ...opened, version: 2, dossier: aDossier({ machines: [{ name: 'Máy bào' }] }) };
        await outcomesOf(aTurn(await load(), 'e2', { cases: [{ case: fewer, readVersion: 1 }] }));
        expect((await store.loadCase(opened.id))?.dossier).toEqual(fewer.dossier);
      });
    });

    describe('cases', () => {
      it('numbers a series without giving a number twice', async () => {
        const series = `TH-${owner.chat}`;
        const numbers = await Promise.all(
          Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? store : other).nextCaseNumber(series)),
        );
        expect([...numbers].sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
      });

      it('stores nothing of a turn whose case has changed meanwhile', async () => {
        const conversation = await load();
        const opened = aCase({ id: caseId(`k-${owner.chat}`), code: `A-${owner.chat}`, conversation: conversation.id });
        await outcomesOf(aTurn(conversation, 'e1', { cases: [{ case: opened, readVersion: 0 }] }));
        const taken = { ...opened, version: 2, status: 'taken' as const };
        const change = { cases: [{ case: taken, readVersion: 1 }], outgoing: [], at: NOW };
        expect((await other.commitCases(change)).outcomes).toEqual(['stored']);
        expect((await store.commitCases(change)).outcomes).toEqual(['case-changed']);
        const turn = aTurn(await load(), 'e2', { cases: [{ case: { ...opened, version: 2 }, readVersion: 1 }] });
        expect((await store.commit([turn])).outcomes).toEqual(['case-changed']);
        expect((await load()).state?.turn).toBe(1);
        expect((await store.loadCase(opened.id))?.status).toBe('taken');
      });

      it('finds a case by its code, by its card, and in the lists of the desk', async () => {
        const conversation = await load();
        const id = caseId(`desk-${owner.chat}`);
        const code = `DN-26-${owner.chat}`.toUpperCase();
        const opened = aCase({
          id,
          code,
          conversation: conversation.id,
          province: provinceCode(`p-${owner.chat}`),
          dossier: aDossier({
            fields: { applicantName: 'Xưởng Đá Hoà', phone: '+84912345678', supportWanted: ['hoi-cho'] },
          }),
        });
        await outcomesOf(aTurn(conversation, 'e1', { cases: [{ case: opened, readVersion: 0 }] }));
        await store.noteRoomMessages(ROOM, id, 'card', [`m-${owner.chat}`]);
        expect((await store.findCase(code.toLowerCase()))?.id).toBe(id);
        expect((await store.caseOfRoomMessage(ROOM, `m-${owner.chat}`))?.id).toBe(id);
        expect(await store.cardOf(ROOM, id)).toBe(`m-${owner.chat}`);
        const provinces = [`p-${owner.chat}`];
        const page = { provinces, order: 'waiting' as const, limit: 10, offset: 0 };
        const found = async (more: object) =>
          (await store.listCases({ ...page, ...more })).some((line) => line.id === id);
        expect(await found({ search: 'xuong da hoa' })).toBe(true);
        expect(await found({ search: '0912345678' })).toBe(true);
        expect(await found({ search: 'khong co' })).toBe(false);
        expect(await found({ statuses: ['new'], support: 'hoi-cho' })).toBe(true);
        expect(await found({ statuses: ['closed'] })).toBe(false);
        expect(await found({ provinces: ['elsewhere'] })).toBe(false);
        expect(await store.countCases({ provinces, statuses: ['new', 'taken'], search: code })).toBe(1);
        expect((await store.casesToRaise(at(1), 1000)).some((line) => line.id === id)).toBe(true);
      });
    });

    describe('the outbox', () => {
      const drain = async () => {
        const rows = await store.claim(at(3_600_000), 1000);
        await store.settle(rows.map(({ id }) => ({ id, fate: 'sent' as const, platformIds: [] })));
        const rest = await other.claim(at(7_200_000), 1000);
        await other.settle(rest.map(({ id }) => ({ id, fate: 'sent' as const, platformIds: [] })));
      };
      beforeEach(drain);

      it('leases what it stores to the one who stored it, and to another when the lease is over', async () => {
        const conversation = await load();
        const { rows } = await store.commit([aTurn(conversation, 'e1')]);
        expect(rows).toHaveLength(1);
        expect(await other.claim(at(1_000), 10)).toEqual([]);
        await store.renewLeases(at(8_000));
        expect(await other.claim(at(12_000), 10)).toEqual([]);
        const claimed = await other.claim(at(30_000), 10);
        expect(claimed.map(({ id, payload }) => [id, payload])).toEqual(rows.map(({ id, payload }) => [id, payload]));
        expect(await store.claim(at(31_000), 10)).toEqual([]);
      });

      it('remembers what the platform called the messages sent last, and that some may have arrived unnamed', async () => {
        const conversation = await load();
        const first = await store.commit([aTurn(conversation, 'e1')]);
        const sent = first.rows.map(({ id }) => ({ id, fate: 'sent' as const, platformIds: ['m-1', 'm-2'] }));
        await store.settle(sent);
        expect(await other.sentLately(conversation.id, 10)).toEqual({ platformIds: ['m-1', 'm-2'], ambiguous: false });
        const second = await store.commit([aTurn(await load(), 'e2')]);
        const lost = { fate: 'retry', notBefore: at(1_000), failure: 'unreachable', attempts: 1, done: 0 } as const;
        await store.settle(second.rows.map(({ id }) => ({ id, ...lost, platformIds: ['m-3'], ambiguous: 1 })));
        expect(await other.sentLately(conversation.id, 10)).toEqual({
          platformIds: ['m-3', 'm-1', 'm-2'],
          ambiguous: true,
        });
        expect(await other.sentLately(conversation.id, 1)).toMatchObject({ platformIds: ['m-3'] });
      });

      it('does not let a second process overtake rows of the same queue', async () => {
        const conversation = await load();
        await store.commit([aTurn(conversation, 'e1')]);
        const second = await other.commit([aTurn(await load(), 'e2')]);
        expect(second.outcomes).toEqual(['stored']);
        expect(second.rows).toEqual([]);
        expect(await other.claim(at(1_000), 10)).toEqual([]);
        expect((await store.claim(at(1_000), 10)).map(({ id }) => id)).toEqual([`${conversation.id}:2:0`]);
      });

      it('hands out a row once when two claim at the same time', async () => {
        const conversation = await load();
        await store.commit([aTurn(conversation, 'e1')]);
        const claims = await Promise.all([store.claim(at(60_000), 10), other.claim(at(60_000), 10)]);
        expect(claims.flat()).toHaveLength(1);
      });

      it('writes down what became of a send', async () => {
        const conversation = await load();
        const turn = aTurn(conversation, 'e1', {
          outgoing: [0, 1, 2, 3].map((index) => aSaying(conversation, 1, `line ${index}`, index)),
        });
        const { rows } = await store.commit([turn]);
        const [sent, retried, held, failed] = rows.map(({ id }) => id) as [string, string, string, string];
        const trouble = { failure: 'unreachable', attempts: 1, done: 1, platformIds: ['p1'], ambiguous: 1 };
        await store.settle([
          { id: sent, fate: 'sent', platformIds: ['77', '78'] },
          { id: retried, fate: 'retry', notBefore: at(5_000), ...trouble },
          { id: held, fate: 'held', notBefore: null, ...trouble },
          { id: failed, fate: 'failed', notBefore: null, ...trouble },
        ]);
        const ours = (await store.undelivered(1000)).filter((row) => row.conversation === conversation.id);
        expect(ours.map(({ id, status }) => [id, status])).toEqual([
          [retried, 'pending'],
          [held, 'held'],
          [failed, 'failed'],
        ]);
        const depth = await store.outboxDepth();
        expect(depth).toMatchObject({ pending: 1, oldest: NOW });
        const [again] = await other.claim(at(60_000), 10);
        expect(again).toMatchObject({ id: retried, attempts: 1, done: 1, platformIds: ['p1'], ambiguous: 1 });
        expect((await store.messages(conversation.id, 0)).map(({ delivery }) => delivery)).toEqual([
          'sent',
          'pending',
          'held',
          'failed',
        ]);
        expect(await store.retryOutbox([failed])).toBe(1);
        expect(await store.dropOutbox([held])).toBe(1);
        await drain();
        expect((await store.undelivered(1000)).filter((row) => row.conversation === conversation.id)).toEqual([]);
      });

      it('releases what was held before the answer to the owner’s next word', async () => {
        const zalo: Address = { channel: 'zalo', chat: owner.chat };
        const conversation = await load(zalo);
        const { rows } = await store.commit([aTurn(conversation, 'e1')]);
        const failure = { failure: 'outside-window', attempts: 1, done: 0, platformIds: [], ambiguous: 0 };
        await store.settle([{ id: rows[0]?.id ?? '', fate: 'held', notBefore: null, ...failure }]);
        const quiet = await store.commit([aTurn(await load(zalo), 'timer', { internal: true, outgoing: [] })]);
        expect(quiet.rows).toEqual([]);
        const woken = await store.commit([aTurn(await load(zalo), 'e2')]);
        expect(woken.rows.map(({ id }) => id)).toEqual([`${conversation.id}:1:0`, `${conversation.id}:3:0`]);
      });

      it('counts a message that the owner pulls as delivered', async () => {
        const conversation = await load({ channel: 'webchat', chat: owner.chat });
        const said = { ...aSaying(conversation, 1, 'hello'), pull: true as const };
        expect((await store.commit([aTurn(conversation, 'e1', { outgoing: [said] })])).rows).toEqual([]);
        expect((await store.messages(conversation.id, 0)).map(({ delivery }) => delivery)).toEqual(['sent']);
      });

      it('queues notices that stand alone', async () => {
        const notice = {
          id: `notice-${owner.chat}`,
          to: ROOM,
          queue: `room-${owner.chat}`,
          priority: 0,
          payload: { kind: 'card' as const, caseId: caseId('x'), message: aMessage('new case') },
        };
        const rows = await store.enqueue([notice], NOW);
        expect(rows).toMatchObject([{ ...notice, conversation: null }]);
      });
    });

    describe('files, reminders, questions', () => {
      it('keeps the bytes of a file, or where to fetch them until they are there', async () => {
        const conversation = await load();
        const ref = (id: string) => ({ id: `${id}-${owner.chat}`, name: 'ảnh.jpg', type: 'image/jpeg', size: 3 });
        const common = { conversation: conversation.id, channel: 'telegram' as const };
        const files = [
          { ref: ref('here'), bytes: new Uint8Array([1, 0, 255]), ...common },
          { ref: ref('there'), remote: 'remote-1', ...common },
        ];
        await outcomesOf(aTurn(conversation, 'e1', { files }));
        expect([...((await store.readFile(fileId(ref('here').id)))?.bytes ?? [])]).toEqual([1, 0, 255]);
        const claimed = (await store.claimFiles(NOW, 100)).filter((file) => file.conversation === conversation.id);
        expect(claimed).toMatchObject([{ ref: ref('there'), remote: 'remote-1', attempts: 1 }]);
        expect((await other.claimFiles(NOW, 100)).filter((file) => file.conversation === conversation.id)).toEqual([]);
        await store.settleFile(ref('there').id, { bytes: new Uint8Array([9, 9]) });
        expect((await store.readFile(fileId(ref('there').id)))?.ref.size).toBe(2);
        expect([...(await store.fileStatuses([ref('here').id, ref('there').id])).values()]).toEqual(['ready', 'ready']);
        expect(await store.readFile(fileId('none'))).toBeNull();
      });

      it('keeps a reminder until it is dropped or moved', async () => {
        const conversation = await load();
        const mine = async (now: string) =>
          (await store.dueReminders(now, 1000)).filter((each) => each.conversation === conversation.id);
        await outcomesOf(aTurn(conversation, 'e1', { reminders: [{ name: 'resume', at: at(1_000) }] }));
        expect(await mine(NOW)).toEqual([]);
        expect(await mine(at(1_000))).toEqual([{ conversation: conversation.id, name: 'resume', at: at(1_000) }]);
        await outcomesOf(aTurn(await load(), 'e2', { reminders: [{ name: 'resume', at: at(9_000) }] }));
        expect(await mine(at(1_000))).toEqual([]);
        await outcomesOf(aTurn(await load(), 'e3', { reminders: [{ name: 'resume', at: null }] }));
        expect(await mine(at(10_000))).toEqual([]);
      });

      it('names drafts that were left alone, but for those with the reminder, until they are dropped', async () => {
        const conversation = await load();
        const lone = async (unless: string) =>
          (await store.draftsLeftAlone('2026-12-01', unless, 1000)).filter(
            (each) => each.conversation === conversation.id,
          );
        const reminders = [{ name: 'end', at: NOW }];
        await outcomesOf(aTurn(conversation, 'e1', { draft: aDossier(), reminders }));
        expect(await lone('other')).toEqual([{ conversation: conversation.id, changedAt: NOW }]);
        expect(await lone('end')).toEqual([]);
        expect(await store.draftsLeftAlone(NOW, 'other', 1000)).not.toContainEqual(
          expect.objectContaining(conversation),
        );
        await outcomesOf(aTurn(await load(), 'e2', { dropDraft: true }));
        expect(await lone('other')).toEqual([]);
        expect(await store.messages(conversation.id, 0)).toHaveLength(1);
      });

      it('keeps a noted question without naming who asked', async () => {
        const conversation = await load();
        const words = `câu hỏi ${owner.chat}`;
        await outcomesOf(aTurn(conversation, 'e1', { notedQuestions: [{ words, why: 'unknown' }] }));
        const noted = (await store.notedQuestions(1000)).find((each) => each.words === words);
        expect(noted).toMatchObject({ why: 'unknown', faq: null });
        expect(JSON.stringify(noted)).not.toContain(conversation.id);
        await store.closeNotedQuestion(noted?.id ?? '');
        expect((await store.notedQuestions(1000)).some((each) => each.words === words)).toBe(false);
      });
    });

    describe('a person', () => {
      const withCase = async () => {
        const conversation = await load();
        const id = caseId(`e-${owner.chat}`);
        const opened = aCase({ id, code: `E-${owner.chat}`, conversation: conversation.id, question: 'riêng tư' });
        const file = { ref: { id: `f-${owner.chat}`, name: 'a', type: 'b', size: 1 }, bytes: new Uint8Array([1]) };
        await outcomesOf(
          aTurn(conversation, 'e1', {
            draft: aDossier(),
            cases: [{ case: opened, readVersion: 0 }],
            files: [{ ...file, conversation: conversation.id, channel: 'telegram' }],
            reminders: [{ name: 'r', at: NOW }],
          }),
        );
        return { conversation, id, file: fileId(file.ref.id) };
      };

      it('is erased within the turn that asked for it, and still gets the farewell', async () => {
        const { conversation, id, file } = await withCase();
        const result = await store.commit([aTurn(await load(), 'bye', { erase: true })]);
        expect(result.outcomes).toEqual(['stored']);
        expect(result.rows).toHaveLength(1);
        expect(await store.messages(conversation.id, 0)).toHaveLength(1);
        expect(await store.readFile(file)).toBeNull();
        expect(await store.loadCase(id)).toMatchObject({ status: 'closed', dossier: { fields: {} }, version: 2 });
        expect(JSON.stringify(await store.loadCase(id))).not.toMatch(/riêng tư|Mộc/);
      });

      it('is erased by the operator; a state remembered elsewhere cannot bring them back', async () => {
        const { conversation } = await withCase();
        const remembered = await load();
        expect(await store.erase(conversation.id, NOW)).toEqual({ cases: 1, files: 1 });
        expect((await load()).state).toBeNull();
        expect(await outcomesOf(aTurn(remembered, 'late'))).toEqual(['lost-race']);
        expect(await outcomesOf(aTurn(await load(), 'again'))).toEqual(['stored']);
      });

      it('who never consented is forgotten after a while; who did is kept', async () => {
        const left = await load();
        await outcomesOf(aTurn(left, 'e1', { at: '2026-01-01T00:00:00.000Z' }));
        const kept = await load({ channel: 'telegram', chat: `${owner.chat}-kept` });
        const consented = aState(1, { consent: { version: '1', at: NOW } });
        await outcomesOf(aTurn(kept, 'e1', { state: consented, at: '2026-01-01T00:00:00.000Z' }));
        await store.prune({
          inbound: asDay('2026-02-01'),
          idle: asDay('2026-02-01'),
          sent: '2026-02-01T00:00:00.000Z',
        });
        expect((await load()).state).toBeNull();
        expect(await store.messages(left.id, 0)).toEqual([]);
        expect((await load(kept.address)).state?.turn).toBe(1);
      });
    });

    describe('staff, settings, leases', () => {
      it('lets a sign-in link work once and in time, and ends the sessions of who is removed', async () => {
        const id = staffId(`s-${owner.chat}`);
        await store.addStaff({ id, name: 'Lan', role: 'officer', provinces: ['thanh-hoa'], addedAt: NOW });
        const hash = `link-${owner.chat}`;
        await store.addCode({ hash, kind: 'sign-in', subject: id, expiresAt: at(60_000) });
        expect(await store.useCode(hash, 'sign-in', at(61_000))).toBeNull();
        expect(await store.useCode(hash, 'link', NOW)).toBeNull();
        const uses = await Promise.all([store.useCode(hash, 'sign-in', NOW), other.useCode(hash, 'sign-in', NOW)]);
        expect(uses.filter((subject) => subject !== null)).toEqual([id]);
        const session = { hash: `cookie-${owner.chat}`, staff: id, createdAt: NOW, expiresAt: at(60_000) };
        await store.addSession(session);
        await store.linkStaffAccount('telegram', `u-${owner.chat}`, id);
        expect(await store.sessionStaff(session.hash, NOW)).toMatchObject({ name: 'Lan', provinces: ['thanh-hoa'] });
        expect(await store.sessionStaff(session.hash, at(60_000))).toBeNull();
        expect((await store.staffOfAccount('telegram', `u-${owner.chat}`))?.id).toBe(id);
        expect(await store.changeStaff(id, { role: 'admin', provinces: [] })).toBe(true);
        expect(await other.sessionStaff(session.hash, NOW)).toMatchObject({ role: 'admin', provinces: [] });
        await store.linkStaffAccount('zalo-bot', `z-${owner.chat}`, id);
        await store.unlinkStaffAccounts('zalo-bot', id);
        expect((await store.accountsOf(id)).map(({ channel }) => channel)).toEqual(['telegram']);
        expect(await store.removeStaff(id, NOW)).toBe(true);
        expect(await store.changeStaff(id, { role: 'admin', provinces: [] })).toBe(false);
        expect(await store.sessionStaff(session.hash, NOW)).toBeNull();
        expect(await store.staffOfAccount('telegram', `u-${owner.chat}`)).toBeNull();
      });

      it('gives a lease to one process until it is over', async () => {
        const name = `poll-${owner.chat}`;
        expect(await store.takeLease(name, NOW, at(10_000))).toBe(true);
        expect(await store.takeLease(name, at(1_000), at(11_000))).toBe(true);
        expect(await other.takeLease(name, at(2_000), at(12_000))).toBe(false);
        expect(await other.takeLease(name, at(12_000), at(20_000))).toBe(true);
        await other.dropLease(name);
        expect(await store.takeLease(name, at(13_000), at(20_000))).toBe(true);
      });

      it('rotates platform tokens only on the version they were read at', async () => {
        const id = `oa-${owner.chat}`;
        const tokens = {
          accessToken: 'a',
          refreshToken: 'r',
          expiresAt: at(1_000),
          version: 1,
          rotatedAt: NOW,
          status: 'ok',
          lastError: null,
        };
        expect(await store.seedPlatformTokens(id, tokens)).toBe(true);
        expect(await other.seedPlatformTokens(id, tokens)).toBe(false);
        const leases = await Promise.all(
          [store, other].map((each) => each.leasePlatformTokens(id, 1, NOW, at(30_000))),
        );
        expect([...leases].sort()).toEqual([false, true]);
        expect(await store.savePlatformTokens(id, 1, { ...tokens, accessToken: 'b' })).toBe(true);
        expect(await other.savePlatformTokens(id, 1, { ...tokens, accessToken: 'c' })).toBe(false);
        expect(await store.platformTokens(id)).toMatchObject({ accessToken: 'b', version: 2 });
      });

      it('keeps settings', async () => {
        await store.setSetting('k', 'v');
        await store.setSetting('k', 'w');
        expect(await other.setting('k')).toBe('w');
        await store.setSetting('k', null);
        expect(await other.setting('k')).toBeNull();
      });
    });

    it('answers that it is there', async () => {
      await expect(store.ping()).resolves.toBeUndefined();
      expect(OWNER.channel).toBe('telegram');
    });
  });
}
