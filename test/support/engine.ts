/**
 * The receiver and the deliverer on a temporary SQLite database, with a scripted conversation and a channel that notes what
 * it is given. Everything between them is real.
 */
import { addMs } from '../../src/base/index.ts';
import type { ConversationEvent, Effect, State } from '../../src/conversation/index.ts';
import { retry } from '../../src/jobs/index.ts';
import {
  createDeliverer,
  createReceiver,
  type Address,
  type CaseDesk,
  type Channel,
  type ChannelName,
  type Deliverer,
  type Log,
  type Meter,
  type OutboxRow,
  type Receiver,
  type Retry,
  type Script,
  type SendResult,
  type Store,
} from '../../src/service/index.ts';
import { openStore } from '../../src/storage/index.ts';
import { fixedClock, type FixedClock } from './fixed-clock.ts';
import { aMessage, aState, NOW } from './turns.ts';

export interface Sent {
  readonly to: Address;
  readonly text: string;
  readonly kind: string;
  readonly card?: string;
}

export interface Engine {
  readonly store: Store;
  readonly receiver: Receiver;
  readonly deliverer: Deliverer;
  readonly clock: FixedClock;
  readonly sent: Sent[];
  readonly warned: string[];
  readonly counted: string[];
  readonly troubles: [string, string][];
  readonly published: string[];
  /** What the next sends answer; then `sent` again. */
  readonly answers: SendResult[];
  /** Resolves when the channel has been given so many messages since the start. */
  sentCount(count: number): Promise<void>;
  close(): Promise<void>;
}

/** Effects of an event, as a test scripts them. */
export type Play = (event: ConversationEvent, state: State | null) => { effects: Effect[]; state?: Partial<State> };

export const saying = (text: string): Effect => ({
  kind: 'say',
  message: { blocks: [{ kind: 'text', text: { words: text } }], choices: [] },
});

/** The real decisions without the waiting, since the clock of a test stands still. */
const impatient: Retry = (failure, so, now) => {
  const decided = retry(failure, so, now);
  return decided.fate === 'retry' ? { ...decided, notBefore: now } : decided;
};

export interface EngineOptions {
  readonly play: Play;
  readonly desk?: CaseDesk;
  readonly channel?: Partial<Channel>;
  /** Works on the store of another engine, as a process started after it would. */
  readonly store?: Store;
}

export async function anEngine({ play, desk, channel: more, store: given }: EngineOptions): Promise<Engine> {
  // Loaded only where it is needed: a child process of a test runs outside vitest.
  const database = given === undefined ? await (await import('./databases.ts')).temporarySqlite() : null;
  const store = given ?? (await openStore({ url: database?.url ?? '', instance: 'test' }));
  const clock = fixedClock(NOW);
  const [sent, warned, counted, published]: [Sent[], string[], string[], string[]] = [[], [], [], []];
  const troubles: [string, string][] = [];
  const answers: SendResult[] = [];
  const waiters: { readonly count: number; readonly done: () => void }[] = [];
  const channel = {
    name: 'telegram',
    capabilities: { maxText: 4096, maxButtons: 8, maxLabel: 64, pull: false, maxFileBytes: 1e7 },
    start: async () => undefined,
    stop: async () => undefined,
    send: async (to, payload, context) => {
      const text = payload.message.blocks
        .flatMap((block) => (block.kind === 'paragraph' ? block.runs.map((run) => run.text) : []))
        .join('');
      sent.push({ to, text, kind: payload.kind, ...(context.card !== undefined && { card: context.card }) });
      for (const { count, done } of waiters) if (sent.length >= count) done();
      return answers.shift() ?? { sent: true, platformIds: [`p${sent.length}`] };
    },
    ...more,
  } satisfies Channel as Channel;
  const channels = new Map<ChannelName, Channel>([['telegram', channel]]);
  const log: Log = {
    debug: () => undefined,
    info: () => undefined,
    warn: (_fields, event) => void warned.push(event),
    error: (fields, event) => void warned.push(`${event}: ${String(fields['err'])}`),
  };
  const meter: Meter = {
    turn: (name) => void counted.push(`turn ${name}`),
    duplicate: (name) => void counted.push(`duplicate ${name}`),
    send: (name, outcome) => void counted.push(`${outcome} ${name}`),
  };
  const script: Script = {
    fingerprint: 'pack-1',
    step(state, event) {
      const { effects, state: change } = play(event, state);
      return { state: { ...(state ?? aState(0)), ...change, turn: (state?.turn ?? 0) + 1 }, effects };
    },
    render: ({ blocks, choices }, _lang, turn) => {
      const label = blocks[0]?.kind === 'text' ? blocks[0].text : { words: '' };
      const shown = choices.map(({ id }) => ({ id: `${turn}.${id}`, label: `label of ${id}` }));
      return { ...aMessage('words' in label ? label.words : label.key), choices: shown };
    },
  };
  const noDesk = new Proxy({} as CaseDesk, {
    get: (_target, name) => {
      throw new Error(`The desk is not part of this test: ${String(name)}`);
    },
  });
  let ids = 0;
  const deliverer = createDeliverer({
    store,
    channels,
    retry: impatient,
    clock: clock.now,
    log,
    meter,
    undelivered: async (row: OutboxRow, failure) => void troubles.push([row.id, failure]),
  });
  const receiver = createReceiver({
    secret: 'the secret of a test',
    store,
    desk: desk ?? noDesk,
    notices: { erased: () => [] },
    newId: () => `id-${++ids}`,
    isPull: (name) => name === 'webchat',
    script: () => script,
    clock: clock.now,
    log,
    meter,
    send: (rows) => deliverer.send(rows),
    published: (_channel, conversation) => void published.push(conversation),
  });
  return {
    store,
    receiver,
    deliverer,
    clock,
    sent,
    warned,
    counted,
    troubles,
    published,
    answers,
    sentCount: (count) => new Promise((done) => (sent.length >= count ? done() : waiters.push({ count, done }))),
    async close() {
      await receiver.idle();
      await deliverer.stop(1_000);
      if (given === undefined) await store.close();
      await database?.drop();
    },
  };
}

export const anEvent = (id: string, text = id, ms = 0): ConversationEvent => ({
  kind: 'text',
  id,
  text,
  sentAt: addMs(NOW, ms),
});
