/**
 * One turn, made ready to be stored: the step, then each effect as rows and writes. Effects that ask something of the world
 * (a case number, a look-up) are answered at once, and the answer is stepped within the same turn. Reads, never writes.
 */
import { caseId, exhaustive, type Instant } from '../base/index.ts';
import type { Case, OwnerNews } from '../casework/index.ts';
import type { FileRef } from '../content/index.ts';
import { newState, type ConversationEvent, type Effect, type State } from '../conversation/index.ts';
import type { Dossier } from '../dossier/index.ts';
import { keyOf } from './conversation-cache.ts';
import { isElsewhere, reach, type ElsewhereEffect } from './elsewhere.ts';
import { emptyTurn, ownerLine, sayTo, type Happening, type TurnParts } from './happening.ts';
import { Joining } from './joining.ts';
import type { CaseWrite, NewFile, Outgoing, TurnCommit } from './ports.ts';
import type { Script } from './script.ts';

/** An effect may call for an event, whose effects may call for one more; a ring would be a fault. */
const STEPS_AT_MOST = 8;
/** Lines of the conversation that go with a question to staff. */
const LINES_SHOWN = 30;

/** Rejects when the store cannot be read, or with the bug of a step. */
export async function playTurn(parts: TurnParts, script: Script, happening: Happening): Promise<TurnCommit> {
  const draft = new TurnDraft(parts, script, happening);
  await draft.play();
  return draft.commit();
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
  /** Where the turn is stored: not where it began, when that conversation ends in another. */
  #in: Pick<TurnCommit, 'conversation' | 'readTurn' | 'joins'>;
  #codes: NonNullable<TurnCommit['codes']> = [];
  #parted: readonly string[] = [];
  /** The owner typed a code: the log does not keep it. */
  #typedCode = false;

  constructor(parts: TurnParts, script: Script, happening: Happening) {
    this.#parts = parts;
    this.#script = script;
    this.#happening = happening;
    this.#state = happening.state;
    this.#outgoing = [...(happening.also?.outgoing ?? [])];
    this.#files = [...(happening.also?.files ?? [])];
    this.#events = [happening.event];
    this.#in = { conversation: happening.conversation, readTurn: happening.state?.turn ?? 0 };
    for (const write of happening.also?.cases ?? []) this.#cases.set(write.case.id, write);
    // A reminder that has come is over, unless the step sets it again.
    if (happening.event.kind === 'timer') this.#reminders.set(happening.event.name, null);
  }

  async play(): Promise<void> {
    for (let steps = 0; ; steps += 1) {
      const event = this.#events.shift();
      if (event === undefined) return;
      if (steps >= STEPS_AT_MOST) throw new Error('A turn that does not end');
      const { state, effects } = this.#script.step(this.#state, this.#addressed(event), this.#happening.now);
      this.#state = state;
      for (const [index, effect] of effects.entries()) await this.#do(effect, state, index);
    }
  }

  commit(): TurnCommit {
    const state = this.#state ?? newState(this.#happening.now);
    const line = ownerLine(this.#happening, state, this.#kept);
    return {
      ...emptyTurn(this.#happening, this.#script, state),
      ...this.#in,
      ...(this.#codes.length > 0 && { codes: this.#codes }),
      ...(this.#parted.length > 0 && { parts: this.#parted }),
      ...(line !== null && !this.#erase && !this.#typedCode && { ownerLine: line }),
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
    const { address, file } = this.#happening;
    const { conversation } = this.#in;
    if (isElsewhere(effect)) return this.#reach(effect, state, index);
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

  /** Who goes on in several places is asked from which of them this comes. */
  #addressed(event: ConversationEvent): ConversationEvent {
    const inSeveral = this.#state?.joined !== undefined || event.kind === 'joined';
    return inSeveral ? { ...event, from: keyOf(this.#happening.address) } : event;
  }

  async #reach(effect: ElsewhereEffect, state: State, index: number): Promise<void> {
    const { address, event, now } = this.#happening;
    const reached = await reach({ ...this.#parts, joining: new Joining(this.#parts) }, effect, {
      ...this.#in,
      ...{ address, state, now, index, eventId: event.id },
      render: (message) => this.#script.render(message, state.lang, state.turn),
    });
    if (effect.kind === 'try-link-code') this.#typedCode = event.kind === 'text';
    if (reached.event !== undefined) this.#events.push(reached.event);
    if (reached.code !== undefined) this.#codes = [...this.#codes, reached.code];
    this.#outgoing.push(...(reached.outgoing ?? []));
    this.#parted = [...this.#parted, ...(reached.parts ?? [])];
    if (reached.moved !== undefined) this.#move(reached.moved);
  }

  /** What this turn has done to the conversation that ends is of no account. */
  #move({ id, state, readTurn, joins }: NonNullable<Awaited<ReturnType<typeof reach>>['moved']>): void {
    this.#in = { conversation: id, readTurn, joins };
    this.#state = state;
    this.#draft = undefined;
    this.#reminders.clear();
  }

  async #openCase(effect: Extract<Effect, { kind: 'open-case' }>, key: string): Promise<void> {
    const { store, desk, newId } = this.#parts;
    const { now, event } = this.#happening;
    const { conversation } = this.#in;
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
    const { joined } = this.#state ?? {};
    // The others begin anew; that this address alone is left is what other processes tell by.
    const here = keyOf(this.#happening.address);
    if (this.#state !== null && joined !== undefined) {
      this.#state = { ...this.#state, joined: joined.filter(({ key: each }) => each === here) };
    }
    const cases = await this.#parts.store.casesOf(this.#in.conversation);
    // The card of a moment ago names the person and would outlive them in the outbox: the erased one alone goes out.
    const nameless = this.#outgoing.filter(({ payload }) => payload.kind !== 'card-update');
    this.#outgoing.splice(0, this.#outgoing.length, ...nameless);
    for (const one of cases) this.#outgoing.push(...this.#parts.notices.erased(one, `${key}:${one.id}`));
  }
}
