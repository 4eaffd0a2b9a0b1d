import { afterEach, describe, expect, test } from 'vitest';
import { FakeTelegram } from '../../support/fake-telegram.ts';
import { rig, type Rig } from './rig.ts';
import { say, paragraph } from '../../contracts/channel.contract.ts';

let one: Rig;
afterEach(() => one.stop());

const context = { skip: 0, file: () => Promise.resolve(null) };

describe('long polling', () => {
  test('takes the webhook away first, then asks for the kinds it reads', async () => {
    one = await rig();
    await one.fake.until('a poll', () => one.fake.callsOf('getUpdates').length > 0);
    const first = one.fake.calls
      .map((call) => call.method)
      .filter((method) => !['getMe', 'setMyCommands'].includes(method));
    expect(first.slice(0, 2)).toEqual(['deleteWebhook', 'getUpdates']);
    expect(one.fake.callsOf('getUpdates')[0]?.payload['allowed_updates']).toContain('edited_message');
  });

  test('confirms a batch only when all of it is stored', async () => {
    one = await rig();
    let fail = true;
    one.behaviour.storing = () => (fail ? Promise.reject(new Error('disk full')) : Promise.resolve());
    await one.fake.user('Lan').text('một');
    await one.until(() => one.warnings.has('telegram'));
    expect(one.fake.unconfirmed()).toHaveLength(1);
    fail = false;
    await one.until(() => one.inbounds.length > 0);
    await one.fake.until('the confirming poll', () => one.fake.unconfirmed().length === 0);
    await one.until(() => !one.warnings.has('telegram'));
  });

  test('hands a whole batch over at once; all but the last photo of an album say that more follow', async () => {
    one = await rig();
    await one.fake.user('Lan').album([new Uint8Array([1]), new Uint8Array([2]), new Uint8Array([3])], 'báo giá');
    await one.until(() => one.inbounds.length === 3);
    expect(one.batches).toHaveLength(1);
    const events = one.inbounds.map((inbound) => inbound.event);
    expect(events.map((event) => event.kind === 'file' && event.more === true)).toEqual([true, true, false]);
    expect(events[0]).toMatchObject({ caption: 'báo giá' });
  });

  test('goes on after Telegram was away, and says so meanwhile', async () => {
    one = await rig({ start: true });
    one.fake.fail('getUpdates', { cut: 'before' });
    one.fake.fail('getUpdates', { status: 502, description: 'Bad Gateway' });
    one.fake.fail('getUpdates', { garbage: 'oops' });
    const lan = one.fake.user();
    await lan.text('xin chào');
    await one.until(() => one.inbounds.length === 1);
    await lan.text('còn đó không');
    await one.until(() => one.inbounds.length >= 2);
  });

  test('an update that cannot be read is passed over, not asked for for ever', async () => {
    one = await rig();
    await one.fake.push({ message: { message_id: 'x' } });
    await one.fake.user().text('sau đó');
    await one.until(() => one.inbounds.length === 1);
    await one.fake.until('the confirming poll', () => one.fake.unconfirmed().length === 0);
  });

  test('a second program with the same token is named to the operator', async () => {
    one = await rig();
    await one.fake.until('a poll', () => one.fake.callsOf('getUpdates').length > 0);
    one.fake.fail('getUpdates', { status: 409, description: 'Conflict: terminated by other getUpdates request' }, 2);
    await one.fake.user().text('a');
    await one.until(() => one.warnings.get('telegram')?.startsWith('another program'));
    await one.until(() => !one.warnings.has('telegram'));
  });

  test('waits at the start until Telegram can be reached', async () => {
    const fake = await FakeTelegram.start();
    fake.fail('deleteWebhook', { status: 500, description: 'Internal Server Error' }, 2);
    one = await rig({ fake });
    expect(fake.callsOf('deleteWebhook')).toHaveLength(3);
    expect(one.warnings.has('telegram')).toBe(false);
  });
});

