/** Judging all profiles again, over a real database, by one of two instances; and telling what was approved. */
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { caseId, dayOf } from '../../src/base/index.ts';
import { joinBot } from '../../src/compose/index.ts';
import { newState, openLibrary, type Library, type State } from '../../src/conversation/index.ts';
import {
  createLawJudging,
  createLawTelling,
  openScript,
  type LawFlip,
  type OutboxRow,
  type Store,
} from '../../src/service/index.ts';
import { openStore } from '../../src/storage/index.ts';
import type { Texts } from '../../src/texts/index.ts';
import { temporaryPostgres, temporarySqlite, type TestDatabase } from '../support/databases.ts';
import { realPack, settingsOf } from '../support/story.ts';
import { aDossier, aTurn, ROOM } from '../support/turns.ts';

const BEFORE = '2025-10-14T03:00:00.000Z';
const AFTER = '2025-10-20T03:00:00.000Z';
/** More than a batch. */
const PROFILES = 60;
const quiet = { debug() {}, info() {}, warn() {}, error() {} };

const facts = {
  producesIndustrially: 'yes',
  legalForm: 'ho-kinh-doanh',
  place: { province: 'hung-yen', unitType: 'phuong' },
  craftVillage: 'no',
  sector: 'che-bien-nong-lam-thuy-san',
  cleanerProduction: 'no',
};
const told = { on: dayOf(BEFORE), kinds: { national: 'review' }, against: ['dia-ban'] } as const;

let content: { readonly library: Library; readonly texts: Texts };
beforeAll(async () => {
  const { pack, texts } = await realPack();
  content = { library: openLibrary(pack, settingsOf({})), texts };
});

/** A conversation of before verdicts were remembered. */
const aProfile = (): State => ({
  ...newState(BEFORE),
  turn: 1,
  consent: { version: '1', at: BEFORE },
  answers: Object.fromEntries(
    Object.entries(facts).map(([key, value]) => [key, { value: value as string, at: BEFORE, turn: 1 }]),
  ),
});

