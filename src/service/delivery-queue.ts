/** The messages of one queue that wait in this instance, in the order in which they leave. */
import type { OutboxRow } from './ports.ts';

export class DeliveryQueue {
  readonly name: string;
  /** A send of it is under way. */
  busy = false;
  readonly #rows: OutboxRow[] = [];
  #timer: NodeJS.Timeout | null = null;

  constructor(name: string) {
    this.name = name;
  }

  /** A row that is here already stays as it is: its lease ran out, and it came back to us. */
  add(row: OutboxRow): void {
    if (this.#rows.some(({ id }) => id === row.id)) return;
    const place = this.#rows.findIndex((each) => comesBefore(row, each));
    this.#rows.splice(place === -1 ? this.#rows.length : place, 0, row);
  }

  head(): OutboxRow | undefined {
    return this.#rows[0];
  }

  replace(row: OutboxRow): void {
    const place = this.#rows.findIndex(({ id }) => id === row.id);
    if (place !== -1) this.#rows[place] = row;
  }

  remove(id: string): void {
    const place = this.#rows.findIndex((each) => each.id === id);
    if (place !== -1) this.#rows.splice(place, 1);
  }

  /** Sets what wakes the queue again, instead of what was set before. */
  rest(timer: NodeJS.Timeout | null): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = timer;
  }
}

/** Notices of a staff room overtake its files; otherwise first come, first served. */
const comesBefore = (a: OutboxRow, b: OutboxRow): boolean =>
  a.priority === b.priority ? a.position < b.position : a.priority < b.priority;
