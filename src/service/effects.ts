/**
 * One turn, made ready to be stored: the step, then each effect as rows and writes. Effects that ask something of the world
 * (a case number, a look-up) are answered at once, and the answer is stepped within the same turn. Reads, never writes.
 */
import { caseId, type ConversationId, type Instant } from '../base/index.ts';
import type { Case, OwnerNews } from '../casework/index.ts';
import type { FileRef } from '../content/index.ts';
import { newState, type ConversationEvent, type Effect, type Message, type State } from '../conversation/index.ts';
import type { Dossier } from '../dossier/index.ts';
import { exhaustive } from '../base/index.ts';
import type { CaseDesk } from './case-desk.ts';
import type { Notices } from './notices.ts';
import type {
  Address,
  CaseWrite,
  ChannelName,
  Inbound,
  NewFile,
  NewId,
  Outgoing,
  RenderedMessage,
  Store,
  TurnCommit,
} from './ports.ts';
import type { Script } from './script.ts';

export interface TurnParts {
  readonly store: Pick<Store, 'nextCaseNumber' | 'loadCase' | 'findCase' | 'casesOf' | 'messages'>;
  readonly desk: CaseDesk;
  readonly notices: Pick<Notices, 'erased'>;
  readonly newId: NewId;
  readonly isPull: (channel: ChannelName) => boolean;
}

/** What happened, to a conversation as it was read. */
export interface Happening {
  readonly conversation: ConversationId;
  /** Where the answer goes. */
  readonly address: Address;
  readonly state: State | null;
  readonly event: ConversationEvent;
  readonly now: Instant;
  readonly internal: boolean;
  readonly file?: Inbound['file'];
  /** Stored with the turn: what staff did to a case. */
  readonly also?: Also;
  /** Label of a pressed button; undefined when it is not known any more. */
  readonly labelOf: (token: string) => string | undefined;
}

export interface Also {
  readonly cases: readonly CaseWrite[];
  readonly outgoing: readonly Outgoing[];
  readonly files: readonly NewFile[];
}

/** An effect may call for an event, whose effects may call for one more; a ring would be a fault. */
const STEPS_AT_MOST = 8;
/** Lines of the conversation that go with a question to staff. */
const LINES_SHOWN = 30;
/** Longest line kept in the log, UTF-16 units; nobody reads more of it. */
const LINE_KEPT = 4_000;

/** Rejects when the store cannot be read, or with the bug of a step. */
export async function playTurn(parts: TurnParts, script: Script, happening: Happening): Promise<TurnCommit> {
  const draft = new TurnDraft(parts, script, happening);
  await draft.play();
  return draft.commit();
}

/** The turn of an event that a bug keeps us from answering: an apology, and the event counts as handled. */
export function apologyTurn(script: Script, happening: Happening, isPull: TurnParts['isPull']): TurnCommit {
  const { conversation, address, event, now, internal } = happening;
  const before = happening.state ?? newState(now);
  const state: State = { ...before, turn: before.turn + 1, misses: before.misses + 1 };
  const sorry: Message = { blocks: [{ kind: 'text', text: { key: 'error.apology' } }], choices: [] };
  const said = script.render(sorry, state.lang, state.turn);
  return {
    ...emptyTurn(happening, script, state),
    eventId: event.id,
    outgoing: internal ? [] : [sayTo({ conversation, address, isPull }, state.turn, 0, said)],
  };
}

const emptyTurn = (happening: Happening, script: Script, state: State): TurnCommit => ({
  conversation: happening.conversation,
  address: happening.address,
  eventId: happening.event.id,
  readTurn: happening.state?.turn ?? 0,
  state,
  at: happening.now,
  fingerprint: script.fingerprint,
  outgoing: [],
  cases: [],
  files: [],
  reminders: [],
  notedQuestions: [],
  erase: false,
  ...(happening.internal && { internal: true as const }),
});

