/**
 * Everything that may go wrong with a call to Zalo and may be tried again, by chance: before Zalo took the call and after,
 * on the line, in the server, in the envelope. What may not be tried again is not among it.
 */
import type { BotCallMade, BotFault } from './fake-zalo-bot.ts';
import type { FakeZalo, Json, ZaloCall, ZaloFault } from './fake-zalo.ts';
import type { Chance } from './seeded-chance.ts';

export interface Faults<Call, Fault> {
  readonly hook: (call: Call) => Fault | undefined;
  /** How often each kind befell a call; `none` where all went well. */
  readonly counts: ReadonlyMap<string, number>;
}

export interface FaultOptions {
  readonly chance: Chance;
  /** Share of the calls that fail. */
  readonly share: number;
  /** Calls that hang until the caller gives up; few, since each takes ten seconds. */
  readonly hanging: number;
}

const FAILED: Json = { error: -200, message: 'Send message failed' };

/** Of the Open API: messages, uploads, templates. */
const onCalls: Readonly<Record<string, ZaloFault>> = {
  'cut before': { cut: 'before' },
  'cut after': { cut: 'after' },
  'status 500': { status: 500 },
  'status 502, a page': { status: 502, body: '<html>Bad Gateway</html>' },
  'status 503': { status: 503, retryAfter: 1 },
  'status 429': { status: 429 },
  'status 429, Retry-After': { status: 429, retryAfter: 1 },
  '-32': { error: -32, message: 'Your application reached limit call api' },
  '-200': { error: -200, message: 'Send message failed' },
  '-200, carried out': { answer: FAILED, done: true },
  'no JSON': { answer: '<html>' },
  'no JSON, carried out': { answer: '{"data":{"message_id"', done: true },
  'no code, carried out': { answer: { message: 'Success' }, done: true },
  'a list': { answer: '[]' },
};

/** Of the token host. An answer that is lost after the token was used up is no such fault: nobody can get it back. */
const onTokens: Readonly<Record<string, ZaloFault>> = {
  'cut before': { cut: 'before' },
  'status 500': { status: 500 },
  'status 429': { status: 429 },
  'no JSON': { answer: 'oops' },
  'words with status 200': { answer: { error_name: 'Server busy', error_reason: '', error_description: '' } },
  'half an answer': { answer: { access_token: 'AT-half', expires_in: '90000' } },
};

/** Of the addresses of files. */
const onMedia: Readonly<Record<string, ZaloFault>> = {
  'cut before': { cut: 'before' },
  'status 500': { status: 500 },
  'status 429': { status: 429 },
};

const onBot: Readonly<Record<string, BotFault>> = {
  'cut before': { cut: 'before' },
  'cut after': { cut: 'after' },
  'status 500': { status: 500 },
  'status 502, a page': { status: 502, body: '<html>' },
  'status 429': { status: 429, body: { ok: false, description: 'Quota exceeded', error_code: 429 } },
  '429 with status 200': { status: 200, body: { ok: false, description: 'Quota exceeded', error_code: 429 } },
  '408 with status 200': { status: 200, body: { ok: false, description: 'Request timeout', error_code: 408 } },
  'no JSON': { status: 200, body: 'oops' },
  'no JSON, carried out': { status: 200, body: '{"ok":tr', done: true },
};

export const OA_FAULTS: readonly string[] = Object.keys(onCalls);
export const BOT_FAULTS: readonly string[] = Object.keys(onBot);

export function oaFaults(fake: FakeZalo, options: FaultOptions): Faults<ZaloCall, ZaloFault> {
  // A send that «failed» (-200) is tried once more and not oftener, so that it does not happen to a person twice running.
  const failedOnce = new Set<string>();
  const faults = drawing(options, (call: ZaloCall) => {
    if (call.path.endsWith('/access_token')) return onTokens;
    if (call.path.startsWith('/media/')) return onMedia;
    const person = personIn(call.body);
    return person === null || failedOnce.has(person) ? without(onCalls, /^-200/) : onCalls;
  });
  const hook = (call: ZaloCall): ZaloFault | undefined => {
    // The access token ends now and then, in the middle of everything.
    if (options.chance.isHit(1 / 500)) fake.expireAccess();
    const drawn = faults.draw(call);
    if (drawn === 'hang') return { hangs: options.chance.isHit(0.5) ? 'before' : 'after' };
    const person = personIn(call.body) ?? '';
    if (drawn === null && fake.takes(call)) failedOnce.delete(person);
    if (drawn?.name.startsWith('-200') === true) failedOnce.add(person);
    return drawn?.fault;
  };
  return { hook, counts: faults.counts };
}

export function botFaults(options: FaultOptions): Faults<BotCallMade, BotFault> {
  const faults = drawing({ ...options, hanging: 0 }, (_call: BotCallMade) => onBot);
  const hook = (call: BotCallMade) => {
    const drawn = faults.draw(call);
    return drawn === null || drawn === 'hang' ? undefined : drawn.fault;
  };
  return { hook, counts: faults.counts };
}

type Drawn<Fault> = { readonly name: string; readonly fault: Fault } | 'hang' | null;

function drawing<Call, Fault>(
  { chance, share, hanging }: FaultOptions,
  kindsFor: (call: Call) => Readonly<Record<string, Fault>>,
) {
  const counts = new Map<string, number>();
  let left = hanging;
  const count = (name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
  return {
    counts,
    draw(call: Call): Drawn<Fault> {
      const kinds = kindsFor(call);
      const isHit = chance.isHit(share);
      if (isHit && left > 0 && chance.isHit(1 / 20)) {
        left -= 1;
        count('hangs');
        return 'hang';
      }
      const [name, fault] = isHit ? chance.oneOf(Object.entries(kinds)) : ['none', undefined];
      count(name);
      return fault === undefined ? null : { name, fault };
    },
  };
}

const personIn = (body: Json): string | null => {
  const recipient = body['recipient'] as { user_id?: unknown } | undefined;
  return typeof recipient?.user_id === 'string' ? recipient.user_id : null;
};

const without = <Fault>(kinds: Readonly<Record<string, Fault>>, names: RegExp): Readonly<Record<string, Fault>> =>
  Object.fromEntries(Object.entries(kinds).filter(([name]) => !names.test(name)));
