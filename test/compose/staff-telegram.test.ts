/** The staff's side from outside: an owner and three officers on a fake Telegram, the whole service in between. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FakeTelegram, type FakeMessage } from '../support/fake-telegram.ts';
import { buttonsOf, type FakeGroup, type FakeUser } from '../support/fake-telegram-people.ts';
import { caseCodeIn, ChatClient } from '../support/chat-client.ts';
import { noodleMaker } from '../support/journey.ts';
import { startRunningService, type RunningService } from '../support/running-service.ts';

let fake: FakeTelegram;
let group: FakeGroup;
let service: RunningService;

beforeEach(async () => {
  fake = await FakeTelegram.start();
  group = fake.group();
  service = await startRunningService({
    environment: {
      TELEGRAM_BOT_TOKEN: fake.token,
      TELEGRAM_API_ROOT: fake.root,
      TELEGRAM_STAFF_CHAT_ID: String(group.id),
    },
  });
});
afterEach(async () => {
  await service.stop();
  await fake.stop();
});

const CODE = /[A-Z]{2,4}-\d{2}-\d{6}/;
const labelled = (message: FakeMessage, label: RegExp) => buttonsOf(message).some(({ text }) => label.test(text));

/** Asks for a person and agrees; the card as it came to the group. */
async function askForStaff(owner: FakeUser): Promise<FakeMessage> {
  await owner.start();
  const menu = await fake.until('a menu', () => owner.seen().find((message) => labelled(message, /cán bộ/i)));
  await owner.press(/cán bộ/i, menu);
  const consent = await fake.until('consent', () => owner.seen().find((message) => labelled(message, /^\d+ Đồng ý/)));
  await owner.press(/^\d+ Đồng ý/, consent);
  await owner.sees(CODE);
  return fake.until('a card', () => group.seen().find((message) => CODE.test(message.text ?? '')));
}

const card = () => group.seen().find((message) => CODE.test(message.text ?? ''))!;