describe.each([
  ['SQLite', temporarySqlite],
  ['PostgreSQL', temporaryPostgres],
])('on %s', (_name, makeDatabase) => {
  let database: TestDatabase;
  let one: Store;
  let two: Store;
  let now: string;
  beforeEach(async () => {
    now = AFTER;
    database = await makeDatabase();
    one = await openStore({ url: database.url, instance: 'one' });
    two = await openStore({ url: database.url, instance: 'two' });
  });
  afterEach(async () => {
    await one.close();
    await two.close();
    await database.drop();
  });

  const judgingOf = (store: Store, sent: OutboxRow[] = []) =>
    createLawJudging({
      store,
      content: () => content,
      rooms: () => [ROOM],
      clock: () => now,
      log: quiet,
      send: (rows) => void sent.push(...rows),
    });

  async function addProfiles(count: number, verdict: 'review' | 'likely' = 'review'): Promise<void> {
    const chats = Array.from({ length: count }, (_, at) => ({ channel: 'telegram' as const, chat: `${verdict}${at}` }));
    const draft = aDossier({ verdict: { kind: verdict, holds: 3, of: 4, on: told.on } });
    await one.commit(
      (await one.load(chats)).map((each) => aTurn(each, 'e1', { state: aProfile(), draft, outgoing: [] })),
    );
  }

  it('finds every profile whose verdict turned, from the sheet where none is remembered, and tells the room once', async () => {
    await addProfiles(PROFILES);
    await addProfiles(3, 'likely');
    const sent: OutboxRow[] = [];
    const [first, second] = [judgingOf(one, sent), judgingOf(two, sent)];
    await Promise.all([first.look(), second.look()]);
    while ((await first.look()) || (await second.look()));
    expect(await one.countFlips({ statuses: ['open'] })).toBe(PROFILES);
    expect(sent).toHaveLength(1);
    expect(JSON.stringify(sent[0]?.payload.message)).toMatch(/60 hồ sơ.*235\/2025\/NĐ-CP.*15\/10\/2025/);
    const [flip] = await one.flips({}, 1);
    expect(flip).toMatchObject({ province: 'hung-yen', why: 'day', since: '2025-10-15', toldOn: '2025-10-14' });
  });

  it('does nothing again while neither content nor day has changed, also after a start', async () => {
    await addProfiles(2);
    await judgingOf(one).look();
    await one.settleFlip((await one.flips({}, 1))[0]?.id ?? '', 'dropped');
    const sent: OutboxRow[] = [];
    expect(await judgingOf(two, sent).look()).toBe(false);
    expect([await one.countFlips({ statuses: ['open'] }), sent]).toEqual([1, []]);
  });

  it('goes on after another instance that died on the way', async () => {
    await addProfiles(2);
    await one.takeLease('law-judging', now, new Date(Date.parse(now) + 60_000).toISOString());
    const judging = judgingOf(two);
    expect(await judging.look()).toBe(false);
    expect(await two.countFlips({})).toBe(0);
    now = new Date(Date.parse(now) + 61_000).toISOString();
    await judging.look();
    expect(await two.countFlips({ statuses: ['open'] })).toBe(2);
  });

  /** The real way of an event into a conversation, on one instance. */
  const tellingOf = (store: Store) => {
    const script = openScript(content.library, content.texts);
    let ids = 0;
    const { receiver } = joinBot({
      store,
      channels: [],
      content: () => ({ ...content, script }),
      clock: () => now,
      newId: () => `id-${(ids += 1)}`,
      log: quiet,
      meter: { turn() {}, duplicate() {}, send() {} },
      rooms: () => [],
      secret: 'the secret of a test',
    });
    return createLawTelling({ store, receiver, content: () => content, clock: () => now, log: quiet });
  };
  const saidTo = async ({ conversation }: LawFlip) =>
    (await one.messages(conversation, 0)).filter(({ from }) => from === 'bot');

  it('tells what was approved once, though two instances see to it; and nobody who is gone', async () => {
    await addProfiles(3);
    await judgingOf(one).look();
    const [gone, first, second] = (await one.flips({}, 3)) as [LawFlip, LawFlip, LawFlip];
    await one.decideFlips({}, { status: 'approved', by: 'Hà', at: now });
    await one.erase(gone.conversation, now);
    await Promise.all([tellingOf(one).tell(), tellingOf(two).tell()]);
    await tellingOf(one).tell();
    expect((await one.flips({}, 5)).map(({ status }) => status)).toEqual(['told', 'told']);
    for (const flip of [first, second]) {
      const said = await saidTo(flip);
      expect(said).toHaveLength(1);
      expect(JSON.stringify(said[0]?.message)).toContain('235/2025');
    }
    expect(await saidTo(gone)).toEqual([]);
  });

  it('waits while a person of the centre has the conversation', async () => {
    await addProfiles(1);
    await judgingOf(one).look();
    const [flip] = (await one.flips({}, 1)) as [LawFlip];
    await one.decideFlips({}, { status: 'approved', by: 'Hà', at: now });
    await change(flip, { handedOver: { caseId: caseId('k'), until: '2025-10-21T00:00:00.000Z' } });
    await tellingOf(one).tell();
    expect([(await one.flips({}, 5))[0]?.status, await saidTo(flip)]).toEqual(['approved', []]);
    now = '2025-10-22T03:00:00.000Z';
    await tellingOf(one).tell();
    expect([(await one.flips({}, 5))[0]?.status, (await saidTo(flip)).length]).toEqual(['told', 1]);
  });

  it('drops what is of other answers by now, at the next judging and at the telling', async () => {
    await addProfiles(2);
    await judgingOf(one).look();
    const [open, approved] = (await one.flips({}, 2)) as [LawFlip, LawFlip];
    await one.decideFlips({ ids: [approved.id] }, { status: 'approved', by: 'Hà', at: now });
    for (const flip of [open, approved]) await change(flip, { told: { ...told, facts: 'of other answers' } });
    now = '2025-10-21T03:00:00.000Z';
    await judgingOf(one).look();
    await tellingOf(one).tell();
    expect((await one.flips({}, 5)).map(({ status }) => status)).toEqual(['dropped', 'dropped']);
    expect([await saidTo(open), await saidTo(approved)]).toEqual([[], []]);
  });

  async function change({ conversation }: LawFlip, more: Partial<State>): Promise<void> {
    const stored = await one.loadConversation(conversation);
    if (stored === null || stored.state === null) throw new Error('Not there');
    const state = { ...stored.state, ...more, turn: stored.state.turn + 1 };
    await one.commit([aTurn(stored, `change ${state.turn}`, { state, outgoing: [] })]);
  }
});
