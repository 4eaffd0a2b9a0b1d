/** An owner on the Official Account, over real HTTP from the webhook to the answer, on the whole service. */
import { afterEach, expect, test } from 'vitest';
import type { FakeZalo } from '../../support/fake-zalo.ts';
import { startZaloService, type ZaloService } from '../../support/zalo-service.ts';

let service: ZaloService;
let fake: FakeZalo;
afterEach(() => service.stop());

const begin = async () => {
  service = await startZaloService();
  fake = service.oa;
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
  // Our own echo comes late, in other words, and to a process that did not send it.
  const greeting = lan.messages[0];
  await expect.poll(() => service.store.outboxDepth()).toMatchObject({ pending: 0 });
  await service.restart();
  await lan.echo(greeting?.id ?? '', 'something that reads otherwise');
  await new Promise((resolve) => setTimeout(resolve, 16_000));
  await lan.text('chào em');
  await fake.until('an answer', () => lan.messages.length > 1);
  await lan.colleagueSays('Em là Hà ở Trung tâm, em gọi lại cho chị nhé.');
  await new Promise((resolve) => setTimeout(resolve, 16_500));
  const before = lan.messages.length;
  await lan.text('vâng em gọi chiều nay nhé');
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(lan.messages).toHaveLength(before);
  await lan.text('menu');
  await fake.until('the menu', () => lan.messages.length > before);
}, 70_000);
