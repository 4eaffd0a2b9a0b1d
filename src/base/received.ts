/** What a browser or a platform sent, made harmless to keep. */

/** Text as both databases take it: PostgreSQL refuses NUL, and half of a surrogate pair is no UTF-8. */
export const storable = (text: string): string => text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\ufffd');

/** Words from outside, storable and NFC. */
export const received = (text: string): string => storable(text).normalize('NFC');

/** The last part of a path, without control characters, at most 120 characters, its ending kept. */
export function fileName(given: string): string {
  const name = received(given)
    .replace(/^.*[\\/]/s, '')
    .replace(/\p{Control}|\p{Format}/gu, '')
    .trim();
  if (name === '') return 'file';
  const ending = /\.[\p{L}\p{N}]{1,8}$/u.exec(name)?.[0] ?? '';
  return name.length <= 120 ? name : `${name.slice(0, 120 - ending.length)}${ending}`;
}

/** `type/subtype` without parameters, in lower case. */
export const mediaType = (given: string): string =>
  /^[a-z]+\/[\w.+-]{1,100}/i.exec(given)?.[0].toLowerCase() ?? 'application/octet-stream';
