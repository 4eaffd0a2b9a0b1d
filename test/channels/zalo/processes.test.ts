/** Two real processes on one database and one OAuth host: a refresh token works once, so exactly one of them may use it. */
import { randomUUID } from 'node:crypto';
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { makePkce } from '../../../src/channels/zalo/index.ts';
import { runCli } from '../../../src/cli/run.ts';
import { openStore } from '../../../src/storage/index.ts';
import { bundleProcess, type BundledProcess } from '../../support/bundled-process.ts';
import { temporaryPostgres, temporarySqlite, type TestDatabase } from '../../support/databases.ts';
import { FakeZalo } from '../../support/fake-zalo.ts';
import type { TokenProcessOptions } from '../../support/zalo-token-process.ts';

const root = join(import.meta.dirname, '../../..');
let bundled: BundledProcess;
beforeAll(async () => {
  bundled = await bundleProcess('zalo-token-process');
});
afterAll(() => bundled.remove());

type Child = ChildProcessByStdio<Writable, Readable, null>;
let fake: FakeZalo;
let database: TestDatabase;
const children: { readonly child: Child; readonly gone: Promise<unknown> }[] = [];
afterEach(async () => {
  for (const { child, gone } of children.splice(0)) {
    child.kill('SIGKILL');
    await gone;
  }
  await fake.stop();
  await database.drop();
});

/** A started process; `send` resolves with how many of the messages went out. */
async function aProcess(instance: string, aheadMs = 0) {
  const { appId, appSecret, oaId, oaSecretKey, access, refresh } = fake;
  const options: TokenProcessOptions = {
    ...{ url: database.url, instance, root: fake.root, aheadMs },
    ...{ appId, appSecret, oaId, oaSecretKey, access, refresh },
  };
  const child = spawn(process.execPath, [bundled.file, JSON.stringify(options)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  children.push({ child, gone: new Promise((resolve) => child.once('close', resolve)) });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => String((await lines.next()).value);
  expect(await next()).toBe('ready');
  return {
    child,
    async send(chats: readonly string[]): Promise<number> {
      child.stdin.write(`${JSON.stringify(chats)}\n`);
      return (JSON.parse(await next()) as { sent: number }).sent;
    },
  };
}

const databases = [
  ['SQLite', temporarySqlite],
  ['PostgreSQL', temporaryPostgres],
] as const;

test.each(databases)('fifty sends at once in two processes refresh once, on %s', async (_name, makeDatabase) => {
  fake = await FakeZalo.start();
  database = await makeDatabase();
  const both = await Promise.all([aProcess('one'), aProcess('two')]);
  for (let round = 1; round <= 3; round += 1) {
    const people = Array.from({ length: 50 }, () => fake.person().id);
    fake.latencyMs = 20;
    fake.expireAccess();
    const sent = await Promise.all(both.map((one, at) => one.send(people.slice(at * 25, at * 25 + 25))));
    expect(sent).toEqual([25, 25]);
    expect(fake.refreshes).toBe(round);
  }
  const store = await openStore({ url: database.url, instance: 'looking' });
  expect(await store.platformTokens(fake.oaId)).toMatchObject({ version: 4, status: 'ok' });
  await store.close();
});

test('a crash between Zalo’s answer and our write uses the tokens up: the others stop, and a sign-in heals it', async () => {
  fake = await FakeZalo.start();
  database = await temporarySqlite();
  const first = await aProcess('one');
  expect(await first.send([fake.person().id])).toBe(1);
  fake.expireAccess();
  // Zalo uses the refresh token up and answers; the process is killed before it reads that.
  fake.fail('/access_token', { cut: 'after' });
  fake.chance = (call) => {
    if (call.path.endsWith('/access_token')) first.child.kill('SIGKILL');
    return undefined;
  };
  void first.send([fake.person().id]).catch(() => undefined);
  await fake.until('the refresh', () => fake.refreshes === 1);
  first.child.kill('SIGKILL');

  // The lease of the dead process has ended.
  const second = await aProcess('two', 70_000);
  expect(await second.send([fake.person().id])).toBe(0);
  const store = await openStore({ url: database.url, instance: 'looking' });
  expect(await store.platformTokens(fake.oaId)).toMatchObject({ status: 'reauth_required', version: 1 });
  await store.close();
  expect(await second.send([fake.person().id, fake.person().id])).toBe(0);
  expect(fake.callsTo('/access_token')).toHaveLength(2);

  fake.codes.set('of the operator', makePkce(VERIFIER).challenge);
  expect(await signIn('of the operator')).toBe(0);
  await expect.poll(() => second.send([fake.person().id]), { timeout: 20_000, interval: 300 }).toBe(1);
});

const VERIFIER = 'v'.repeat(43);

/** `cli zalo login` with the address to which the operator's browser was sent. */
const signIn = (code: string): Promise<number> =>
  runCli(['zalo', 'login', `https://kc.example/?code=${encodeURIComponent(code)}&oa_id=${fake.oaId}`], {
    env: {
      DATABASE_URL: database.url,
      CONTENT_DIR: join(root, 'content'),
      APP_SECRET: 'app-secret-for-sealing',
      ZALO_APP_ID: fake.appId,
      ZALO_APP_SECRET: fake.appSecret,
      ZALO_OA_ID: fake.oaId,
      ZALO_OA_SECRET_KEY: fake.oaSecretKey,
      ZALO_OAUTH_ROOT: fake.root,
      ZALO_PKCE_VERIFIER: VERIFIER,
    },
    cwd: root,
    clock: () => new Date().toISOString(),
    newId: randomUUID,
    out: () => undefined,
    err: (text) => console.error(text),
  });
