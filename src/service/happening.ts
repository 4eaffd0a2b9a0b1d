/** What happened to a conversation, and the turn that is made of it before any effect: an empty one, or an apology. */
import type { ConversationId, Instant } from '../base/index.ts';
import type { FileRef } from '../content/index.ts';
import { newState, type ConversationEvent, type Message, type State } from '../conversation/index.ts';
import type { CaseDesk } from './case-desk.ts';
import type { JoiningParts } from './joining.ts';
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
  readonly store: Pick<Store, 'nextCaseNumber' | 'loadCase' | 'findCase' | 'casesOf' | 'messages'> &
    JoiningParts['store'];
  readonly desk: CaseDesk;
  readonly notices: Pick<Notices, 'erased'>;
  readonly newId: NewId;
  readonly isPull: (channel: ChannelName) => boolean;
  /** Keys what is kept of codes that join two channels of a person. */
  readonly secret: string;
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

/** Longest line kept in the log, UTF-16 units; nobody reads more of it. */
const LINE_KEPT = 4_000;

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

export const emptyTurn = (happening: Happening, script: Script, state: State): TurnCommit => ({
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

export function sayTo(
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

/** What the log keeps of what the owner did: nothing literal before consent, but what a pressed button said. */
export function ownerLine(
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
