/** `staff add|list|remove|link`: the people of the desk, and one-time links by which they sign in. */
import { staffId } from '../../base/index.ts';
import { foldWords } from '../../language/index.ts';
import {
  ADDRESS_KEY,
  createSignIn,
  LINK_LIVES_MS,
  LINK_PATH,
  type StaffMember,
  type Store,
} from '../../service/index.ts';
import { DONE, readArgs, Refused, WrongUsage, type Command, type CommandIo } from '../command.ts';
import { withStore } from '../database.ts';

export const staff: Command = {
  name: 'staff',
  async run(args, io) {
    const [verb, ...rest] = args;
    if (verb === 'add') return add(rest, io);
    if (verb === 'list') return list(rest, io);
    if (verb === 'remove') return remove(rest, io);
    if (verb === 'link') return link(rest, io);
    throw new WrongUsage('');
  },
};

const NAME_MAX = 100;

async function add(args: readonly string[], io: CommandIo): Promise<number> {
  const options = {
    name: { type: 'string' },
    role: { type: 'string' },
    province: { type: 'string', multiple: true },
    provinces: { type: 'string', multiple: true },
  } as const;
  const { values, positionals } = readArgs(args, options, [0, 8]);
  const name = (values.name ?? positionals.join(' ')).normalize('NFC').replace(/\s+/g, ' ').trim();
  if (name === '' || name.length > NAME_MAX) throw new WrongUsage('');
  const role = values.role ?? 'officer';
  if (role !== 'admin' && role !== 'officer') throw new Refused(io.text('desk.cli.wrongRole', { role }));
  const provinces = await knownProvinces([...(values.province ?? []), ...(values.provinces ?? [])], io);
  const member: StaffMember = { id: staffId(io.newId()), name, role, provinces, addedAt: io.now };
  await withStore(io, (store) => store.addStaff(member));
  if (io.json) io.data(recordOf(member));
  else io.out(io.text('desk.cli.added', { name, role: io.text(`desk.cli.role.${role}`), id: member.id }));
  return DONE;
}

/** Ids as given, apart or with commas between; `all` is the whole country. */
async function knownProvinces(given: readonly string[], io: CommandIo): Promise<readonly string[]> {
  const ids = given
    .flatMap((each) => each.split(','))
    .map((each) => each.trim())
    .filter((each) => each !== '');
  if (ids.length === 0 || ids.includes('all')) return [];
  const pack = await io.loadPack();
  const known = new Set<string>(pack.provinces.keys());
  const unknown = ids.find((id) => !known.has(id));
  if (unknown !== undefined) throw new Refused(io.text('desk.cli.wrongProvince', { id: unknown }));
  return [...new Set(ids)];
}

async function list(args: readonly string[], io: CommandIo): Promise<number> {
  readArgs(args, {}, [0, 0]);
  const members = await withStore(io, (store) => store.staff());
  if (io.json) io.data(members.map(recordOf));
  else if (members.length === 0) io.out(io.text('desk.cli.none'));
  else for (const member of members) io.out(lineOf(member, io));
  return DONE;
}

const recordOf = ({ id, name, role, provinces, addedAt }: StaffMember) => ({ id, name, role, provinces, addedAt });

const lineOf = ({ id, name, role, provinces }: StaffMember, io: CommandIo): string =>
  io.text('desk.cli.line', {
    id,
    name,
    role: io.text(`desk.cli.role.${role}`),
    provinces: provinces.length === 0 ? io.text('desk.cli.allProvinces') : provinces.join(', '),
  });

async function remove(args: readonly string[], io: CommandIo): Promise<number> {
  const { positionals } = readArgs(args, {}, [1, 8]);
  const member = await withStore(io, async (store) => {
    const found = await find(store, positionals.join(' '), io);
    await store.removeStaff(found.id, io.now);
    return found;
  });
  if (io.json) io.data({ removed: member.id, name: member.name });
  else io.out(io.text('desk.cli.removed', { name: member.name }));
  return DONE;
}

/** Without a name, of the only person there is. */
async function link(args: readonly string[], io: CommandIo): Promise<number> {
  const { positionals } = readArgs(args, {}, [0, 8]);
  const made = await withStore(io, async (store) => {
    const member = await find(store, positionals.join(' '), io);
    const quiet = { debug() {}, info() {}, warn() {}, error() {} };
    const signIn = createSignIn({ store, clock: io.clock, newId: io.newId, log: quiet });
    const url = `${await addressOf(store, io)}${LINK_PATH}${await signIn.link(member.id)}`;
    return { member, url };
  });
  const expiresAt = new Date(Date.parse(io.now) + LINK_LIVES_MS).toISOString();
  if (io.json) io.data({ url: made.url, link: made.url, id: made.member.id, name: made.member.name, expiresAt });
  else io.out(made.url);
  return DONE;
}

/** The public address; else that of the service as it last ran; else the default of the contract. */
async function addressOf(store: Pick<Store, 'setting'>, io: CommandIo): Promise<string> {
  const publicUrl = (io.env['PUBLIC_URL'] ?? '').trim().replace(/\/+$/, '');
  if (publicUrl !== '') return publicUrl;
  return (await store.setting(ADDRESS_KEY)) ?? `http://127.0.0.1:${io.env['PORT'] || '3000'}`;
}

/** By id, or by name with or without diacritics. */
async function find(store: Pick<Store, 'staff'>, who: string, io: CommandIo): Promise<StaffMember> {
  const all = await store.staff();
  const wanted = foldWords(who);
  const found =
    who === '' ? all : all.filter(({ id, name }) => id === who || (wanted !== '' && foldWords(name) === wanted));
  const [only] = found;
  if (found.length === 1 && only !== undefined) return only;
  if (who === '') throw new WrongUsage(io.text('desk.cli.whoIsMissing'));
  if (only === undefined) throw new Refused(io.text('desk.cli.noSuchPerson', { who }));
  throw new Refused(io.text('desk.cli.manyPersons', { who, ids: found.map(({ id }) => id).join(', ') }));
}
