/**
 * The way out: what is stored goes to its channel, at least once, in the order of its queue (a conversation, or a staff
 * room). Rows of this instance's own commits come straight in; `poll` takes over those whose sender is gone.
 */
import { addMs, fileId, type Instant } from '../base/index.ts';
import { DeliveryQueue } from './delivery-queue.ts';
import type {
  Channel,
  ChannelName,
  Clock,
  Delivery,
  Failure,
  FileStatus,
  OutboxRow,
  RenderedMessage,
  SendResult,
  Store,
} from './ports.ts';
import type { Log, Meter } from './watch.ts';

/** What is to become of a message that failed; `attempts` and `ambiguous` count this failure too. */
export type Retry = (
  failure: Failure,
  so: { readonly attempts: number; readonly ambiguous: number },
  now: Instant,
) => { readonly fate: 'retry'; readonly notBefore: Instant } | { readonly fate: 'held' | 'failed' };

export interface DelivererParts {
  readonly store: Pick<
    Store,
    'claim' | 'renewLeases' | 'releaseLeases' | 'settle' | 'noteRoomMessages' | 'cardOf' | 'readFile' | 'fileStatuses'
  >;
  readonly channels: ReadonlyMap<ChannelName, Channel>;
  readonly retry: Retry;
  readonly clock: Clock;
  readonly log: Log;
  readonly meter: Pick<Meter, 'send'>;
  /** A message is given up, or will wait for long: staff who wrote it are told. */
  readonly undelivered: (row: OutboxRow, failure: string, so: 'waits' | 'failed') => Promise<void>;
}

export interface Deliverer {
  /** Takes rows that are leased to this instance; returns at once. */
  send(rows: readonly OutboxRow[]): void;
  /** Takes over rows that nobody sends. */
  poll(): Promise<void>;
  /** Keeps what is in hand; to be called well within a lease (10 s). */
  renew(): Promise<void>;
  /** Ends sends under way, waiting at most `withinMs`, and lets go of the rest. */
  stop(withinMs: number): Promise<void>;
}

const CLAIM_AT_MOST = 500;
/** Sends under way at once, over all queues. */
const SENDS_AT_ONCE = 64;
/** A file that is still being fetched is looked at again after this, ms. */
const FILE_WAIT_MS = 500;
/** Who wrote a message that waits for longer is told. */
const LONG_WAIT_MS = 5 * 60_000;

export function createDeliverer(parts: DelivererParts): Deliverer {
  const delivery = new Delivering(parts);
  return {
    send: (rows) => delivery.add(rows),
    poll: () => delivery.poll(),
    renew: () => delivery.renew(),
    stop: (withinMs) => delivery.stop(withinMs),
  };
}

class Delivering {
  readonly #parts: DelivererParts;
  readonly #queues = new Map<string, DeliveryQueue>();
  /** Queues whose head may go now, in the order in which they became ready. */
  readonly #ready = new Set<DeliveryQueue>();
  readonly #underWay = new Set<Promise<void>>();
  /** A channel that asked us to slow down as a whole rests until then. */
  readonly #restsUntil = new Map<ChannelName, Instant>();
  #stopped = false;

  constructor(parts: DelivererParts) {
    this.#parts = parts;
  }

