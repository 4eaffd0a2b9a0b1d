import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { runCli } from '../../../src/cli/run.ts';
import { makePkce } from '../../../src/channels/zalo/index.ts';
import { temporarySqlite, type TestDatabase } from '../../support/databases.ts';
import { FakeZalo } from '../../support/fake-zalo.ts';

let fake: FakeZalo;
let database: TestDatabase;
afterEach(async () => {
  await fake.stop();
  await database.drop();
});

const VERIFIER = 'v'.repeat(43);

async function cli(...argv: readonly string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runCli(argv, {
    env: {
      DATABASE_URL: database.url,
      CONTENT_DIR: join(import.meta.dirname, '../../../content'),
      APP_SECRET: 'a-secret-of-the-test',
      ZALO_APP_ID: fake.appId,
      ZALO_APP_SECRET: fake.appSecret,
      ZALO_OA_ID: fake.oaId,
      ZALO_OA_SECRET_KEY: fake.oaSecretKey,
      ZALO_OAUTH_ROOT: fake.root,
      ZALO_PKCE_VERIFIER: VERIFIER,
    },
    cwd: process.cwd(),
    clock: () => new Date().toISOString(),
    newId: () => `id-${out.length}`,
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

test('signing in keeps tokens, and status tells their age without them', async () => {
  fake = await FakeZalo.start();
  database = await temporarySqlite();
  expect(JSON.parse((await cli('zalo', 'status', '--json')).out)).toMatchObject({ status: 'none' });
  fake.codes.set('good-code', makePkce(VERIFIER).challenge);
  const wrong = await cli('zalo', 'login', `https://kc.example/?code=good-code&oa_id=1`);
  expect(wrong.code).toBe(1);
  const done = await cli('zalo', 'login', `https://kc.example/?code=good-code&oa_id=${fake.oaId}`);
  expect([done.err, done.code]).toEqual(['', 0]);
  const told = await cli('zalo', 'status', '--json');
  expect(JSON.parse(told.out)).toMatchObject({ status: 'ok', version: 1, accessHoursLeft: 25, refreshAgeDays: 0 });
  expect(`${done.out}${told.out}`).not.toMatch(/[AR]T-/);
  // A code works once; what is kept stays.
  const again = await cli('zalo', 'login', 'good-code');
  expect(again.code).toBe(1);
  expect(JSON.parse((await cli('zalo', 'status', '--json')).out)).toMatchObject({ status: 'ok', version: 1 });
});
