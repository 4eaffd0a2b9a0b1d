/**
 * Zalo's ways of saying no. The same number means different things on different surfaces, so each has its own table
 * (codes of the vendor's error pages as collected 2026-11-22; a table may be longer than other files).
 */
import type { Failure } from '../../service/ports.ts';
import type { HttpResult } from './client.ts';

export type Surface = 'oa' | 'zbs' | 'bot';

export type Kind =
  | 'auth' // the access token is worn out: refresh, then once more
  | 'rate' // for the whole account
  | 'quota' // later, not at once
  | 'night'
  | 'window' // the person has not written for seven days
  | 'recipient'
  | 'expired-asset'
  | 'once-more' // may have arrived; tried once more, not oftener
  | 'invalid' // ours to repair
  | 'config' // an operator has to act
  | 'transient'
  | 'network'
  | 'unreadable';

/** A call that failed, as our own error: names no token, no text, no person. */
export interface Refusal {
  readonly surface: Surface;
  readonly kind: Kind;
  /** Zalo's number, where it gave one. */
  readonly code: number | null;
  readonly status: number | null;
  readonly ambiguous: boolean;
  readonly retryAfterMs?: number;
}

export type Outcome =
  | { readonly ok: true; readonly data: Readonly<Record<string, unknown>>; readonly remain?: string }
  | { readonly ok: false; readonly refusal: Refusal };

const table = (...rows: readonly (readonly [Kind, readonly number[]])[]): ReadonlyMap<number, Kind> =>
  new Map(rows.flatMap(([kind, codes]) => codes.map((code) => [code, kind] as const)));

const kinds: Readonly<Record<'oa' | 'zbs', ReadonlyMap<number, Kind>>> = {
  oa: table(
    ['auth', [-216, -220]],
    ['rate', [-32]],
    ['quota', [-211, -218]],
    ['night', [-234]],
    ['window', [-230, -232]],
    ['recipient', [-213, -217, -227, -244]],
    ['expired-asset', [-100]],
    ['once-more', [-200]],
    ['transient', [-214]],
    ['invalid', [-201, -210, -233, -235, -240, -248, -249]],
    ['config', [-204, -205, -209, -212, -219, -221, -223, -224, -237, -242, -320, -321, -403]],
  ),
  zbs: table(
    ['auth', [-124]],
    ['rate', [-32]],
    ['transient', [-100]],
    ['quota', [-115, -144, -147, -1441, -1471, -1472]],
    ['night', [-133]],
    ['recipient', [-114, -118, -119, -139, -140, -141]],
    ['config', [-101, -102, -103, -104, -105, -120, -127, -135, -136, -137, -138, -1241, -1351, -1381]],
  ),
};

/** Whether a code stands in no table: worth a line in the log, once. */
export const isUnknownCode = ({ surface, code }: Refusal): boolean =>
  code !== null && surface !== 'bot' && !kinds[surface].has(code);

const record = (value: unknown): Readonly<Record<string, unknown>> | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;

/** Every answer of the Open API goes through here: without a numeric `error` it is a failure, whatever the status says. */
export function unwrap(surface: 'oa' | 'zbs', result: HttpResult): Outcome {
  const early = transportRefusal(surface, result);
  if (early !== null) return { ok: false, refusal: early };
  const { status, body, remain } = result as Extract<HttpResult, { kind: 'answer' }>;
  const answer = record(body);
  const code = answer?.['error'];
  if (answer === null || typeof code !== 'number') {
    const kind = status === 401 ? 'auth' : 'unreadable';
    return { ok: false, refusal: { surface, kind, code: null, status, ambiguous: kind === 'unreadable' } };
  }
  if (code === 0) {
    return { ok: true, data: record(answer['data']) ?? {}, ...(remain === undefined ? {} : { remain }) };
  }
  const kind = kinds[surface].get(code) ?? 'invalid';
  return { ok: false, refusal: { surface, kind, code, status, ambiguous: kind === 'once-more' } };
}

/** The Bot Platform's envelope: `{ok, result?, description?, error_code?}`; `ok: false` may come with any status. */
export function unwrapBot(result: HttpResult): Outcome {
  const answer = result.kind === 'answer' ? record(result.body) : null;
  const told = typeof answer?.['error_code'] === 'number' ? answer['error_code'] : null;
  if (answer?.['ok'] === true) return { ok: true, data: record(answer['result']) ?? {} };
  const early = transportRefusal('bot', result);
  const status = result.kind === 'answer' ? result.status : null;
  const code = told ?? status;
  if (result.kind === 'network' || code === null) {
    return { ok: false, refusal: early ?? { surface: 'bot', kind: 'unreadable', code: null, status, ambiguous: true } };
  }
  if (answer === null && early === null) {
    return { ok: false, refusal: { surface: 'bot', kind: 'unreadable', code: null, status, ambiguous: true } };
  }
  const kind = botKind(code, String(answer?.['description'] ?? ''));
  const wait = result.retryAfterMs === undefined ? {} : { retryAfterMs: result.retryAfterMs };
  return { ok: false, refusal: { surface: 'bot', kind, code, status, ambiguous: code === 408, ...wait } };
}

function botKind(code: number, description: string): Kind {
  if (code === 429) return 'rate';
  if (code === 408 || code >= 500) return 'transient';
  if (code === 401) return 'config';
  if (code === 403 || /chat|user/i.test(description)) return 'recipient';
  // An unknown token is answered like an unknown method.
  return code === 404 ? 'config' : 'invalid';
}

function transportRefusal(surface: Surface, result: HttpResult): Refusal | null {
  if (result.kind === 'network') {
    return { surface, kind: 'network', code: null, status: null, ambiguous: result.arrived === 'maybe' };
  }
  const { status, retryAfterMs } = result;
  const wait = retryAfterMs === undefined ? {} : { retryAfterMs };
  if (status === 429) return { surface, kind: 'rate', code: null, status, ambiguous: false, ...wait };
  if (status >= 500) return { surface, kind: 'transient', code: null, status, ambiguous: false, ...wait };
  return null;
}

const MINUTE_MS = 60_000;
const QUOTA_WAIT_MS = 15 * MINUTE_MS;
const NIGHT_WAIT_MS = 30 * MINUTE_MS;

/** In our vocabulary, as delivery understands it. */
export function failureOf(refusal: Refusal): Failure {
  const { kind, ambiguous, retryAfterMs } = refusal;
  switch (kind) {
    case 'rate':
      return { kind: 'throttled', scope: 'channel', ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
    case 'quota':
      return { kind: 'throttled', scope: 'chat', retryAfterMs: QUOTA_WAIT_MS };
    case 'night':
      return { kind: 'throttled', scope: 'chat', retryAfterMs: NIGHT_WAIT_MS };
    case 'window':
      return { kind: 'outside-window' };
    case 'recipient':
      return { kind: 'recipient-gone' };
    case 'auth':
    case 'config':
      return { kind: 'bad-credentials' };
    case 'network':
    case 'transient':
      return ambiguous ? { kind: 'unreachable', ambiguous } : { kind: 'unreachable' };
    case 'unreadable':
      return { kind: 'unreadable-reply', ambiguous: true };
    case 'once-more':
    case 'expired-asset':
    case 'invalid':
      return { kind: 'refused', code: `${refusal.surface} ${refusal.code ?? refusal.status ?? ''}`.trim() };
  }
}