  add(rows: readonly OutboxRow[]): void {
    if (this.#stopped) return;
    for (const row of rows) {
      const lane = laneOf(row);
      const queue = this.#queues.get(lane) ?? new DeliveryQueue(lane);
      this.#queues.set(lane, queue);
      queue.add(row);
      this.#wake(queue);
    }
  }

  async poll(): Promise<void> {
    for (;;) {
      if (this.#stopped) return;
      const rows = await this.#parts.store.claim(this.#parts.clock(), CLAIM_AT_MOST);
      this.add(rows);
      if (rows.length < CLAIM_AT_MOST) return;
    }
  }

  async renew(): Promise<void> {
    if (this.#queues.size > 0 && !this.#stopped) await this.#parts.store.renewLeases(this.#parts.clock());
  }

  async stop(withinMs: number): Promise<void> {
    this.#stopped = true;
    for (const queue of this.#queues.values()) queue.rest(null);
    const late = new Promise<void>((resolve) => setTimeout(resolve, withinMs).unref());
    await Promise.race([Promise.all(this.#underWay), late]);
    await this.#parts.store.releaseLeases();
  }

  /** Sends the head of a queue now, or when its time comes. */
  #wake(queue: DeliveryQueue): void {
    if (this.#stopped || queue.busy) return;
    const head = queue.head();
    if (head === undefined) {
      queue.rest(null);
      this.#queues.delete(queue.name);
      return;
    }
    const now = this.#parts.clock();
    const until = later(head.notBefore, this.#restsUntil.get(head.to.channel) ?? null);
    if (until !== null && until > now) {
      queue.rest(setTimeout(() => this.#wake(queue), Date.parse(until) - Date.parse(now) + 1));
      return;
    }
    this.#ready.add(queue);
    this.#fill();
  }

  #fill(): void {
    for (const queue of this.#ready) {
      if (this.#underWay.size >= SENDS_AT_ONCE) return;
      this.#ready.delete(queue);
      const head = queue.head();
      if (head === undefined || queue.busy) continue;
      queue.busy = true;
      const sending: Promise<void> = this.#send(queue, head).finally(() => {
        this.#underWay.delete(sending);
        queue.busy = false;
        this.#wake(queue);
        this.#fill();
      });
      this.#underWay.add(sending);
    }
  }

  /** Never rejects: whatever goes wrong counts as a failure of this row. */
  async #send(queue: DeliveryQueue, row: OutboxRow): Promise<void> {
    const { log, store } = this.#parts;
    try {
      const files = await this.#filesOf(row);
      if (files.includes('pending')) {
        queue.replace({ ...row, notBefore: addMs(this.#parts.clock(), FILE_WAIT_MS) });
        return;
      }
      const result = await this.#attempt(files.includes('lost') ? await this.#withoutLost(row) : row);
      if (result.sent) await this.#sent(queue, row, result.platformIds);
      else await this.#failed(queue, row, result);
    } catch (error) {
      // The database does not answer: the row stays ours, and is tried again a little later.
      log.error({ err: error, row: row.id }, 'delivery failed');
      queue.replace({ ...row, notBefore: addMs(this.#parts.clock(), 2_000) });
      await store.renewLeases(this.#parts.clock()).catch(() => undefined);
    }
  }

  async #attempt(row: OutboxRow): Promise<SendResult> {
    const { channels, log, store } = this.#parts;
    const channel = channels.get(row.to.channel);
    const failed = (failure: Failure): SendResult => ({ sent: false, failure, done: row.done, platformIds: [] });
    if (channel === undefined) return failed({ kind: 'refused', code: 'channel-off' });
    const card = row.payload.kind === 'say' ? null : await store.cardOf(row.to, row.payload.caseId);
    if (row.payload.kind === 'card-update' && card === null) return { sent: true, platformIds: [] };
    try {
      return await channel.send(row.to, row.payload, {
        ...(card !== null && { card }),
        skip: row.done,
        file: async (id) => (await store.readFile(fileId(id)))?.bytes ?? null,
      });
    } catch (error) {
      log.error({ err: error, row: row.id, channel: channel.name }, 'channel threw');
      return failed({ kind: 'unreachable', ambiguous: true });
    }
  }

  async #sent(queue: DeliveryQueue, row: OutboxRow, ids: readonly string[]): Promise<void> {
    const { store, meter } = this.#parts;
    const platformIds = [...row.platformIds, ...ids];
    meter.send(row.to.channel, 'sent');
    const { payload } = row;
    if (payload.kind === 'card' || payload.kind === 'thread') {
      await store.noteRoomMessages(row.to, payload.caseId, payload.kind, platformIds);
    }
    queue.remove(row.id);
    this.#settle({ id: row.id, fate: 'sent', platformIds });
  }

  async #failed(queue: DeliveryQueue, row: OutboxRow, result: Extract<SendResult, { sent: false }>): Promise<void> {
    const { meter, log, clock, retry, undelivered } = this.#parts;
    const { failure } = result;
    const isAmbiguous = 'ambiguous' in failure && failure.ambiguous === true;
    const so = { attempts: row.attempts + 1, ambiguous: row.ambiguous + (isAmbiguous ? 1 : 0) };
    const now = clock();
    const decided = retry(failure, so, now);
    const notBefore = decided.fate === 'retry' ? decided.notBefore : null;
    const after = {
      ...row,
      ...so,
      done: result.done,
      platformIds: [...row.platformIds, ...result.platformIds],
      notBefore,
    };
    meter.send(row.to.channel, failure.kind);
    if (failure.kind === 'throttled' && failure.scope === 'channel' && notBefore !== null) {
      this.#restsUntil.set(row.to.channel, notBefore);
    }
    const named = failure.kind === 'refused' ? `refused:${failure.code}` : failure.kind;
    log.warn({ row: row.id, channel: row.to.channel, failure: named, fate: decided.fate, ...so }, 'not sent');
    if (decided.fate === 'retry') queue.replace(after);
    else queue.remove(row.id);
    const { attempts, ambiguous, done, platformIds } = after;
    this.#settle({ id: row.id, fate: decided.fate, notBefore, failure: named, attempts, ambiguous, done, platformIds });
    const isTold = decided.fate === 'retry' ? attempts === 1 && waitsLong(failure, now, decided.notBefore) : true;
    if (isTold) await undelivered(row, failure.kind, decided.fate === 'failed' ? 'failed' : 'waits');
  }

  /** Not waited for: the next of the queue may go meanwhile. Unwritten, it would be sent once more after a restart. */
  #settle(delivery: Delivery): void {
    this.#parts.store.settle([delivery]).catch((error: unknown) => {
      this.#parts.log.error({ err: error, row: delivery.id }, 'delivery not noted');
    });
  }

  async #filesOf({ payload }: OutboxRow): Promise<readonly FileStatus[]> {
    const ids = fileIds(payload.message);
    if (ids.length === 0) return [];
    const known = await this.#parts.store.fileStatuses(ids);
    return ids.map((id) => known.get(id) ?? 'lost');
  }

  /** A file that could not be fetched (who sent it has been told) must not hold up the words that came with it. */
  async #withoutLost(row: OutboxRow): Promise<OutboxRow> {
    const known = await this.#parts.store.fileStatuses(fileIds(row.payload.message));
    const { message } = row.payload;
    const blocks = message.blocks.filter((block) => block.kind !== 'file' || known.get(block.file.id) === 'ready');
    return { ...row, payload: { ...row.payload, message: { ...message, blocks } } };
  }
}

const fileIds = ({ blocks }: RenderedMessage): string[] =>
  blocks.flatMap((block) => (block.kind === 'file' ? [block.file.id] : []));

/**
 * Rows of a queue that go to one place wait for each other: a person may go on at another address because the one of
 * before is out of reach, and must not wait for it there.
 */
const laneOf = ({ queue, to }: OutboxRow): string => `${queue} ${to.channel}:${to.chat}`;

/** Without its credentials a channel waits for a person. */
const waitsLong = ({ kind }: Failure, now: Instant, notBefore: Instant): boolean =>
  kind === 'bad-credentials' || Date.parse(notBefore) - Date.parse(now) > LONG_WAIT_MS;

const later = (a: Instant | null, b: Instant | null): Instant | null => (a === null || (b !== null && b > a) ? b : a);
