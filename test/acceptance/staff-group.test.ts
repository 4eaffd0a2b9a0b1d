/** The staff's group on Telegram (contract, section 3), from outside: the program as a process, Telegram as a double. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { caseCodeIn, ChatClient } from '../support/chat-client.ts';
import { FakeTelegram, type FakeMessage } from '../support/fake-telegram.ts';
import { buttonsOf, type FakeGroup } from '../support/fake-telegram-people.ts';
import { noodleMaker } from '../support/journey.ts';
import { start, until, type Started } from './rig.ts';

let fake: FakeTelegram;
let group: FakeGroup;
let service: Started;
let environment: Record<string, string>;
const NOW = '2026-11-25T02:00:00Z';

beforeEach(async () => {
  fake = await FakeTelegram.start();
  fake.clockMs = () => Date.parse(NOW);
  group = fake.group();
  environment = {
    TELEGRAM_BOT_TOKEN: fake.token,
    TELEGRAM_API_ROOT: fake.root,
    TELEGRAM_STAFF_CHAT_ID: String(group.id),
    WEB_CHAT: 'on',
    NOW,
  };
  service = await start({ environment });
}, 60_000);
afterEach(async () => {
  await service.stop();
  await fake.stop();
});

const picture = { name: 'bao-gia.jpg', type: 'image/jpeg', bytes: new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 7, 7]) };

/** An owner in the browser sends a registration; the card as the group has it. */
async function register(): Promise<{ owner: ChatClient; code: string; card: FakeMessage }> {
  const owner = await ChatClient.open(service.base);
  const said = await owner.follow(noodleMaker, (messages) => caseCodeIn(messages) !== null);
  const code = caseCodeIn(said) ?? '';
  return { owner, code, card: await group.sees(code) };
}

const naming = (code: string) => group.seen().filter(({ text, caption }) => `${text} ${caption}`.includes(code));
const pressed = () => fake.callsOf('answerCallbackQuery').map(({ payload }) => String(payload['text'] ?? ''));
const fromStaff = (owner: ChatClient) => owner.seen.filter(({ from }) => from === 'staff');

async function hears(owner: ChatClient, words: string): Promise<void> {
  await until(words, async () => {
    await owner.read();
    return fromStaff(owner).some(({ text }) => text.includes(words));
  });
}

