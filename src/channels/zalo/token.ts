/**
 * The Official Account's tokens: sealed in the database, shared by all processes. A refresh token works once and is
 * replaced by every refresh, so exactly one refresh may happen at a time: one flight in a process, one lease over all.
 *
 * A crash between Zalo's answer and our write loses the new pair: the old refresh token is used up, and an operator has
 * to sign in again (`cli zalo login`). The platform offers nothing against it; the write follows the answer at once.
 */
import { addMs, type Instant } from '../../base/index.ts';
import type { Failure, PlatformTokens, Store } from '../../service/ports.ts';
import type { FreshTokens, TokenAnswer } from './oauth.ts';
import { openSeal, type Seal } from './seal.ts';

export const TOKENS_OK = 'ok';
export const TOKENS_DEAD = 'reauth_required';

export type TokenStore = Pick<
  Store,
  'platformTokens' | 'seedPlatformTokens' | 'leasePlatformTokens' | 'savePlatformTokens' | 'notePlatformTokens'
>;

export interface TokenParts {
  readonly store: TokenStore;
  readonly oaId: string;
  readonly secret: string;
  readonly seeds: { readonly accessToken: string | null; readonly refreshToken: string | null };
  readonly refresh: (refreshToken: string) => Promise<TokenAnswer>;
  readonly clock: () => Instant;
  /** A steady clock in milliseconds. */
  readonly nowMs: () => number;
  /** Trouble for the operator; null: it is over. */
  readonly warn: (text: string | null) => void;
}

export type Token = { readonly ok: true; readonly token: string } | { readonly ok: false; readonly failure: Failure };

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
/** Refreshed while it still works: five hours before its end. */
const EARLY_MS = 5 * HOUR_MS;
/** Longer than any call, so that nobody else refreshes while an answer may still come. */
const LEASE_MS = 60_000;
const LOSER_WAITS_MS = 20_000;
const LOOK_AGAIN_MS = 100;
/** What we remember of the row is believed for so long. */
const BELIEVED_MS = 20_000;
const BELIEVED_IN_TROUBLE_MS = 1_000;
const FIRST_WAIT_MS = 1_500;
const LONGEST_WAIT_MS = 60_000;
/** A refresh token lives three months; two weeks before, the operator is told. */
const OLD_MS = 76 * DAY_MS;
const WRITES = 5;
const EPOCH = '1970-01-01T00:00:00.000Z';

interface Row {
  readonly access: string;
  readonly refresh: string;
  readonly expiresAt: Instant;
  readonly rotatedAt: Instant;
  readonly version: number;
  readonly status: string;
}

const refused = (kind: 'bad-credentials' | 'unreachable'): Token => ({ ok: false, failure: { kind } });

export class TokenKeeper {
  readonly #parts: TokenParts;
  readonly #seal: Seal;
  #row: Row | null = null;
  #readAt = Number.NEGATIVE_INFINITY;
  #flight: Promise<Token> | null = null;
  /** Refreshes that brought nothing, in a row, and when the next may be tried. */
  #failures = 0;
  #notBefore = Number.NEGATIVE_INFINITY;
  /** The last token with which a call succeeded. */
  #proven: string | null = null;
  /** Tokens that Zalo gave and the database did not take yet. */
  #unwritten: { readonly version: number; readonly tokens: PlatformTokens } | null = null;

  constructor(parts: TokenParts) {
    this.#parts = parts;
    this.#seal = openSeal(parts.secret, `zalo:${parts.oaId}`);
  }