function sayTo(
  to: { readonly conversation: ConversationId; readonly address: Address; readonly isPull: TurnParts['isPull'] },
  turn: number,
  index: number,
  message: RenderedMessage,
): Outgoing {
  return {
    id: `${to.conversation}:${turn}:${index}`,
    to: to.address,
    queue: to.conversation,
    payload: { kind: 'say', message },
    priority: 0,
    ...(to.isPull(to.address.channel) && { pull: true as const }),
  };
}

class TurnDraft {
  readonly #parts: TurnParts;
  readonly #script: Script;
  readonly #happening: Happening;
  #state: State | null;
  readonly #outgoing: Outgoing[];
  readonly #cases = new Map<string, CaseWrite>();
  readonly #files: NewFile[];
  readonly #reminders = new Map<string, Instant | null>();
  readonly #noted: TurnCommit['notedQuestions'][number][] = [];
  readonly #events: ConversationEvent[];
  #draft: Dossier | undefined;
  #dropDraft = false;
  #kept: FileRef | undefined;
  #erase = false;

  constructor(parts: TurnParts, script: Script, happening: Happening) {
    this.#parts = parts;
    this.#script = script;
    this.#happening = happening;
    this.#state = happening.state;
    this.#outgoing = [...(happening.also?.outgoing ?? [])];
    this.#files = [...(happening.also?.files ?? [])];
    this.#events = [happening.event];
    for (const write of happening.also?.cases ?? []) this.#cases.set(write.case.id, write);
    // A reminder that has come is over, unless the step sets it again.
    if (happening.event.kind === 'timer') this.#reminders.set(happening.event.name, null);
  }

  async play(): Promise<void> {
    for (let steps = 0; ; steps += 1) {
      const event = this.#events.shift();
      if (event === undefined) return;
      if (steps >= STEPS_AT_MOST) throw new Error('A turn that does not end');
      const { state, effects } = this.#script.step(this.#state, event, this.#happening.now);
      this.#state = state;
      for (const [index, effect] of effects.entries()) await this.#do(effect, state, index);
    }
  }

