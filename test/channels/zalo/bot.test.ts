import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { caseId } from '../../../src/base/index.ts';
import { paragraph, say } from '../../contracts/channel.contract.ts';
import { botRig, SECRET, type BotRig } from './bot-rig.ts';

let one: BotRig;
afterEach(() => one.stop());

const body = (name: string) => readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8');
const secret = { 'x-bot-api-secret-token': SECRET };
const context = { skip: 0, file: () => Promise.resolve(null) };
const LAN = '6ede9afa66b88fe6d6a9';

describe('the webhook', () => {
  test('is registered at the start, with its secret', async () => {
    one = await botRig({}, { webhook: true });
    expect(one.fake.webhook).toEqual({ url: 'https://kc.example/webhooks/zalo-bot', secret_token: SECRET });
  });

  test.each([
    ['bot-01-text-wrapped.json', { kind: 'text', text: 'Xin chào', id: 'message.text.received:2d758cb5e222177a4e35' }],
    ['bot-02-text-flat.json', { kind: 'started' }],
    ['bot-03-image-photo.json', { kind: 'file', caption: 'Giấy phép', file: { type: 'image/jpeg' } }],
    ['bot-07-unsupported.json', { kind: 'unsupported', what: 'unsupported' }],
  ])('takes %s', async (name, event) => {
    one = await botRig({}, { webhook: true });
    expect(await one.fake.post(body(name), secret)).toBe(200);
    expect(one.inbounds).toMatchObject([{ address: { channel: 'zalo-bot', chat: LAN }, event }]);
  });

  test('knows its caller, and JSON', async () => {
    one = await botRig({}, { webhook: true });
    const text = body('bot-01-text-wrapped.json');
    expect(await one.fake.post(text)).toBe(401);
    expect(await one.fake.post(text, { 'x-bot-api-secret-token': `${SECRET}x` })).toBe(401);
    expect(await one.fake.post('{', secret)).toBe(400);
    expect(await one.fake.post('{', {})).toBe(401);
    expect(one.inbounds).toEqual([]);
  });

  test.each([
    ['no message', '{"event_name":"message.unsupported.received"}'],
    ['nothing', '{}'],
    ['a list', '[]'],
    ['a refusal', '{"ok":false,"description":"x"}'],
    ['an unknown event', '{"event_name":"bot.joined","message":{}}'],
  ])('takes %s without harm', async (_name, text) => {
    one = await botRig({}, { webhook: true });
    expect(await one.fake.post(text, secret)).toBe(200);
    expect(one.inbounds).toEqual([]);
  });

  test('passes over bots and groups, and reads seconds as well as milliseconds', async () => {
    one = await botRig({}, { webhook: true });
    const post = (update: object) => one.fake.post(JSON.stringify(update), secret);
    await post(one.fake.update(LAN, 'text', { text: 'x' }, { is_bot: true }));
    await post(one.fake.update(LAN, 'text', { text: 'x', chat: { id: 'g', chat_type: 'GROUP' } }));
    expect(one.inbounds).toEqual([]);
    await post(one.fake.update(LAN, 'image', { photo_url: 'https://p.example/1.png', date: 1_763_776_800 }));
    expect(one.inbounds[0]?.event).toMatchObject({ kind: 'file', sentAt: '2025-11-22T02:00:00.000Z' });
    await post(one.fake.update(LAN, 'sticker'));
    await post(one.fake.update(LAN, 'voice', { voice_url: 'https://p.example/1.aac' }));
    expect(one.inbounds.slice(1).map(({ event }) => event.kind)).toEqual(['unsupported', 'unsupported']);
  });
});

