/** Files of a conversation, read from the store and served so that a browser never runs them. */
import type { Context } from 'hono';
import { fileId, type Instant } from '../../base/index.ts';
import type { Store } from '../../service/ports.ts';
import { mayFollow } from './file-link.ts';

interface FileParts {
  readonly store: Pick<Store, 'readFile'>;
  readonly secret: string;
  readonly clock: () => Instant;
  readonly words: (key: 'badSession' | 'notFound') => string;
}

/** Types that a browser may show in place; every other one is only offered for saving. */
const SHOWN = ['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'application/pdf'];

export async function serveFile(c: Context, parts: FileParts, session: string | null): Promise<Response> {
  const id = c.req.param('id') ?? '';
  const { s = '', until = '', sig = '' } = c.req.query();
  const link = { fileId: id, session: s, until, signature: sig };
  if (!mayFollow(parts.secret, link, { now: parts.clock(), session })) {
    return c.json({ error: 'badSession', message: parts.words('badSession') }, 401);
  }
  const found = await parts.store.readFile(fileId(id));
  if (found === null || found.bytes === null) {
    return c.json({ error: 'notFound', message: parts.words('notFound') }, 404);
  }
  const { name, type } = found.ref;
  const shown = SHOWN.includes(type);
  return c.body(new Uint8Array(found.bytes), 200, {
    'Content-Type': shown ? type : 'application/octet-stream',
    'Content-Disposition': `${shown ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, escape)}`,
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Cache-Control': 'private, max-age=3600',
  });
}
