/**
 * An update of Telegram becomes what happened: something of an owner (private chats), something of the staff (their
 * group), a group that moved, or nothing for us, with the reason. Pure and total.
 */
import type { Instant } from '../../base/index.ts';
import type { Address, FileRef, Inbound, RoomAct, RoomMember } from '../../service/ports.ts';
import { capabilities } from './capabilities.ts';
import type { WireChat, WireFile, WireMessage, WireUpdate, WireUser } from './wire.ts';

export interface DecodeContext {
  /** Ids of the staff group: the configured one and what it has become. */
  readonly staffChats: readonly string[];
  /** `@name` of the bot, which Telegram adds to commands in groups; absent while unknown. */
  readonly botName?: string;
  readonly now: Instant;
}

/** `callback`: the press that must be answered, so that the button stops waiting. */
export type Decoded =
  | { readonly kind: 'inbound'; readonly inbound: Inbound; readonly callback?: string; readonly album?: string }
  | { readonly kind: 'act'; readonly act: RoomAct; readonly callback?: string }
  | { readonly kind: 'moved'; readonly from: Address; readonly to: Address }
  /** The bot was removed from the staff group, or is there again. */
  | { readonly kind: 'room-membership'; readonly member: boolean }
  | { readonly kind: 'ignored'; readonly why: string; readonly callback?: string };

const ignored = (why: string): Decoded => ({ kind: 'ignored', why });
const addressOf = (chat: { readonly id: number }): Address => ({ channel: 'telegram', chat: String(chat.id) });
const instantOf = (seconds: number): Instant => new Date(seconds * 1000).toISOString();

export function decode(update: WireUpdate, context: DecodeContext): Decoded {
  if (update.callback_query !== undefined) return decodePress(update.callback_query, context);
  if (update.my_chat_member !== undefined) return decodeMembership(update, update.my_chat_member, context);
  const message = update.message ?? update.edited_message;
  if (message === undefined) return ignored('kind of update');
  const edited = update.edited_message !== undefined;
  if (message.chat.type === 'private') return decodeOwn(message, edited, context);
  return decodeGroup(message, edited, context);
}

// ---------------------------------------------------------------------------------------------------- owner's chat

function decodeOwn(message: WireMessage, edited: boolean, context: DecodeContext): Decoded {
  if (message.from?.is_bot === true) return ignored('a bot');
  const address = addressOf(message.chat);
  const sentAt = instantOf(message.date);
  if (edited) {
    const at = message.edit_date ?? message.date;
    const id = `e${message.message_id}.${at}`;
    const event = { id, sentAt: instantOf(at), kind: 'unsupported', what: 'edited' } as const;
    return { kind: 'inbound', inbound: { address, event } };
  }
  const base = { id: `m${message.message_id}`, sentAt };
  if (message.text !== undefined) {
    return { kind: 'inbound', inbound: { address, event: { ...base, ...textEvent(message.text, context) } } };
  }
  if (message.contact !== undefined) {
    const { phone_number: phone, user_id: owner, first_name: first, last_name: last } = message.contact;
    // Only the sender's own number counts: anybody's card can be sent.
    if (owner !== message.from?.id) return unsupported(address, base, 'foreign-contact');
    const name = [first, last].filter((part) => part !== undefined && part !== '').join(' ');
    return { kind: 'inbound', inbound: { address, event: { ...base, kind: 'contact', phone, name } } };
  }
  const file = ownFile(message);
  if (file !== null) return decodeFile(message, file, address, base);
  const what = unsupportedKinds.find((kind) => message[kind] !== undefined);
  return what === undefined ? ignored('service message') : unsupported(address, base, what);
}

/** Looked for in this order: a venue also has a location, an animation also a document. */
const unsupportedKinds = [
  'sticker',
  'voice',
  'video_note',
  'animation',
  'video',
  'audio',
  'venue',
  'location',
  'poll',
  'dice',
] as const;

const unsupported = (address: Address, base: { id: string; sentAt: Instant }, what: string): Decoded => ({
  kind: 'inbound',
  inbound: { address, event: { ...base, kind: 'unsupported', what } },
});

function textEvent(text: string, context: DecodeContext) {
  const command = /^\/([a-z0-9_]+)(?:@([a-z0-9_]+))?(?:\s+([\s\S]*))?$/i.exec(text);
  if (command === null) return { kind: 'text', text } as const;
  const [, name = '', at, rest] = command;
  if (at !== undefined && at.toLowerCase() !== context.botName?.toLowerCase()) return { kind: 'text', text } as const;
  if (name.toLowerCase() === 'start') {
    return { kind: 'started', ...(rest === undefined || rest === '' ? {} : { payload: rest }) } as const;
  }
  return { kind: 'text', text: rest === undefined || rest === '' ? `/${name}` : `/${name} ${rest}` } as const;
}

function decodeFile(
  message: WireMessage,
  file: { readonly ref: FileRef; readonly remote: string },
  address: Address,
  base: { id: string; sentAt: Instant },
): Decoded {
  if (file.ref.size > capabilities.maxFileBytes) {
    const event = { ...base, kind: 'file-failed', fileId: file.ref.id, why: 'too-large' } as const;
    return { kind: 'inbound', inbound: { address, event } };
  }
  const album = message.media_group_id;
  const event = {
    ...base,
    kind: 'file',
    file: file.ref,
    ...(message.caption === undefined ? {} : { caption: message.caption }),
    ...(album === undefined ? {} : { album }),
  } as const;
  const inbound: Inbound = { address, event, file: { remote: file.remote } };
  return { kind: 'inbound', inbound, ...(album === undefined ? {} : { album }) };
}

