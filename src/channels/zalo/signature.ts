/**
 * `X-ZEvent-Signature`: SHA-256 (not an HMAC) over app id, the raw bytes of the body, a timestamp and the OA secret key,
 * as lowercase hex with or without `mac=` in front. Sources disagree whether the timestamp is that of the body or of the
 * header `X-ZEvent-Timestamp`, so both are tried.
 */
import { createHash, timingSafeEqual } from 'node:crypto';

export interface Signed {
  readonly appId: string;
  readonly secretKey: string;
  readonly body: Uint8Array;
  readonly header: string | undefined;
  readonly bodyTimestamp: string | undefined;
  readonly headerTimestamp: string | undefined;
}

/** Which timestamp matched; null: the signature is wrong or missing. */
export function checkSignature(signed: Signed): 'body' | 'header' | null {
  const given = /^\s*(?:mac=)?([0-9a-f]{64})\s*$/i.exec(signed.header ?? '')?.[1];
  if (given === undefined) return null;
  const bytes = Buffer.from(given, 'hex');
  const matches = (timestamp: string | undefined) =>
    timestamp !== undefined && timingSafeEqual(macOf(signed, timestamp), bytes);
  const byBody = matches(signed.bodyTimestamp);
  const byHeader = matches(signed.headerTimestamp);
  if (byBody) return 'body';
  return byHeader ? 'header' : null;
}

const macOf = ({ appId, body, secretKey }: Signed, timestamp: string): Buffer =>
  createHash('sha256').update(appId).update(body).update(timestamp).update(secretKey).digest();