describe('polling', () => {
  test('takes any webhook away, then asks for one update after the other; 408 is an empty poll', async () => {
    one = await botRig();
    await one.fake.until('an empty poll', () => one.fake.callsOf('getUpdates').length > 1);
    expect(one.warnings.size).toBe(0);
    one.fake.says(LAN, 'một');
    one.fake.says(LAN, 'hai');
    await one.fake.until('both', () => one.inbounds.length === 2);
    expect(one.inbounds.map(({ event }) => event)).toMatchObject([{ text: 'một' }, { text: 'hai' }]);
    expect(one.fake.calls[0]?.method).toBe('deleteWebhook');
  });

  test('keeps an update that could not be stored until it is', async () => {
    one = await botRig();
    let broken = true;
    one.behaviour.storing = () => (broken ? Promise.reject(new Error('disk full')) : Promise.resolve());
    one.fake.says(LAN, 'một');
    await one.fake.until('the warning', () => one.warnings.has('zalo-bot'));
    broken = false;
    await one.fake.until('the update', () => one.inbounds.length === 1);
  });

  test('goes on after trouble, and says at /readyz what it is, without the token', async () => {
    one = await botRig();
    one.fake.fail('getUpdates', { status: 500 }, { cut: 'before' });
    await one.fake.until('the warning', () => one.warnings.has('zalo-bot'));
    expect([...one.warnings.values()].join()).not.toContain('fake-token');
    one.fake.says(LAN, 'một');
    await one.fake.until('the update', () => one.inbounds.length === 1);
    await one.fake.until('the end of it', () => !one.warnings.has('zalo-bot'));
  });

  test('says that the token is wrong', async () => {
    one = await botRig({ token: '1:wrong' }, { start: false });
    void one.channel.start({
      receive: () => Promise.resolve(),
      act: () => Promise.resolve(null),
      roomMoved: () => Promise.resolve(),
      warn: (topic, text) => {
        if (text !== null) one.warnings.set(topic, text);
        one.fake.wake();
      },
    });
    await one.fake.until('the warning', () => one.warnings.has('zalo-bot'));
    expect(one.warnings.get('zalo-bot')).toContain('ZALO_BOT_TOKEN');
  });
});

describe('a picture', () => {
  const picture = say([{ kind: 'file', file: { id: 'f1', name: 'anh.png', type: 'image/png', size: 1 } }]);
  const bytes = { skip: 0, file: () => Promise.resolve(new Uint8Array(1)) };

  test('is shown by its address', async () => {
    one = await botRig({}, { start: false });
    await one.channel.send({ channel: 'zalo-bot', chat: LAN }, picture, bytes);
    expect(one.fake.sent).toMatchObject([{ photo: 'https://kc.example/files/f1', text: 'anh.png' }]);
  });

  test('goes as a link where Zalo cannot fetch it, and is named where there is no address', async () => {
    one = await botRig({}, { start: false });
    one.fake.fail('sendPhoto', { status: 200, body: { ok: false, error_code: 400, description: 'photo is invalid' } });
    await one.channel.send({ channel: 'zalo-bot', chat: LAN }, picture, bytes);
    expect(one.fake.sent).toMatchObject([{ text: '📎 anh.png: https://kc.example/files/f1' }]);
  });
});

describe('a chat of a linked member of the staff', () => {
  const card = {
    kind: 'card',
    caseId: caseId('c1'),
    message: {
      from: 'bot',
      blocks: [paragraph('🆕 TH-26-000123 · Hộ Lan')],
      choices: [
        { id: 'k.take.c1', label: 'Nhận xử lý' },
        { id: 'k.sheet.c1', label: 'Xem hồ sơ' },
      ],
    },
  } as const;

  test('is a staff room: a number is a press, anything else a command', async () => {
    one = await botRig();
    one.staff.add(LAN);
    one.behaviour.answer = { toast: 'Bạn đã nhận hồ sơ này.' };
    await one.channel.send({ channel: 'zalo-bot', chat: LAN }, card, context);
    expect(one.fake.sent[0]?.text).toContain('1. Nhận xử lý\n2. Xem hồ sơ');
    one.fake.says(LAN, '1');
    await one.fake.hears(LAN, 'Bạn đã nhận hồ sơ này.');
    one.fake.says(LAN, 'nhận TH-26-000123');
    await one.fake.until('the command', () => one.acts.length === 2);
    expect(one.acts).toMatchObject([
      { kind: 'press', token: 'k.take.c1', by: { id: LAN, name: 'Nguyễn Thị Lan' }, room: { chat: LAN } },
      { kind: 'typed', text: 'nhận TH-26-000123' },
    ]);
    expect(one.inbounds).toEqual([]);
  });

  test('sees by its code which case a later message belongs to', async () => {
    one = await botRig({}, { start: false });
    const thread = { ...card, kind: 'thread', message: { ...card.message, choices: [] } } as const;
    await one.channel.send({ channel: 'zalo-bot', chat: LAN }, thread, { ...context, card: 's1' });
    expect(one.fake.sent[0]?.text).toMatch(/^\[TH-26-000123\]\n/);
  });
});
