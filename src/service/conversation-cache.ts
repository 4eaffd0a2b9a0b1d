/**
 * Conversations that were just used, so that the next turn needs no reading. Never trusted: a state that is no longer the
 * stored one loses its race, and is read again. One that was pruned meanwhile would lose no race and come back: so nothing
 * is remembered for long.
 */
import type { ConversationId } from '../base/index.ts';
import type { Address, Clock, RenderedMessage, StoredConversation } from './ports.ts';

export interface Remembered extends StoredConversation {
  /** Labels of the buttons shown last, by token: for the log of what was pressed. */
  readonly labels: ReadonlyMap<string, string>;
}

const KEPT = 1_000;
/** From the last turn, ms; far shorter than anything is kept in the store. */
const REMEMBERED_MS = 24 * 60 * 60 * 1000;

export const keyOf = ({ channel, chat }: Address): string => `${channel}:${chat}`;

export function addressOf(key: string): Address {
  const colon = key.indexOf(':');
  return { channel: key.slice(0, colon) as Address['channel'], chat: key.slice(colon + 1) };
}

/**
 * False: the address has been joined to another conversation or taken off this one since. The state says who speaks for
 * it, and a turn is only stored on the state that it was made from, so this holds in every process.
 */
const speaksFor = (address: Address, { state }: StoredConversation): boolean =>
  state?.joined === undefined || state.joined.some(({ key }) => key === keyOf(address));

/** A map that forgets what was longest unused. */
class Recent<Value> {
  readonly #values = new Map<string, Value>();

  get(key: string): Value | undefined {
    const value = this.#values.get(key);
    if (value !== undefined) this.set(key, value);
    return value;
  }

  set(key: string, value: Value): void {
    this.#values.delete(key);
    this.#values.set(key, value);
    if (this.#values.size > KEPT) this.delete(this.#values.keys().next().value as string);
  }

  delete(key: string): void {
    this.#values.delete(key);
  }
}

export class ConversationCache {
  readonly #conversations = new Recent<Remembered>();
  readonly #addresses = new Recent<ConversationId>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The conversation that an address wrote in last, if it is remembered. */
  at(address: Address): Remembered | undefined {
    const id = this.#addresses.get(keyOf(address));
    const known = id === undefined ? undefined : this.get(id);
    return known !== undefined && speaksFor(address, known) ? known : undefined;
  }

  get(id: ConversationId): Remembered | undefined {
    const known = this.#conversations.get(id);
    if (known === undefined || known.state === null) return known;
    return Date.parse(this.#clock()) - Date.parse(known.state.seenAt) < REMEMBERED_MS ? known : undefined;
  }

  /** `said`: the messages of the turn; without any, the labels of before stay. */
  keep(stored: StoredConversation, said: readonly RenderedMessage[] = []): Remembered {
    const shown = said.findLast(({ choices }) => choices.length > 0);
    const labels =
      shown === undefined
        ? (this.#conversations.get(stored.id)?.labels ?? new Map<string, string>())
        : new Map(shown.choices.map(({ id, label }) => [id, label]));
    const kept = { ...stored, labels };
    this.#conversations.set(stored.id, kept);
    this.#addresses.set(keyOf(stored.address), stored.id);
    return kept;
  }

  forget(id: ConversationId, address?: Address): void {
    this.#conversations.delete(id);
    if (address !== undefined) this.#addresses.delete(keyOf(address));
  }
}
