/** The Official Account's door: checks who calls, hands on what happened, and answers once it is stored. */
import type { Instant } from '../../base/index.ts';
import type { Inbound, WebhookRequest } from '../../service/ports.ts';
import { decode, type Echo } from './decode.ts';
import { checkSignature } from './signature.ts';
import { readOaEvent, timestampOf } from './wire.ts';

export interface WebhookParts {
  readonly appId: string;
  readonly oaId: string;
  readonly secretKey: string;
  readonly now: () => Instant;
  readonly receive: (inbounds: readonly Inbound[]) => Promise<void>;
  readonly echo: (echo: Echo) => void;
  readonly revoked: () => Promise<void>;
  /** Which timestamp the signature was over: an open question of the platform's documents. */
  readonly signedOver: (timestamp: 'body' | 'header') => void;
}

export interface WebhookAnswer {
  readonly status: number;
}

/** A rejection of `receive` is the caller's 500: Zalo sends the event again. */
export async function answerWebhook(request: WebhookRequest, parts: WebhookParts): Promise<WebhookAnswer> {
  const read = parse(request.body);
  if (!read.ok) return { status: 400 };
  const header = request.headers['x-zevent-signature'];
  // Saving the address in the console sends an unsigned `{}`.
  if (header === undefined && isEmptyObject(read.value)) return { status: 200 };
  const signed = checkSignature({
    appId: parts.appId,
    secretKey: parts.secretKey,
    body: request.body,
    header,
    bodyTimestamp: timestampOf(read.value),
    headerTimestamp: request.headers['x-zevent-timestamp'],
  });
  if (signed === null) return { status: 401 };
  parts.signedOver(signed);
  const event = readOaEvent(read.value);
  // Signed by Zalo and still not for us to read: a kind of event that we do not know.
  if (event === null) return { status: 200 };
  const decoded = decode(event, { appId: parts.appId, oaId: parts.oaId, now: parts.now() });
  switch (decoded.kind) {
    case 'foreign':
      return { status: 403 };
    case 'inbound':
      await parts.receive(decoded.inbounds);
      return { status: 200 };
    case 'echo':
      parts.echo(decoded.echo);
      return { status: 200 };
    case 'revoked':
      await parts.revoked();
      return { status: 200 };
    case 'ignored':
      return { status: 200 };
  }
}

export function parse(body: Uint8Array): { readonly ok: true; readonly value: unknown } | { readonly ok: false } {
  try {
    return { ok: true, value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) as unknown };
  } catch {
    return { ok: false };
  }
}

const isEmptyObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;
