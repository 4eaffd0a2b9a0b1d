/**
 * The people of the desk as an admin keeps them, and the accounts that everybody links for themselves. An admin of some
 * provinces keeps only people of those, so that nobody hands out more than they have.
 */
import { staffId } from '../base/index.ts';
import { hasSignedIn, LINK_PATH, type SignIn } from './desk-sign-in.ts';
import { provinceWords, type DeskLang, type DeskVoice, type Option } from './desk-voice.ts';
import type { ChannelName, Clock, NewId, StaffMember, Store } from './ports.ts';
import { linkableChannels, makeStaffCode } from './staff-link.ts';
import type { Log } from './watch.ts';

export interface PersonView {
  readonly id: string;
  readonly name: string;
  readonly role: StaffMember['role'];
  readonly provinceIds: readonly string[];
  readonly provinces: string;
  readonly accounts: readonly string[];
  readonly hasSignedIn: boolean;
  readonly isSelf: boolean;
}

export interface PeopleView {
  readonly people: readonly PersonView[];
  /** What this admin may give. */
  readonly provinces: readonly Option[];
  /** May make somebody see the whole country. */
  readonly mayGiveAll: boolean;
}

/** A messenger that the service runs on, and whether this person acts there already. */
export interface AccountView {
  readonly channel: ChannelName;
  readonly words: string;
  readonly isLinked: boolean;
  /** Name of the bot on the platform, for a link to it. */
  readonly bot: string | null;
}

export interface StaffDraft {
  readonly role: string;
  readonly provinces: readonly string[];
}

export type PeopleFault =
  'not-admin' | 'no-person' | 'no-name' | 'wrong-role' | 'wrong-province' | 'not-yours' | 'yourself';
export type PeopleDone<T> =
  { readonly done: true; readonly value: T } | { readonly done: false; readonly why: PeopleFault };

export interface DeskStaff {
  /** null: that person is no admin. */
  people(who: StaffMember, lang: DeskLang): Promise<PeopleView | null>;
  add(who: StaffMember, draft: StaffDraft & { readonly name: string }): Promise<PeopleDone<string>>;
  change(who: StaffMember, id: string, draft: StaffDraft): Promise<PeopleDone<null>>;
  remove(who: StaffMember, id: string): Promise<PeopleDone<null>>;
  /** Path of a sign-in link for that person, to be shown once. */
  link(who: StaffMember, id: string): Promise<PeopleDone<{ readonly name: string; readonly path: string }>>;
  accounts(who: StaffMember, lang: DeskLang): Promise<readonly AccountView[]>;
  /** A code that joins whoever types it to the bot with this person; works once. */
  code(who: StaffMember): Promise<string>;
  unlink(who: StaffMember, channel: string): Promise<void>;
}

export interface DeskStaffParts {
  readonly store: Store;
  readonly signIn: Pick<SignIn, 'link'>;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
  readonly voice: (lang: DeskLang) => DeskVoice;
  /** Messengers that run, with the bot's name there once it is known. */
  readonly messengers: () => readonly { readonly channel: ChannelName; readonly bot: string | null }[];
  /** Somebody was added, changed, removed or unlinked. */
  readonly changed?: () => void;
}

const NAME_MAX = 100;
const refused = (why: PeopleFault) => ({ done: false, why }) as const;
const done = <T>(value: T) => ({ done: true, value }) as const;

