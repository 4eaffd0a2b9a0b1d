/**
 * One person in several places: the codes by which they prove it. A code is eight digits, typed by hand, so it lives
 * shortly, works once, and tries are counted: by address, and over all addresses of a channel, since anybody may open
 * as many as they like. Only a keyed hash of it is kept.
 */
import { createHash, createHmac } from 'node:crypto';
import { addMs, conversationId, type ConversationId, type Instant } from '../base/index.ts';
import { carriedBy, type Carried, type State } from '../conversation/index.ts';
import { keyOf } from './conversation-cache.ts';
import type { Address, NewCode, NewId, Store, StoredConversation } from './ports.ts';

/** Of `OneTimeCode`; the subject is a conversation. */
export const JOIN_CODE = 'person';
const DIGITS = 8;
const GOOD_FOR_MS = 15 * 60 * 1000;
const HOUR_MS = 60 * 60 * 1000;
const TRIES_OF_ADDRESS = 5;
/** Of 10^8 codes: were one open at every moment, trying without end would meet it once in a century. */
const TRIES_OF_CHANNEL = 100;
/** A code that is known already is made anew; so many in a row would be a fault. */
const ATTEMPTS = 5;

export interface JoiningParts {
  readonly store: Pick<Store, 'codeOf' | 'countTry' | 'loadConversation'>;
  readonly newId: NewId;
  /** Keys the hashes: whoever reads the database alone cannot try all codes. */
  readonly secret: string;
}

/** A conversation that somebody wrote in. */
export interface Begun extends StoredConversation {
  readonly state: State;
}

export type Refusal = 'wrong' | 'late' | 'used' | 'own' | 'too-many';

export type Tried =
  | { readonly found: true; readonly key: string; readonly channel: string; readonly there: Carried }
  | { readonly found: false; readonly why: Refusal };

export class Joining {
  readonly #parts: JoiningParts;

  constructor(parts: JoiningParts) {
    this.#parts = parts;
  }

  /** The row is stored with the turn that shows the code. */
  async make(of: ConversationId, now: Instant): Promise<{ readonly code: string; readonly row: NewCode }> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const code = digitsOf(this.#parts.newId());
      const hash = this.#hash(code);
      if ((await this.#parts.store.codeOf(hash, JOIN_CODE)) !== null) continue;
      return { code, row: { hash, kind: JOIN_CODE, subject: of, expiresAt: addMs(now, GOOD_FOR_MS) } };
    }
    throw new Error('Every code that was made is known already');
  }

  async try(
    code: string,
    from: { readonly address: Address; readonly conversation: ConversationId; readonly now: Instant },
  ): Promise<Tried> {
    if (await this.#isTooMany(from.address, from.now)) return { found: false, why: 'too-many' };
    const key = this.#hash(code);
    const open = await this.open(key, from);
    if (typeof open === 'string') return { found: false, why: open };
    return { found: true, key, channel: open.address.channel, there: carriedBy(open.state) };
  }

  /** The conversation of a code that may still be used; or why not. */
  async open(
    key: string,
    from: { readonly conversation: ConversationId; readonly now: Instant },
  ): Promise<Begun | Refusal> {
    const { store } = this.#parts;
    const code = await store.codeOf(key, JOIN_CODE);
    if (code === null) return 'wrong';
    if (code.usedAt !== null) return 'used';
    if (code.expiresAt <= from.now) return 'late';
    if (code.subject === from.conversation) return 'own';
    const stored = await store.loadConversation(conversationId(code.subject));
    // Erased, or ended in another one, since the code was made.
    return stored === null || stored.state === null ? 'late' : { ...stored, state: stored.state };
  }

  /** Counted before looking, so that many at once see each other. */
  async #isTooMany(address: Address, now: Instant): Promise<boolean> {
    const { store } = this.#parts;
    const until = addMs(now, HOUR_MS);
    if ((await store.countTry(`${JOIN_CODE}:${keyOf(address)}`, now, until)) > TRIES_OF_ADDRESS) return true;
    return (await store.countTry(`${JOIN_CODE}:${address.channel}`, now, until)) > TRIES_OF_CHANNEL;
  }

  #hash(code: string): string {
    return createHmac('sha256', this.#parts.secret).update(`${JOIN_CODE}\0${code}`).digest('hex');
  }
}

/** Eight digits from an unguessable id. */
const digitsOf = (chance: string): string =>
  String(createHash('sha256').update(chance).digest().readUIntBE(0, 6) % 10 ** DIGITS).padStart(DIGITS, '0');
