/** An answer in the owner's own words: tidied, never changed. */
import { notUnderstood, understood, type Understood } from '../../language/index.ts';

/** More is a story, and does not fit a line of the sheet. */
export const MOST_LETTERS = 500;

export function readFreeText(text: string): Understood<string> {
  const tidy = text
    .normalize('NFC')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f\u200b-\u200f\u2028-\u202e\u2060\ufeff]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (!/[\p{L}\p{N}]/u.test(tidy)) return notUnderstood('empty');
  return [...tidy].length > MOST_LETTERS ? notUnderstood('too-long') : understood(tidy);
}
