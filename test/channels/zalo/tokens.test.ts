import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { Json } from '../../support/fake-zalo.ts';
import { paragraph, say } from '../../contracts/channel.contract.ts';
import { rig, type Rig } from './rig.ts';
import type { ZaloChannel } from '../../../src/channels/zalo/index.ts';

let one: Rig;
afterEach(() => one.stop());

const context = { skip: 0, file: () => Promise.resolve(null) };
const greet = (chat: string, channel: ZaloChannel = one.channel) =>
  channel.send({ channel: 'zalo', chat }, say([paragraph('Chào anh/chị.')]), context);
const refreshes = () => one.fake.callsTo('/v4/oa/access_token');
const row = async () => one.opened.store.platformTokens(one.fake.oaId);
const answerOf = (name: string): Json =>
  (JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures/responses', name), 'utf8')) as { body: Json }).body;

describe('a call', () => {
  test('shows its token bare, in a header of its own', async () => {
    one = await rig();
    await greet(one.fake.person().id);
    const call = one.fake.callsTo('/message/cs')[0];
    expect(call?.headers['access_token']).toBe('AT-seed-0000');
    expect(call?.headers['authorization']).toBeUndefined();
  });

  test('with a worn-out token is made once more, with a refreshed one', async () => {
    one = await rig();
    one.fake.expireAccess();
    expect(await greet(one.fake.person().id)).toMatchObject({ sent: true });
    expect(refreshes()).toHaveLength(1);
    expect(refreshes()[0]?.headers['secret_key']).toBe(one.fake.appSecret);
    expect(refreshes()[0]?.headers['content-type']).toMatch(/^application\/x-www-form-urlencoded/);
    expect(refreshes()[0]?.body).toEqual({
      refresh_token: 'RT-seed-0000',
      app_id: one.fake.appId,
      grant_type: 'refresh_token',
    });
    const left = Date.parse((await row())?.expiresAt ?? '') - Date.now();
    expect(Math.round(left / 60_000)).toBe(25 * 60); // `expires_in` came as text
  });

  test('that is refused again with the fresh token stops there, and does not refresh again', async () => {
    one = await rig();
    const { id } = one.fake.person();
    one.fake.fail('/message/cs', ...Array.from({ length: 4 }, () => ({ error: -216 })));
    expect(await greet(id)).toMatchObject({ sent: false, failure: { kind: 'bad-credentials' } });
    expect(one.fake.callsTo('/message/cs')).toHaveLength(2);
    expect(await greet(id)).toMatchObject({ sent: false, failure: { kind: 'bad-credentials' } });
    expect(refreshes()).toHaveLength(1);
  });
});

describe('a refresh', () => {
  test('happens once under fifty sends at once', async () => {
    one = await rig();
    const people = Array.from({ length: 50 }, () => one.fake.person());
    one.fake.latencyMs = 20;
    one.fake.expireAccess();
    const results = await Promise.all(people.map(({ id }) => greet(id)));
    expect(results.every(({ sent }) => sent)).toBe(true);
    expect(refreshes()).toHaveLength(1);
    expect(people.every(({ messages }) => messages.length === 1)).toBe(true);
  });

  test('happens once over two processes', async () => {
    one = await rig();
    const twin = await one.twin();
    const people = Array.from({ length: 30 }, () => one.fake.person());
    one.fake.latencyMs = 30;
    one.fake.expireAccess();
    const channels = [one.channel, twin];
    const results = await Promise.all(people.map(({ id }, index) => greet(id, channels[index % 2])));
    expect(results.every(({ sent }) => sent)).toBe(true);
    expect(refreshes()).toHaveLength(1);
  });

  test('that another process made is taken over without a further one', async () => {
    one = await rig();
    const twin = await one.twin();
    const { id } = one.fake.person();
    one.fake.expireAccess();
    await greet(id, twin);
    expect(await greet(id)).toMatchObject({ sent: true });
    expect(refreshes()).toHaveLength(1);
  });

  test.each([
    ['nothing but words, with status 200', { error_name: 'Server busy', error_reason: '', error_description: '' }],
    ['one token of two', { access_token: 'AT-x', expires_in: '90000' }],
    ['an empty token', { access_token: 'AT-x', refresh_token: '', expires_in: '90000' }],
    ['no term', { access_token: 'AT-x', refresh_token: 'RT-x' }],
    ['a term of nothing', { access_token: 'AT-x', refresh_token: 'RT-x', expires_in: '0' }],
    ['another app', { error: -14002, error_name: 'Invalid appId' }],
  ])('that brought %s overwrites nothing, and is tried again soon', async (_name, answer) => {
    one = await rig();
    const { id } = one.fake.person();
    const before = await row();
    one.fake.expireAccess();
    one.fake.fail('/access_token', { answer });
    expect(await greet(id)).toMatchObject({ sent: false, failure: { kind: 'unreachable' } });
    expect(await row()).toMatchObject({
      accessToken: before?.accessToken,
      refreshToken: before?.refreshToken,
      version: 1,
      status: 'ok',
    });
    // Not again at once, however many ask; within five seconds it is.
    expect(await greet(id)).toMatchObject({ sent: false, failure: { kind: 'unreachable' } });
    expect(refreshes()).toHaveLength(1);
    await expect.poll(async () => (await greet(id)).sent, { timeout: 5000, interval: 200 }).toBe(true);
  });

  test.each(['token-error-http200.json', 'token-error-no-code.json'])(
    'refused as in %s ends refreshing and calls for an operator',
    async (name) => {
      one = await rig();
      const { id } = one.fake.person();
      one.fake.expireAccess();
      one.fake.fail('/access_token', { answer: answerOf(name) });
      expect(await greet(id)).toMatchObject({ sent: false, failure: { kind: 'bad-credentials' } });
      expect(await row()).toMatchObject({ status: 'reauth_required', version: 1 });
      expect(one.warnings.get('zalo-token')).toContain('cli zalo login');
      for (let times = 0; times < 3; times += 1) await greet(id);
      await one.channel.tokens.tick();
      expect(refreshes()).toHaveLength(1);
    },
  );

  test('comes early, before a send would need it', async () => {
    const now = { ms: Date.now() };
    one = await rig({ clock: () => new Date(now.ms).toISOString() });
    await one.channel.tokens.tick();
    expect(refreshes()).toHaveLength(0);
    now.ms += 20 * 3_600_000;
    await one.channel.tokens.tick();
    expect(refreshes()).toHaveLength(1);
  });
});

describe('the stored tokens', () => {
  test('are sealed, and of no use under another secret', async () => {
    one = await rig();
    const stored = await row();
    expect(JSON.stringify(stored)).not.toMatch(/AT-seed|RT-seed/);
    const { openSeal } = await import('../../../src/channels/zalo/index.ts');
    const sealed = stored?.accessToken ?? '';
    expect(openSeal('app-secret-for-sealing', `zalo:${one.fake.oaId}`).open(sealed)).toBe('AT-seed-0000');
    expect(openSeal('another secret', `zalo:${one.fake.oaId}`).open(sealed)).toBeNull();
    expect(openSeal('app-secret-for-sealing', 'zalo:1').open(sealed)).toBeNull();
  });

  test('are seeded only while there are none', async () => {
    one = await rig();
    one.fake.expireAccess();
    await greet(one.fake.person().id);
    const twin = await one.twin(); // with the same seeds in its environment
    expect(await greet(one.fake.person().id, twin)).toMatchObject({ sent: true });
    expect((await row())?.version).toBe(2);
  });

  test('may be missing: the account starts, says so, and waits', async () => {
    one = await rig({ accessToken: null, refreshToken: null });
    expect(one.warnings.get('zalo-token')).toContain('cli zalo login');
    expect(await greet(one.fake.person().id)).toMatchObject({ sent: false, failure: { kind: 'bad-credentials' } });
    expect(one.fake.calls).toEqual([]);
  });

  test('may begin with a refresh token alone', async () => {
    one = await rig({ accessToken: null });
    expect(await greet(one.fake.person().id)).toMatchObject({ sent: true });
    expect(refreshes()).toHaveLength(1);
  });

  test('are not refreshed any more once the account took the rights away', async () => {
    one = await rig();
    await one.fake.post({
      event_name: 'permission_revoked',
      app_id: one.fake.appId,
      oa_id: one.fake.oaId,
      timestamp: '1',
    });
    expect(await row()).toMatchObject({ status: 'reauth_required' });
    one.fake.expireAccess();
    await greet(one.fake.person().id);
    expect(refreshes()).toHaveLength(0);
  });
});

test('an answer that nobody could write down is kept and written later', async () => {
  let broken = true;
  one = await rig();
  const { store } = one.opened;
  const failing = {
    ...store,
    savePlatformTokens: (...args: Parameters<typeof store.savePlatformTokens>) =>
      broken ? Promise.reject(new Error('disk full')) : store.savePlatformTokens(...args),
  };
  const { fake } = one;
  await one.channel.stop();
  const { ZaloChannel } = await import('../../../src/channels/zalo/index.ts');
  const options = (one.channel as unknown as { options: ConstructorParameters<typeof ZaloChannel>[0] }).options;
  const channel = new ZaloChannel({ ...options, store: failing });
  fake.expireAccess();
  expect(await greet(fake.person().id, channel)).toMatchObject({ sent: true });
  expect((await row())?.version).toBe(1);
  broken = false;
  await channel.tokens.tick();
  expect((await row())?.version).toBe(2);
});
