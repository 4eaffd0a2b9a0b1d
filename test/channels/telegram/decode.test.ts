import { describe, expect, test } from 'vitest';
import { decode, type Decoded } from '../../../src/channels/telegram/decode.ts';
import { readUpdate } from '../../../src/channels/telegram/wire.ts';

const now = '2026-11-25T03:00:00.000Z';
const context = { staffChats: ['-1001900000001'], botName: 'khuyencong_bot', now };
const lan = { id: 7_000_000_001, is_bot: false, first_name: 'Lan', last_name: 'Nguyễn' };
const own = { id: lan.id, type: 'private', first_name: 'Lan' };
const staff = { id: -1001900000001, type: 'supergroup', title: 'Trung tâm' };
const ha = { id: 9, is_bot: false, first_name: 'Hà', username: 'ha' };
const base = { message_id: 12, date: 1795575600 };

function read(body: Record<string, unknown>): Decoded {
  const update = readUpdate({ update_id: 700, ...body });
  if (update === null) throw new Error('not an update');
  return decode(update, context);
}
const message = (content: Record<string, unknown>) => read({ message: { ...base, chat: own, from: lan, ...content } });
const event = (decoded: Decoded) => (decoded.kind === 'inbound' ? decoded.inbound.event : decoded);

describe('what an owner does', () => {
  test.each([
    ['a text', { text: 'tui lam bun' }, { kind: 'text', text: 'tui lam bun' }],
    ['Start', { text: '/start' }, { kind: 'started' }],
    ['Start of a link', { text: '/start faq-7' }, { kind: 'started', payload: 'faq-7' }],
    ['a command', { text: '/menu' }, { kind: 'text', text: '/menu' }],
    ['a command with our name', { text: '/quaylai@khuyencong_bot' }, { kind: 'text', text: '/quaylai' }],
    [
      'the own number',
      { contact: { phone_number: '+84912345678', user_id: lan.id, first_name: 'Lan' } },
      { kind: 'contact', phone: '+84912345678', name: 'Lan' },
    ],
    [
      'the number of somebody else',
      { contact: { phone_number: '+84912345678', user_id: 5, first_name: 'X' } },
      { kind: 'unsupported', what: 'foreign-contact' },
    ],
    [
      'a card without an account',
      { contact: { phone_number: '+84912345678', first_name: 'X' } },
      { kind: 'unsupported', what: 'foreign-contact' },
    ],
    ['a sticker', { sticker: {} }, { kind: 'unsupported', what: 'sticker' }],
    ['a voice message', { voice: { file_id: 'v' } }, { kind: 'unsupported', what: 'voice' }],
    [
      'a GIF, which also looks like a document',
      { animation: { file_id: 'a' }, document: { file_id: 'a' } },
      { kind: 'unsupported', what: 'animation' },
    ],
    ['a venue, which also has a location', { venue: {}, location: {} }, { kind: 'unsupported', what: 'venue' }],
  ])('%s', (_name, content, expected) => {
    expect(event(message(content))).toMatchObject({ id: 'm12', sentAt: '2026-11-25T03:00:00.000Z', ...expected });
  });

  test('a photo is fetched in its largest size, with its caption', () => {
    const photo = [
      { file_id: 'small', file_size: 10 },
      { file_id: 'large', file_size: 900 },
    ];
    expect(message({ photo, caption: 'giấy phép' })).toMatchObject({
      kind: 'inbound',
      inbound: {
        file: { remote: 'large' },
        event: { kind: 'file', caption: 'giấy phép', file: { type: 'image/jpeg', size: 900 } },
      },
    });
  });

  test('a photo of an album carries the mark of the album', () => {
    expect(event(message({ photo: [{ file_id: 'p' }], media_group_id: '99' }))).toMatchObject({ album: '99' });
  });

  test('a file above 10 MB is told at once and never fetched', () => {
    const decoded = message({ document: { file_id: 'd', file_name: 'a.pdf', file_size: 10 * 1024 * 1024 + 1 } });
    expect(event(decoded)).toMatchObject({ kind: 'file-failed', why: 'too-large' });
    expect(decoded.kind === 'inbound' && decoded.inbound.file).toBeFalsy();
  });

  test('an edited message is an event of its own, each edit once', () => {
    const edited = { ...base, chat: own, from: lan, text: 'sửa', edit_date: base.date + 60 };
    expect(event(read({ edited_message: edited }))).toMatchObject({
      kind: 'unsupported',
      what: 'edited',
      id: `e12.${base.date + 60}`,
    });
  });

  test('a press brings its token, also on a message too old to be seen', () => {
    const callback_query = { id: 'q1', from: lan, data: '1.menu=faq', message: { message_id: 3, date: 0, chat: own } };
    const decoded = read({ callback_query });
    expect(event(decoded)).toMatchObject({ id: 'cq1', kind: 'choice', token: '1.menu=faq', sentAt: now });
    expect(decoded).toMatchObject({ callback: 'q1' });
  });

  test('blocking the bot stops the conversation', () => {
    const my_chat_member = { chat: own, from: lan, date: base.date, new_chat_member: { status: 'kicked' } };
    expect(event(read({ my_chat_member }))).toMatchObject({ kind: 'stopped', id: 'u700' });
  });

  test.each([
    ['a service message', { pinned_message: { message_id: 1 } }],
    ['a bot', { from: { ...lan, is_bot: true }, text: 'x' }],
  ])('%s is ignored', (_name, content) => {
    expect(message(content)).toMatchObject({ kind: 'ignored' });
  });
});

