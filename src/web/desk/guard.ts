/**
 * Who asks, and whether a form came from our own page. A cookie alone changes nothing: a change needs a request of the same
 * site and the person's own mark in the form.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Context } from 'hono';
import { getCookie, setCookie, deleteCookie } from 'hono/cookie';
import type { Desk, DeskLang, Say } from '../../service/desk.ts';
import { SESSION_LIVES_MS } from '../../service/desk.ts';
import type { Log, StaffMember } from '../../service/ports.ts';
import type { Posted } from './form-body.ts';

export interface DeskWebParts {
  readonly desk: Desk;
  readonly secret: string;
  /** The https address that people use; null: whatever they came by. */
  readonly publicUrl: string | null;
  readonly log: Log;
  /** Scripts and styles by name. */
  readonly page: Readonly<Record<string, string>>;
  /** Wakes a page that is open. */
  readonly listen: (conversation: string, wake: () => void) => () => void;
  /** Aborted when the service stops. */
  readonly stopping: AbortSignal;
}

/** Somebody signed in, on one request. */
export interface Visit {
  readonly who: StaffMember;
  readonly session: string;
  readonly lang: DeskLang;
  readonly say: Say;
  /** Belongs in every form. */
  readonly mark: string;
  /** Stands above every page of theirs. */
  readonly trouble: string | null;
}

export type DeskEnv = { Variables: { visit: Visit; form: Posted } };

const SESSION = 'khuyencong-desk';
const LANG = 'khuyencong-desk-lang';
const PATH = '/staff';

export const sessionOf = (c: Context): string | undefined => getCookie(c, SESSION);

/** Secure behind https: the public address, or a proxy that says so. */
export function isSecure(c: Context, publicUrl: string | null): boolean {
  if (c.req.header('x-forwarded-proto')?.split(',')[0]?.trim() === 'https') return true;
  if (new URL(c.req.url).protocol === 'https:') return true;
  return publicUrl?.startsWith('https:') === true && hostOf(publicUrl) === c.req.header('host');
}

export function giveSession(c: Context, session: string, publicUrl: string | null): void {
  setCookie(c, SESSION, session, {
    path: PATH,
    httpOnly: true,
    sameSite: 'Lax',
    secure: isSecure(c, publicUrl),
    maxAge: SESSION_LIVES_MS / 1000,
  });
}

export const takeSession = (c: Context): void => void deleteCookie(c, SESSION, { path: PATH });

/** Vietnamese, unless the person chose English. */
export function langOf(c: Context): DeskLang {
  const asked = c.req.query('lang') ?? getCookie(c, LANG);
  return asked === 'en' ? 'en' : 'vi';
}

export function keepLang(c: Context): void {
  const asked = c.req.query('lang');
  if (asked === 'en' || asked === 'vi') {
    setCookie(c, LANG, asked, { path: PATH, sameSite: 'Lax', httpOnly: true, maxAge: 365 * 24 * 3600 });
  }
}

export async function visitOf(c: Context, { desk, secret }: DeskWebParts): Promise<Visit | null> {
  const session = sessionOf(c);
  const who = session === undefined ? null : await desk.signIn.who(session);
  if (session === undefined || who === null) return null;
  const lang = langOf(c);
  return { who, session, lang, say: desk.say(lang), mark: markOf(secret, who), trouble: desk.trouble(who) };
}

/** Signed for the person, so that a page left open through a change of cookies still works. */
const markOf = (secret: string, { id }: StaffMember): string =>
  createHmac('sha256', secret).update(`desk-form\0${id}`).digest('base64url');

export function isMark(given: unknown, wanted: string): boolean {
  if (typeof given !== 'string') return false;
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/**
 * Browsers say where a request comes from; a program that says nothing still needs the mark. `Sec-Fetch-Site` cannot be
 * forged by a page and decides alone where it is sent; older browsers send `Origin`.
 */
export function isOwnSite(c: Context, publicUrl: string | null): boolean {
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin';
  const origin = c.req.header('origin');
  if (origin === undefined) return true;
  const host = hostOf(origin);
  return host !== null && (host === c.req.header('host') || (publicUrl !== null && host === hostOf(publicUrl)));
}

function hostOf(url: string): string | null {
  try {
    return new URL(url).host;
  } catch {
    return null; // «null», or no address at all
  }
}
