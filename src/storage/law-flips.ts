/** Verdicts that the law has turned, and the profiles they are found among. */
import { caseId, conversationId, asDay, isDay, type Day } from '../base/index.ts';
import type { KindChange, VerdictKind } from '../policy/index.ts';
import type { FlipFilter, FlipStatus, LawFlip, LawStore, SheetVerdict } from '../service/ports.ts';
import type { Db } from './client.ts';
import { readConversation } from './conversations.ts';
import type { LawFlip as Row, Prisma } from './generated/sqlite/client.ts';
import { Statement, type SqlValue } from './sql.ts';

const COLUMNS = [
  'id', 'conversation', 'caseId', 'province', 'change', 'turned', 'toldOn', 'why', 'since', 'instruments', 'status', 'foundAt',
] as const; // prettier-ignore

export function lawFlipsOf({ prisma, provider }: Db): LawStore {
  return {
    async consented(after, limit) {
      const where = {
        consentAt: { not: null },
        state: { not: null },
        ...(after === null ? {} : { id: { gt: after } }),
      };
      const rows = await prisma.conversation.findMany({ where, orderBy: { id: 'asc' }, take: limit });
      return rows.map(readConversation);
    },
    async sheetVerdicts(conversations) {
      const where = { conversation: { in: [...conversations] }, verdict: { not: null } };
      const select = { conversation: true, verdict: true, verdictOn: true };
      // Ascending and the draft last, so that in the map the newest stays.
      const rows = await prisma.registration.findMany({
        where,
        select,
        orderBy: [{ sent: 'desc' }, { changedAt: 'asc' }],
      });
      return new Map(rows.flatMap((row) => sheetVerdict(row) ?? []));
    },
    async addFlips(flips) {
      if (flips.length === 0) return 0;
      const statement = new Statement(provider).insert('LawFlip', COLUMNS, flips.map(valuesOf));
      statement.add(` ON CONFLICT ("id") DO UPDATE SET "status" = 'open', "change" = excluded."change",
        "foundAt" = excluded."foundAt", "decidedBy" = NULL, "decidedAt" = NULL
        WHERE "LawFlip"."status" = 'dropped' RETURNING "id"`);
      return (await statement.query<{ id: string }>(prisma)).length;
    },
    async dropOpenFlips(conversations, still) {
      const where = { conversation: { in: [...conversations] }, status: 'open', id: { notIn: [...still] } };
      return (await prisma.lawFlip.updateMany({ where, data: { status: 'dropped' } })).count;
    },
    async flips(filter, limit, offset = 0) {
      const orderBy = [{ foundAt: 'asc' }, { id: 'asc' }] as const;
      const where = whereOf(filter);
      return (await prisma.lawFlip.findMany({ where, orderBy: [...orderBy], take: limit, skip: offset })).map(read);
    },
    countFlips: (filter) => prisma.lawFlip.count({ where: whereOf(filter) }),
    async flipChanges(filter) {
      const groups = await prisma.lawFlip.groupBy({
        by: ['change'],
        where: whereOf(filter),
        _count: true,
        _max: { foundAt: true },
      });
      const latest = ({ _max }: (typeof groups)[number]) => _max.foundAt ?? '';
      return groups
        .sort((a, b) => (latest(a) < latest(b) ? 1 : -1))
        .map(({ change, _count }) => ({ change, count: _count }));
    },
    async decideFlips(filter, { status, by, at }) {
      const where = { ...whereOf(filter), status: 'open' };
      return (await prisma.lawFlip.updateMany({ where, data: { status, decidedBy: by, decidedAt: at } })).count;
    },
    async settleFlip(id, status) {
      await prisma.lawFlip.updateMany({ where: { id, status: { in: ['open', 'approved'] } }, data: { status } });
    },
  };
}

function whereOf({ ids, conversation, statuses, provinces, change }: FlipFilter): Prisma.LawFlipWhereInput {
  return {
    ...(ids === undefined ? {} : { id: { in: [...ids] } }),
    ...(conversation === undefined ? {} : { conversation }),
    ...(statuses === undefined ? {} : { status: { in: [...statuses] } }),
    ...(provinces === undefined ? {} : { OR: [{ province: null }, { province: { in: [...provinces] } }] }),
    ...(change === undefined ? {} : { change }),
  };
}

function sheetVerdict(row: {
  readonly conversation: string;
  readonly verdict: string | null;
  readonly verdictOn: string | null;
}): readonly (readonly [string, SheetVerdict])[] | null {
  const { conversation, verdict, verdictOn } = row;
  if (verdict === null || verdict === 'unknown' || verdictOn === null || !isDay(verdictOn)) return null;
  return [[conversation, { kind: verdict as VerdictKind, on: verdictOn }]];
}

const valuesOf = (flip: LawFlip): SqlValue[] => [
  flip.id,
  flip.conversation,
  flip.caseId,
  flip.province,
  flip.change,
  flip.turned.map(({ programme, before, after }) => `${programme} ${before ?? '-'} ${after ?? '-'}`).join(','),
  flip.toldOn,
  flip.why,
  flip.since,
  flip.instruments.join(','),
  flip.status,
  flip.foundAt,
];

const listOf = (text: string): readonly string[] => (text === '' ? [] : text.split(','));
const dayOrNull = (text: string | null): Day | null => (text === null ? null : asDay(text));

function turnedOf(text: string): KindChange {
  const [programme = '', before, after] = text.split(' ');
  const kind = (word: string | undefined) => (word === '-' || word === undefined ? null : (word as VerdictKind));
  return { programme, before: kind(before), after: kind(after) };
}

const read = (row: Row): LawFlip => ({
  id: row.id,
  conversation: conversationId(row.conversation),
  caseId: row.caseId === null ? null : caseId(row.caseId),
  province: row.province,
  change: row.change,
  turned: listOf(row.turned).map(turnedOf),
  toldOn: asDay(row.toldOn),
  why: row.why as LawFlip['why'],
  since: dayOrNull(row.since),
  instruments: listOf(row.instruments),
  status: row.status as FlipStatus,
  foundAt: row.foundAt,
  decidedBy: row.decidedBy,
  decidedAt: row.decidedAt,
});
