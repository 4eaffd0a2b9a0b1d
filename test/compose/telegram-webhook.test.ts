/** Telegram by webhook, from outside: what is acknowledged is stored, and nothing but Telegram gets in. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FakeTelegram } from '../support/fake-telegram.ts';
import { startRunningService, type RunningService } from '../support/running-service.ts';

let fake: FakeTelegram;
let service: RunningService;
beforeEach(async () => {
  fake = await FakeTelegram.start();
  service = await startRunningService({
    environment: {
      PUBLIC_URL: 'https://khuyencong.example',
      TELEGRAM_BOT_TOKEN: fake.token,
      TELEGRAM_API_ROOT: fake.root,
      TELEGRAM_MODE: 'webhook',
      TELEGRAM_WEBHOOK_SECRET: 'mot-bi-mat_1',
    },
  });
  fake.webhookTarget = `${service.base}/webhooks/telegram`;
  await fake.until('a webhook', () => fake.webhook);
});
afterEach(async () => {
  await service.stop();
  await fake.stop();
});

test('registers itself, answers an update once however often it comes, and never polls', async () => {
  expect(fake.webhook).toMatchObject({ url: 'https://khuyencong.example/webhooks/telegram', secret: 'mot-bi-mat_1' });
  const owner = fake.user('Lan');
  const update = await owner.text('xin chào');
  await fake.until('an answer', () => owner.seen().length > 0);
  await fake.again(update);
  await owner.text('cảm ơn');
  await fake.until('the next answer', () => owner.seen().length > 1);
  expect(fake.webhookAnswers.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(owner.seen().filter(({ text }) => text === owner.seen()[0]?.text)).toHaveLength(1);
  expect(fake.callsOf('getUpdates')).toEqual([]);
});

test('refuses what is not Telegram, and what is no update', async () => {
  const update = { update_id: 1 };
  expect((await fake.post(update, 'sai')).status).toBe(401);
  expect((await fake.post(update, '')).status).toBe(401);
  expect((await fake.post('{"update_id":')).status).toBe(400);
  expect((await fake.post({ hello: 'world' })).status).toBe(400);
  expect((await fake.post(update)).status).toBe(200);
});
