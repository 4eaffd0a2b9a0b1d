/**
 * One round at a time takes the next event of every conversation that has one; what arrives meanwhile waits for the next
 * round, so that turns share a commit. Events of one conversation keep their order. A turn whose state was no longer the
 * stored one is stepped again.
 */
import type { ConversationId } from '../base/index.ts';
import type { ConversationEvent } from '../conversation/index.ts';
import { ConversationCache, keyOf, type Remembered } from './conversation-cache.ts';
import { playTurn } from './effects.ts';
import { apologyTurn, type Also, type Happening, type TurnParts } from './happening.ts';
import type {
  Address,
  ChannelName,
  Clock,
  CommitOutcome,
  Inbound,
  OutboxRow,
  Store,
  StoredConversation,
  TurnCommit,
} from './ports.ts';
import { begunAnew, lineOf, pagesOf, saidTo } from './round-notes.ts';
import type { Script } from './script.ts';
import type { Log, Meter } from './watch.ts';

export interface ReceiverParts extends TurnParts {
  readonly store: TurnParts['store'] & Pick<Store, 'load' | 'loadConversation' | 'commit' | 'ping' | 'messages'>;
  /** Taken anew for each turn. */
  readonly script: () => Script;
  readonly clock: Clock;
  readonly log: Log;
  readonly meter: Meter;
  /** Hands stored rows to delivery. */
  readonly send: (rows: readonly OutboxRow[]) => void;
  /** A pull channel has something new for a conversation. */
  readonly published: (channel: ChannelName, conversation: ConversationId) => void;
}

/** What became of an event. `unknown`: there is no such person any more. */
export type Told = Exclude<CommitOutcome, 'lost-race'> | 'unknown';

/** A group longer than this gains nothing more. */
const GROUP_AT_MOST = 100;
/** So many lost races in a row would be a fault, not a race. */
const ATTEMPTS = 25;

interface Job {
  readonly from: { readonly address: Address } | { readonly conversation: ConversationId };
  readonly event: ConversationEvent;
  readonly file?: Inbound['file'];
  readonly also?: Also;
  readonly arrivedAt: number;
  attempts: number;
  readonly resolve: (told: Told) => void;
  readonly reject: (error: unknown) => void;
}

interface Read {
  readonly job: Job;
  readonly stored: Remembered;
}

interface Played extends Read {
  readonly turn: TurnCommit;
}

export class Rounds {
  readonly cache: ConversationCache;
  readonly #parts: ReceiverParts;
  #waiting: Job[] = [];
  #running: Promise<void> | null = null;

  constructor(parts: ReceiverParts) {
    this.#parts = parts;
    this.cache = new ConversationCache(parts.clock);
  }

  add(job: Pick<Job, 'from' | 'event' | 'file' | 'also'>): Promise<Told> {
    return new Promise<Told>((resolve, reject) => {
      const arrivedAt = Date.parse(this.#parts.clock());
      this.#waiting.push({ ...job, arrivedAt, attempts: 0, resolve, reject });
      this.#running ??= this.#run();
    });
  }

  async idle(): Promise<void> {
    while (this.#running !== null) await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      // Lets what has arrived with this one join its round.
      await new Promise((resolve) => setImmediate(resolve));
      const jobs = this.#take();
      try {
        await this.#round(jobs);
      } catch (error) {
        this.#parts.log.error({ err: error, turns: jobs.length }, 'round failed');
        for (const job of jobs) job.reject(error);
      }
    }
    // In the same breath as the last look: what is added a moment later must find nobody running.
    this.#running = null;
  }

  /** The first waiting event of each conversation, as far as they can be told apart yet. */
  #take(): Job[] {
    const taken = new Set<string>();
    const now: Job[] = [];
    const later: Job[] = [];
    for (const job of this.#waiting) {
      const key = this.#keyOf(job);
      if (taken.has(key) || now.length >= GROUP_AT_MOST) later.push(job);
      else now.push(job);
      taken.add(key);
    }
    this.#waiting = later;
    return now;
  }

