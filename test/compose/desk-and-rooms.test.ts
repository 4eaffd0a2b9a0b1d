/** One truth: the desk, the staff group on Telegram and a colleague on Zalo Bot work on the same case at the same time. */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { staffId } from '../../src/base/index.ts';
import { makeStaffCode } from '../../src/service/index.ts';
import { caseCodeIn, ChatClient, type SeenMessage } from '../support/chat-client.ts';
import { signedIn, withStoreOf, type DeskClient } from '../support/desk-client.ts';
import { FakeTelegram, type FakeMessage } from '../support/fake-telegram.ts';
import { buttonsOf, type FakeGroup } from '../support/fake-telegram-people.ts';
import { FakeZaloBot } from '../support/fake-zalo-bot.ts';
import { noodleMaker } from '../support/journey.ts';
import { startRunningService, type RunningService } from '../support/running-service.ts';

const ZALO_CHAT = 'c0ffee00000000000000000000000001';

let telegram: FakeTelegram;
let zalo: FakeZaloBot;
let group: FakeGroup;
let service: RunningService;
let desk: DeskClient;
let owner: ChatClient;
let code: string;
let shown: FakeMessage;

beforeEach(async () => {
  [telegram, zalo] = await Promise.all([FakeTelegram.start(), FakeZaloBot.start()]);
  group = telegram.group();
  service = await startRunningService({
    environment: {
      TELEGRAM_BOT_TOKEN: telegram.token,
      TELEGRAM_API_ROOT: telegram.root,
      TELEGRAM_STAFF_CHAT_ID: String(group.id),
      ZALO_BOT_TOKEN: zalo.token,
      ZALO_BOT_API_ROOT: zalo.root,
    },
  });
  [desk] = (await signedIn(service, [{ name: 'Thu' }])) as [DeskClient];
  const thaoId = staffId('thao');
  const linkCode = await withStoreOf(service, async (store) => {
    await store.addStaff({ id: thaoId, name: 'Thảo', role: 'officer', provinces: [], addedAt: service.now() });
    return makeStaffCode(store, thaoId, { chance: randomUUID(), now: service.now() });
  });
  zalo.says(ZALO_CHAT, linkCode);
  await zalo.hears(ZALO_CHAT, 'Đã nối');
  owner = await ChatClient.open(service.base);
  code = caseCodeIn(await owner.follow(noodleMaker, (said) => caseCodeIn(said) !== null)) ?? '';
  shown = await group.sees(code);
});
afterEach(async () => {
  await service.stop();
  await Promise.all([telegram.stop(), zalo.stop()]);
});

const page = async () => textOf((await desk.get(`/staff/cases/${code}`)).html);
const textOf = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
const card = () => group.chat.messages.get(shown.message_id)?.text ?? '';
const cardSays = (words: RegExp) => telegram.until(`${String(words)} on the card`, () => words.test(card()));
const toasts = () => telegram.callsOf('answerCallbackQuery').map((call) => String(call.payload['text'] ?? ''));
/** The texts that the group has, but the card. */
const thread = () =>
  group
    .seen()
    .filter(({ message_id }) => message_id !== shown.message_id)
    .map(({ text }) => text ?? '');
const countOf = (texts: readonly string[], words: string) => texts.filter((text) => text.includes(words)).length;

/** Reads on until staff said that, and answers how often they did. */
async function hears(words: string): Promise<number> {
  const said = () => owner.seen.filter(({ from, text }: SeenMessage) => from === 'staff' && text.includes(words));
  while (said().length === 0) await owner.next();
  await owner.read();
  return said().length;
}

