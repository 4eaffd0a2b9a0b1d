/** Small things that instances share: settings, leases, platform tokens, reminders, noted questions. */
import { conversationId } from '../base/index.ts';
import type { Store } from '../service/ports.ts';
import type { Db } from './client.ts';
import { Statement } from './sql.ts';

type Part = Pick<
  Store,
  | 'setting'
  | 'setSetting'
  | 'takeLease'
  | 'dropLease'
  | 'platformTokens'
  | 'seedPlatformTokens'
  | 'leasePlatformTokens'
  | 'savePlatformTokens'
  | 'notePlatformTokens'
  | 'dueReminders'
  | 'dropReminder'
  | 'draftsLeftAlone'
  | 'notedQuestions'
  | 'closeNotedQuestion'
>;

export function settingsOf({ prisma, provider }: Db, instance: string): Part {
  return {
    setting: async (key) => (await prisma.setting.findUnique({ where: { key } }))?.value ?? null,
    async setSetting(key, value) {
      if (value === null) await prisma.setting.deleteMany({ where: { key } });
      else await prisma.setting.upsert({ where: { key }, create: { key, value }, update: { value } });
    },
    async takeLease(name, now, until) {
      const statement = new Statement(provider).insert('Lease', ['name', 'owner', 'until'], [[name, instance, until]]);
      statement.add(` ON CONFLICT ("name") DO UPDATE SET "owner" = excluded."owner", "until" = excluded."until"
        WHERE "Lease"."owner" = excluded."owner" OR "Lease"."until" < ${statement.param(now)} RETURNING "name"`);
      return (await statement.query<{ name: string }>(prisma)).length === 1;
    },
    async dropLease(name) {
      await prisma.lease.deleteMany({ where: { name, owner: instance } });
    },
    async platformTokens(id) {
      const row = await prisma.platformToken.findUnique({ where: { id }, omit: { id: true } });
      return row;
    },
    async seedPlatformTokens(id, tokens) {
      const { accessToken, refreshToken, expiresAt, version, rotatedAt, status, lastError } = tokens;
      const values = [id, accessToken, refreshToken, expiresAt, version, rotatedAt, status, lastError];
      const columns = ['id', 'accessToken', 'refreshToken', 'expiresAt', 'version', 'rotatedAt', 'status', 'lastError'];
      const statement = new Statement(provider).insert('PlatformToken', columns, [values]);
      statement.add(' ON CONFLICT ("id") DO NOTHING RETURNING "id"');
      return (await statement.query<{ id: string }>(prisma)).length === 1;
    },
    async leasePlatformTokens(id, version, now, until) {
      const where = { id, version, OR: [{ leaseUntil: null }, { leaseUntil: { lt: now } }] };
      const done = await prisma.platformToken.updateMany({ where, data: { leaseOwner: instance, leaseUntil: until } });
      return done.count === 1;
    },
    async savePlatformTokens(id, version, tokens) {
      const { accessToken, refreshToken, expiresAt, rotatedAt, status, lastError } = tokens;
      const done = await prisma.platformToken.updateMany({
        where: { id, version },
        data: {
          accessToken,
          refreshToken,
          expiresAt,
          rotatedAt,
          status,
          lastError,
          version: version + 1,
          leaseOwner: null,
          leaseUntil: null,
        },
      });
      return done.count === 1;
    },
    async notePlatformTokens(id, note) {
      await prisma.platformToken.updateMany({ where: { id }, data: { ...note, leaseOwner: null, leaseUntil: null } });
    },
    async dueReminders(now, limit) {
      const rows = await prisma.reminder.findMany({ where: { at: { lte: now } }, orderBy: { at: 'asc' }, take: limit });
      return rows.map(({ conversation, name, at }) => ({ conversation: conversationId(conversation), name, at }));
    },
    async dropReminder({ conversation, name, at }) {
      await prisma.reminder.deleteMany({ where: { conversation, name, at } });
    },
    async draftsLeftAlone(before, unless, limit) {
      const statement = new Statement(provider);
      statement.add(`SELECT "conversation", "changedAt" FROM "Registration"
        WHERE "id" = 'draft:' || "conversation" AND "changedAt" < ${statement.param(before)} AND NOT EXISTS
        (SELECT 1 FROM "Reminder" WHERE "Reminder"."conversation" = "Registration"."conversation"
          AND "name" = ${statement.param(unless)})
        ORDER BY "changedAt" LIMIT ${statement.param(limit)}`);
      const rows = await statement.query<{ conversation: string; changedAt: string }>(prisma);
      return rows.map(({ conversation, changedAt }) => ({ conversation: conversationId(conversation), changedAt }));
    },
    notedQuestions: (limit) =>
      prisma.notedQuestion.findMany({
        where: { status: 'open' },
        orderBy: { at: 'desc' },
        take: limit,
        omit: { status: true },
      }),
    async closeNotedQuestion(id) {
      await prisma.notedQuestion.updateMany({ where: { id }, data: { status: 'closed' } });
    },
  };
}
