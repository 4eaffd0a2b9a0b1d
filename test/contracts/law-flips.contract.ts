/** What every store must do with verdicts that the law has turned; run on both databases (test/storage). */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addMs, asDay, caseId, conversationId } from '../../src/base/index.ts';
import type { LawFlip, Store, StoredConversation } from '../../src/service/ports.ts';
import { openStore } from '../../src/storage/index.ts';
import type { TestDatabase } from '../support/databases.ts';
import { aCase, aDossier, aState, aTurn, NOW } from '../support/turns.ts';

export function describeLawFlips(name: string, makeDatabase: () => Promise<TestDatabase>): void {
  describe(`law flips on ${name}`, () => {
    let database: TestDatabase;
    let store: Store;
    beforeAll(async () => {
      database = await makeDatabase();
      store = await openStore({ url: database.url, instance: 'one' });
    });
    afterAll(async () => {
      await store.close();
      await database.drop();
    });

    let count = 0;
    let change = '';
    beforeEach(() => {
      change = `content-${++count} 2026-11-25`;
    });
    const aFlip = (id: string, more: Partial<LawFlip> = {}): LawFlip => ({
      id: `${change}:${id}`,
      conversation: conversationId(`${change}:${id}`),
      caseId: null,
      province: 'thanh-hoa',
      change,
      turned: [
        { programme: 'national', before: 'review', after: 'likely' },
        { programme: 'khuyen-cong-thanh-hoa', before: null, after: 'review' },
      ],
      toldOn: asDay('2025-10-14'),
      why: 'day',
      since: asDay('2025-10-15'),
      instruments: ['nd-235-2025', 'nd-45-2012'],
      status: 'open',
      foundAt: NOW,
      decidedBy: null,
      decidedAt: null,
      ...more,
    });

    it('gives back what was found, and finds the same only once', async () => {
      const flips = [aFlip('a'), aFlip('b', { caseId: caseId('k'), province: null, since: null, instruments: [] })];
      expect(await store.addFlips(flips)).toBe(2);
      expect(await store.addFlips([aFlip('a'), aFlip('c')])).toBe(1);
      expect(await store.addFlips([])).toBe(0);
      expect(await store.flips({ change }, 2)).toEqual(flips);
      expect((await store.flips({ change }, 10, 2)).map(({ id }) => id)).toEqual([`${change}:c`]);
      expect(await store.countFlips({ change })).toBe(3);
      expect(await store.flips({ conversation: aFlip('a').conversation }, 5)).toEqual([flips[0]]);
    });

    it('is decided by the first who decides, within their provinces, and settled after', async () => {
      const none = aFlip('none', { province: null });
      await store.addFlips([aFlip('a'), none, aFlip('elsewhere', { province: 'hung-yen' })]);
      const theirs = { change, provinces: ['thanh-hoa'] };
      const approval = { status: 'approved', by: 'Hà', at: addMs(NOW, 1) } as const;
      expect(await store.decideFlips({ ...theirs, ids: [aFlip('elsewhere').id] }, approval)).toBe(0);
      expect(await store.decideFlips(theirs, approval)).toBe(2);
      expect(await store.decideFlips(theirs, { ...approval, status: 'dismissed', by: 'Minh' })).toBe(0);
      expect(await store.flips({ change, statuses: ['approved'], ids: [none.id] }, 5)).toEqual([
        { ...none, status: 'approved', decidedBy: 'Hà', decidedAt: addMs(NOW, 1) },
      ]);
      await store.settleFlip(none.id, 'told');
      await store.settleFlip(none.id, 'dropped');
      expect((await store.flips({ ids: [none.id] }, 5))[0]?.status).toBe('told');
      expect(await store.countFlips({ change, statuses: ['open', 'approved'] })).toBe(2);
    });

    it('dropped as no longer so, opens again when it is so once more; decided ones stay', async () => {
      const [a, b] = [aFlip('a'), aFlip('b')];
      await store.addFlips([a, b]);
      await store.decideFlips({ ids: [b.id] }, { status: 'dismissed', by: 'Hà', at: NOW });
      expect(await store.dropOpenFlips([a.conversation, b.conversation], [a.id])).toBe(0);
      expect(await store.dropOpenFlips([a.conversation, b.conversation], [])).toBe(1);
      const later = `later ${change}`;
      expect(
        await store.addFlips([
          { ...a, change: later },
          { ...b, change: later },
        ]),
      ).toBe(1);
      expect(await store.flips({ change: later }, 5)).toEqual([{ ...a, change: later }]);
      expect(await store.flipChanges({ statuses: ['open', 'dismissed'], ids: [a.id, b.id] })).toHaveLength(2);
    });

    it('lists the changes with their counts, the newest first', async () => {
      const next = `next ${change}`;
      await store.addFlips([aFlip('a'), aFlip('b'), aFlip('c', { change: next, foundAt: addMs(NOW, 5) })]);
      const ids = ['a', 'b', 'c'].map((id) => aFlip(id).id);
      expect(await store.flipChanges({ ids })).toEqual([
        { change: next, count: 1 },
        { change, count: 2 },
      ]);
    });

    it('walks through those who consented, and nobody else, in bounded batches', async () => {
      const chats = ['x', 'y', 'z'].map((chat) => ({ channel: 'telegram' as const, chat: `${change}${chat}` }));
      const [x, y, z] = (await store.load(chats)) as [StoredConversation, StoredConversation, StoredConversation];
      const consent = { version: '1', at: NOW };
      const agreed = (on: StoredConversation) => aTurn(on, 'e1', { state: { ...aState(1), consent } });
      await store.commit([agreed(x), agreed(y), aTurn(z, 'e1')]);
      const seen: string[] = [];
      for (let after = null as StoredConversation['id'] | null; ;) {
        const batch = await store.consented(after, 1);
        expect(batch.length).toBeLessThanOrEqual(1);
        const [one] = batch;
        if (one === undefined) break;
        expect(one.state?.consent).toEqual(consent);
        seen.push(one.id);
        after = one.id;
      }
      expect(seen).toEqual([...seen].sort());
      expect(seen).toEqual(expect.arrayContaining([x.id, y.id]));
      expect(seen).not.toContain(z.id);
    });

    it('knows the verdict of a sheet: of the draft, else of the newest case', async () => {
      const chats = ['d', 'k', 'n'].map((chat) => ({ channel: 'telegram' as const, chat: `${change}${chat}` }));
      const [d, k, n] = (await store.load(chats)) as [StoredConversation, StoredConversation, StoredConversation];
      const of = (kind: 'review' | 'likely' | 'unknown', on: string) =>
        aDossier({ verdict: { kind, holds: 1, of: 4, on } });
      const sheet = (on: StoredConversation, id: string, dossier: ReturnType<typeof of>, changedAt = NOW) => ({
        case: aCase({ id: caseId(id), code: id, conversation: on.id, dossier, changedAt }),
        readVersion: 0,
      });
      const old = sheet(d, `${change}1`, of('review', '2024-01-01'));
      await store.commit([aTurn(d, 'e1', { cases: [old], draft: of('likely', '2026-11-25') })]);
      const newest = sheet(k, `${change}3`, of('likely', '2025-01-01'), addMs(NOW, 9));
      await store.commit([aTurn(k, 'e1', { cases: [sheet(k, `${change}2`, of('review', '2024-01-01'))] })]);
      const [again] = (await store.load([k.address])) as [StoredConversation];
      await store.commit([aTurn(again, 'e2', { cases: [newest], at: addMs(NOW, 9) })]);
      await store.commit([aTurn(n, 'e1', { draft: of('unknown', '2026-11-25') })]);
      const kept = await store.sheetVerdicts([d.id, k.id, n.id]);
      expect(kept.get(d.id)).toEqual({ on: '2026-11-25', kind: 'likely' });
      expect(kept.get(k.id)).toEqual({ on: '2025-01-01', kind: 'likely' });
      expect(kept.has(n.id)).toBe(false);
    });

    it('goes with the person', async () => {
      const [one] = (await store.load([{ channel: 'telegram', chat: change }])) as [StoredConversation];
      await store.commit([aTurn(one, 'e1')]);
      await store.addFlips([aFlip('a', { conversation: one.id }), aFlip('b')]);
      await store.erase(one.id, NOW);
      expect((await store.flips({ change }, 5)).map(({ id }) => id)).toEqual([aFlip('b').id]);
    });
  });
}
