/** How bodies come in and answers go out of the fake Bot API: JSON, forms and multipart with `attach://`. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Json } from './fake-telegram-types.ts';

/** Keeps an uploaded file and names it. */
export type Save = (file: File) => Promise<{ file_id: string; name: string; size: number }>;

export function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** JSON, form or multipart, as the Bot API takes them; files become `{file_id}` of a saved file. */
export async function readPayload(request: IncomingMessage, body: Buffer, save: Save): Promise<Json> {
  const type = request.headers['content-type'] ?? '';
  if (body.length === 0) return {};
  if (type.includes('json')) return JSON.parse(body.toString('utf8')) as Json;
  const boundary = /boundary=([^;]+)/.exec(type)?.[1];
  if (boundary === undefined) return Object.fromEntries(new URLSearchParams(body.toString('utf8')));
  const payload: Record<string, unknown> = {};
  const uploads = new Map<string, File>();
  for (const part of partsOf(body, boundary)) {
    if (part.filename === undefined) payload[part.name] = parseField(part.bytes.toString('utf8'));
    else uploads.set(part.name, new File([new Uint8Array(part.bytes)], part.filename));
  }
  for (const [key, value] of Object.entries(payload)) {
    const upload = typeof value === 'string' ? uploads.get(value.replace('attach://', '')) : undefined;
    if (upload !== undefined) payload[key] = await save(upload);
  }
  for (const [key, upload] of uploads) if (payload[key] === undefined) payload[key] = await save(upload);
  return payload;
}

interface FormPart {
  readonly name: string;
  readonly filename?: string;
  readonly bytes: Buffer;
}

/** Reads multipart as leniently as Telegram does: the platform's own parsers want spaces that clients leave out. */
function partsOf(body: Buffer, boundary: string): readonly FormPart[] {
  const mark = Buffer.from(`--${boundary}`);
  const parts: FormPart[] = [];
  let at = body.indexOf(mark);
  while (at >= 0) {
    const start = at + mark.length + 2;
    const end = body.indexOf(mark, start);
    if (end < 0) break;
    const headEnd = body.indexOf('\r\n\r\n', start);
    const head = body.subarray(start, headEnd).toString('utf8');
    const name = /[; ]name="([^"]*)"/i.exec(head)?.[1];
    const filename = /filename="([^"]*)"/i.exec(head)?.[1];
    if (name === undefined || /filename=[^"]/.test(head)) throw new Error(`Not a form part: ${head}`);
    const bytes = body.subarray(headEnd + 4, end - 2);
    parts.push({ name, bytes, ...(filename === undefined ? {} : { filename }) });
    at = end;
  }
  return parts;
}

function parseField(text: string): unknown {
  if (!/^[[{]|^(true|false|-?\d+)$/.test(text)) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
