/** Carries out the calls of one message, one after another, and says how far it came. */
import type { Failure, FileRef, SendContext, SendResult } from '../../service/ports.ts';
import type { OaApi } from './api.ts';
import { endingOf, FILE_MAX_BYTES, FILE_TYPES, IMAGE_MAX_BYTES, IMAGE_TYPES, TYPES } from './capabilities.ts';
import type { Echoes } from './echoes.ts';
import type { WireCall, Words } from './encode.ts';
import { failureOf, type Outcome, type Refusal } from './failures.ts';
import type { Token } from './token.ts';

export interface SendingParts {
  readonly api: OaApi;
  readonly tokens: {
    current(): Promise<Token>;
    renew(failed: string): Promise<Token>;
    works(token: string): void;
  };
  readonly echoes: Pick<Echoes, 'opened' | 'closed'>;
  readonly words: Words;
  /** A signed address that expires, where the service has a public one. */
  readonly linkTo: (file: FileRef) => string | null;
  /** Picture for the card that asks for contact data; null: it cannot be sent. */
  readonly contactImage: string | null;
  /** Something an operator should know of: a code, never a content. */
  readonly refused: (refusal: Refusal) => void;
  readonly wait: (ms: number) => Promise<void>;
}

type Result = { readonly id: string | null } | { readonly failure: Failure; readonly refusal?: Refusal };

/** Zalo does not carry such a message, now or later, so that another way is to be taken; a worn-out token is no such reason. */
const isRefused = (result: Result): boolean =>
  'failure' in result && (result.failure.kind === 'refused' || result.refusal?.kind === 'config');

/** Pause before the one repetition of a send that Zalo says has failed without saying why (-200), ms. */
const ONCE_MORE_MS = 1_000;

export async function sendCalls(
  parts: SendingParts,
  user: string,
  calls: readonly WireCall[],
  context: Pick<SendContext, 'skip' | 'file'>,
): Promise<SendResult> {
  const platformIds: string[] = [];
  for (let index = context.skip; index < calls.length; index += 1) {
    const call = calls[index];
    if (call === undefined) break;
    const result = await carryOut(parts, user, call, context);
    if ('failure' in result) return { sent: false, failure: result.failure, done: index, platformIds };
    if (result.id !== null) platformIds.push(result.id);
  }
  return { sent: true, platformIds };
}

async function carryOut(
  parts: SendingParts,
  user: string,
  call: WireCall,
  context: Pick<SendContext, 'file'>,
): Promise<Result> {
  switch (call.kind) {
    case 'text':
      return sendText(parts, user, call.text, call.buttons);
    case 'contact':
      return askContact(parts, user, call);
    case 'file':
      return sendFile(parts, user, call.file, context);
  }
}

const sendText = (
  parts: SendingParts,
  user: string,
  text: string,
  buttons: Extract<WireCall, { kind: 'text' }>['buttons'] = [],
): Promise<Result> => send(parts, user, { text, call: (token) => parts.api.sendText(token, user, text, buttons) });

/** A comfort: where Zalo does not carry it, the number is typed. */
async function askContact(
  parts: SendingParts,
  user: string,
  { title, subtitle }: Extract<WireCall, { kind: 'contact' }>,
): Promise<Result> {
  const { api, contactImage: imageUrl } = parts;
  if (imageUrl === null) return { id: null };
  const card = { title, subtitle, imageUrl };
  const result = await send(parts, user, { call: (token) => api.requestUserInfo(token, user, card) });
  return isRefused(result) ? { id: null } : result;
}

// ----------------------------------------------------------------------------------------------------------- files

async function sendFile(
  parts: SendingParts,
  user: string,
  file: FileRef,
  context: Pick<SendContext, 'file'>,
): Promise<Result> {
  const bytes = await context.file(file.id);
  // Still being fetched: comes back with the next attempt.
  if (bytes === null) return { failure: { kind: 'unreachable' } };
  const type = typeOf(file);
  const way = wayOf(type, bytes.length);
  if (way === null) return sendLink(parts, user, file);
  const result = await sendUploaded(parts, user, way, { name: file.name, type, bytes });
  // The account's package may not include uploads: then the link serves.
  return isRefused(result) ? sendLink(parts, user, file) : result;
}

/** Other platforms do not always tell a file's type. */
const typeOf = ({ type, name }: FileRef): string =>
  [...IMAGE_TYPES, ...FILE_TYPES].includes(type) ? type : (TYPES[endingOf(name)] ?? type);

