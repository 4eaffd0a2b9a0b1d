/** The store over Prisma, for SQLite and PostgreSQL alike. */
import type { Store } from '../service/ports.ts';
import { casesOf } from './cases.ts';
import { openDb } from './client.ts';
import { codesOf } from './codes.ts';
import { commitTurns } from './commit.ts';
import { conversationsOf } from './conversations.ts';
import { filesOf } from './files.ts';
import { lawFlipsOf } from './law-flips.ts';
import { Marks } from './marks.ts';
import { outboxOf } from './outbox.ts';
import { personOf } from './person.ts';
import { roomPositions } from './rooms.ts';
import { settingsOf } from './settings.ts';
import type { WrittenParts } from './sheets.ts';
import { staffOf } from './staff.ts';

export interface StoreOptions {
  /** `file:…` or `postgresql://…`; already migrated (`migrate`). */
  readonly url: string;
  /** Name of this process among those that share the database; leases bear it. New at each start. */
  readonly instance: string;
}

/** Opens the database. */
export async function openStore({ url, instance }: StoreOptions): Promise<Store> {
  const db = await openDb(url);
  const marks = new Marks(db);
  const parts: WrittenParts = new Map();
  const context = { db, instance, marks, parts, positions: roomPositions() };
  return {
    ...conversationsOf(db),
    ...outboxOf(context),
    ...casesOf(context),
    ...filesOf(db),
    ...personOf(db),
    ...staffOf(db),
    ...codesOf(db),
    ...settingsOf(db, instance),
    ...lawFlipsOf(db),
    commit: (turns) => commitTurns(context, turns),
    async ping() {
      await db.prisma.$queryRawUnsafe('SELECT 1');
    },
    async close() {
      await marks.flush();
      await db.close();
    },
  };
}
