/** Cases: reading them, finding them, and the lists of the desk. */
import type { Case } from '../casework/index.ts';
import { foldWords } from '../language/index.ts';
import type { CaseFilter, Store } from '../service/ports.ts';
import { readCase, readLine } from './case-rows.ts';
import { writeCases } from './case-writes.ts';
import type { Db, Tx } from './client.ts';
import { insertOutgoing, type OutboxContext } from './outbox.ts';
import type { Case as CaseRow, CaseEntry, Prisma } from './generated/sqlite/client.ts';
import { addressKey } from './message-rows.ts';
import { readSheets, type WrittenParts } from './sheets.ts';
import { Statement } from './sql.ts';

type Part = Pick<
  Store,
  | 'commitCases'
  | 'nextCaseNumber'
  | 'loadCase'
  | 'loadCases'
  | 'findCase'
  | 'caseOfRoomMessage'
  | 'casesOf'
  | 'listCases'
  | 'countCases'
  | 'casesToRaise'
>;

export interface CaseContext extends OutboxContext {
  readonly db: Db;
  readonly parts: WrittenParts;
}

class CaseChanged extends Error {}

export function casesOf(context: CaseContext): Part {
  const { prisma, provider } = context.db;
  const one = async (where: Prisma.CaseWhereInput): Promise<Case | null> =>
    (await readCases(prisma, await prisma.case.findMany({ where, include: { entries: true }, take: 1 })))[0] ?? null;
  return {
    async commitCases({ cases, outgoing, at }) {
      try {
        const rows = await prisma.$transaction(async (tx) => {
          if (!(await writeCases(context, tx, cases))) throw new CaseChanged();
          return insertOutgoing(context, tx, outgoing, at);
        });
        return { outcomes: ['stored'], rows };
      } catch (error) {
        context.parts.clear();
        if (error instanceof CaseChanged) return { outcomes: ['case-changed'], rows: [] };
        throw error;
      }
    },
    async nextCaseNumber(series) {
      const statement = new Statement(provider).insert('CaseSeries', ['series', 'last'], [[series, 1]]);
      statement.add(' ON CONFLICT ("series") DO UPDATE SET "last" = "CaseSeries"."last" + 1 RETURNING "last"');
      const [row] = await statement.query<{ last: number | bigint }>(prisma);
      return Number(row?.last);
    },
    loadCase: (id) => one({ id }),
    async loadCases(ids) {
      const rows = await prisma.case.findMany({ where: { id: { in: [...ids] } }, include: { entries: true } });
      const found = new Map((await readCases(prisma, rows)).map((each) => [each.id, each]));
      return ids.flatMap((id) => found.get(id) ?? []);
    },
    findCase: (code) => one({ code: code.toUpperCase() }),
    async caseOfRoomMessage(room, platformId) {
      const where = { room_platformId: { room: addressKey(room), platformId } };
      const found = await prisma.roomMessage.findUnique({ where });
      return found === null ? null : one({ id: found.caseId });
    },
    async casesOf(conversation) {
      const where = { conversation };
      const rows = await prisma.case.findMany({ where, include: { entries: true }, orderBy: { openedAt: 'asc' } });
      return readCases(prisma, rows);
    },
    async listCases(filter) {
      const rows = await prisma.case.findMany({
        where: whereOf(filter),
        orderBy: [{ openedAt: filter.order === 'waiting' ? 'asc' : 'desc' }, { id: 'asc' }],
        take: filter.limit,
        skip: filter.offset,
      });
      return rows.map(readLine);
    },
    countCases: (filter) => prisma.case.count({ where: whereOf(filter) }),
    async casesToRaise(openedBefore, limit) {
      const where = { status: 'new', openedAt: { lt: openedBefore }, raisedAt: null };
      const rows = await prisma.case.findMany({
        where,
        include: { entries: true },
        orderBy: { openedAt: 'asc' },
        take: limit,
      });
      return readCases(prisma, rows);
    },
  };
}

async function readCases(prisma: Tx, rows: readonly (CaseRow & { entries: CaseEntry[] })[]): Promise<readonly Case[]> {
  const sheets = await readSheets(
    prisma,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => readCase(row, sheets.get(row.id)));
}

function whereOf({
  provinces,
  province,
  statuses,
  officer,
  support,
  search,
}: Partial<CaseFilter>): Prisma.CaseWhereInput {
  const words = foldWords(search ?? '')
    .split(' ')
    .filter((word) => word !== '');
  const isOneStatus = statuses?.length === 1;
  return {
    ...(statuses !== undefined && { status: isOneStatus ? (statuses[0] as string) : { in: [...statuses] } }),
    ...(province !== undefined && { province }),
    ...(officer !== undefined && { officerId: officer }),
    ...(support !== undefined && { supports: { contains: `,${support},` } }),
    AND: [
      ...(provinces === undefined ? [] : [{ OR: [{ province: { in: [...provinces] } }, { province: null }] }]),
      ...words.map((word) => ({ search: { contains: word } })),
    ],
  };
}
