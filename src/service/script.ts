/** The conversation as the receiver plays it: the step over the content of the moment, and its messages in words. */
import type { Instant } from '../base/index.ts';
import {
  turn,
  writeToken,
  type ConversationEvent,
  type Library,
  type Message,
  type State,
  type TurnResult,
} from '../conversation/index.ts';
import { renderMessage, type Texts } from '../texts/index.ts';
import type { RenderedMessage } from './ports.ts';

export interface Script {
  /** Of the content: kept with each turn. */
  readonly fingerprint: string;
  step(state: State | null, event: ConversationEvent, now: Instant): TurnResult;
  /** `turn` is the number that the message's buttons carry. */
  render(message: Message, lang: string, turn: number): RenderedMessage;
}

/** The script of a content pack: made once a pack, taken anew for each turn, since content may be swapped between two. */
export const openScript = (library: Library, texts: Texts): Script => ({
  fingerprint: library.pack.fingerprint,
  step: (state, event, now) => turn(state, event, library, now),
  render: (message, lang, number) =>
    renderMessage(message, texts, { lang, tokenOf: (id, place) => writeToken(number, id, place) }),
});