export function createDeskStaff(parts: DeskStaffParts): DeskStaff {
  const { store, clock, newId, log } = parts;
  const changed = (who: StaffMember, what: string, id: string) => {
    log.info({ staff: who.id, person: id, what }, 'desk-people');
    parts.changed?.();
  };
  /** The person, when this admin may keep them. */
  const kept = async (who: StaffMember, id: string): Promise<PeopleDone<StaffMember>> => {
    if (who.role !== 'admin') return refused('not-admin');
    const member = (await store.staff()).find((each) => each.id === id);
    if (member === undefined) return refused('no-person');
    return covers(who, member.provinces) ? done(member) : refused('not-yours');
  };

  return {
    async people(who, lang) {
      if (who.role !== 'admin') return null;
      const voice = parts.voice(lang);
      const members = (await store.staff()).filter(({ provinces }) => covers(who, provinces));
      const people = await Promise.all(members.map((member) => personView(store, voice, who, member)));
      return { people, provinces: givable(who, voice), mayGiveAll: who.provinces.length === 0 };
    },
    async add(who, { name: given, ...draft }) {
      if (who.role !== 'admin') return refused('not-admin');
      const name = given.normalize('NFC').replace(/\s+/g, ' ').trim();
      if (name === '' || name.length > NAME_MAX) return refused('no-name');
      const read = readDraft(who, draft, parts.voice('vi'));
      if (!read.done) return read;
      const id = staffId(newId());
      await store.addStaff({ id, name, ...read.value, addedAt: clock() });
      changed(who, 'added', id);
      return done<string>(id);
    },
    async change(who, id, draft) {
      const found = await kept(who, id);
      if (!found.done) return found;
      const read = readDraft(who, draft, parts.voice('vi'));
      if (!read.done) return read;
      if (found.value.id === who.id) return refused('yourself');
      if (!(await store.changeStaff(found.value.id, read.value))) return refused('no-person');
      changed(who, 'changed', id);
      return done(null);
    },
    async remove(who, id) {
      const found = await kept(who, id);
      if (!found.done) return found;
      // So one admin is left, whoever goes.
      if (found.value.id === who.id) return refused('yourself');
      if (!(await store.removeStaff(found.value.id, clock()))) return refused('no-person');
      changed(who, 'removed', id);
      return done(null);
    },
    async link(who, id) {
      const found = await kept(who, id);
      if (!found.done) return found;
      const path = `${LINK_PATH}${await parts.signIn.link(found.value.id)}`;
      changed(who, 'link', id);
      return done({ name: found.value.name, path });
    },
    async accounts(who, lang) {
      const { say } = parts.voice(lang);
      const linked = new Set((await store.accountsOf(who.id)).map(({ channel }) => channel));
      return parts
        .messengers()
        .filter(({ channel }) => linkableChannels.includes(channel))
        .map(({ channel, bot }) => {
          return { channel, bot, words: say(`desk.channel.${channel}`), isLinked: linked.has(channel) };
        });
    },
    code: (who) => makeStaffCode(store, who.id, { chance: newId(), now: clock() }),
    async unlink(who, channel) {
      const known = linkableChannels.find((each) => each === channel);
      if (known === undefined) return;
      await store.unlinkStaffAccounts(known, who.id);
      changed(who, 'unlinked', who.id);
    },
  };
}

/** Whether somebody with these provinces is under that admin; none are the whole country. */
const covers = (who: StaffMember, provinces: readonly string[]): boolean =>
  who.provinces.length === 0 || (provinces.length > 0 && provinces.every((each) => who.provinces.includes(each)));

const givable = (who: StaffMember, { library }: DeskVoice): readonly Option[] =>
  [...library.pack.provinces.values()]
    .filter(({ id }) => who.provinces.length === 0 || who.provinces.includes(id))
    .map(({ id, name }) => ({ id, label: name }))
    .sort((a, b) => a.label.localeCompare(b.label, 'vi'));

function readDraft(
  who: StaffMember,
  { role, provinces: given }: StaffDraft,
  { library }: DeskVoice,
): PeopleDone<Pick<StaffMember, 'role' | 'provinces'>> {
  if (role !== 'admin' && role !== 'officer') return refused('wrong-role');
  const provinces = [...new Set(given)];
  const known = new Set<string>(library.pack.provinces.keys());
  if (!provinces.every((id) => known.has(id))) return refused('wrong-province');
  return covers(who, provinces) ? done({ role, provinces }) : refused('not-yours');
}

async function personView(
  store: Pick<Store, 'accountsOf' | 'setting'>,
  voice: DeskVoice,
  who: StaffMember,
  { id, name, role, provinces }: StaffMember,
): Promise<PersonView> {
  const [accounts, signedIn] = await Promise.all([store.accountsOf(id), hasSignedIn(store, id)]);
  return {
    id,
    name,
    role,
    provinceIds: provinces,
    provinces:
      provinces.length === 0
        ? voice.say('desk.people.allProvinces')
        : provinces.map((each) => provinceWords(voice, each)).join(', '),
    accounts: [...new Set(accounts.map(({ channel }) => channel))].map((each) => voice.say(`desk.channel.${each}`)),
    hasSignedIn: signedIn,
    isSelf: id === who.id,
  };
}
