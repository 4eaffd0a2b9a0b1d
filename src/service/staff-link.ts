/**
 * Joining a member of the staff with their account on a channel: a code that works once, shown to them by an operator and
 * typed to the bot (or brought by a link that opens it). Who types it acts for that member from then on.
 */
import { createHash } from 'node:crypto';
import { addMs, staffId, type Instant, type StaffId } from '../base/index.ts';
import type { ChannelName, Inbound, Store } from './ports.ts';

/** Where staff may act with an account of their own: in the group's presses and replies, or in a chat that is a room. */
export const linkableChannels: readonly ChannelName[] = ['telegram', 'zalo-bot'];

const KIND = 'staff-account';
const GOOD_FOR_MS = 15 * 60 * 1000;
const LETTERS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

const hashOf = (code: string) => createHash('sha256').update(`${KIND}:${code}`).digest('hex');

/** `KC-XXXX-XXXX`, good for a quarter of an hour. `chance`: a fresh unguessable id. */
export async function makeStaffCode(
  store: Pick<Store, 'addCode'>,
  staff: StaffId,
  { chance, now }: { readonly chance: string; readonly now: Instant },
): Promise<string> {
  const bytes = createHash('sha256').update(chance).digest();
  const letters = Array.from({ length: 8 }, (_, index) => LETTERS[(bytes[index] ?? 0) % LETTERS.length]).join('');
  await store.addCode({ hash: hashOf(letters), kind: KIND, subject: staff, expiresAt: addMs(now, GOOD_FOR_MS) });
  return `KC-${letters.slice(0, 4)}-${letters.slice(4)}`;
}

/** The member whose code this is, joined now; null: an ordinary text, for the conversation. */
export async function linkByCode(
  store: Pick<Store, 'useCode' | 'linkStaffAccount'>,
  { address, event }: Inbound,
  now: Instant,
): Promise<StaffId | null> {
  const said = event.kind === 'text' ? event.text : event.kind === 'started' ? (event.payload ?? '') : '';
  const typed = /^\s*kc[\s-]*([0-9a-z]{4})[\s-]*([0-9a-z]{4})\s*$/i.exec(said);
  if (typed === null || !linkableChannels.includes(address.channel)) return null;
  const subject = await store.useCode(hashOf(`${typed[1]}${typed[2]}`.toUpperCase()), KIND, now);
  if (subject === null) return null;
  const staff = staffId(subject);
  await store.linkStaffAccount(address.channel, address.chat, staff);
  return staff;
}
