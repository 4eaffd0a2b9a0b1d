/** What the page sent, as events of the conversation. */
import type { Instant } from '../../base/index.ts';
import type { Inbound } from '../../service/ports.ts';
import type { SentMessage } from './wire.ts';

interface Arrival {
  readonly session: string;
  readonly now: Instant;
}

/** The chat was opened: what makes the greeting come unasked. */
export function opened({ session, now }: Arrival): Inbound {
  return { address: addressOf(session), event: { kind: 'started', id: 'opened', sentAt: now } };
}

export function decodeMessage(sent: SentMessage, { session, now }: Arrival): Inbound {
  const common = { id: eventId(sent.clientMessageId), sentAt: now };
  return {
    address: addressOf(session),
    event:
      sent.choice === undefined
        ? { kind: 'text', ...common, text: storable(sent.text ?? '') }
        : { kind: 'choice', ...common, token: storable(sent.choice) },
  };
}

export interface SentFile {
  readonly clientMessageId: string;
  readonly fileId: string;
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
  readonly caption: string;
}

export function decodeFile(sent: SentFile, { session, now }: Arrival): Inbound {
  const caption = storable(sent.caption).trim();
  return {
    address: addressOf(session),
    event: {
      kind: 'file',
      id: eventId(sent.clientMessageId),
      sentAt: now,
      file: { id: sent.fileId, name: fileName(sent.name), type: mediaType(sent.type), size: sent.bytes.byteLength },
      ...(caption === '' ? {} : { caption }),
    },
    file: { bytes: sent.bytes },
  };
}

export const addressOf = (session: string) => ({ channel: 'webchat', chat: session }) as const;

/** Ids of the page and ours (`opened`) must not meet. */
const eventId = (clientMessageId: string) => `c:${storable(clientMessageId)}`;

/** PostgreSQL refuses NUL, and half a surrogate pair is no text in either database. */
const storable = (text: string) =>
  text
    .replaceAll('\0', '')
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .normalize('NFC');

/** The last part of a path, without control characters, at most 120 characters, its ending kept. */
function fileName(given: string): string {
  const name = storable(given)
    .replace(/^.*[\\/]/s, '')
    .replace(/\p{Control}|\p{Format}/gu, '')
    .trim();
  if (name === '') return 'file';
  const ending = /\.[\p{L}\p{N}]{1,8}$/u.exec(name)?.[0] ?? '';
  return name.length <= 120 ? name : `${name.slice(0, 120 - ending.length)}${ending}`;
}

const mediaType = (given: string) =>
  /^[a-z]+\/[\w.+-]{1,100}/i.exec(given)?.[0].toLowerCase() ?? 'application/octet-stream';
