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
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  const payload: Record<string, unknown> = {};
  const uploads = new Map<string, File>();
  for (const [key, value] of form.entries()) {
    if (typeof value === 'string') payload[key] = parseField(value);
    else uploads.set(key, value);
  }
  for (const [key, value] of Object.entries(payload)) {
    const upload = typeof value === 'string' ? uploads.get(value.replace('attach://', '')) : undefined;
    if (upload !== undefined) payload[key] = await save(upload);
  }
  for (const [key, upload] of uploads) if (payload[key] === undefined) payload[key] = await save(upload);
  return payload;
}

function parseField(text: string): unknown {
  if (!/^[[{]|^(true|false|-?\d+)$/.test(text)) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
