/** What every store must do when two conversations turn out to be of one person; run on SQLite and on PostgreSQL. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addMs, asDay, caseId, fileId } from '../../src/base/index.ts';
import type { Address, Store, StoredConversation, TurnCommit } from '../../src/service/ports.ts';
import { openStore } from '../../src/storage/index.ts';
import type { TestDatabase } from '../support/databases.ts';
import { aCase, aDossier, aSaying, aState, aTurn, NOW } from '../support/turns.ts';

const at = (ms: number) => addMs(NOW, ms);
const keyOf = ({ channel, chat }: Address) => `${channel}:${chat}`;
const KIND = 'person';

export function describeJoining(name: string, makeDatabase: () => Promise<TestDatabase>): void {
  describe(`joining on ${name}`, () => {
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
    let home: Address;
    let away: Address;
    beforeEach(() => {
      chats += 1;
      home = { channel: 'webchat', chat: `home-${chats}` };
      away = { channel: 'telegram', chat: `away-${chats}` };
    });
    const load = async (address: Address): Promise<StoredConversation> =>
      (await store.load([address]))[0] as StoredConversation;
    const outcomesOf = async (...turns: TurnCommit[]) => (await store.commit(turns)).outcomes;
    const codeOf = (conversation: StoredConversation, hash = `code-${chats}`) => ({
      hash,
      kind: KIND,
      subject: conversation.id,
      expiresAt: at(60_000),
    });

    /** Two turns at home, the second with a code; three away, with a draft, a file and a case. */
    async function both() {
      await outcomesOf(aTurn(await load(home), 'h1'));
      const shown = await load(home);
      await outcomesOf(aTurn(shown, 'h2', { codes: [codeOf(shown)] }));
      const kept = await load(home);
      await outcomesOf(aTurn(await load(away), 'a1', { ownerLine: { text: 'chào em' } }));
      const id = caseId(`case-${chats}`);
      const file = { id: `file-${chats}`, name: 'a.pdf', type: 'application/pdf', size: 1 };
      const begun = await load(away);
      const opened = aCase({ id, code: `TH-26-7${String(chats).padStart(5, '0')}`, conversation: begun.id });
      await outcomesOf(
        aTurn(begun, 'a2', {
          cases: [{ case: opened, readVersion: 0 }],
          draft: aDossier(),
          files: [{ ref: file, conversation: begun.id, bytes: new Uint8Array([1]), channel: 'telegram' }],
          reminders: [{ name: 'draft-expired', at: at(1_000) }],
        }),
      );
      const ended = await load(away);
      return { kept, ended, case: opened, file: fileId(file.id) };
    }

    /** The turn in which the person, away, says yes to going on with what is at home. */
    function joining(kept: StoredConversation, ended: StoredConversation, more: Partial<TurnCommit> = {}): TurnCommit {
      const readTurn = kept.state?.turn ?? 0;
      const endedTurn = ended.state?.turn ?? 0;
      const joined = [home, away].map((address) => ({ key: keyOf(address), channel: address.channel }));
      const state = aState(readTurn + endedTurn + 1, { joined, consent: { version: '1', at: NOW } });
      return aTurn({ ...kept, address: away }, 'yes', {
        state,
        readTurn,
        outgoing: [aSaying({ ...kept, address: away }, state.turn, 'joined')],
        joins: { conversation: ended.id, readTurn: endedTurn, code: `code-${chats}`, from: home },
        ...more,
      });
    }

    it('brings cases, files and lines over, and both addresses speak for what is kept', async () => {
      const { kept, ended, case: opened, file } = await both();
      const unsent = (await store.undelivered(500)).map(({ id }) => ({ id, fate: 'sent' as const, platformIds: [] }));
      await store.settle(unsent);
      const seenAway = (await store.messages(ended.id, 0)).map(({ seq }) => seq);
      const seenHome = (await store.messages(kept.id, 0)).map(({ seq }) => seq);
      expect(await outcomesOf(joining(kept, ended))).toEqual(['stored']);
      for (const address of [home, away]) expect((await load(address)).id).toBe(kept.id);
      expect(await store.addresses(kept.id)).toEqual(expect.arrayContaining([home, away]));
      expect(await store.casesOf(kept.id)).toMatchObject([
        {
          id: opened.id,
          conversation: kept.id,
          version: 2,
          entries: opened.entries,
          dossier: { fields: opened.dossier.fields },
        },
      ]);
      expect(await store.casesOf(ended.id)).toEqual([]);
      expect((await store.fileHeads([file])).get(file)?.conversation).toBe(kept.id);
      expect((await store.loadConversation(ended.id))?.state).toBeNull();
      expect(await store.messages(ended.id, 0)).toEqual([]);
      const log = await store.messages(kept.id, 0);
      expect(log.map(({ message }) => message.blocks[0])).toMatchObject(
        ['answer to h1', 'answer to h2', 'chào em', 'answer to a1', 'answer to a2', 'joined'].map((text) => ({
          runs: [{ text }],
        })),
      );
      // Whoever has read so far, at either place, is shown what came after, and that only.
      const { numbered } = await load(away);
      const [first = 0, , last = 0] = seenAway;
      const from = (seq: number) => seq + (seq > 0 && seq <= (numbered?.upTo ?? 0) ? (numbered?.shift ?? 0) : 0);
      expect(await store.messages(kept.id, from(last))).toHaveLength(1);
      expect(await store.messages(kept.id, from(first))).toHaveLength(3);
      expect(await store.messages(kept.id, seenHome.at(-1) ?? 0)).toHaveLength(4);
      expect((await load(home)).numbered).toBeUndefined();
    });

    it('goes on from either address, and replies go to the last', async () => {
      const { kept, ended } = await both();
      await outcomesOf(joining(kept, ended));
      expect(await outcomesOf(aTurn(await load(away), 'a9'))).toEqual(['stored']);
      expect((await store.loadConversation(kept.id))?.address).toEqual(away);
      expect(await outcomesOf(aTurn(await load(home), 'h9'))).toEqual(['stored']);
      expect((await store.loadConversation(kept.id))?.address).toEqual(home);
    });

    it('refuses who remembers either side as it was, and stores nothing of it', async () => {
      const { kept, ended, case: opened } = await both();
      const writes = [{ case: { ...opened, version: 2, status: 'taken' as const }, readVersion: 1 }];
      await outcomesOf(joining(kept, ended));
      expect((await other.commit([aTurn(ended, 'late')])).outcomes).toEqual(['lost-race']);
      expect((await other.commit([aTurn(kept, 'late')])).outcomes).toEqual(['lost-race']);
      const stale = await other.commitCases({ cases: writes, outgoing: [], at: NOW });
      expect(stale.outcomes).toEqual(['case-changed']);
      expect((await store.loadCase(opened.id))?.conversation).toBe(kept.id);
    });

    it.each(['kept', 'ended'] as const)(
      'is refused as a whole when the %s side went on meanwhile, and may be tried again',
      async (side) => {
        const orders = new Set<boolean>();
        // Rows are locked in the order of their ids: either may come first.
        while (orders.size < 2) {
          chats += 1;
          home = { channel: 'webchat', chat: `home-${chats}` };
          away = { channel: 'telegram', chat: `away-${chats}` };
          const { kept, ended } = await both();
          orders.add(kept.id < ended.id);
          const turn = joining(kept, ended);
          await other.commit([aTurn(side === 'kept' ? kept : ended, 'meanwhile')]);
          expect(await outcomesOf(turn)).toEqual(['lost-race']);
          expect(await load(away)).toMatchObject({ id: ended.id, state: { turn: side === 'kept' ? 2 : 3 } });
          expect(await store.codeOf(`code-${chats}`, KIND)).toMatchObject({ usedAt: null });
          expect(await outcomesOf(joining(await load(home), await load(away)))).toEqual(['stored']);
        }
      },
    );

    it('is stored once of two processes at the same moment, and two that join each other do not hang', async () => {
      const { kept, ended } = await both();
      const turn = joining(kept, ended);
      const same = await Promise.all([store.commit([turn]), other.commit([{ ...turn, eventId: 'twin' }])]);
      expect(same.flatMap(({ outcomes }) => outcomes).sort()).toEqual(['lost-race', 'stored']);

      chats += 1;
      home = { channel: 'webchat', chat: `home-${chats}` };
      away = { channel: 'telegram', chat: `away-${chats}` };
      const second = await both();
      const back = codeOf(second.ended, `back-${chats}`);
      await store.addCode(back);
      const there = joining(second.kept, second.ended);
      const here = aTurn({ ...second.ended, address: home }, 'yes', {
        state: aState(9, { joined: [] }),
        joins: { conversation: second.kept.id, readTurn: second.kept.state?.turn ?? 0, code: back.hash, from: away },
      });
      const crossed = await Promise.all([store.commit([there]), other.commit([here])]);
      expect(crossed.flatMap(({ outcomes }) => outcomes).sort()).toEqual(['lost-race', 'stored']);
    });

    it('uses its code up, and a code given out ends the one before', async () => {
      const { kept, ended } = await both();
      const second = { ...codeOf(kept), hash: `second-${chats}` };
      await outcomesOf(aTurn(kept, 'again', { codes: [second] }));
      expect(await outcomesOf(joining(await load(home), ended))).toEqual(['lost-race']);
      expect((await store.codeOf(`code-${chats}`, KIND))?.expiresAt).toBe(NOW);
      const turn = joining(await load(home), ended);
      const joins = { ...(turn.joins as NonNullable<TurnCommit['joins']>), code: second.hash };
      expect(await outcomesOf({ ...turn, joins })).toEqual(['stored']);
      expect((await store.codeOf(second.hash, KIND))?.usedAt).toBe(NOW);
      expect(await store.codeOf('no such code', KIND)).toBeNull();
    });

    it('leaves what is still being sent to its sender, who settles it', async () => {
      const { kept, ended } = await both();
      const pending = await store.undelivered(500);
      const own = pending.filter(({ conversation }) => conversation === ended.id).map(({ id }) => id);
      expect(own).toHaveLength(2);
      await outcomesOf(joining(kept, ended));
      await store.settle(own.map((id) => ({ id, fate: 'sent' as const, platformIds: ['p'] })));
      const left = (await store.undelivered(500)).filter(({ to }) => to.chat === away.chat);
      expect(left.map(({ conversation }) => conversation)).toEqual([kept.id]);
    });

    it('parts addresses: the one that is left keeps all, the other begins anew and counts on', async () => {
      const { kept, ended, case: opened } = await both();
      await outcomesOf(joining(kept, ended));
      const joined = await load(away);
      const state = aState((joined.state?.turn ?? 0) + 1, { joined: [{ key: keyOf(away), channel: 'telegram' }] });
      const parting = aTurn(joined, 'part', { state, parts: [keyOf(home)], codes: [] });
      await store.addCode({ ...codeOf(kept), hash: `open-${chats}` });
      expect(await outcomesOf(parting)).toEqual(['stored']);
      expect((await store.codeOf(`open-${chats}`, KIND))?.expiresAt).toBe(NOW);
      const anew = await load(home);
      expect(anew).toMatchObject({ state: null, turn: state.turn });
      expect(anew.id).not.toBe(kept.id);
      expect((await load(away)).id).toBe(kept.id);
      expect((await store.casesOf(kept.id)).map(({ id }) => id)).toEqual([opened.id]);
      const counted = { ...anew, state: aState(state.turn) };
      expect(await outcomesOf(aTurn(counted, 'new life'))).toEqual(['stored']);
      const log = await store.messages(anew.id, state.turn * 1_000);
      expect(log).toHaveLength(1);
      // And may join again.
      const code = { ...codeOf(kept), hash: `again-${chats}` };
      await store.addCode(code);
      const back = joining(await load(away), await load(home));
      const joins = { ...(back.joins as NonNullable<TurnCommit['joins']>), code: code.hash, from: away };
      expect(await outcomesOf({ ...back, address: home, joins })).toEqual(['stored']);
      expect((await load(home)).id).toBe(kept.id);
    });

    it('is erased as a whole, at every address, by the person and by the operator', async () => {
      const { kept, ended, case: opened, file } = await both();
      await outcomesOf(joining(kept, ended));
      const joined = await load(away);
      await outcomesOf(aTurn(joined, 'bye', { erase: true }));
      expect((await load(away)).id).toBe(kept.id);
      expect((await load(home)).state).toBeNull();
      expect((await load(home)).id).not.toBe(kept.id);
      expect(await store.messages(kept.id, 0)).toHaveLength(1);
      expect(await store.readFile(file)).toBeNull();
      expect(await store.loadCase(opened.id)).toMatchObject({ status: 'closed', dossier: { fields: {} } });

      chats += 1;
      home = { channel: 'webchat', chat: `home-${chats}` };
      away = { channel: 'telegram', chat: `away-${chats}` };
      const second = await both();
      await outcomesOf(joining(second.kept, second.ended));
      expect(await store.erase(second.kept.id, NOW)).toEqual({ cases: 1, files: 1 });
      for (const address of [home, away]) expect(await load(address)).toMatchObject({ state: null });
      expect((await load(home)).id).not.toBe((await load(away)).id);
      const left = (await store.undelivered(500)).filter(({ to }) => to.chat === away.chat);
      expect(left).toEqual([]);
    });

    it('an address that parted never comes back to what it left, however long nobody writes', async () => {
      const { kept, ended } = await both();
      await outcomesOf(joining(kept, ended));
      const joined = await load(away);
      const state = aState((joined.state?.turn ?? 0) + 1, {
        joined: [{ key: keyOf(away), channel: 'telegram' }],
        consent: { version: '1', at: NOW },
      });
      await outcomesOf(aTurn(joined, 'part', { state, parts: [keyOf(home)] }));
      await store.prune({ inbound: asDay('2027-06-01'), idle: asDay('2027-06-01'), sent: at(365 * 86_400_000) });
      expect((await load(away)).id).toBe(kept.id);
      expect(await load(home)).toMatchObject({ state: null });
      expect((await load(home)).id).not.toBe(kept.id);
    });

    it('counts tries until their time is over, over all processes', async () => {
      const tries = `tries-${chats}`;
      const counted = await Promise.all([store, other, store, other].map((one) => one.countTry(tries, NOW, at(1_000))));
      expect([...counted].sort()).toEqual([1, 2, 3, 4]);
      expect(await store.countTry(tries, at(999), at(2_000))).toBe(5);
      expect(await store.countTry(tries, at(1_000), at(2_000))).toBe(1);
    });
  });
}
