/**
 * Signing in at the desk: a link works once and for a short time, then a cookie stands for the person until they sign out
 * or are removed. There are no passwords. Of links and cookies the store sees only hashes.
 */
import { createHash } from 'node:crypto';
import { addMs, type StaffId } from '../base/index.ts';
import type { Clock, NewId, StaffMember, Store } from './ports.ts';
import type { Log } from './watch.ts';

/** Path of a sign-in link on the server. */
export const LINK_PATH = '/staff/sign-in/';
/** Issue 5: a link is good for 15 minutes. */
export const LINK_LIVES_MS = 15 * 60 * 1000;
/** Nobody has to sign in again within a month of work; ms. */
export const SESSION_LIVES_MS = 30 * 24 * 60 * 60 * 1000;
/** A cookie older than a day is exchanged for a new one; ms. */
const ROTATE_AFTER_MS = 24 * 60 * 60 * 1000;
/** What the page had under way still comes with the old one; ms. */
const OLD_LIVES_ON_MS = 60 * 1000;

const KIND = 'desk-sign-in';
/** Key under which the store keeps when a person signed in first. */
const signedInKey = (id: StaffId) => `desk-signed-in:${id}`;

export interface Entered {
  readonly member: StaffMember;
  /** What the cookie is to hold. */
  readonly session: string;
}

export interface SignIn {
  /** The secret part of a new link for that person. */
  link(staff: StaffId): Promise<string>;
  /** null: the link was used, is too old, or was never one; `before` is a session of that browser, which ends. */
  enter(link: string, before?: string): Promise<Entered | null>;
  /** Who comes with that cookie; null: nobody. */
  who(session: string): Promise<StaffMember | null>;
  /** A fresh cookie when that one is a day old; null: it stays. */
  rotate(session: string): Promise<string | null>;
  leave(session: string): Promise<void>;
}

export interface SignInParts {
  readonly store: Pick<
    Store,
    | 'staff'
    | 'addCode'
    | 'useCode'
    | 'addSession'
    | 'sessionStaff'
    | 'sessionOf'
    | 'shortenSession'
    | 'endSession'
    | 'setting'
    | 'setSetting'
  >;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
  /** Somebody signed in. */
  readonly entered?: () => void;
}

export function createSignIn(parts: SignInParts): SignIn {
  const { store, clock, newId, log } = parts;
  const open = async (staff: StaffId): Promise<string> => {
    const session = secretOf(newId);
    const now = clock();
    await store.addSession({
      hash: hashOf(session),
      staff,
      createdAt: now,
      expiresAt: addMs(now, SESSION_LIVES_MS),
    });
    return session;
  };
  return {
    async link(staff) {
      const link = secretOf(newId);
      const expiresAt = addMs(clock(), LINK_LIVES_MS);
      await store.addCode({ hash: hashOf(link), kind: KIND, subject: staff, expiresAt });
      return link;
    },
    async enter(link, before) {
      const subject = await store.useCode(hashOf(link), KIND, clock());
      const member = (await store.staff()).find(({ id }) => id === subject);
      if (member === undefined) {
        log.warn({}, 'desk-link-refused');
        return null;
      }
      if (before !== undefined) await store.endSession(hashOf(before));
      const session = await open(member.id);
      const key = signedInKey(member.id);
      if ((await store.setting(key)) === null) await store.setSetting(key, clock());
      parts.entered?.();
      log.info({ staff: member.id }, 'desk-signed-in');
      return { member, session };
    },
    who: (session) => store.sessionStaff(hashOf(session), clock()),
    async rotate(session) {
      const now = clock();
      const known = await store.sessionOf(hashOf(session), now);
      if (known === null || Date.parse(now) - Date.parse(known.createdAt) < ROTATE_AFTER_MS) return null;
      // Two pages at once get two cookies, of which both work; the old one ends for both.
      if (Date.parse(known.expiresAt) - Date.parse(now) <= OLD_LIVES_ON_MS) return null;
      const fresh = await open(known.staff.id);
      await store.shortenSession(hashOf(session), addMs(now, OLD_LIVES_ON_MS));
      return fresh;
    },
    leave: (session) => store.endSession(hashOf(session)),
  };
}

/** True when that person has signed in at least once. */
export const hasSignedIn = async (store: Pick<Store, 'setting'>, staff: StaffId): Promise<boolean> =>
  (await store.setting(signedInKey(staff))) !== null;

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** 244 bits of chance, as letters and digits that stand in an address. */
const secretOf = (newId: NewId): string => `${newId()}${newId()}`.replaceAll('-', '');
