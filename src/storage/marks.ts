/**
 * What became of sends, written down in groups: along with turns that are stored anyway, or after a moment. A crash before
 * that sends those messages once more, which is what «at least once» means.
 */
import type { Delivery } from '../service/ports.ts';
import type { Db, Tx } from './client.ts';
import type { RawTx } from './direct.ts';
import { Statement, type SqlValue } from './sql.ts';

/** Long enough to gather many, short enough that a crash repeats few. */
const WAIT_MS = 100;
/** Fewer are not worth a statement more in the transaction of a turn. */
const ENOUGH = 16;

interface Waiting {
  readonly delivery: Delivery;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

export class Marks {
  readonly #db: Db;
  #waiting: Waiting[] = [];
  #timer: NodeJS.Timeout | null = null;

  constructor(db: Db) {
    this.#db = db;
  }

  /** Resolves when they are stored. */
  async settle(deliveries: readonly Delivery[]): Promise<void> {
    const stored = deliveries.map(
      (delivery) => new Promise<void>((done, failed) => this.#waiting.push({ delivery, done, failed })),
    );
    this.#wake();
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

  /** Runs `work`, a transaction that is made anyway, and has it write first what waits, when that is much. */
  async along<T>(work: (writeFirst: (tx: RawTx) => Promise<void>) => Promise<T>): Promise<T> {
    const goes = this.#waiting.length >= ENOUGH && this.#waiting.every(({ delivery }) => delivery.fate === 'sent');
    const taken = goes ? this.#take() : [];
    try {
      const result = await work((tx) => writeSent(this.#db, tx, taken.map(({ delivery }) => delivery).filter(isSent)));
      for (const { done } of taken) done();
      return result;
    } catch (error) {
      this.#waiting.unshift(...taken);
      this.#wake();
      throw error;
    }
  }

  #wake(): void {
    if (this.#waiting.length > 0) this.#timer ??= setTimeout(() => void this.flush(), WAIT_MS);
  }

  async #write(all: readonly Delivery[]): Promise<void> {
    // A row that failed and then was sent within one group: the last word counts.
    const deliveries = [...new Map(all.map((delivery) => [delivery.id, delivery])).values()];
    const sent = deliveries.filter(isSent);
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

const isSent = (delivery: Delivery): delivery is Fated<'sent'> => delivery.fate === 'sent';

/** `"platformIds"` and the row's id are still to be named. */
const SENT = `"status" = 'sent', "leaseOwner" = NULL, "leaseUntil" = NULL, "failure" = NULL`;

async function writeSent({ provider }: Db, tx: RawTx, sent: readonly Fated<'sent'>[]): Promise<void> {
  if (sent.length === 0) return;
  const rows = sent.map(({ id, platformIds }): SqlValue[] => [platformIds.join(','), id]);
  if (tx.each !== undefined) {
    await tx.each(`UPDATE "Message" SET ${SENT}, "platformIds" = ? WHERE "id" = ?`, rows);
    return;
  }
  const statement = new Statement(provider);
  statement.add(`UPDATE "Message" SET ${SENT}, "platformIds" = v.column1 FROM (VALUES ${statement.rows(rows)}) AS v
    WHERE "id" = v.column2`);
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
