import { GrammyError, HttpError } from 'grammy';
import { describe, expect, test } from 'vitest';
import { failureOf, isCardGone, isUnchanged, movedTo } from '../../../src/channels/telegram/failures.ts';

const refusal = (error_code: number, description: string, parameters = {}) =>
  new GrammyError('x', { ok: false, error_code, description, parameters }, 'sendMessage', {});
const network = (cause: unknown) => new HttpError('x', cause);

describe('what a failed call means', () => {
  test.each([
    ['an unknown user', refusal(400, 'Bad Request: user is deactivated'), { kind: 'recipient-gone' }],
    ['a group without us', refusal(403, 'Forbidden: bot was kicked from the group chat'), { kind: 'recipient-gone' }],
    ['a token that never was', refusal(404, 'Not Found'), { kind: 'bad-credentials' }],
    ['a method that is not there', refusal(404, 'Not Found: method not found'), { kind: 'refused' }],
    ['too many, without a time', refusal(429, 'Too Many Requests'), { kind: 'throttled', scope: 'chat' }],
    ['a text that is too long', refusal(400, 'Bad Request: message is too long'), { kind: 'too-large' }],
    ['a server in trouble', refusal(500, 'Internal Server Error'), { kind: 'unreachable' }],
    ['a reset connection', network(Object.assign(new Error('reset'), { code: 'ECONNRESET' })), { kind: 'unreachable' }],
    [
      'HTML instead of JSON',
      network(Object.assign(new Error('bad'), { type: 'invalid-json' })),
      { kind: 'unreadable-reply', ambiguous: true },
    ],
  ])('%s', (_name, error, failure) => {
    expect(failureOf(error)).toMatchObject(failure);
  });

  test('only a call that was not answered at all may have arrived', () => {
    expect(failureOf(network(new Error("Request to 'sendMessage' timed out after 60 seconds")))).toEqual({
      kind: 'unreachable',
      ambiguous: true,
    });
    expect(failureOf(refusal(502, 'Bad Gateway'))).toEqual({ kind: 'unreachable' });
  });

  test('a bug is no failure of sending', () => {
    expect(() => failureOf(new TypeError('x is not a function'))).toThrow(TypeError);
  });

  test('a moved group, an unchanged card, a card that is gone', () => {
    expect(movedTo(refusal(400, 'Bad Request: group chat was upgraded', { migrate_to_chat_id: -1002 }))).toBe('-1002');
    expect(movedTo(refusal(400, 'Bad Request'))).toBeNull();
    expect(isUnchanged(refusal(400, 'Bad Request: message is not modified: specified …'))).toBe(true);
    expect(isCardGone(refusal(400, 'Bad Request: message to edit not found'))).toBe(true);
    expect(isCardGone(refusal(400, 'Bad Request: message is not modified'))).toBe(false);
  });
});