describe('presses and files', () => {
  test('a press is answered after it was stored, an odd one too', async () => {
    one = await rig();
    const lan = one.fake.user();
    const payload = say([paragraph('Chọn:')], [{ id: '1.menu=faq', label: 'Hỏi' }]);
    await one.channel.send({ channel: 'telegram', chat: String(lan.id) }, payload, context);
    await lan.press(/Hỏi/);
    await one.fake.until('an answer', () => one.fake.callsOf('answerCallbackQuery').length === 1);
    expect(one.inbounds[0]?.event).toMatchObject({ kind: 'choice', token: '1.menu=faq' });
    await lan.forge(lan.seen()[0]!, 'khong co');
    await one.fake.until('an answer', () => one.fake.callsOf('answerCallbackQuery').length === 2);
  });

  test('fetches what was sent, within the limit', async () => {
    one = await rig();
    const bytes = new Uint8Array([1, 2, 3, 4]);
    await one.fake.user().document(bytes);
    const inbound = await one.until(() => one.inbounds[0]);
    const remote = inbound.file !== undefined && 'remote' in inbound.file ? inbound.file.remote : '';
    expect(await one.channel.fetchFile(remote, 100)).toEqual({ bytes: Buffer.from(bytes) });
    expect(await one.channel.fetchFile(remote, 3)).toEqual({ failure: { kind: 'too-large' } });
    expect(await one.channel.fetchFile('gone', 100)).toMatchObject({ failure: { kind: 'refused' } });
    one.fake.fail('download', { status: 500, description: '' });
    expect(await one.channel.fetchFile(remote, 100)).toEqual({ failure: { kind: 'unreachable' } });
  });

  test('the keyboard for sharing the number goes with the next message', async () => {
    one = await rig();
    const lan = one.fake.user();
    const to = { channel: 'telegram', chat: String(lan.id) } as const;
    await one.channel.send(to, say([paragraph('Số điện thoại?')], [], { contact: 'Gửi số của tôi' }), context);
    await one.channel.send(to, say([paragraph('Cảm ơn.')]), context);
    await one.channel.send(to, say([paragraph('Tên máy?')]), context);
    expect(lan.seen().map((message) => Object.keys(message.reply_markup ?? {})[0])).toEqual([
      'keyboard',
      'remove_keyboard',
      undefined,
    ]);
  });
});

describe('webhook', () => {
  const secret = 'mot-bi-mat_123';
  const start = () => rig({ mode: { kind: 'webhook', url: 'https://kc.example/webhooks/telegram', secret } });
  const request = (body: string, given: string | undefined = secret) => ({
    headers: { 'x-telegram-bot-api-secret-token': given },
    body: new TextEncoder().encode(body),
  });
  const update = JSON.stringify({
    update_id: 5,
    message: {
      message_id: 1,
      date: 1,
      chat: { id: 7, type: 'private' },
      from: { id: 7, is_bot: false, first_name: 'L' },
      text: 'a',
    },
  });

  test('registers itself with its secret', async () => {
    one = await start();
    expect(one.fake.webhook).toEqual({ url: 'https://kc.example/webhooks/telegram', secret });
    expect(one.fake.callsOf('getUpdates')).toEqual([]);
  });

  test('takes what shows the secret, and says 200 when it is stored, again for a duplicate', async () => {
    one = await start();
    expect(await one.channel.webhook?.handle(request(update))).toEqual({ status: 200 });
    expect(await one.channel.webhook?.handle(request(update))).toEqual({ status: 200 });
    expect(one.inbounds.map((inbound) => inbound.event.id)).toEqual(['m1', 'm1']);
  });

  test.each([
    ['a wrong secret', update, 'sai', 401],
    ['no secret', update, '', 401],
    ['no JSON', '{', secret, 400],
    ['no update', '[]', secret, 400],
    ['bytes that are no text', '\ud800', secret, 400],
    ['an update of an unknown kind', '{"update_id":9,"chat_boost":{}}', secret, 200],
  ])('%s', async (_name, body, given, status) => {
    one = await start();
    expect(await one.channel.webhook?.handle(request(body, given))).toEqual({ status });
    expect(one.inbounds).toEqual([]);
  });

  test('an update that could not be stored is not acknowledged', async () => {
    one = await start();
    one.behaviour.storing = () => Promise.reject(new Error('disk full'));
    await expect(one.channel.webhook?.handle(request(update))).rejects.toThrow('disk full');
  });
});