describe('what the staff do in their group', () => {
  const group = (content: Record<string, unknown>) => read({ message: { ...base, chat: staff, from: ha, ...content } });
  const card = { message_id: 4, date: 1, chat: staff, text: 'TH-26-000001' };

  test('a reply is an act of the member, by first name', () => {
    expect(group({ text: 'Chào chị', reply_to_message: card })).toEqual({
      kind: 'act',
      act: {
        id: 'm12',
        room: { channel: 'telegram', chat: '-1001900000001' },
        by: { channel: 'telegram', id: '9', name: 'Hà' },
        at: '2026-11-25T03:00:00.000Z',
        kind: 'reply',
        messageId: '12',
        toMessage: '4',
        text: 'Chào chị',
      },
    });
  });

  test('a voice reply reaches the owner as a file', () => {
    expect(group({ voice: { file_id: 'v', mime_type: 'audio/ogg' }, reply_to_message: card })).toMatchObject({
      act: { remote: 'v', file: { type: 'audio/ogg' } },
    });
  });

  test('an administrator who writes as the group counts as a member', () => {
    const from = { id: 1087968824, is_bot: true, first_name: 'Group' };
    expect(group({ from, sender_chat: staff, text: 'a', reply_to_message: card })).toMatchObject({
      act: { by: { id: 'anonymous-1001900000001', name: 'Trung tâm' } },
    });
  });

  test.each([
    ['other talk', { text: 'đi ăn trưa' }],
    [
      'talk in a topic, which "replies" to its first message',
      { text: 'a', reply_to_message: { ...card, forum_topic_created: { name: 't' } } },
    ],
    ['another bot', { from: { ...ha, is_bot: true }, text: 'a', reply_to_message: card }],
    ['a sticker', { sticker: {}, reply_to_message: card }],
  ])('%s is ignored', (_name, content) => {
    expect(group(content)).toMatchObject({ kind: 'ignored' });
  });

  test('an edited reply does not go out again', () => {
    const edited_message = { ...base, chat: staff, from: ha, text: 'x', reply_to_message: card, edit_date: 1 };
    expect(read({ edited_message })).toMatchObject({ kind: 'ignored' });
  });

  test('a press is an act; one in another group is only answered', () => {
    const press = (chat: unknown) =>
      read({ callback_query: { id: 'q', from: ha, data: 'k.x', message: { message_id: 4, date: 1, chat } } });
    expect(press(staff)).toMatchObject({
      kind: 'act',
      callback: 'q',
      act: { kind: 'press', token: 'k.x', onMessage: '4' },
    });
    expect(press({ ...staff, id: -5, type: 'group' })).toMatchObject({ kind: 'ignored', callback: 'q' });
  });

  test('a group that becomes a supergroup has moved', () => {
    expect(group({ migrate_to_chat_id: -1002 })).toMatchObject({ kind: 'moved', to: { chat: '-1002' } });
  });
});

test('an update of an unknown shape is no update for us, whatever is in it', () => {
  for (const raw of [null, 7, 'x', [], {}, { update_id: 'x' }, { update_id: 1, message: { message_id: 'x' } }]) {
    expect(readUpdate(raw)).toBeNull();
  }
  expect(read({ chat_boost: {} })).toMatchObject({ kind: 'ignored' });
});