  commit(): TurnCommit {
    const state = this.#state ?? newState(this.#happening.now);
    const line = ownerLine(this.#happening, state, this.#kept);
    return {
      ...emptyTurn(this.#happening, this.#script, state),
      ...(line !== null && !this.#erase && { ownerLine: line }),
      outgoing: this.#outgoing,
      ...(this.#draft !== undefined && !this.#erase && { draft: this.#draft }),
      ...(this.#dropDraft && { dropDraft: true as const }),
      cases: [...this.#cases.values()],
      files: this.#files,
      reminders: [...this.#reminders].map(([name, at]) => ({ name, at })),
      notedQuestions: this.#noted,
      erase: this.#erase,
    };
  }

  async #do(effect: Effect, state: State, index: number): Promise<void> {
    const { conversation, address, file } = this.#happening;
    switch (effect.kind) {
      case 'say': {
        const message = this.#script.render(effect.message, state.lang, state.turn);
        const to = { conversation, address, isPull: this.#parts.isPull };
        this.#outgoing.push(sayTo(to, state.turn, index, message));
        return;
      }
      case 'open-case':
        return this.#openCase(effect, `${conversation}:${state.turn}:${index}`);
      case 'tell-case':
        return this.#tellCase(effect.caseId, effect.what, `${conversation}:${state.turn}:${index}`);
      case 'look-up-case':
        return this.#lookUp(effect);
      case 'keep-draft':
        this.#draft = effect.dossier;
        return;
      case 'drop-draft':
        this.#draft = undefined;
        this.#dropDraft = true;
        return;
      case 'keep-file':
        this.#kept = effect.file;
        this.#files.push({ ref: effect.file, conversation, channel: address.channel, ...file });
        return;
      case 'note-question': {
        const { kind: _kind, ...noted } = effect;
        this.#noted.push(noted);
        return;
      }
      case 'remind-at':
        this.#reminders.set(effect.name, effect.at);
        return;
      case 'cancel-reminder':
        this.#reminders.set(effect.name, null);
        return;
      case 'erase-person':
        return this.#erasePerson(`${conversation}:${state.turn}:${index}`);
      default:
        return exhaustive(effect);
    }
  }

  async #openCase(effect: Extract<Effect, { kind: 'open-case' }>, key: string): Promise<void> {
    const { store, desk, newId } = this.#parts;
    const { conversation, now, event } = this.#happening;
    const { kind: _kind, ...opening } = effect;
    const series = desk.series(effect.province, now);
    const number = await store.nextCaseNumber(series);
    const soFar = effect.about === 'question' ? (await store.messages(conversation, 0)).slice(-LINES_SHOWN) : [];
    const opened = desk.open({ ...opening, id: caseId(newId()), conversation, series, number, now, key, soFar });
    this.#addCase(opened.write, opened.outgoing);
    this.#events.push({
      kind: 'case-opened',
      id: `${event.id}:opened`,
      sentAt: now,
      caseId: opened.write.case.id,
      code: opened.write.case.code,
      ...(opened.answerBy !== undefined && { answerBy: opened.answerBy }),
      staffed: opened.staffed,
    });
  }

  async #tellCase(id: Case['id'], news: OwnerNews, key: string): Promise<void> {
    const one = this.#cases.get(id)?.case ?? (await this.#parts.store.loadCase(id));
    if (one === null) return; // erased meanwhile: there is nobody to tell
    const heard = this.#parts.desk.hear(one, news, { now: this.#happening.now, key });
    this.#addCase(heard.write, heard.outgoing);
  }

  /** A case that changes twice in a turn is written once, on the version it was read at. */
  #addCase(write: CaseWrite | null, outgoing: readonly Outgoing[]): void {
    this.#outgoing.push(...outgoing);
    if (write === null) return;
    const before = this.#cases.get(write.case.id);
    this.#cases.set(write.case.id, before === undefined ? write : { ...write, readVersion: before.readVersion });
  }

  async #lookUp({ code, lastDigits }: Extract<Effect, { kind: 'look-up-case' }>): Promise<void> {
    const { store, desk } = this.#parts;
    const { event, now } = this.#happening;
    const one = await store.findCase(code);
    const phone = one?.dossier.fields['phone'];
    const isTheirs = typeof phone === 'string' && lastDigits.length >= 4 && phone.endsWith(lastDigits);
    const found = one !== null && isTheirs ? desk.seen(one) : null;
    this.#events.push({ kind: 'case-looked-up', id: `${event.id}:looked-up`, sentAt: now, found });
  }

  async #erasePerson(key: string): Promise<void> {
    this.#erase = true;
    const cases = await this.#parts.store.casesOf(this.#happening.conversation);
    // The card of a moment ago names the person and would outlive them in the outbox: the erased one alone goes out.
    const nameless = this.#outgoing.filter(({ payload }) => payload.kind !== 'card-update');
    this.#outgoing.splice(0, this.#outgoing.length, ...nameless);
    for (const one of cases) this.#outgoing.push(...this.#parts.notices.erased(one, `${key}:${one.id}`));
  }
}

/** What the log keeps of what the owner did: nothing literal before consent, but what a pressed button said. */
function ownerLine(
  { event, internal, labelOf }: Happening,
  state: State,
  kept: FileRef | undefined,
): NonNullable<TurnCommit['ownerLine']> | null {
  if (internal) return null;
  if (event.kind === 'choice') {
    const label = labelOf(event.token);
    return label === undefined ? null : { text: label };
  }
  if (state.consent === undefined) return null;
  if (event.kind === 'text') return { text: event.text.slice(0, LINE_KEPT) };
  if (event.kind === 'contact') return { text: [event.name, event.phone].filter(Boolean).join(' · ') };
  if (event.kind === 'file' && kept !== undefined)
    return { text: event.caption?.slice(0, LINE_KEPT) ?? '', file: kept };
  return null;
}