/** null: Zalo does not carry it. */
function wayOf(type: string, size: number): 'image' | 'file' | null {
  if (IMAGE_TYPES.includes(type) && size <= IMAGE_MAX_BYTES) return 'image';
  return FILE_TYPES.includes(type) && size <= FILE_MAX_BYTES ? 'file' : null;
}

async function sendUploaded(
  parts: SendingParts,
  user: string,
  way: 'image' | 'file',
  file: { readonly name: string; readonly type: string; readonly bytes: Uint8Array },
): Promise<Result> {
  const { api } = parts;
  for (let attempt = 1; ; attempt += 1) {
    const uploaded = await authed(parts, (token) =>
      way === 'image' ? api.uploadImage(token, file) : api.uploadFile(token, file),
    );
    if ('failure' in uploaded) return { failure: certain(uploaded.failure) };
    if (!uploaded.ok) return { failure: certain(failureOf(uploaded.refusal)), refusal: uploaded.refusal };
    const key = uploaded.data[way === 'image' ? 'attachment_id' : 'token'];
    if (typeof key !== 'string') return { failure: { kind: 'unreachable' } };
    const outcome = await sendOutcome(parts, user, {
      call: (token) => (way === 'image' ? api.sendImage(token, user, key) : api.sendFile(token, user, key)),
    });
    // The asset is gone already (-100): uploaded once more, not oftener.
    const isGone = 'ok' in outcome && !outcome.ok && outcome.refusal.kind === 'expired-asset';
    if (!isGone || attempt > 1) return resultOf(outcome);
  }
}

/** An upload that may have arrived has said nothing to anybody. */
const certain = (failure: Failure): Failure =>
  failure.kind === 'unreachable' || failure.kind === 'unreadable-reply' ? { kind: 'unreachable' } : failure;

function sendLink(parts: SendingParts, user: string, file: FileRef): Promise<Result> {
  const url = parts.linkTo(file);
  const text =
    url === null
      ? parts.words('zalo.fileNotCarried', { name: file.name })
      : parts.words('zalo.fileLink', { name: file.name, url });
  return sendText(parts, user, text.normalize('NFC'));
}

// ------------------------------------------------------------------------------------------------------------ sends

interface Send {
  readonly text?: string;
  readonly call: (token: string) => Promise<Outcome>;
}

type Tried = Outcome | { readonly failure: Failure };

const send = async (parts: SendingParts, user: string, one: Send): Promise<Result> =>
  resultOf(await sendOutcome(parts, user, one));

function resultOf(tried: Tried): Result {
  if ('failure' in tried) return tried;
  if (!tried.ok) return { failure: failureOf(tried.refusal), refusal: tried.refusal };
  return { id: idIn(tried) ?? null };
}

const idIn = (outcome: Outcome): string | undefined => {
  const id = outcome.ok ? outcome.data['message_id'] : undefined;
  return typeof id === 'string' ? id : undefined;
};

/** One send to a person, of which the echo may come at any time. */
async function sendOutcome(parts: SendingParts, user: string, { text, call }: Send): Promise<Tried> {
  parts.echoes.opened(user, text);
  let tried: Tried = { failure: { kind: 'unreachable' } };
  try {
    tried = await authed(parts, call);
    if ('ok' in tried && !tried.ok && tried.refusal.kind === 'once-more') {
      await parts.wait(ONCE_MORE_MS);
      tried = await authed(parts, call);
    }
    return tried;
  } finally {
    const id = 'ok' in tried ? idIn(tried) : undefined;
    const isLost = text === undefined && 'ok' in tried && !tried.ok && tried.refusal.ambiguous;
    parts.echoes.closed(user, { ...(id === undefined ? {} : { id }), lost: isLost });
  }
}

/** With a token; when it is worn out, once more with a fresh one, not oftener. */
export async function authed(
  { tokens, refused }: Pick<SendingParts, 'tokens' | 'refused'>,
  call: (token: string) => Promise<Outcome>,
): Promise<Tried> {
  const first = await tokens.current();
  if (!first.ok) return { failure: first.failure };
  let { token } = first;
  let outcome = await call(token);
  if (!outcome.ok && outcome.refusal.kind === 'auth') {
    const second = await tokens.renew(token);
    if (!second.ok) return { failure: second.failure };
    token = second.token;
    outcome = await call(token);
  }
  if (!outcome.ok) refused(outcome.refusal);
  if (outcome.ok || outcome.refusal.code !== null) {
    if (outcome.ok || outcome.refusal.kind !== 'auth') tokens.works(token);
  }
  return outcome;
}
