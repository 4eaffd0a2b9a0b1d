import { afterEach, describe, expect, test } from 'vitest';
import { caseId } from '../../../src/base/index.ts';
import type { OutgoingPayload, RenderedBlock, SendContext } from '../../../src/service/ports.ts';
import { FakeTelegram } from '../../support/fake-telegram.ts';
import { paragraph } from '../../contracts/channel.contract.ts';
import { rig, type Rig } from './rig.ts';

let one: Rig;
afterEach(() => one.stop());

async function withGroup(options: { forum?: boolean; supergroup?: boolean } = {}) {
  const fake = await FakeTelegram.start();
  const group = fake.group(options);
  one = await rig({ fake, staffChat: String(group.id) });
  const to = { channel: 'telegram', chat: String(group.id) } as const;
  const send = (payload: OutgoingPayload, context: Partial<SendContext> = {}) =>
    one.channel.send(to, payload, { skip: 0, file: () => Promise.resolve(new Uint8Array([1])), ...context });
  return { fake, group, send };
}

const claim = { id: 'k.take.c1', label: 'Nhận xử lý' };
const room = (
  kind: 'card' | 'card-update' | 'thread',
  text: string,
  more: readonly RenderedBlock[] = [],
): OutgoingPayload => ({
  kind,
  caseId: caseId('c1'),
  message: { from: 'bot', blocks: [paragraph(text), ...more], choices: kind === 'thread' ? [] : [claim] },
});
const paper = { kind: 'file', file: { id: 'f', name: 'bao-gia.pdf', type: 'application/pdf', size: 1 } } as const;

describe('the card of a case', () => {
  test('is sent, rewritten, and answered by what follows', async () => {
    const { group, send } = await withGroup();
    const sent = await send(room('card', 'TH-26-000001 mới'));
    const card = sent.platformIds[0]!;
    await send(room('thread', 'Chủ cơ sở viết', [paper]), { card });
    expect(await send(room('card-update', 'TH-26-000001 · Hà đang xử lý'), { card })).toEqual({
      sent: true,
      platformIds: [card],
    });
    const [first, file] = group.seen();
    expect(first?.text).toBe('TH-26-000001 · Hà đang xử lý');
    expect(file).toMatchObject({ caption: 'Chủ cơ sở viết', document: { file_name: 'bao-gia.pdf' } });
    expect(file?.reply_to_message?.message_id).toBe(Number(card));
  });

  test('a rewriting that changes nothing is no failure', async () => {
    const { send } = await withGroup();
    const card = (await send(room('card', 'như cũ'))).platformIds[0]!;
    expect(await send(room('card-update', 'như cũ'), { card })).toMatchObject({ sent: true });
  });

  test('that somebody deleted is let be; what follows still comes', async () => {
    const { group, send } = await withGroup();
    const card = (await send(room('card', 'cũ'))).platformIds[0]!;
    group.chat.messages.delete(Number(card));
    expect(await send(room('card-update', 'mới'), { card })).toEqual({ sent: true, platformIds: [] });
    expect(await send(room('thread', 'vẫn tới'), { card })).toMatchObject({ sent: true });
    expect(group.seen().map((message) => message.text)).toEqual(['vẫn tới']);
  });

  test('has a topic of its own where the group is a forum, and none where the bot may not make one', async () => {
    const { group, send } = await withGroup({ forum: true });
    const card = (await send(room('card', 'TH-26-000001 · bún khô\nxã X'))).platformIds[0]!;
    await send(room('thread', 'tin'), { card });
    expect([...group.chat.topics.values()]).toEqual(['TH-26-000001 · bún khô']);
    const texts = group.seen().filter((message) => message.text !== undefined);
    expect(texts.map((message) => message.message_thread_id)).toEqual([1, 1]);
    await one.stop();

    const closed = await withGroup({ forum: true });
    closed.group.chat.mayManageTopics = false;
    expect(await closed.send(room('card', 'TH-26-000002'))).toMatchObject({ sent: true });
    expect(closed.group.seen()[0]?.message_thread_id).toBeUndefined();
  });
});