  /** A token to try; refreshed first when it is known to be over. */
  async current(): Promise<Token> {
    const row = await this.#read();
    if (row === null) return refused('bad-credentials');
    const left = Date.parse(row.expiresAt) - Date.parse(this.#parts.clock());
    if (row.access !== '' && left > 0) {
      if (left < EARLY_MS && row.status === TOKENS_OK) void this.#refresh(row.version).catch(() => undefined);
      return { ok: true, token: row.access };
    }
    return this.#refresh(row.version);
  }

  /** Zalo refused this token: what is stored meanwhile, or a refresh. A fresh token that was refused at once is not refreshed again. */
  async renew(failed: string): Promise<Token> {
    const known = this.#row;
    if (known !== null && known.access !== failed && known.access !== '') return { ok: true, token: known.access };
    const row = await this.#read(true);
    if (row === null) return refused('bad-credentials');
    if (row.access !== failed && row.access !== '') return { ok: true, token: row.access };
    const isFresh = Date.parse(this.#parts.clock()) - Date.parse(row.rotatedAt) < 5 * 60_000;
    if (isFresh && row.version > 1 && this.#proven !== failed) {
      this.#parts.warn('Zalo refuses a token that it has just given');
      return refused('bad-credentials');
    }
    return this.#refresh(row.version);
  }

  /** A call with this token was carried out. */
  works(token: string): void {
    this.#proven = token;
  }

  /** The account's owner took the app's rights away. */
  async revoked(): Promise<void> {
    await this.#parts.store.notePlatformTokens(this.#parts.oaId, { status: TOKENS_DEAD, lastError: 'revoked' });
    await this.#read(true);
    this.#tell();
  }

  /** Reads the tokens and says at /readyz how they are; asks Zalo nothing. */
  async look(): Promise<void> {
    await this.#read(true);
    this.#tell();
  }

  /** To be called every half minute: refreshes early, and says at /readyz how the tokens are. */
  async tick(): Promise<void> {
    if (this.#unwritten !== null) await this.#write(this.#unwritten.version, this.#unwritten.tokens);
    const row = await this.#read(true);
    this.#tell();
    if (row === null || row.status !== TOKENS_OK) return;
    if (Date.parse(row.expiresAt) - Date.parse(this.#parts.clock()) < EARLY_MS) await this.#refresh(row.version);
  }

  #tell(): void {
    const row = this.#row;
    const { warn, clock } = this.#parts;
    if (row === null) return warn('no token yet: run `cli zalo login`');
    if (row.status !== TOKENS_OK) return warn('Zalo wants a new sign-in: run `cli zalo login`');
    if (this.#failures > 2) return warn('the token cannot be refreshed at present; it is tried again');
    const age = Date.parse(clock()) - Date.parse(row.rotatedAt);
    warn(age > OLD_MS ? 'the refresh token is about to expire: run `cli zalo login`' : null);
  }

  // ---------------------------------------------------------------------------------------------------------- the row

  async #read(fresh = false): Promise<Row | null> {
    const { store, oaId, nowMs } = this.#parts;
    const isCalm = this.#row !== null && this.#row.status === TOKENS_OK;
    const age = nowMs() - this.#readAt;
    if (!fresh && age < (isCalm ? BELIEVED_MS : BELIEVED_IN_TROUBLE_MS)) return this.#row;
    const stored = (await store.platformTokens(oaId)) ?? (await this.#seed());
    this.#readAt = nowMs();
    // Newer in memory than in the database: the write is still owed.
    if (this.#unwritten !== null && stored !== null && stored.version <= this.#unwritten.version) return this.#row;
    this.#row = stored === null ? null : this.#opened(stored);
    return this.#row;
  }

  #opened(stored: PlatformTokens): Row {
    const access = stored.accessToken === '' ? '' : this.#seal.open(stored.accessToken);
    const refresh = stored.refreshToken === '' ? '' : this.#seal.open(stored.refreshToken);
    const { expiresAt, rotatedAt, version, status } = stored;
    if (access === null || refresh === null) {
      return { access: '', refresh: '', expiresAt: EPOCH, rotatedAt, version, status: 'sealed-by-another-secret' };
    }
    return { access, refresh, expiresAt, rotatedAt, version, status };
  }

  /** Only while there is no row: a seed is dead after the first rotation. */
  async #seed(): Promise<PlatformTokens | null> {
    const { store, oaId, seeds, clock } = this.#parts;
    if (seeds.accessToken === null && seeds.refreshToken === null) return null;
    const now = clock();
    const sealed = (token: string | null) => (token === null ? '' : this.#seal.seal(token));
    await store.seedPlatformTokens(oaId, {
      accessToken: sealed(seeds.accessToken),
      refreshToken: sealed(seeds.refreshToken),
      // Its age is not known: used until it is refused.
      expiresAt: seeds.accessToken === null ? EPOCH : addMs(now, DAY_MS),
      version: 1,
      rotatedAt: now,
      status: TOKENS_OK,
      lastError: null,
    });
    return store.platformTokens(oaId);
  }

  // ------------------------------------------------------------------------------------------------------ the refresh

  #refresh(from: number): Promise<Token> {
    this.#flight ??= this.#lead(from).finally(() => (this.#flight = null));
    return this.#flight;
  }

  /** Gets the lease, or waits for whoever has it. */
  async #lead(from: number): Promise<Token> {
    const { store, oaId, clock, nowMs } = this.#parts;
    if (nowMs() < this.#notBefore) return refused('unreachable');
    const until = nowMs() + LOSER_WAITS_MS;
    for (;;) {
      const row = await this.#read(true);
      if (row === null) return refused('bad-credentials');
      if (row.version > from && row.access !== '') return { ok: true, token: row.access };
      if (row.status !== TOKENS_OK) return refused('bad-credentials');
      const now = clock();
      if (await store.leasePlatformTokens(oaId, row.version, now, addMs(now, LEASE_MS))) return this.#ask(row);
      if (nowMs() > until) return refused('unreachable');
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    }
  }

  /** Under the lease. A failure leaves the tokens untouched. */
  async #ask(row: Row): Promise<Token> {
    const { store, oaId, refresh } = this.#parts;
    const answer: TokenAnswer = row.refresh === '' ? { kind: 'reauth', why: 'none' } : await refresh(row.refresh);
    if (answer.kind === 'fresh') return this.#take(row, answer.tokens);
    this.#failures += 1;
    this.#notBefore =
      this.#parts.nowMs() + Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(this.#failures - 1, 6));
    const note = answer.kind === 'reauth' ? { status: TOKENS_DEAD, lastError: answer.why } : { lastError: answer.why };
    await store.notePlatformTokens(oaId, note);
    await this.#read(true);
    this.#tell();
    return refused(answer.kind === 'reauth' ? 'bad-credentials' : 'unreachable');
  }

  async #take(row: Row, fresh: FreshTokens): Promise<Token> {
    const now = this.#parts.clock();
    const expiresAt = addMs(now, fresh.expiresInSeconds * 1000);
    const { accessToken: access, refreshToken } = fresh;
    await this.#write(row.version, {
      accessToken: this.#seal.seal(access),
      refreshToken: this.#seal.seal(refreshToken),
      expiresAt,
      version: row.version + 1,
      rotatedAt: now,
      status: TOKENS_OK,
      lastError: null,
    });
    this.#row = {
      access,
      refresh: refreshToken,
      expiresAt,
      rotatedAt: now,
      version: row.version + 1,
      status: TOKENS_OK,
    };
    this.#readAt = this.#parts.nowMs();
    this.#failures = 0;
    this.#notBefore = Number.NEGATIVE_INFINITY;
    this.#tell();
    return { ok: true, token: access };
  }

  /** Tried again and again: losing this pair means that a person has to sign in. */
  async #write(version: number, tokens: PlatformTokens): Promise<void> {
    const { store, oaId, warn } = this.#parts;
    for (let attempt = 1; attempt <= WRITES; attempt += 1) {
      try {
        // False: somebody else wrote a later pair, which then is the one that counts.
        await store.savePlatformTokens(oaId, version, tokens);
        this.#unwritten = null;
        return;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS * attempt));
      }
    }
    this.#unwritten = { version, tokens };
    warn('the new token could not be written down: do not stop the service before the database answers again');
  }
}
