/** Effects that reach beyond one address of a person: codes, joining, word to the other addresses, taking apart. */
import { exhaustive, type ConversationId, type Instant } from '../base/index.ts';
import { takeUp, type ConversationEvent, type Effect, type State } from '../conversation/index.ts';
import { addressOf, keyOf } from './conversation-cache.ts';
import type { Begun, Joining } from './joining.ts';
import type { Address, ChannelName, NewCode, Outgoing, RenderedMessage, TurnCommit } from './ports.ts';

const KINDS = ['make-link-code', 'try-link-code', 'join', 'say-elsewhere', 'part'] as const;
export type ElsewhereEffect = Extract<Effect, { kind: (typeof KINDS)[number] }>;

export const isElsewhere = (effect: Effect): effect is ElsewhereEffect =>
  (KINDS as readonly string[]).includes(effect.kind);

/** What such an effect adds to its turn; `moved`: the turn goes on in another conversation, with `event`. */
export interface Reached {
  readonly event?: ConversationEvent;
  readonly outgoing?: readonly Outgoing[];
  readonly code?: NewCode;
  readonly parts?: readonly string[];
  readonly moved?: Begun & { readonly readTurn: number; readonly joins: NonNullable<TurnCommit['joins']> };
}

export interface ReachParts {
  readonly joining: Joining;
  readonly isPull: (channel: ChannelName) => boolean;
}

/** The turn as it stands when the effect is done. */
export interface Reaching {
  readonly conversation: ConversationId;
  readonly address: Address;
  /** Of the conversation, as it was read. */
  readonly readTurn: number;
  readonly state: State;
  readonly eventId: string;
  readonly now: Instant;
  /** Place of the effect among those of its step. */
  readonly index: number;
  readonly render: (message: Extract<Effect, { kind: 'say' }>['message']) => RenderedMessage;
}

export async function reach(parts: ReachParts, effect: ElsewhereEffect, at: Reaching): Promise<Reached> {
  const answered = { id: `${at.eventId}:${effect.kind}`, sentAt: at.now };
  switch (effect.kind) {
    case 'make-link-code': {
      const { code, row } = await parts.joining.make(at.conversation, at.now);
      return { code: row, event: { ...answered, kind: 'link-code', code } };
    }
    case 'try-link-code': {
      const tried = await parts.joining.try(effect.code, at);
      if (!tried.found) return { event: { ...answered, kind: 'link-refused', why: tried.why } };
      const { key, channel, there } = tried;
      return { event: { ...answered, kind: 'link-found', key, channel, there } };
    }
    case 'join': {
      const open = await parts.joining.open(effect.key, at);
      if (typeof open === 'string') return { event: { ...answered, kind: 'link-refused', why: open } };
      return join(open, { ...at, key: effect.key, answered });
    }
    case 'say-elsewhere':
      return { outgoing: sayElsewhere(parts, effect, at) };
    case 'part':
      return { parts: effect.keys };
    default:
      return exhaustive(effect);
  }
}

/**
 * The conversation of the code goes on, and the one that the code was typed in ends: its lines come to stand between what
 * was said there and what is said from now on, so its turns are counted in.
 */
function join(
  there: Begun,
  at: Reaching & { readonly key: string; readonly answered: { readonly id: string; readonly sentAt: Instant } },
): Reached {
  // What staff ask about the sheet of another case passes: the person has begun what was put aside for it.
  const own = at.state.aside === undefined ? at.state : takeUp({ ...at.state, form: null });
  const { form, answers, hints, cases, consent, sheetOf, handedOver, loose, joined } = own;
  const brought = {
    form,
    answers,
    hints,
    cases,
    ...(consent !== undefined && { consent }),
    ...(sheetOf !== undefined && { sheetOf }),
    ...(handedOver !== undefined && { handedOver }),
    ...(loose !== undefined && { loose }),
    ...(joined !== undefined && { joined }),
  };
  const addressed = (address: Address) => ({ key: keyOf(address), channel: address.channel });
  return {
    event: {
      ...at.answered,
      kind: 'joined',
      here: addressed(at.address),
      there: addressed(there.address),
      brought,
    },
    moved: {
      ...there,
      readTurn: there.state.turn,
      state: { ...there.state, turn: there.state.turn + at.readTurn },
      joins: { conversation: at.conversation, readTurn: at.readTurn, code: at.key, from: there.address },
    },
  };
}

/** A page sees the whole conversation: one line is enough for all of them. */
function sayElsewhere(
  { isPull }: ReachParts,
  { message, to: keys, parting }: Extract<ElsewhereEffect, { kind: 'say-elsewhere' }>,
  at: Reaching,
): readonly Outgoing[] {
  const others = keys.map(addressOf);
  const pushed = others.filter(({ channel }) => !isPull(channel));
  const pulled = parting === true ? [] : others.filter(({ channel }) => isPull(channel)).slice(0, 1);
  return [...pushed, ...pulled].map((to, place) => ({
    id: `${at.conversation}:${at.state.turn}:${at.index}.${place}`,
    to,
    queue: at.conversation,
    payload: { kind: 'say', message: at.render(message) },
    priority: 0,
    ...(isPull(to.channel) && { pull: true as const }),
  }));
}
