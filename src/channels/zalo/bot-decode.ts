/** An update of the Bot Platform becomes what an owner did, or what a member of the staff typed. Pure and total. */
import type { Instant } from '../../base/index.ts';
import type { FileRef, Inbound, RoomAct } from '../../service/ports.ts';
import type { BotMessage, BotUpdate } from './wire.ts';

export interface BotContext {
  /** Chats of linked staff: what they type is for cases, not for the bot. */
  readonly isStaff: (chat: string) => boolean;
  /** The choices shown last in a staff chat, so that a number is a press. */
  readonly shown: (chat: string) => readonly string[];
  readonly now: Instant;
}

export type BotDecoded =
  | { readonly kind: 'inbound'; readonly inbound: Inbound }
  | { readonly kind: 'act'; readonly act: RoomAct }
  | { readonly kind: 'ignored'; readonly why: string };

const ignored = (why: string): BotDecoded => ({ kind: 'ignored', why });

/** Milliseconds by the documents, seconds in some accounts. */
const SECONDS_BELOW = 1e12;

export function decodeBot({ event_name: name, message }: BotUpdate, context: BotContext): BotDecoded {
  if (message === undefined) return ignored('no message');
  if (message.from.is_bot) return ignored('a bot');
  // Groups give the bot only what is said to it, without saying to whom else.
  if (message.chat.chat_type !== 'PRIVATE') return ignored('a group');
  if (!/^message\..+\.received$/.test(name)) return ignored(name);
  const chat = message.chat.id;
  const base = { id: `${name}:${message.message_id}`, sentAt: instantOf(message.date, context.now) };
  if (context.isStaff(chat)) return staffAct(message, base, context);
  const event = eventOf(name, message, base);
  return { kind: 'inbound', inbound: { address: { channel: 'zalo-bot', chat }, ...event } };
}

function instantOf(date: number | undefined, now: Instant): Instant {
  const ms = date === undefined ? Number.NaN : date < SECONDS_BELOW ? date * 1000 : date;
  return ms > 0 && ms <= Date.parse(now) + 24 * 60 * 60 * 1000 ? new Date(ms).toISOString() : now;
}

type Base = { readonly id: string; readonly sentAt: Instant };

function eventOf(name: string, message: BotMessage, base: Base): Omit<Inbound, 'address'> {
  const text = message.text?.normalize('NFC');
  if (text !== undefined) {
    const start = /^\/start(?:\s+(\S+))?\s*$/i.exec(text);
    if (start === null) return { event: { ...base, kind: 'text', text } };
    return { event: { ...base, kind: 'started', ...(start[1] === undefined ? {} : { payload: start[1] }) } };
  }
  const url = pictureUrl(message);
  if (name === 'message.image.received' && url !== null) {
    const caption = message.caption?.normalize('NFC');
    const file = pictureOf(message, url);
    return {
      event: { ...base, kind: 'file', file, ...(caption === undefined || caption === '' ? {} : { caption }) },
      file: { remote: url },
    };
  }
  return { event: { ...base, kind: 'unsupported', what: /^message\.(.+)\.received$/.exec(name)?.[1] ?? 'unknown' } };
}

function pictureUrl({ photo, photo_url: other }: BotMessage): string | null {
  const url = photo ?? other;
  return url !== undefined && /^https?:\/\//i.test(url) ? url : null;
}

function pictureOf({ message_id: number }: BotMessage, url: string): FileRef {
  const isPng = /\.png(\?|$)/i.test(url);
  const key = number.replace(/[^\w-]/g, '');
  return {
    id: `zb${key}`,
    name: `anh-${key}.${isPng ? 'png' : 'jpg'}`,
    type: isPng ? 'image/png' : 'image/jpeg',
    size: 0,
  };
}

function staffAct(message: BotMessage, base: Base, context: BotContext): BotDecoded {
  const chat = message.chat.id;
  const text = message.text?.normalize('NFC').trim() ?? message.caption?.normalize('NFC').trim() ?? '';
  const act = {
    id: base.id,
    room: { channel: 'zalo-bot', chat },
    by: { channel: 'zalo-bot', id: chat, name: message.from.display_name },
    at: base.sentAt,
  } as const;
  const token = /^\d{1,2}$/.test(text) ? context.shown(chat)[Number(text) - 1] : undefined;
  if (token !== undefined) return { kind: 'act', act: { ...act, kind: 'press', token, onMessage: '' } };
  const url = pictureUrl(message);
  const picture = url === null ? {} : { file: pictureOf(message, url), remote: url };
  return { kind: 'act', act: { ...act, kind: 'typed', text, ...picture } };
}