/** A paper of an owner: a photo (its largest size) or a document; what moves or sounds is none. */
function ownFile(message: WireMessage): { readonly ref: FileRef; readonly remote: string } | null {
  const photo = message.photo?.at(-1);
  if (photo !== undefined) return fileOf(message, photo, `anh-${message.message_id}.jpg`, 'image/jpeg');
  if (message.document === undefined || message.animation !== undefined) return null;
  return fileOf(message, message.document, `tep-${message.message_id}`, 'application/octet-stream');
}

/** The id is made of chat and message, so that the same update twice names the same file. */
function fileOf(message: WireMessage, file: WireFile, name: string, type: string) {
  const ref: FileRef = {
    id: `tg${message.chat.id}m${message.message_id}`,
    name: file.file_name ?? name,
    type: file.mime_type ?? type,
    size: file.file_size ?? 0,
  };
  return { ref, remote: file.file_id };
}

// ----------------------------------------------------------------------------------------------------- staff group

const isStaffRoom = (chat: WireChat, context: DecodeContext) => context.staffChats.includes(String(chat.id));

function decodeGroup(message: WireMessage, edited: boolean, context: DecodeContext): Decoded {
  if (!isStaffRoom(message.chat, context)) return ignored('another group');
  if (message.migrate_to_chat_id !== undefined) {
    const to = { channel: 'telegram', chat: String(message.migrate_to_chat_id) } as const;
    return { kind: 'moved', from: addressOf(message.chat), to };
  }
  if (edited) return ignored('edited talk of the staff');
  const member = memberOf(message);
  if (member === null) return ignored('a bot');
  const to = message.reply_to_message;
  // In a forum every message of a topic "replies" to the message that made the topic: that is talk, not an answer.
  if (to === undefined || to.forum_topic_created !== undefined) return ignored('talk of the staff');
  const file = ownFile(message) ?? spokenFile(message);
  const text = message.text ?? message.caption;
  if (text === undefined && file === null) return ignored('nothing to pass on');
  return {
    kind: 'act',
    act: {
      id: `m${message.message_id}`,
      room: addressOf(message.chat),
      by: member,
      at: instantOf(message.date),
      kind: 'reply',
      messageId: String(message.message_id),
      toMessage: String(to.message_id),
      ...(text === undefined ? {} : { text }),
      ...(file === null ? {} : { file: file.ref, remote: file.remote }),
    },
  };
}

/** An officer may also answer by voice or film; the owner gets it as a file. */
function spokenFile(message: WireMessage): { readonly ref: FileRef; readonly remote: string } | null {
  const number = message.message_id;
  if (message.voice !== undefined) return fileOf(message, message.voice, `ghi-am-${number}.ogg`, 'audio/ogg');
  if (message.audio !== undefined) return fileOf(message, message.audio, `am-thanh-${number}.mp3`, 'audio/mpeg');
  if (message.video !== undefined) return fileOf(message, message.video, `phim-${number}.mp4`, 'video/mp4');
  return null;
}

/** Who wrote. An administrator who writes as the group itself comes as a bot of Telegram's with the group as sender. */
function memberOf(message: WireMessage): RoomMember | null {
  const { from, sender_chat: sender, chat } = message;
  if (sender !== undefined && sender.id === chat.id) {
    return { channel: 'telegram', id: `anonymous${chat.id}`, name: message.author_signature ?? chat.title ?? '' };
  }
  return from === undefined || from.is_bot ? null : named(from);
}

/** Owners read the first name only. */
const named = (user: WireUser): RoomMember => ({ channel: 'telegram', id: String(user.id), name: user.first_name });

// --------------------------------------------------------------------------------------------------------- presses

function decodePress(query: NonNullable<WireUpdate['callback_query']>, context: DecodeContext): Decoded {
  const { message, data, from } = query;
  const callback = query.id;
  if (message === undefined || data === undefined)
    return { kind: 'ignored', why: 'a press without a message', callback };
  // A press has no time of its own.
  const at = context.now;
  const id = `c${query.id}`;
  if (message.chat.type === 'private') {
    const event = { id, sentAt: at, kind: 'choice', token: data } as const;
    return { kind: 'inbound', inbound: { address: addressOf(message.chat), event }, callback };
  }
  if (!isStaffRoom(message.chat, context) || from.is_bot) return { kind: 'ignored', why: 'another group', callback };
  const room = addressOf(message.chat);
  const onMessage = String(message.message_id);
  return { kind: 'act', act: { id, room, by: named(from), at, kind: 'press', token: data, onMessage }, callback };
}

function decodeMembership(
  update: WireUpdate,
  change: NonNullable<WireUpdate['my_chat_member']>,
  context: DecodeContext,
): Decoded {
  const out = ['kicked', 'left'].includes(change.new_chat_member.status);
  if (change.chat.type !== 'private') {
    if (!isStaffRoom(change.chat, context)) return ignored('membership of another group');
    return { kind: 'room-membership', member: !out };
  }
  // Whoever unblocks the bot presses Start next, which is an event of its own.
  if (!out) return ignored('unblocked');
  const event = { id: `u${update.update_id}`, sentAt: instantOf(change.date), kind: 'stopped' } as const;
  return { kind: 'inbound', inbound: { address: addressOf(change.chat), event } };
}
