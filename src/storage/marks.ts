/**
 * What became of sends, written down in groups after a moment. A crash before that sends those messages once more, which
 * is what «at least once» means.
 */
import type { Delivery } from '../service/ports.ts';
import type { Db, Tx } from './client.ts';
import type { RawTx } from './direct.ts';
import { Statement } from './sql.ts';

/** Long enough to gather many, short enough that a crash repeats few. */
const WAIT_MS = 100;

export class Marks {
  readonly #db: Db;
  #waiting: { readonly delivery: Delivery; readonly done: () => void; readonly failed: (error: unknown) => void }[] =
    [];
  #timer: NodeJS.Timeout | null = null;

  constructor(db: Db) {
    this.#db = db;
  }

  /** Resolves when they are stored. */
  async settle(deliveries: readonly Delivery[]): Promise<void> {
    const stored = deliveries.map(
      (delivery) => new Promise<void>((done, failed) => this.#waiting.push({ delivery, done, failed })),
    );
    this.#timer ??= setTimeout(() => void this.flush(), WAIT_MS);
    await Promise.all(stored);
  }

  /** Writes what waits now; never throws (those who wait are told). */
  async flush(): Promise<void> {
    if (this.#waiting.length === 0) return;
    const taken = this.#take();
    try {
      await this.#write(taken.map(({ delivery }) => delivery));
      for (const { done } of taken) done();
    } catch (error) {
      for (const { failed } of taken) failed(error);
    }
  }

  async #write(all: readonly Delivery[]): Promise<void> {
    // A row that failed and then was sent within one group: the last word counts.
    const deliveries = [...new Map(all.map((delivery) => [delivery.id, delivery])).values()];
    const sent = deliveries.filter((delivery) => delivery.fate === 'sent');
    const other = deliveries.filter((delivery) => delivery.fate !== 'sent');
    if (sent.length > 0) await this.#db.direct((tx) => writeSent(this.#db, tx, sent));
    if (other.length > 0) await this.#db.prisma.$transaction((tx) => writeTroubles(tx, other));
  }

  #take() {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const taken = this.#waiting;
    this.#waiting = [];
    return taken;
  }
}

type Fated<Fate extends Delivery['fate']> = Extract<Delivery, { readonly fate: Fate }>;

async function writeSent(db: Db, tx: RawTx, sent: readonly Fated<'sent'>[]): Promise<void> {
  const statement = new Statement(db.provider);
  const cases = sent.map(({ id, platformIds }) => {
    return `WHEN ${statement.param(id)} THEN ${statement.param(platformIds.join(','))}`;
  });
  statement.add(
    `UPDATE "Message" SET "platformIds" = CASE "id" ${cases.join(' ')} ELSE "platformIds" END, "status" = 'sent',
    "leaseOwner" = NULL, "leaseUntil" = NULL, "failure" = NULL WHERE "id" IN ${statement.list(sent.map(({ id }) => id))}`,
  );
  await statement.execute(tx);
}

async function writeTroubles(tx: Tx, troubles: readonly Exclude<Delivery, Fated<'sent'>>[]): Promise<void> {
  for (const { id, fate, notBefore, failure, attempts, done, platformIds, ambiguous } of troubles) {
    const kept = fate === 'retry' ? {} : { leaseOwner: null, leaseUntil: null };
    await tx.message.updateMany({
      where: { id },
      data: {
        status: fate === 'retry' ? 'pending' : fate,
        notBefore,
        failure,
        attempts,
        done,
        platformIds: platformIds.join(','),
        ambiguous,
        ...kept,
      },
    });
  }
}