describe('what is done in one place shows in the others', () => {
  test('a claim in the group shows at the desk and on Zalo', async () => {
    await group.member('Hà').press(shown, /Nhận/);
    await cardSays(/Hà/);
    expect(await page()).toContain('Hà đang giữ');
    await zalo.hears(ZALO_CHAT, 'Đang xử lý: Hà');
  });

  test('a claim at the desk edits the card, and the group is told when it comes late', async () => {
    expect((await desk.act(code, 'take')).status).toBe(303);
    await cardSays(/Đang xử lý: Thu/);
    await group.member('Hà').forge(shown, `k.take.${await caseIdOf()}`);
    await telegram.until('a toast', () => toasts().find((toast) => toast.includes('Thu')));
    zalo.says(ZALO_CHAT, `nhận ${code}`);
    await zalo.hears(ZALO_CHAT, 'Thu đang xử lý');
    expect(await page()).toContain('Bạn đang giữ');
  });

  test('a reply from any of them reaches the owner once, and stands in both threads', async () => {
    await group.member('Hà').reply(shown, 'Chào chị Lan, em là Hà ở Trung tâm');
    expect(await hears('em là Hà')).toBe(1);
    expect(countOf([await page()], 'em là Hà ở Trung tâm')).toBe(1);
    await zalo.hears(ZALO_CHAT, 'em là Hà ở Trung tâm');
    // No echo where it was written.
    expect(countOf(thread(), 'em là Hà ở Trung tâm')).toBe(0);

    await desk.act(code, 'reply', { text: 'Chị gửi thêm báo giá nhé' });
    expect(await hears('thêm báo giá')).toBe(1);
    await group.sees('Chị gửi thêm báo giá nhé');
    await zalo.hears(ZALO_CHAT, 'Chị gửi thêm báo giá nhé');

    zalo.says(ZALO_CHAT, `${code} Trung tâm làm việc tới 17 giờ`);
    expect(await hears('tới 17 giờ')).toBe(1);
    await group.sees('Trung tâm làm việc tới 17 giờ');
    expect(await page()).toContain('Trung tâm làm việc tới 17 giờ');

    await owner.post({ text: 'Dạ mai em gửi' });
    const line = await group.sees('Dạ mai em gửi');
    expect(line.reply_to_message?.message_id).toBe(shown.message_id);
    expect(await page()).toContain('Dạ mai em gửi');
    await zalo.hears(ZALO_CHAT, 'Dạ mai em gửi');
  });

  test('a note and a wish for one field again reach the thread, the note never the owner', async () => {
    await desk.act(code, 'note', { text: 'nhớ hỏi quyết định làng nghề' });
    await group.sees('nhớ hỏi quyết định làng nghề');
    await desk.act(code, 'ask', { field: 'workers', reason: 'chưa khớp báo cáo' });
    await group.sees('chưa khớp báo cáo');
    await cardSays(/Chờ cơ sở/);
    await owner.next();
    await owner.say('9');
    await group.sees(/sửa phiếu/);
    await cardSays(/Đang xử lý/);
    expect(owner.seen.some(({ text }) => text.includes('nhớ hỏi quyết định'))).toBe(false);
  });

  test('forwarded in the group, at the desk or on Zalo: the owner is told where to, and all the others', async () => {
    await desk.act(code, 'take');
    await cardSays(/Thu/);
    await group.member('Hà').press(shown, /Chuyển nơi khác/);
    const question = await group.sees('Trung tâm tỉnh nào');
    const labels = buttonsOf(question).map(({ text }) => text);
    expect([labels.length, labels.includes('Thanh Hóa')]).toEqual([33, false]);
    for (const { callback_data: data } of buttonsOf(question)) expect(Buffer.byteLength(data ?? '')).toBeLessThan(65);
    await group.member('Hà').press(question, 'Ninh Bình');
    await cardSays(/Đã chuyển: .*Ninh Bình/);
    await group.sees(/Hà chuyển hồ sơ tới .*Ninh Bình/);
    await zalo.hears(ZALO_CHAT, 'Hà chuyển hồ sơ tới');
    expect(await page()).toMatch(/Đã chuyển: .*Ninh Bình/);
    while (!owner.seen.some(({ text }) => /chuyển tới .*Ninh Bình/.test(text))) await owner.next();

    await group.member('Hà').press(shown, /Mở lại/);
    await cardSays(/Đang xử lý: Hà/);
    zalo.says(ZALO_CHAT, `chuyển ${code} Sở Công Thương Thanh Hóa`);
    await zalo.hears(ZALO_CHAT, 'Đã chuyển hồ sơ');
    await cardSays(/Đã chuyển: Sở Công Thương Thanh Hóa/);
    expect(await page()).toContain('Đã chuyển: Sở Công Thương Thanh Hóa');
  });

  test('closing at the desk edits the card; opening it again in the group shows at the desk', async () => {
    await desk.act(code, 'take');
    await desk.act(code, 'close', { outcome: 'guided' });
    await cardSays(/Đã đóng: đã hướng dẫn xong/);
    expect(buttonsOf(group.chat.messages.get(shown.message_id)!).map(({ text }) => text)).toEqual([
      'Xem hồ sơ',
      'Mở lại',
    ]);
    await group.member('Hà').press(shown, /Mở lại/);
    await cardSays(/Đang xử lý: Hà/);
    expect(await page()).toContain('Hà đang giữ');
    zalo.says(ZALO_CHAT, `đóng ${code}`);
    await zalo.hears(ZALO_CHAT, 'Kết quả xử lý');
  });

  test('handed back in the group, the bot answers again and the desk says nothing of silence', async () => {
    await desk.act(code, 'reply', { text: 'Chào chị' });
    expect(await hears('Chào chị')).toBe(1);
    await cardSays(/Thu/);
    expect(await page()).toContain('Bot đang im lặng');
    await group.member('Hà').press(shown, /Trả lại/);
    await owner.next();
    expect(await page()).not.toContain('Bot đang im lặng');
  });
});

