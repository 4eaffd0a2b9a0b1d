import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { caseId } from '../../src/base/index.ts';
import { runCli } from '../../src/cli/run.ts';
import { openStore } from '../../src/storage/index.ts';
import type { StoredConversation } from '../../src/service/index.ts';
import { temporarySqlite, type TestDatabase } from '../support/databases.ts';
import { aCase, aDossier, aTurn, NOW, OWNER } from '../support/turns.ts';

let database: TestDatabase;
let folder: string;
beforeEach(async () => {
  database = await temporarySqlite();
  folder = mkdtempSync(join(tmpdir(), 'khuyencong-cli-'));
});
afterEach(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

async function cli(line: string, url = database.url) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runCli(line.split(' '), {
    env: { DATABASE_URL: url },
    cwd: folder,
    clock: () => NOW,
    newId: () => 'id',
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

async function withCase() {
  const store = await openStore({ url: database.url, instance: 'service' });
  const [owner] = (await store.load([OWNER])) as [StoredConversation];
  const dossier = aDossier({
    fields: { applicantName: 'Cơ sở Mộc Hòa', phone: '+84912345678', totalCost: 1_200_000_000 },
    machines: [{ name: 'Máy cưa', quantity: 2, price: 300_000_000 }],
    consent: { version: '1', at: NOW },
  });
  const opened = aCase({ id: caseId('k'), code: 'TH-26-000001', conversation: owner.id, dossier });
  const { rows } = await store.commit([aTurn(owner, 'e1', { cases: [{ case: opened, readVersion: 0 }] })]);
  const trouble = { attempts: 1, done: 0, platformIds: [], ambiguous: 0, notBefore: null };
  await store.settle(rows.map(({ id }) => ({ id, fate: 'failed' as const, failure: 'recipient-gone', ...trouble })));
  return { store, row: rows[0]?.id ?? '' };
}

it('shows a case with the keys of the contract', async () => {
  const { store } = await withCase();
  await store.close();
  const shown = await cli('case show th-26-000001 --json');
  expect(shown.code).toBe(0);
  expect(JSON.parse(shown.out)).toMatchObject({
    code: 'TH-26-000001',
    status: 'new',
    applicantName: 'Cơ sở Mộc Hòa',
    phone: '+84912345678',
    totalCost: 1_200_000_000,
    taxCode: null,
    place: { province: 'thanh-hoa', unitType: 'xa', unit: 'Nga Sơn' },
    machines: [{ name: 'Máy cưa', quantity: 2, price: 300_000_000 }],
    consent: 'yes',
  });
  expect((await cli('case show TH-26-999999')).code).toBe(1);
  expect(JSON.parse((await cli('case list --search moc --json')).out)).toHaveLength(1);
  expect((await cli('case list --status nonsense')).code).toBe(2);
  expect((await cli('case export --format csv')).code).toBe(2);
});

it('lists what was not delivered, sends it again, or drops it', async () => {
  const { store, row } = await withCase();
  const listed = JSON.parse((await cli('outbox list --json')).out) as unknown[];
  expect(listed).toMatchObject([{ id: row, status: 'failed', failure: 'recipient-gone', channel: 'telegram' }]);
  expect((await cli('outbox retry')).code).toBe(2);
  expect(JSON.parse((await cli(`outbox retry ${row} --json`)).out)).toEqual({ count: 1 });
  expect((await store.outboxDepth()).pending).toBe(1);
  expect(JSON.parse((await cli(`outbox drop ${row} --json`)).out)).toEqual({ count: 1 });
  // Gone already: nothing is said to be done.
  expect((await cli(`outbox drop ${row} --json`)).code).toBe(1);
  expect(JSON.parse((await cli('outbox list --json')).out)).toEqual([]);
  await store.close();
});

it('copies the database while it is in use, and puts the copy back when it is not', async () => {
  const { store } = await withCase();
  const copy = join(folder, 'copy.db');
  expect((await cli(`db backup ${copy}`)).code).toBe(0);
  const refused = await cli(`db restore ${copy}`);
  expect(refused.code).toBe(1);
  const [owner] = (await store.load([OWNER])) as [StoredConversation];
  await store.commit([aTurn(owner, 'after the copy')]);
  await store.close();
  expect((await cli(`db restore ${copy}`)).code).toBe(0);
  const again = await openStore({ url: database.url, instance: 'next' });
  expect((await again.load([OWNER]))[0]?.state?.turn).toBe(1);
  expect(await again.findCase('TH-26-000001')).not.toBeNull();
  await again.close();
});

it('refuses a file that is no copy, and a database that is not there', async () => {
  const text = join(folder, 'text.db');
  writeFileSync(text, 'not a database');
  expect((await cli(`db restore ${text}`)).code).toBe(1);
  expect((await cli(`db restore ${join(folder, 'none.db')}`)).code).toBe(1);
  const nowhere = `file:${join(folder, 'nowhere.db')}`;
  expect((await cli(`db backup ${text}`, nowhere)).code).toBe(1);
  expect((await cli('case list', nowhere)).code).toBe(1);
  expect((await cli('case list', 'mysql://x')).code).toBe(1);
});

it('migrates, and tells how far it is', async () => {
  const fresh = `file:${join(folder, 'fresh.db')}`;
  const before = JSON.parse((await cli('db status --json', fresh)).out) as { pending: string[] };
  expect(before.pending.length).toBeGreaterThan(0);
  expect(JSON.parse((await cli('db migrate --json', fresh)).out)).toEqual({ applied: before.pending });
  expect(JSON.parse((await cli('db status --json', fresh)).out)).toMatchObject({ provider: 'sqlite', pending: [] });
  expect((await cli('db migrate', fresh)).code).toBe(0);
});

it('names the tools of PostgreSQL instead of copying it', async () => {
  const { code, err } = await cli('db backup x.dump', 'postgresql://localhost/none');
  expect(code).toBe(1);
  expect(err).toContain('pg_dump');
});
