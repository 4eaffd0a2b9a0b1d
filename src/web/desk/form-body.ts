/** A posted form, read within limits: its words, and files with their names made harmless. */
import type { Context } from 'hono';
import { fileName, mediaType, readLimited, received } from '../../base/index.ts';

/** Contract, section 3: 10 MB a file, in bytes; a reply carries a few of them. */
export const FILE_MAX = 10 * 1024 * 1024;
export const FILES_MAX = 5;
const BODY_MAX = 32 * 1024 * 1024;
const WORDS_BODY_MAX = 256 * 1024;

export interface Posted {
  /** The text of a field, trimmed; `undefined` when there is none. */
  text(name: string, max: number): string | undefined;
  /** Every value of a field, trimmed, without empty ones. */
  all(name: string, max: number): readonly string[];
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
  const all: Posted['all'] = (name, max) =>
    form
      .getAll(name)
      .filter((value) => typeof value === 'string')
      .map((value) => received(value).replace(/\r\n?/g, '\n').trim().slice(0, max))
      .filter((text) => text !== '');
  return { files, all, text: (name, max) => all(name, max)[0] };
}