describe('a case in the staff group', () => {
  test('is taken by one, answered, handed back and closed, and the owner follows it all', async () => {
    const owner = fake.user('Lan');
    const shown = await askForStaff(owner);
    const [ha, minh] = [group.member('Hà'), group.member('Minh')];

    await Promise.all([ha.press(shown, /Nhận/), minh.press(shown, /Nhận/)]);
    await fake.until(
      'both answered',
      () => fake.callsOf('answerCallbackQuery').filter((call) => call.payload['text']).length === 2,
    );
    const winner = /Hà/.test(card().text ?? '') ? 'Hà' : 'Minh';
    await fake.until('the card says who', () => card().text?.includes(winner));
    const toasts = fake.callsOf('answerCallbackQuery').map((call) => String(call.payload['text'] ?? ''));
    expect(toasts.filter((toast) => toast.includes(winner))).toHaveLength(1);
    await owner.sees(new RegExp(`Cán bộ ${winner}`));

    await ha.reply(card(), 'Chào chị, chị làm bún bao lâu rồi? <b>&');
    const heard = await owner.sees('Chào chị, chị làm bún bao lâu rồi? <b>&');
    expect(heard.text).toContain('Hà');
    const before = owner.seen().length;
    await owner.text('Dạ mười năm');
    const line = await fake.until('the answer in the thread', () =>
      group.seen().find((message) => message.text?.includes('Dạ mười năm')),
    );
    expect(line.reply_to_message?.message_id).toBe(card().message_id);
    expect(line.text).not.toMatch(CODE);
    expect(owner.seen()).toHaveLength(before);

    await minh.reply(line, 'Chị gửi giúp báo giá nhé');
    await owner.sees('Chị gửi giúp báo giá nhé');
    const own = minh.last();
    await minh.say('Trưa nay ăn gì?');
    await ha.replyDocument(own, new Uint8Array([1, 2, 3]), 'mẫu đơn.docx', 'Mẫu đây ạ');
    await fake.until('the file', () =>
      owner.seen().find((message) => message.document?.['file_name'] === 'mẫu đơn.docx'),
    );
    expect(owner.seen().some((message) => message.text?.includes('Trưa nay'))).toBe(false);

    await ha.press(card(), /Trả lại/);
    await fake.until('the bot is back', () =>
      owner
        .seen()
        .slice(before)
        .findLast((message) => buttonsOf(message).length > 0),
    );
    await ha.press(card(), /Đóng/);
    const question = await fake.until('outcomes', () => group.seen().find((message) => labelled(message, /hướng dẫn/)));
    await minh.press(question, /hướng dẫn/);
    await owner.sees(/đã đóng.*hướng dẫn/s);
    expect(group.seen().filter((message) => CODE.test(message.text ?? ''))).toHaveLength(1);
  });

  test('is not touched by forged buttons: from a private chat, another group, or with words that no button has', async () => {
    const owner = fake.user('Lan');
    const shown = await askForStaff(owner);
    const take = buttonsOf(shown).find(({ text }) => /Nhận/.test(text))?.callback_data ?? '';
    const id = take.split('.')[2] ?? '';
    const asked = () => fake.callsOf('answerCallbackQuery').length;
    const forged = async (press: () => Promise<unknown>) => {
      const before = asked();
      await press();
      await fake.until('an answer', () => asked() > before);
    };
    const stranger = fake.user('Người lạ');
    await stranger.start();
    const theirs = await fake.until('a menu', () => stranger.seen().find((message) => buttonsOf(message).length > 0));
    await forged(() => stranger.forge(theirs, take));
    await forged(() => owner.forge(owner.seen().at(-1)!, `k.outcome.${id}.supported`));
    const others = fake.group();
    const thief = others.member('Kẻ khác');
    await thief.say('chào');
    await forged(() => thief.forge(thief.last(), take));
    const ha = group.member('Hà');
    for (const data of [
      `k.outcome.${id}.nonsense`,
      `k.to.${id}.atlantis`,
      'k.take.no-such-case',
      'k.kill.x',
      `${take}.x.y`,
    ]) {
      await forged(() => ha.forge(shown, data));
    }
    expect(card().text).toBe(shown.text);
    await ha.press(shown, /Nhận/);
    await fake.until('the card says who', () => card().text?.includes('Hà'));
  });

  test('is reached by what Telegram lists as commands', async () => {
    const listed = await fake.until('the list', () => fake.callsOf('setMyCommands')[0]);
    const commands = listed.payload['commands'] as readonly { command: string; description: string }[];
    const owner = fake.user('Lan');
    await owner.start();
    await fake.until('a menu', () => owner.seen().find((message) => buttonsOf(message).length > 0));
    for (const { command, description } of commands) {
      expect(description).not.toMatch(/telegram\./);
      const before = owner.seen().length;
      await owner.command(`/${command}`);
      await fake.until(`an answer to /${command}`, () => owner.seen().length > before);
    }
    expect(owner.seen().some((message) => labelled(message, /^\d+ Đồng ý/))).toBe(true);
  });

  test('shows the sheet on request, and what the owner sends follows as answers to the card', async () => {
    const owner = fake.user('Lan');
    const shown = await askForStaff(owner);
    await group.member('Hà').press(shown, /Xem/);
    const sheet = await fake.until('the sheet', () =>
      group.seen().find((message) => message.reply_to_message?.message_id === shown.message_id),
    );
    expect(sheet.text).not.toMatch(CODE);
    await owner.photo(new Uint8Array([255, 216, 255, 1]), 'giấy phép');
    const photo = await fake.until('the photo', () => group.seen().find((message) => message.photo !== undefined));
    expect(photo.reply_to_message?.message_id).toBe(shown.message_id);
    expect(photo.caption ?? '').not.toMatch(CODE);
  });

  test('lives on in the supergroup that the group becomes', async () => {
    const owner = fake.user('Lan');
    await askForStaff(owner);
    await group.migrate();
    const again = await fake.until('the card there', () =>
      group.seen().find((message) => CODE.test(message.text ?? '')),
    );
    await group.member('Hà').press(again, /Nhận/);
    await owner.sees(/Cán bộ Hà/);
    const other = fake.user('Bình');
    await other.start();
    const answer = await fetch(`${service.base}/readyz`);
    expect(((await answer.json()) as { warnings: string[] }).warnings.join()).toContain(String(group.id));
  });

  test('a person who blocked the bot: staff are told that their word did not arrive', async () => {
    const owner = fake.user('Lan');
    const shown = await askForStaff(owner);
    await owner.block();
    const ha = group.member('Hà');
    await ha.reply(shown, 'Chào chị');
    await fake.until('word of it', () =>
      group.seen().find((message) => message.reply_to_message !== undefined && /⚠️/.test(message.text ?? '')),
    );
  });

  test('of an owner in the browser stands on one card, complete, and what staff write reaches the page', async () => {
    const client = await ChatClient.open(service.base);
    const said = await client.follow(noodleMaker, (messages) => caseCodeIn(messages) !== null);
    const code = caseCodeIn(said) ?? '';
    const shown = await fake.until('the card', () => group.seen().find((message) => message.text?.includes(code)));
    for (const part of ['Hộ bún khô cô Lan', 'Nga Sơn', 'Thanh Hóa', 'máy sấy', '200 triệu'])
      expect(shown.text).toContain(part);
    await group.member('Hà').reply(shown, 'Chào chị Lan');
    await fake.until('the card says who', () => group.chat.messages.get(shown.message_id)?.text?.includes('Hà'));
    const heard = await client.read();
    expect(heard.find(({ from }) => from === 'staff')?.text).toContain('Chào chị Lan');
    expect(group.seen().filter((message) => message.text?.includes(code))).toHaveLength(1);
  });

  test('takes the phone number that an owner shares by a button, and takes the button away', async () => {
    const owner = fake.user('Lan');
    await owner.command('/dangky');
    const consent = await fake.until('consent', () => owner.seen().find((message) => labelled(message, /^\d+ Đồng ý/)));
    await owner.press(/^\d+ Đồng ý/, consent);
    const shares = (message: FakeMessage) => buttonsOf(message).some((button) => button.request_contact === true);
    for (const answer of ['Hộ bún khô cô Lan', 'Nguyễn Thị Lan', 'Nguyễn Thị Lan']) {
      if (owner.seen().some(shares)) break;
      const before = owner.seen().length;
      await owner.text(answer);
      await fake.until('the next question', () => owner.seen().length > before);
    }
    await fake.until('the button', () => owner.seen().find(shares));
    const before = owner.seen().length;
    await owner.contact('84912345678');
    await fake.until('the number read back', () =>
      owner
        .seen()
        .slice(before)
        .find(({ text }) => text?.includes('0912 345 678')),
    );
    await fake.until('the next question', () => owner.seen().length > before && !shares(owner.seen().at(-1)!));
    expect(owner.seen().some((message) => message.reply_markup?.['remove_keyboard'] === true)).toBe(true);
  });
});
