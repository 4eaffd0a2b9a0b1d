/** A posted form, read within limits: its words, and files with their names made harmless. */
import type { Context } from 'hono';
import { readLimited } from '../../base/index.ts';

/** Contract, section 3: 10 MB a file, in bytes; a reply carries a few of them. */
export const FILE_MAX = 10 * 1024 * 1024;
export const FILES_MAX = 5;
const BODY_MAX = 32 * 1024 * 1024;
const WORDS_BODY_MAX = 256 * 1024;

export interface Posted {
  /** The text of a field, trimmed; `undefined` when there is none. */
  text(name: string, max: number): string | undefined;
  readonly files: readonly { readonly name: string; readonly type: string; readonly bytes: Uint8Array }[];
}

export async function readForm(c: Context): Promise<Posted | 'too-large' | 'unreadable'> {
  const type = c.req.header('content-type') ?? '';
  const isMultipart = /^multipart\/form-data/i.test(type);
  const body = await readLimited(c.req.raw.body, isMultipart ? BODY_MAX : WORDS_BODY_MAX);
  if (body === null) return 'too-large';
  const form = await new Response(body, { headers: { 'Content-Type': type } }).formData().catch(() => null);
  if (form === null) return 'unreadable'; // not the form that it says it is
  const sent = form.getAll('file').filter((each) => typeof each !== 'string' && each.size > 0) as File[];
  if (sent.length > FILES_MAX || sent.some(({ size }) => size > FILE_MAX)) return 'too-large';
  const files = await Promise.all(
    sent.map(async (file) => ({
      name: fileName(file.name),
      type: mediaType(file.type),
      bytes: new Uint8Array(await file.arrayBuffer()),
    })),
  );
  return {
    files,
    text(name, max) {
      const value = form.get(name);
      if (typeof value !== 'string') return undefined;
      const text = storable(value).replace(/\r\n?/g, '\n').trim().slice(0, max);
      return text === '' ? undefined : text;
    },
  };
}

/** PostgreSQL refuses NUL, and half a surrogate pair is no text in either database. */
const storable = (text: string): string =>
  text
    .replaceAll('\0', '')
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .normalize('NFC');

/** The last part of a path, without control characters, at most 120 characters, its ending kept. */
function fileName(given: string): string {
  const name = storable(given)
    .replace(/^.*[\\/]/s, '')
    .replace(/\p{Control}|\p{Format}/gu, '')
    .trim();
  const ending = /\.[\p{L}\p{N}]{1,8}$/u.exec(name)?.[0] ?? '';
  if (name === '') return 'file';
  return name.length <= 120 ? name : `${name.slice(0, 120 - ending.length)}${ending}`;
}

const mediaType = (given: string): string =>
  /^[a-z]+\/[\w.+-]{1,100}/i.exec(given)?.[0].toLowerCase() ?? 'application/octet-stream';
