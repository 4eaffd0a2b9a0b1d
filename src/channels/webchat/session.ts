/**
 * Sessions of the browser chat. A token is the session's id, its last moment and a signature over both, so nothing is
 * stored for a visitor who never writes.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Instant } from '../../base/index.ts';

const DAYS = 180;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Signs `text` for one use; the same text signed for another use gives another signature. */
export function sign(secret: string, use: string, text: string): string {
  return createHmac('sha256', secret).update(`${use}\0${text}`).digest('base64url');
}

/** Compares in constant time. */
export function isSignature(secret: string, use: string, text: string, given: string): boolean {
  const wanted = Buffer.from(sign(secret, use, text));
  const got = Buffer.from(given);
  return wanted.length === got.length && timingSafeEqual(wanted, got);
}

/** A token for the session, good for 180 days. */
export function writeSessionToken(secret: string, sessionId: string, now: Instant): string {
  const until = Math.floor((Date.parse(now) + DAYS * DAY_MS) / 1000).toString(36);
  return `${sessionId}.${until}.${sign(secret, 'webchat-session', `${sessionId}.${until}`)}`;
}

/** The session of an `Authorization` header; null when it is none of ours, or too old. */
export function readSession(secret: string, authorization: string | undefined, now: Instant): string | null {
  const match = /^Bearer\s+([\w-]{1,64})\.([0-9a-z]{1,9})\.([\w-]{43})$/i.exec(authorization ?? '');
  if (match === null) return null;
  const [, sessionId = '', until = '', signature = ''] = match;
  if (!isSignature(secret, 'webchat-session', `${sessionId}.${until}`, signature)) return null;
  return Number.parseInt(until, 36) * 1000 > Date.parse(now) ? sessionId : null;
}