describe('members', () => {
  test('who presses reads the answer', async () => {
    const { fake, group, send } = await withGroup();
    await send(room('card', 'mới'));
    one.behaviour.answer = { toast: 'Hà đang xử lý' };
    await group.member('Minh').press(group.seen()[0]!, 'Nhận xử lý');
    await fake.until('a toast', () => fake.callsOf('answerCallbackQuery')[0]);
    expect(fake.callsOf('answerCallbackQuery')[0]?.payload['text']).toBe('Hà đang xử lý');
    expect(one.acts[0]).toMatchObject({ kind: 'press', token: 'k.take.c1', by: { name: 'Minh' } });
  });

  test('replies arrive, other talk does not', async () => {
    const { group, send } = await withGroup();
    await send(room('card', 'mới'));
    const ha = group.member('Hà');
    await ha.say('trưa nay ăn gì');
    await ha.reply(group.seen()[0]!, 'Chào chị Lan');
    await one.until(() => one.acts.length > 0);
    expect(one.acts).toMatchObject([{ kind: 'reply', text: 'Chào chị Lan', toMessage: '1' }]);
  });
});

describe('a group where the bot is not', () => {
  test('is named to the operator, until the bot is there', async () => {
    const fake = await FakeTelegram.start();
    const group = fake.group();
    group.chat.gone = true;
    one = await rig({ fake, staffChat: String(group.id) });
    await one.until(() => one.warnings.has('telegram-staff'));
    await group.admit();
    await one.until(() => !one.warnings.has('telegram-staff'));
    group.chat.gone = true;
    const to = { channel: 'telegram', chat: String(group.id) } as const;
    await one.channel.send(to, room('card', 'mới'), { skip: 0, file: () => Promise.resolve(null) });
    expect(one.warnings.has('telegram-staff')).toBe(true);
  });
});

describe('a group that becomes a supergroup', () => {
  test('is followed when Telegram says so', async () => {
    const { group, send } = await withGroup();
    const id = await group.migrate();
    await one.until(() => one.moves.length > 0);
    expect(one.moves[0]?.to.chat).toBe(String(id));
    expect(await send(room('card', 'mới'))).toMatchObject({ sent: true });
    await group.member('Hà').reply(group.seen()[0]!, 'ok');
    await one.until(() => one.acts.length === 1);
    expect(one.moves).toHaveLength(1);
  });

  test('is followed when sending fails, and the message still arrives', async () => {
    const { group, send } = await withGroup();
    const id = await group.migrate({ silent: true });
    expect(await send(room('card', 'mới'))).toMatchObject({ sent: true });
    expect(group.seen().map((message) => message.text)).toEqual(['mới']);
    expect(one.moves).toMatchObject([{ to: { chat: String(id) } }]);
  });
});

describe('pace', () => {
  test('twenty messages a minute into the group; papers leave room for notices', async () => {
    const { send } = await withGroup();
    const papers: RenderedBlock[] = Array.from({ length: 20 }, () => paper);
    const first = await send(room('thread', 'nhiều giấy', papers), { card: '1' });
    expect(first).toMatchObject({
      sent: false,
      failure: { kind: 'throttled', scope: 'chat', retryAfterMs: 60_000 },
      done: 14,
    });
    for (let index = 0; index < 6; index += 1)
      expect(await send(room('card', `mới ${index}`))).toMatchObject({ sent: true });
    expect(await send(room('card', 'quá nhiều'))).toMatchObject({ sent: false, failure: { kind: 'throttled' } });
    one.clock.ms += 60_000;
    expect(await send(room('card', 'một phút sau'))).toMatchObject({ sent: true });
  });

  test('owners are not held back by it', async () => {
    await withGroup();
    const lan = one.fake.user();
    const payload: OutgoingPayload = { kind: 'say', message: { from: 'bot', blocks: [paragraph('a')], choices: [] } };
    for (let index = 0; index < 30; index += 1) {
      const to = { channel: 'telegram', chat: String(lan.id) } as const;
      expect(await one.channel.send(to, payload, { skip: 0, file: () => Promise.resolve(null) })).toMatchObject({
        sent: true,
      });
    }
  });
});
