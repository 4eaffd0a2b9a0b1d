/** The people of the desk: the first admin of a fresh machine, and whether anybody is there to answer. */
import { staffId } from '../base/index.ts';
import { hasSignedIn, type SignIn } from './desk-sign-in.ts';
import type { Clock, NewId, StaffMember, Store } from './ports.ts';

/** Key under which a running service leaves its address, so that the command line can write whole links. */
export const ADDRESS_KEY = 'desk-address';
export interface FirstLinkParts {
  readonly store: Pick<Store, 'staff' | 'addStaff' | 'setting'>;
  readonly signIn: Pick<SignIn, 'link'>;
  readonly clock: Clock;
  readonly newId: NewId;
  /** Name of an admin whom nobody has named yet. */
  readonly name: string;
}

/**
 * The secret part of a link for the first admin, made anew at each start until an admin has signed in; null after that.
 * Where there is nobody at all, the first admin is written down.
 */
export async function firstAdminLink(parts: FirstLinkParts): Promise<string | null> {
  const { store, signIn, clock, newId, name } = parts;
  const staff = await store.staff();
  const admins = staff.filter(({ role }) => role === 'admin');
  if (staff.length > 0 && admins.length === 0) return null;
  for (const { id } of admins) if (await hasSignedIn(store, id)) return null;
  const [known] = admins;
  if (known !== undefined) return signIn.link(known.id);
  const id = staffId(newId());
  await store.addStaff({ id, name, role: 'admin', provinces: [], addedAt: clock() });
  return signIn.link(id);
}

/** Remembers whether somebody of the desk may answer, since a turn asks for it and cannot wait. */
export interface Presence {
  isStaffed(): boolean;
  /** Looks again: somebody signed in, was added or removed. */
  refresh(): Promise<void>;
}

export async function openPresence(store: Pick<Store, 'staff' | 'setting'>): Promise<Presence> {
  let staffed = false;
  const refresh = async (): Promise<void> => {
    const all = await store.staff();
    const there = await Promise.all(all.map(({ id }) => hasSignedIn(store, id)));
    staffed = there.includes(true);
  };
  await refresh();
  return { isStaffed: () => staffed, refresh };
}

/** Their own provinces, and what belongs to no province, are what a person of the desk may see. */
export const maySee = ({ provinces }: Pick<StaffMember, 'provinces'>, province: string | null): boolean =>
  provinces.length === 0 || province === null || provinces.includes(province);
