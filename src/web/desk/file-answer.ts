/** A file of an owner as an answer: named by what it is, not by what it says, and never run by a browser. */
import type { Context } from 'hono';
import type { ServedFile } from '../../service/desk.ts';

export function sendFile(c: Context, { name, kind, bytes }: ServedFile): Response {
  const isShown = kind !== 'other';
  const isPdf = kind === 'application/pdf';
  return c.body(bytes, 200, {
    'Content-Type': isShown ? kind : 'application/octet-stream',
    'Content-Disposition': `${isShown ? 'inline' : 'attachment'}; filename*=UTF-8''${encoded(name)}`,
    // A browser's own PDF viewer does not start in a sandbox; the type is certain, and sniffing is off.
    'Content-Security-Policy': isPdf
      ? "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"
      : "default-src 'none'; sandbox; frame-ancestors 'none'",
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'private, no-store',
  });
}

const encoded = (name: string): string => encodeURIComponent(name).replace(/['()*]/g, escaped);
const escaped = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
