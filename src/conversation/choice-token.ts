/**
 * What a button carries: the turn that showed it and the choice's id, at most 64 bytes (Telegram's callback_data,
 * https://core.telegram.org/bots/api#inlinekeyboardbutton, checked 2026-11-25). An id that would not fit is carried
 * as its place on the message, which is readable only while that message is the last one.
 */
export const TOKEN_MAX_BYTES = 64;

export type ChoiceToken = { readonly turn: number } & (
  { readonly by: 'id'; readonly id: string } | { readonly by: 'place'; readonly place: number }
);

const byteLength = (text: string) => new TextEncoder().encode(text).length;

/** Writes a token for the choice with `id`, the `place`-th (from 0) on the message of `turn`. */
export function writeToken(turn: number, id: string, place: number): string {
  const token = `${turn.toString(36)}.${id}`;
  return byteLength(token) <= TOKEN_MAX_BYTES ? token : `${turn.toString(36)}#${place.toString(36)}`;
}

/** Reads a token; null when the text is none (typed by hand, or of another program). */
export function readToken(token: string): ChoiceToken | null {
  const match = /^([0-9a-z]{1,7})([.#])(.+)$/s.exec(token);
  if (match === null) return null;
  const [, turn, mark, rest] = match as unknown as [string, string, string, string];
  const turnNumber = Number.parseInt(turn, 36);
  if (mark === '.') return { turn: turnNumber, by: 'id', id: rest };
  return /^[0-9a-z]{1,3}$/.test(rest) ? { turn: turnNumber, by: 'place', place: Number.parseInt(rest, 36) } : null;
}
