/** An event of the Official Account becomes what happened, or nothing for us, with the reason. Pure and total. */
import type { Instant } from '../../base/index.ts';
import type { Address, FileRef, Inbound } from '../../service/ports.ts';
import { readPress } from './press.ts';
import { capabilities, endingOf, TYPES } from './capabilities.ts';
import type { Attachment, OaEvent, SharedInfo } from './wire.ts';

export interface DecodeContext {
  readonly appId: string;
  readonly oaId: string;
  readonly now: Instant;
}

export type Decoded =
  | { readonly kind: 'inbound'; readonly inbounds: readonly Inbound[] }
  /** Something that the account itself said: ours, or a colleague's in the platform's own inbox. */
  | { readonly kind: 'echo'; readonly echo: Echo }
  | { readonly kind: 'revoked' }
  /** Meant for another app or account. */
  | { readonly kind: 'foreign' }
  | { readonly kind: 'ignored'; readonly why: string };

export interface Echo {
  readonly chat: string;
  readonly eventId: string;
  readonly messageId: string | null;
  readonly text: string | null;
  readonly at: Instant;
}

const ignored = (why: string): Decoded => ({ kind: 'ignored', why });

export function decode(event: OaEvent, context: DecodeContext): Decoded {
  if (event.app_id !== undefined && event.app_id !== context.appId) return { kind: 'foreign' };
  const name = event.event_name;
  if (!isForOurAccount(event, context.oaId)) return { kind: 'foreign' };
  if (name === 'permission_revoked') return { kind: 'revoked' };
  if (name.startsWith('oa_send_')) return decodeEcho(event, context);
  const person = personOf(event);
  if (person === undefined) return ignored('no person');
  const decoded = eventsOf(event, instantOf(event, context));
  if (decoded === null) return ignored(name);
  const address: Address = { channel: 'zalo', chat: person };
  return { kind: 'inbound', inbounds: decoded.map((one) => ({ address, ...one })) };
}

/** A person's message goes to the account, an echo or a receipt comes from it; the rest names it at the top. */
function isForOurAccount({ event_name: name, sender, recipient, oa_id: top }: OaEvent, oaId: string): boolean {
  if (/^oa_send_/.test(name)) return (sender?.id ?? top ?? oaId) === oaId;
  if (/^user_(send_|submit_)/.test(name)) return (recipient?.id ?? top ?? oaId) === oaId;
  const named = [top, sender?.id, recipient?.id].filter((id) => id !== undefined);
  return named.length === 0 || (top !== undefined ? top === oaId : named.includes(oaId));
}

const personOf = ({ follower, user_id: user, sender }: OaEvent) => follower?.id ?? user ?? sender?.id;

const EARLIEST_MS = Date.parse('2015-01-01T00:00:00Z');

function instantOf({ timestamp }: OaEvent, { now }: DecodeContext): Instant {
  const ms = Number(timestamp);
  // Neither the past before Zalo nor the future is believed.
  return ms >= EARLIEST_MS && ms <= Date.parse(now) + 24 * 60 * 60 * 1000 ? new Date(ms).toISOString() : now;
}

/** Without a message id the moment and the person tell one event from another. */
const idOf = (event: OaEvent): string =>
  `${event.event_name}:${event.message?.msg_id ?? `${event.timestamp ?? ''}:${personOf(event) ?? ''}`}`;

function decodeEcho(event: OaEvent, context: DecodeContext): Decoded {
  const chat = event.recipient?.id;
  if (chat === undefined) return ignored('echo to nobody');
  const { msg_id: messageId = null, text = null } = event.message ?? {};
  return { kind: 'echo', echo: { chat, eventId: idOf(event), messageId, text, at: instantOf(event, context) } };
}

type Happened = Omit<Inbound, 'address'>;

