/** Codes that work once, as they stand, and how often something was tried. */
import type { Instant } from '../base/index.ts';
import type { NewCode, Store } from '../service/ports.ts';
import type { Db, Tx } from './client.ts';
import { Statement } from './sql.ts';

export const codesOf = ({ prisma, provider, raw }: Db): Pick<Store, 'codeOf' | 'countTry'> => ({
  codeOf: (hash, kind) =>
    prisma.oneTimeCode.findFirst({
      where: { hash, kind },
      select: { subject: true, expiresAt: true, usedAt: true },
    }),
  async countTry(name, now, until) {
    const statement = new Statement(provider).insert('Tries', ['name', 'count', 'until'], [[name, 1, until]]);
    const isOver = `"Tries"."until" <= ${statement.param(now)}`;
    statement.add(` ON CONFLICT ("name") DO UPDATE SET "count" = CASE WHEN ${isOver} THEN 1 ELSE "Tries"."count" + 1 END,
      "until" = CASE WHEN "Tries"."until" <= ${statement.param(now)} THEN excluded."until" ELSE "Tries"."until" END
      RETURNING "count"`);
    const [row] = await statement.query<{ count: number | bigint }>(raw);
    return Number(row?.count);
  },
});

/** One open code of a kind and subject at a time. */
export async function giveCodes(tx: Tx, codes: readonly NewCode[], at: Instant): Promise<void> {
  for (const code of codes) {
    const { kind, subject } = code;
    const where = { kind, subject, usedAt: null, expiresAt: { gt: at } };
    await tx.oneTimeCode.updateMany({ where, data: { expiresAt: at } });
    await tx.oneTimeCode.create({ data: code });
  }
}
