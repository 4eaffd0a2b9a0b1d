/**
 * What our buttons carry: a prefix that is reserved for them, then the token of the choice. It comes back as the text of an
 * ordinary message, so anybody may type it: a token decides nothing that the person could not press themselves.
 */
const PREFIX = '#kc:';
/** Longest token of a choice (64 bytes), with room for none else. */
const TOKEN_MAX = 64;

export const writePress = (token: string): string => `${PREFIX}${token}`;

/** null: an ordinary text. An empty or overlong token becomes one that no message has. */
export function readPress(text: string): string | null {
  if (!text.startsWith(PREFIX)) return null;
  const token = text.slice(PREFIX.length).trim();
  return /^[\x21-\x7e]+$/.test(token) && token.length <= TOKEN_MAX ? token : '-';
}