function eventsOf(event: OaEvent, sentAt: Instant): readonly Happened[] | null {
  const base = { id: idOf(event), sentAt };
  const one = (happened: Happened['event']): readonly Happened[] => [{ event: happened }];
  const text = event.message?.text?.normalize('NFC');
  switch (event.event_name) {
    case 'user_send_text':
      return one(text === undefined ? { ...base, kind: 'unsupported', what: 'empty' } : said(base, text));
    case 'user_send_link':
      return one({ ...base, kind: 'text', text: text ?? linkOf(event) });
    case 'user_send_image':
    case 'user_send_file':
      return filesOf(event, base, text);
    case 'user_send_gif':
    case 'user_send_audio':
    case 'user_send_video':
    case 'user_send_sticker':
    case 'user_send_location':
    case 'user_send_business_card':
      return one({ ...base, kind: 'unsupported', what: event.event_name.slice('user_send_'.length) });
    case 'follow':
    case 'user_click_chatnow':
      return one({ ...base, kind: 'started' });
    case 'unfollow':
      return one({ ...base, kind: 'stopped' });
    case 'user_submit_info':
      return contactOf(base, event.info);
    default:
      // A kind of message that is new to us still is somebody who writes.
      return event.event_name.startsWith('user_send_') && !event.event_name.startsWith('user_send_group_')
        ? one({ ...base, kind: 'unsupported', what: 'unknown' })
        : null;
  }
}

type Base = { readonly id: string; readonly sentAt: Instant };

/** A press of a button comes as a text with what the button carried. */
function said(base: Base, text: string): Happened['event'] {
  const token = readPress(text);
  return token === null ? { ...base, kind: 'text', text } : { ...base, kind: 'choice', token };
}

const linkOf = ({ message }: OaEvent): string =>
  message?.attachments?.map(({ payload }) => payload.url ?? '').join(' ') ?? '';

function contactOf(base: Base, info: SharedInfo | undefined): readonly Happened[] | null {
  const digits = info?.phone?.replace(/\D/g, '');
  if (info === undefined || digits === undefined || digits === '') return null;
  const phone = digits.startsWith('84') ? `+${digits}` : digits;
  const { user_address: street, user_ward: unit, user_city: city } = info.full_address ?? {};
  const parts = [street ?? info.address, unit ?? info.ward, info.district, city ?? info.city];
  const place = parts.filter((part) => part !== undefined && part.trim() !== '').join(', ');
  const name = info.name?.normalize('NFC').trim();
  const more = {
    ...(name === undefined || name === '' ? {} : { name }),
    ...(place === '' ? {} : { place: place.normalize('NFC') }),
  };
  return [{ event: { ...base, kind: 'contact', phone, ...more } }];
}

// ----------------------------------------------------------------------------------------------------------- files

/** Each attachment is an event of its own; all but the last say that more follow. */
function filesOf(event: OaEvent, base: Base, caption: string | undefined): readonly Happened[] {
  const attachments = (event.message?.attachments ?? []).filter(({ payload }) => isWeb(payload.url));
  if (attachments.length === 0) return [{ event: { ...base, kind: 'unsupported', what: 'empty' } }];
  const album = attachments.length > 1 ? { album: base.id } : {};
  return attachments.map((attachment, index): Happened => {
    const isLast = index === attachments.length - 1;
    const id = index === 0 ? base.id : `${base.id}:${index}`;
    const file = fileOf(event, attachment, index);
    if (file.size > capabilities.maxFileBytes) {
      return { event: { id, sentAt: base.sentAt, kind: 'file-failed', fileId: file.id, why: 'too-large' } };
    }
    return {
      event: {
        id,
        sentAt: base.sentAt,
        kind: 'file',
        file,
        ...album,
        ...(isLast ? {} : { more: true as const }),
        ...(caption === undefined || index > 0 ? {} : { caption }),
      },
      file: { remote: attachment.payload.url ?? '' },
    };
  });
}

const isWeb = (url: string | undefined): url is string => url !== undefined && /^https?:\/\//i.test(url);

/** The id is made of the message's, so that the same event twice names the same file. */
function fileOf(event: OaEvent, { payload }: Attachment, index: number): FileRef {
  const isImage = event.event_name === 'user_send_image';
  const key = (event.message?.msg_id ?? event.timestamp ?? '').replace(/[^\w-]/g, '');
  const ending = endingOf(payload.name ?? '');
  const extension = payload.type?.toLowerCase() ?? ending;
  const image = /\.png(\?|$)/i.test(payload.url ?? '') ? 'png' : 'jpg';
  return {
    id: `za${key}${index === 0 ? '' : `x${index}`}`,
    name: (payload.name ?? (isImage ? `anh-${key}.${image}` : `tep-${key}`)).normalize('NFC'),
    type: isImage ? (TYPES[image] ?? '') : (TYPES[extension] ?? TYPES[ending] ?? 'application/octet-stream'),
    size: Number(payload.size ?? 0) || 0,
  };
}
