/** An owner on the Official Account, over real HTTP from the webhook to the answer, on the whole service. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { parseConfig } from '../../../src/config.ts';
import { startService, type Service } from '../../../src/compose/index.ts';
import { openLog } from '../../../src/log.ts';
import { temporarySqlite, type TestDatabase } from '../../support/databases.ts';
import { FakeZalo } from '../../support/fake-zalo.ts';

let service: Service;
let fake: FakeZalo;
let database: TestDatabase;
afterEach(async () => {
  await service.stop();
  await fake.stop();
  await database.drop();
});

const begin = async () => {
  fake = await FakeZalo.start();
  database = await temporarySqlite();
  const config = parseConfig(
    {
      PORT: '0',
      DATABASE_URL: database.url,
      CONTENT_DIR: join(import.meta.dirname, '../../../content'),
      APP_SECRET: 'a-secret-of-the-test',
      ZALO_APP_ID: fake.appId,
      ZALO_APP_SECRET: fake.appSecret,
      ZALO_OA_ID: fake.oaId,
      ZALO_OA_SECRET_KEY: fake.oaSecretKey,
      ZALO_ACCESS_TOKEN: fake.access,
      ZALO_REFRESH_TOKEN: fake.refresh,
      ZALO_API_ROOT: fake.root,
      ZALO_OAUTH_ROOT: fake.root,
      ZALO_BUSINESS_ROOT: fake.root,
    },
    () => '',
  );
  const clock = () => new Date().toISOString();
  const world = { clock, nowMs: () => performance.now(), newId: randomUUID, log: openLog('silent') };
  service = await startService(config, world);
  fake.webhookTarget = `http://127.0.0.1:${service.port}/webhooks/zalo`;
};

test('a follower is greeted, a button and a number lead on, a second delivery is not answered twice', async () => {
  await begin();
  const lan = fake.person();
  expect(await lan.follow()).toBe(200);
  const menu = await fake.until('the menu', () => lan.messages.at(-1));
  expect(menu.text).toContain('1. ');
  const message = { text: '1', msg_id: 'same' };
  for (let times = 0; times < 5; times += 1) expect(await lan.send('user_send_text', message)).toBe(200);
  await fake.until('the answer', () => lan.messages.length > 1);
  await lan.sticker();
  const count = await fake.until('a polite word', () => lan.messages.length > 2 && lan.messages.length);
  expect(count).toBe(3);
});

test('what waits outside the seven days goes out when the person writes, before the answer', async () => {
  await begin();
  const lan = fake.person();
  lan.outsideWindow = true;
  await lan.text('chào');
  await fake.until('the refusal', () => fake.callsTo('/message/cs').length > 0);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(lan.messages).toEqual([]);
  lan.outsideWindow = false;
  await lan.text('menu');
  await fake.until('both', () => lan.messages.length >= 2);
});

test('where a colleague has answered in Zalo itself the bot keeps silent, but for the menu', async () => {
  await begin();
  const lan = fake.person();
  await lan.text('chào');
  await fake.until('the greeting', () => lan.messages.length > 0);
  await lan.colleagueSays('Em là Hà ở Trung tâm, em gọi lại cho chị nhé.');
  await new Promise((resolve) => setTimeout(resolve, 16_500));
  const before = lan.messages.length;
  await lan.text('vâng em gọi chiều nay nhé');
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(lan.messages).toHaveLength(before);
  await lan.text('menu');
  await fake.until('the menu', () => lan.messages.length > before);
}, 40_000);
