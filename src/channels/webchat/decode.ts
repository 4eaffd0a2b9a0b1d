/** What the page sent, as events of the conversation. */
import { fileName, type Instant, mediaType, received } from '../../base/index.ts';
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
        ? { kind: 'text', ...common, text: received(sent.text ?? '') }
        : { kind: 'choice', ...common, token: received(sent.choice) },
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
  const caption = received(sent.caption).trim();
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
const eventId = (clientMessageId: string) => `c:${received(clientMessageId)}`;
