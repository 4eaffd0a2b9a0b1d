/** What a round reads off a conversation before its turn, and off a turn after it. */
import type { Instant } from '../base/index.ts';
import { newState, type State } from '../conversation/index.ts';
import { addressOf } from './conversation-cache.ts';
import type { ChannelName, RenderedMessage, StoredConversation, TurnCommit } from './ports.ts';

/** The state from which a conversation that begins anew is stepped; null: it never began. */
export const begunAnew = ({ turn = 0 }: StoredConversation, now: Instant): State | null =>
  turn === 0 ? null : { ...newState(now), turn };

export const saidTo = (turn: TurnCommit): RenderedMessage[] =>
  turn.outgoing.filter(({ queue }) => queue === turn.conversation).map(({ payload }) => payload.message);

/** Channels on which somebody may be looking at the conversation: where something was said, and where else it goes on. */
export const pagesOf = ({ outgoing, state }: TurnCommit): ReadonlySet<ChannelName> =>
  new Set([
    ...outgoing.filter(({ pull }) => pull === true).map(({ to }) => to.channel),
    ...(outgoing.length === 0 ? [] : (state.joined ?? []).map(({ key }) => addressOf(key).channel)),
  ]);

/** One line a turn: ids and kinds, no contents. */
export const lineOf = (before: State | null, turn: TurnCommit) => ({
  conversation: turn.conversation,
  turn: turn.state.turn,
  from: before?.mode.kind ?? null,
  to: turn.state.mode.kind,
  said: turn.outgoing.length,
  content: turn.fingerprint.slice(0, 12),
});
