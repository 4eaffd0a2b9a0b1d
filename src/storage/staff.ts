/** Staff, their accounts, and signing in. Of links, codes and cookies only hashes are kept. */
import { staffId } from '../base/index.ts';
import type { ChannelName, StaffMember, Store } from '../service/ports.ts';
import type { Db } from './client.ts';
import type { Staff } from './generated/sqlite/client.ts';
import { storable } from './text.ts';

type Part = Pick<
  Store,
  | 'staff'
  | 'addStaff'
  | 'changeStaff'
  | 'removeStaff'
  | 'staffOfAccount'
  | 'linkStaffAccount'
  | 'unlinkStaffAccounts'
  | 'accountsOf'
  | 'addCode'
  | 'useCode'
  | 'addSession'
  | 'sessionStaff'
  | 'endSession'
  | 'sessionOf'
  | 'shortenSession'
>;

const readStaff = ({ id, name, role, provinces, addedAt }: Staff): StaffMember => ({
  id: staffId(id),
  name,
  role: role as StaffMember['role'],
  provinces: provinces === '' ? [] : provinces.split(','),
  addedAt,
});

export function staffOf({ prisma }: Db): Part {
  const active = async (id: string): Promise<StaffMember | null> => {
    const row = await prisma.staff.findFirst({ where: { id, removedAt: null } });
    return row === null ? null : readStaff(row);
  };
  return {
    async staff() {
      const rows = await prisma.staff.findMany({
        where: { removedAt: null },
        orderBy: [{ addedAt: 'asc' }, { id: 'asc' }],
      });
      return rows.map(readStaff);
    },
    async addStaff({ id, name, role, provinces, addedAt }) {
      await prisma.staff.create({ data: { id, name: storable(name), role, provinces: provinces.join(','), addedAt } });
    },
    async changeStaff(id, { role, provinces }) {
      const data = { role, provinces: provinces.join(',') };
      return (await prisma.staff.updateMany({ where: { id, removedAt: null }, data })).count === 1;
    },
    removeStaff: (id, at) =>
      prisma.$transaction(async (tx) => {
        const done = await tx.staff.updateMany({ where: { id, removedAt: null }, data: { removedAt: at } });
        await tx.session.deleteMany({ where: { staffId: id } });
        await tx.staffAccount.deleteMany({ where: { staffId: id } });
        await tx.oneTimeCode.deleteMany({ where: { subject: id } });
        return done.count === 1;
      }),
    async staffOfAccount(channel, userId) {
      const found = await prisma.staffAccount.findUnique({ where: { channel_userId: { channel, userId } } });
      return found === null ? null : active(found.staffId);
    },
    async linkStaffAccount(channel, userId, staff) {
      const row = { channel, userId, staffId: staff };
      await prisma.staffAccount.upsert({ where: { channel_userId: { channel, userId } }, create: row, update: row });
    },
    async unlinkStaffAccounts(channel, staff) {
      await prisma.staffAccount.deleteMany({ where: { channel, staffId: staff } });
    },
    async accountsOf(staff) {
      const rows = await prisma.staffAccount.findMany({ where: { staffId: staff } });
      return rows.map(({ channel, userId }) => ({ channel: channel as ChannelName, userId }));
    },
    async addCode(code) {
      await prisma.oneTimeCode.create({ data: code });
    },
    async useCode(hash, kind, now) {
      const where = { hash, kind, usedAt: null, expiresAt: { gt: now } };
      const used = await prisma.oneTimeCode.updateMany({ where, data: { usedAt: now } });
      return used.count === 1 ? ((await prisma.oneTimeCode.findUnique({ where: { hash } }))?.subject ?? null) : null;
    },
    async addSession({ hash, staff, createdAt, expiresAt }) {
      await prisma.session.create({ data: { hash, staffId: staff, createdAt, expiresAt } });
    },
    async sessionStaff(hash, now) {
      const session = await prisma.session.findUnique({ where: { hash } });
      return session === null || session.expiresAt <= now ? null : active(session.staffId);
    },
    async endSession(hash) {
      await prisma.session.deleteMany({ where: { hash } });
    },
    async sessionOf(hash, now) {
      const session = await prisma.session.findUnique({ where: { hash } });
      if (session === null || session.expiresAt <= now) return null;
      const staff = await active(session.staffId);
      const { createdAt, expiresAt } = session;
      return staff === null ? null : { staff, createdAt, expiresAt };
    },
    async shortenSession(hash, until) {
      await prisma.session.updateMany({ where: { hash, expiresAt: { gt: until } }, data: { expiresAt: until } });
    },
  };
}