  #keyOf({ from }: Job): string {
    if ('conversation' in from) return from.conversation;
    return this.cache.at(from.address)?.id ?? keyOf(from.address);
  }

  async #round(jobs: readonly Job[]): Promise<void> {
    const read = this.#oneEach(await this.#read(jobs));
    const played = await Promise.all(read.map((each) => this.#play(each)));
    await this.#store(played.filter((each) => each !== null));
  }

  async #read(jobs: readonly Job[]): Promise<Read[]> {
    const { store } = this.#parts;
    const unknown = jobs.flatMap(({ from }) =>
      'address' in from && this.cache.at(from.address) === undefined ? [from.address] : [],
    );
    const loaded = new Map((await store.load(unknown)).map((stored) => [keyOf(stored.address), stored]));
    const read: Read[] = [];
    for (const job of jobs) {
      const stored = await this.#storedFor(job, loaded);
      if (stored === null) job.resolve('unknown');
      else read.push({ job, stored });
    }
    return read;
  }

  async #storedFor({ from }: Job, loaded: ReadonlyMap<string, StoredConversation>): Promise<Remembered | null> {
    if ('address' in from) {
      const fresh = loaded.get(keyOf(from.address));
      return fresh === undefined ? (this.cache.at(from.address) ?? null) : this.cache.keep(fresh);
    }
    const known = this.cache.get(from.conversation);
    if (known !== undefined && known.state !== null) return known;
    const stored = await this.#parts.store.loadConversation(from.conversation);
    return stored === null || stored.state === null ? null : this.cache.keep(stored);
  }

  /** Two addresses may have turned out to be one person: their second event waits for the next round. */
  #oneEach(read: readonly Read[]): Read[] {
    const seen = new Set<string>();
    const first: Read[] = [];
    const second: Job[] = [];
    for (const each of read) {
      if (seen.has(each.stored.id)) second.push(each.job);
      else first.push(each);
      seen.add(each.stored.id);
    }
    this.#waiting.unshift(...second);
    return first;
  }

  /** null: it could not be read for; the job has been told. */
  async #play({ job, stored }: Read): Promise<Played | null> {
    const script = this.#parts.script();
    const happening = await this.#happening(job, stored);
    try {
      return { job, stored, turn: await playTurn(this.#parts, script, happening) };
    } catch (error) {
      return this.#excuse({ job, stored }, happening, error);
    }
  }

  /** A bug in a step is told once; a store that cannot be read is the caller's to try again. */
  async #excuse(read: Read, happening: Happening, error: unknown): Promise<Played | null> {
    const { log, store, script, isPull } = this.#parts;
    const about = { conversation: read.stored.id, event: read.job.event.kind, id: read.job.event.id };
    log.error({ err: error, ...about }, 'turn failed');
    try {
      await store.ping();
      return { ...read, turn: apologyTurn(script(), happening, isPull) };
    } catch {
      read.job.reject(error);
      return null;
    }
  }

  async #happening(job: Job, stored: Remembered): Promise<Happening> {
    const internal = 'conversation' in job.from;
    const labels = await this.#labelsFor(job, stored);
    const now = this.#parts.clock();
    return {
      conversation: stored.id,
      address: 'address' in job.from ? job.from.address : stored.address,
      state: stored.state ?? begunAnew(stored, now),
      event: job.event,
      now,
      internal,
      ...(job.file !== undefined && { file: job.file }),
      ...(job.also !== undefined && { also: job.also }),
      labelOf: (token) => labels.get(token),
    };
  }

  /** After a start nothing is remembered: the labels are read from the log. */
  async #labelsFor({ event }: Job, { id, state, labels }: Remembered): Promise<ReadonlyMap<string, string>> {
    if (event.kind !== 'choice' || labels.has(event.token) || state === null) return labels;
    const lines = await this.#parts.store.messages(id, 0);
    return new Map(lines.flatMap(({ message }) => message.choices.map((choice) => [choice.id, choice.label])));
  }

  async #store(played: readonly Played[]): Promise<void> {
    if (played.length === 0) return;
    try {
      await this.#commit(played);
    } catch (error) {
      if (played.length > 1) this.#parts.log.warn({ err: error, turns: played.length }, 'group refused');
      for (const each of played) await this.#storeAlone(each);
    }
  }

  /** A turn that the database does not take although it is there gets an apology instead, so that it is not sent forever. */
  async #storeAlone(each: Played): Promise<void> {
    try {
      await this.#commit([each]);
    } catch (error) {
      const happening = await this.#happening(each.job, each.stored);
      const excused = await this.#excuse(each, happening, error);
      if (excused === null) return;
      try {
        await this.#commit([excused]);
      } catch {
        each.job.reject(error);
      }
    }
  }

  async #commit(played: readonly Played[]): Promise<void> {
    const { outcomes, rows } = await this.#parts.store.commit(played.map(({ turn }) => turn));
    this.#parts.send(rows);
    const again = played.filter((each, index) => !this.#tell(each, outcomes[index] ?? 'lost-race'));
    for (const { job } of again) job.attempts += 1;
    this.#waiting.unshift(...again.map(({ job }) => job));
  }

  /** False: it is to be played again. */
  #tell({ job, stored, turn }: Played, outcome: CommitOutcome): boolean {
    const { meter, published, log } = this.#parts;
    const { channel } = turn.address;
    if (outcome === 'stored') {
      const said = saidTo(turn);
      if (turn.internal === true) this.cache.keep({ ...stored, state: turn.state }, said);
      else this.cache.keep({ id: turn.conversation, address: turn.address, state: turn.state }, said);
      if (turn.conversation !== stored.id) this.cache.forget(stored.id);
      if (turn.erase) this.cache.forget(turn.conversation);
      meter.turn(channel, Math.max(0, Date.parse(this.#parts.clock()) - job.arrivedAt) / 1000);
      log.info({ ...lineOf(stored.state, turn), event: job.event.kind, channel }, 'turn');
      for (const name of pagesOf(turn)) for (const id of new Set([turn.conversation, stored.id])) published(name, id);
      job.resolve('stored');
      return true;
    }
    if (outcome === 'duplicate') {
      meter.duplicate(channel);
      job.resolve('duplicate');
      return true;
    }
    this.cache.forget(stored.id, turn.address);
    this.cache.forget(turn.conversation);
    if (outcome === 'case-changed' && job.also !== undefined) {
      job.resolve('case-changed');
      return true;
    }
    if (job.attempts < ATTEMPTS) return false;
    job.reject(new Error('A conversation kept changing under a turn'));
    return true;
  }
}
