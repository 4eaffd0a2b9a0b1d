/**
 * Telegram's ways of saying no, in our vocabulary. Descriptions are matched where the code alone does not tell
 * (https://core.telegram.org/bots/api#making-requests; texts as seen 2026-11-25).
 */
import { GrammyError, HttpError } from 'grammy';
import type { Failure } from '../../service/ports.ts';

export function failureOf(error: unknown): Failure {
  if (error instanceof GrammyError) return refusalOf(error);
  if (error instanceof HttpError) return networkFailureOf(error.error);
  // Not an answer and not the network: a bug.
  throw error;
}

function refusalOf(error: GrammyError): Failure {
  const { error_code: code, description, parameters } = error;
  if (code === 429) {
    const seconds = parameters.retry_after;
    return { kind: 'throttled', scope: 'chat', ...(seconds === undefined ? {} : { retryAfterMs: seconds * 1000 }) };
  }
  // 404 is what a token that was never given out gets; an unknown method says so after the words.
  if (code === 401 || (code === 404 && description === 'Not Found')) return { kind: 'bad-credentials' };
  if (code === 403 || /chat not found|user is deactivated|PEER_ID_INVALID/i.test(description)) {
    return { kind: 'recipient-gone' };
  }
  if (
    code === 413 ||
    /file is too big|Request Entity Too Large|message is too long|MESSAGE_TOO_LONG/i.test(description)
  ) {
    return { kind: 'too-large' };
  }
  // It says itself that it did not manage.
  if (code >= 500) return { kind: 'unreachable' };
  return { kind: 'refused', code: `${code} ${description}`.slice(0, 200) };
}

/**
 * `ambiguous`: the call may well have been carried out, only its answer is missing. A connection that breaks off at once
 * hardly ever carried anything; where it did, saying it twice harms less than silence.
 */
function networkFailureOf(cause: unknown): Failure {
  if (field(cause, 'type') === 'invalid-json') return { kind: 'unreadable-reply', ambiguous: true };
  return isTimeout(cause) ? { kind: 'unreachable', ambiguous: true } : { kind: 'unreachable' };
}

const isTimeout = (cause: unknown) => cause instanceof Error && /timed out after \d+ seconds/.test(cause.message);

const field = (cause: unknown, name: string) =>
  typeof cause === 'object' && cause !== null ? String(Object.entries(cause).find(([key]) => key === name)?.[1]) : '';

/** The new id of a group that became a supergroup, when that is what the error says. */
export function movedTo(error: unknown): string | null {
  const id = error instanceof GrammyError ? error.parameters.migrate_to_chat_id : undefined;
  return id === undefined ? null : String(id);
}

const saysOf = (error: unknown) => (error instanceof GrammyError ? error.description : '');

/** The edit changed nothing: somebody was faster, or it is a retry. */
export const isUnchanged = (error: unknown) => /message is not modified/i.test(saysOf(error));

/** The card is not there to be edited (deleted, or left behind in the old group). */
export const isCardGone = (error: unknown) =>
  /message to edit not found|message can't be edited|MESSAGE_ID_INVALID/i.test(saysOf(error));
