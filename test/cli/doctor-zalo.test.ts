import { afterEach, beforeEach, expect, it } from 'vitest';
import { openSeal } from '../../src/channels/zalo/index.ts';
import { runCli } from '../../src/cli/run.ts';
import { staffId } from '../../src/base/index.ts';
import type { PlatformTokens, Store } from '../../src/service/ports.ts';
import { openStore } from '../../src/storage/index.ts';
import { temporarySqlite, type TestDatabase } from '../support/databases.ts';
import { FakeZalo } from '../support/fake-zalo.ts';
import { FakeZaloBot } from '../support/fake-zalo-bot.ts';

const NOW = '2026-11-25T03:00:00.000Z';
const SECRET = 'a-secret-of-the-test';
let oa: FakeZalo;
let bot: FakeZaloBot;
let database: TestDatabase;
let store: Store;
beforeEach(async () => {
  [oa, bot, database] = await Promise.all([FakeZalo.start(), FakeZaloBot.start(), temporarySqlite()]);
  store = await openStore({ url: database.url, instance: 'test' });
});
afterEach(async () => {
  await store.close();
  await Promise.all([oa.stop(), bot.stop(), database.drop()]);
});

async function doctor(more: Record<string, string> = {}) {
  const out: string[] = [];
  const code = await runCli(['doctor'], {
    env: {
      PORT: '0',
      DATABASE_URL: database.url,
      APP_SECRET: SECRET,
      PUBLIC_URL: 'https://kc.example',
      ZALO_APP_ID: oa.appId,
      ZALO_APP_SECRET: oa.appSecret,
      ZALO_OA_ID: oa.oaId,
      ZALO_OA_SECRET_KEY: oa.oaSecretKey,
      ZALO_API_ROOT: oa.root,
      ...more,
    },
    cwd: process.cwd(),
    clock: () => NOW,
    newId: () => `id-${out.length}`,
    out: (text) => out.push(text),
    err: (text) => out.push(text),
  });
  return { code, said: out.join('\n') };
}

const tokens = (more: Partial<PlatformTokens> = {}, secret = SECRET): Promise<boolean> => {
  const { seal } = openSeal(secret, `zalo:${oa.oaId}`);
  return store.seedPlatformTokens(oa.oaId, {
    accessToken: seal(oa.access),
    refreshToken: seal(oa.refresh),
    expiresAt: '2026-11-26T03:00:00.000Z',
    version: 1,
    rotatedAt: '2026-11-20T03:00:00.000Z',
    status: 'ok',
    lastError: null,
    ...more,
  });
};

it('names the key that is missing beside the others', async () => {
  const { code, said } = await doctor({ ZALO_OA_SECRET_KEY: '' });
  expect(code).toBe(1);
  expect(said).toMatch(/^✗ config: .*ZALO_OA_SECRET_KEY/m);
});

it('tells an account without tokens from one that its seeds will start', async () => {
  expect((await doctor()).said).toMatch(/^✗ zalo-token: .*zalo login/m);
  expect((await doctor({ ZALO_REFRESH_TOKEN: 'RT-x' })).said).toMatch(/^✓ zalo-token: /m);
});

it('asks the account itself, with the stored token, which it never shows', async () => {
  await tokens();
  const { said } = await doctor();
  expect(said).toMatch(/^✓ zalo-token: .* 5 ngày/m);
  expect(said).toMatch(/^✓ zalo: .*«Khuyến công»/m);
  expect(said).not.toContain(oa.access);
  expect(oa.callsTo('/access_token')).toEqual([]);
});

it.each([
  ['a dead refresh token', { status: 'reauth_required' }, /^✗ zalo-token: .*đăng nhập lại/m],
  ['one that is about to end', { rotatedAt: '2026-09-01T03:00:00.000Z' }, /^! zalo-token: .*85 ngày/m],
  ['an access token that has ended', { expiresAt: '2026-11-25T02:00:00.000Z' }, /^! zalo: Access token đã hết giờ/m],
])('says so of %s', async (_name, more, line) => {
  await tokens(more);
  expect((await doctor()).said).toMatch(line);
});

it('finds out another secret, another account, a refusal and a dead network', async () => {
  await tokens({}, 'the secret of before');
  expect((await doctor()).said).toMatch(/^✗ zalo-token: .*APP_SECRET khác/m);
  await store.savePlatformTokens(oa.oaId, 1, { ...(await sealed()), version: 2 });
  oa.fail('/getoa', { answer: { error: 0, message: 'Success', data: { oaid: '99', name: 'Other' } } });
  expect((await doctor()).said).toMatch(new RegExp(`^✗ zalo: .*99.*${oa.oaId}`, 'm'));
  oa.fail('/getoa', { error: -204 });
  expect((await doctor()).said).toMatch(/^✗ zalo: .*-204/m);
  const { code, said } = await doctor({ ZALO_API_ROOT: 'http://127.0.0.1:9' });
  expect([code, said]).toEqual([1, expect.stringMatching(/^✗ zalo: .*127\.0\.0\.1:9/m)]);
});

const sealed = async (): Promise<PlatformTokens> => {
  const { seal } = openSeal(SECRET, `zalo:${oa.oaId}`);
  const row = await store.platformTokens(oa.oaId);
  if (row === null) throw new Error('No row');
  return { ...row, accessToken: seal(oa.access), refreshToken: seal(oa.refresh) };
};

it('asks the bot, and counts who of the staff has joined it', async () => {
  const env = { ZALO_BOT_TOKEN: bot.token, ZALO_BOT_API_ROOT: bot.root };
  const before = await doctor(env);
  expect(before.said).toMatch(/^✓ zalo-bot: .*bot\.kc/m);
  expect(before.said).toMatch(/^! staff: .*zalo staff/m);
  await store.addStaff({ id: staffId('ha'), name: 'Hà', role: 'officer', provinces: [], addedAt: NOW });
  await store.linkStaffAccount('zalo-bot', '900', staffId('ha'));
  expect((await doctor(env)).said).toMatch(/^✓ staff: 1 /m);
  const wrong = await doctor({ ...env, ZALO_BOT_TOKEN: '1:wrong-token' });
  expect(wrong.said).toMatch(/^✗ zalo-bot: .*ZALO_BOT_TOKEN.*401/m);
  expect(wrong.said).not.toContain('wrong-token');
});