describe('a member of the group who has joined their Telegram account at the desk', () => {
  const ACCOUNT = '/staff/account';
  const codeShown = async () => {
    const fields = await desk.fieldsOf(ACCOUNT, `${ACCOUNT}/code`);
    const { html } = await desk.post(`${ACCOUNT}/code`, fields);
    expect((await desk.get(ACCOUNT)).html).not.toMatch(/KC-/);
    return { html, code: /KC-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(html)?.[0] ?? '' };
  };
  const mine = async () => (await desk.get('/staff?tab=mine')).html.includes(`/staff/cases/${code}`);

  test('acts there under the name of the desk, from the code they typed until they unlink it', async () => {
    const hang = group.member('Hằng Nga 92');
    const chat = telegram.userOf(hang.person);
    const { code: joining } = await codeShown();
    await chat.text(`  ${joining.toLowerCase()} `);
    await chat.sees('Đã nối với «Thu»');
    expect(textOf((await desk.get(ACCOUNT)).html)).toContain('Telegram : đã nối');

    await hang.press(shown, /Nhận/);
    await cardSays(/Đang xử lý: Thu/);
    expect([await mine(), (await page()).includes('Bạn đang giữ')]).toEqual([true, true]);
    await hang.reply(shown, 'Chào chị Lan nhé');
    expect(await hears('Chào chị Lan nhé')).toBe(1);
    expect(owner.seen.find(({ from }) => from === 'staff')?.text).toContain('Thu');

    const fields = await desk.fieldsOf(ACCOUNT, `${ACCOUNT}/unlink`);
    expect((await desk.post(`${ACCOUNT}/unlink`, fields)).status).toBe(303);
    await hang.reply(shown, 'Em chào chị');
    expect(await hears('Em chào chị')).toBe(1);
    expect(owner.seen.findLast(({ from }) => from === 'staff')?.text).toContain('Hằng Nga 92');
  });

  test('joins by the link that brings the code along; the code works once', async () => {
    const hang = group.member('Hằng');
    const chat = telegram.userOf(hang.person);
    const { html, code: joining } = await codeShown();
    const link = /https:\/\/t\.me\/(\w+)\?start=([\w-]+)/.exec(html);
    expect([link?.[1], link?.[2]]).toEqual([telegram.me.username, joining]);
    await chat.start(link?.[2]);
    await chat.sees('Đã nối với «Thu»');
    const thief = group.member('Kẻ trộm');
    const theirs = telegram.userOf(thief.person);
    await theirs.start(joining);
    await telegram.until('the greeting of an owner', () => theirs.seen().find((one) => buttonsOf(one).length > 0));
    await thief.press(shown, /Nhận/);
    await cardSays(/Đang xử lý: Kẻ trộm/);
    expect(await mine()).toBe(false);
  });

  test('does not join who types the code in the owners’ chat of the browser', async () => {
    const { code: joining } = await codeShown();
    await owner.post({ text: joining });
    await owner.next();
    const chat = telegram.userOf(group.member('Hằng').person);
    await chat.text(joining);
    await chat.sees('Đã nối với «Thu»');
  });
});

test('of a press in the group and a press at the desk at once one wins, and the other is told who', async () => {
  const fields = await desk.fieldsOf(`/staff/cases/${code}`, `/staff/cases/${code}/take`);
  const [answer] = await Promise.all([
    desk.post(`/staff/cases/${code}/take`, fields),
    group.member('Hà').press(shown, /Nhận/),
  ]);
  await telegram.until('a toast', () => toasts().find((toast) => toast !== ''));
  const holder = /(Thu|Hà) đang giữ|Bạn đang giữ/.exec(await page())?.[0];
  if (answer.status === 303) {
    expect(holder).toBe('Bạn đang giữ');
    expect(toasts().join()).toContain('Thu đang xử lý hồ sơ này');
  } else {
    expect([answer.status, holder]).toEqual([409, 'Hà đang giữ']);
    expect(textOf(answer.html)).toContain('Hà đang giữ hồ sơ này rồi');
    expect(toasts().join()).toContain('Bạn đã nhận');
  }
  await cardSays(answer.status === 303 ? /Thu/ : /Hà/);
});

test('a reply to who has blocked the bot stands under «Tin chưa tới», and arrives when it is sent again', async () => {
  const lan = telegram.user('Lan');
  await lan.command('/canbo');
  const consent = await telegram.until('consent', () =>
    lan.seen().find((message) => buttonsOf(message).some(({ text }) => /Đồng ý/.test(text))),
  );
  await lan.press(/Đồng ý/, consent);
  const theirs = /[A-Z]{2}-\d{2}-\d{6}/.exec((await lan.sees(/Mã: /)).text ?? '')?.[0] ?? '';
  await lan.block();
  await desk.act(theirs, 'reply', { text: 'Chào chị, tôi gọi chị nhé' });
  const problems = async () => textOf((await desk.get('/staff/problems')).html);
  while (!(await problems()).includes('Chào chị, tôi gọi chị nhé')) await new Promise((r) => setTimeout(r, 100));
  for (const part of [theirs, 'Telegram', 'đã chặn', 'nên gọi điện']) expect(await problems()).toContain(part);
  expect((await desk.get(`/staff/cases/${theirs}`)).html).toContain('Không gửi được');
  await lan.unblock();
  const fields = await desk.fieldsOf('/staff/problems', '/staff/problems/retry');
  expect((await desk.post('/staff/problems/retry', fields)).status).toBe(303);
  await lan.sees('tôi gọi chị nhé');
  while ((await problems()).includes('tôi gọi chị nhé')) await new Promise((r) => setTimeout(r, 100));
});

const caseIdOf = () => withStoreOf(service, async (store) => (await store.findCase(code))?.id ?? '');
