/**
 * Links to files for `<img>` and `<a>`, which cannot send a header: signed for one file of one session, good for six
 * hours. With the session's Bearer header a link serves after that, too.
 */
import type { Instant } from '../../base/index.ts';
import { isSignature, sign } from './session.ts';

const HOURS_MS = 6 * 60 * 60 * 1000;

export interface FileGrant {
  readonly fileId: string;
  readonly session: string;
}

/** `now` is rounded down to the hour, so that a picture keeps its address while a page is open. */
export function writeFileLink(secret: string, grant: FileGrant, now: Instant): string {
  const hour = 60 * 60 * 1000;
  const until = (Math.floor(Date.parse(now) / hour) * hour + HOURS_MS).toString(36);
  const signature = sign(secret, 'webchat-file', `${grant.fileId}.${grant.session}.${until}`);
  return `/chat/files/${encodeURIComponent(grant.fileId)}?s=${grant.session}&until=${until}&sig=${signature}`;
}

/** Whether a link may be followed: by anyone while it is fresh, later only by the session it was written for. */
export function mayFollow(
  secret: string,
  link: FileGrant & { readonly until: string; readonly signature: string },
  asked: { readonly now: Instant; readonly session: string | null },
): boolean {
  const text = `${link.fileId}.${link.session}.${link.until}`;
  if (!isSignature(secret, 'webchat-file', text, link.signature)) return false;
  return Number.parseInt(link.until, 36) > Date.parse(asked.now) || asked.session === link.session;
}