describe('a case in the group', () => {
  it('has one message that names its code; what follows answers it without the code; files go both ways', async () => {
    const { owner, code, card } = await register();
    await owner.sendFile(picture);
    await owner.choose(owner.last.choices[0]?.label ?? '');
    await owner.say('xưởng ở cuối thôn ạ');
    const photo = await fake.until('the photo', () => group.seen().find((message) => message.photo !== undefined));
    const line = await group.sees('xưởng ở cuối thôn ạ');
    expect([photo, line].map(({ reply_to_message: to }) => to?.message_id)).toEqual([card.message_id, card.message_id]);
    expect(naming(code)).toHaveLength(1);

    const ha = group.member('Hà');
    await ha.replyDocument(photo, new TextEncoder().encode('%PDF-1.4 mẫu'), 'mau-don.pdf', 'Mẫu đơn đây ạ');
    await hears(owner, 'Mẫu đơn đây ạ');
    const file = await until('the file', async () => {
      await owner.read();
      return fromStaff(owner).flatMap(({ files }) => files)[0];
    });
    expect(file).toMatchObject({ name: 'mau-don.pdf' });
    expect(await (await fetch(new URL(file.url, service.base))).text()).toBe('%PDF-1.4 mẫu');
    expect(naming(code)).toHaveLength(1);
  }, 60_000);

  it('is claimed by the first press; later ones are told who; talk that answers nothing of it is ignored', async () => {
    const { owner, card } = await register();
    const [ha, minh] = [group.member('Hà'), group.member('Minh')];
    const take = buttonsOf(card).find(({ text }) => text.includes('Nhận'))?.callback_data ?? '';
    await ha.press(card, /Nhận/);
    await fake.until('an answer to the press', () => pressed().length === 1);
    await minh.forge(card, take);
    await fake.until('an answer to the late press', () => pressed().length === 2);
    expect(pressed()[1]).toContain('Hà');
    await until('who has it', async () => {
      await owner.read();
      return owner.seen.some(({ text }) => /Cán bộ Hà/.test(text));
    });
    await minh.say('Chiều nay họp lúc mấy giờ?');
    await minh.reply(minh.last(), 'hai giờ nhé');
    await ha.reply(card, 'Chào chị Lan');
    await hears(owner, 'Chào chị Lan');
    expect(owner.seen.some(({ text }) => /họp|hai giờ/.test(text))).toBe(false);
  }, 60_000);

  it('silences the bot from the first reply, but for the menu, until it is handed back', async () => {
    const { owner, card } = await register();
    const ha = group.member('Hà');
    await ha.reply(card, 'Chào chị Lan');
    await hears(owner, 'Chào chị Lan');
    const before = owner.seen.length;
    for (const words of ['dạ chào chị', 'ok', 'máy sấy được hỗ trợ bao nhiêu']) {
      await owner.post({ text: words });
      await group.sees(words);
    }
    await owner.read();
    expect(owner.seen).toHaveLength(before);
    await owner.say('menu');
    expect(owner.ask?.id).toBe('menu');
    await ha.press(group.chat.messages.get(card.message_id) ?? card, /Trả lại/);
    await owner.next();
    await owner.say('máy sấy được hỗ trợ bao nhiêu');
    expect(owner.seen.at(-1)?.from).toBe('bot');
  }, 60_000);

  it('silences it for HANDOVER_HOURS after the last word of the staff, no longer', async () => {
    const { owner, card } = await register();
    await group.member('Hà').reply(card, 'Chào chị Lan');
    await hears(owner, 'Chào chị Lan');
    const again = async (now: string): Promise<ChatClient> => {
      await service.stop('SIGTERM', 'keep');
      service = await start({ home: service.home, environment: { ...environment, NOW: now } });
      return ChatClient.resume(service.base, owner);
    };
    const later = await again('2026-11-26T01:30:00Z');
    await later.post({ text: 'chị ơi còn đó không' });
    await group.sees('chị ơi còn đó không');
    const muchLater = await again('2026-11-26T02:30:00Z');
    expect(muchLater.seen.at(-1)?.text).not.toContain('còn đó không');
    expect((await muchLater.say('máy sấy được hỗ trợ bao nhiêu')).map(({ from }) => from)).toContain('bot');
  }, 90_000);

  it('that nobody takes in a day is raised once: the group is told again, the owner by when', async () => {
    const { owner, code, card } = await register();
    await service.stop('SIGTERM', 'keep');
    service = await start({ home: service.home, environment: { ...environment, NOW: '2026-11-26T03:00:00Z' } });
    const raised = await fake.until('a reminder', () =>
      group
        .seen()
        .find((message) => message.reply_to_message?.message_id === card.message_id && /⏰/.test(message.text ?? '')),
    );
    expect(raised.text).not.toContain(code);
    const again = await ChatClient.resume(service.base, owner);
    await until('word for the owner', async () => {
      await again.read();
      return again.seen.some(
        ({ text }) => text.includes(code) && /trước .*2[67]\/11/.test(text) && /chưa có/.test(text),
      );
    });
  }, 90_000);

  it('lives on when the group becomes a supergroup: shown there, answered there, warned of at /readyz', async () => {
    const { owner, code } = await register();
    const next = await group.migrate();
    const card = await fake.until('the card there', () => naming(code)[0]);
    await group.member('Hà').reply(card, 'Chào chị, nhóm mới đây');
    await hears(owner, 'nhóm mới đây');
    const warned = async () => JSON.stringify(await (await fetch(`${service.base}/readyz`)).json());
    expect(await warned()).toContain(String(next));
    await service.stop('SIGTERM', 'keep');
    service = await start({ home: service.home, environment });
    const again = await ChatClient.resume(service.base, owner);
    await again.post({ text: 'dạ em đọc được rồi' });
    await group.sees('dạ em đọc được rồi');
    expect(await warned()).toContain(String(next));
  }, 90_000);
});
