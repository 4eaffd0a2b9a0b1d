/** Files of a conversation, read from the store and served so that a browser never runs them. */
import type { Context } from 'hono';
import { fileId, pause, type Instant } from '../../base/index.ts';
import type { Store } from '../../service/ports.ts';
import { mayFollow } from './file-link.ts';

interface FileParts {
  readonly store: Pick<Store, 'readFile' | 'fileStatuses'>;
  readonly secret: string;
  readonly clock: () => Instant;
  readonly words: (key: 'badSession' | 'notFound' | 'fileOnItsWay') => string;
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
  if (!(await hasArrived(parts, id, c.req.raw.signal))) {
    c.header('Retry-After', '5');
    return c.json({ error: 'fileOnItsWay', message: parts.words('fileOnItsWay') }, 503);
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

const LOOK_MS = 200;
/** A file of the staff is told at once, and fetched from their platform meanwhile, which takes a second or two. */
const LOOKS = 40;

/** Waits for a file that is being fetched. False: it is still on its way. */
async function hasArrived({ store }: FileParts, id: string, signal: AbortSignal): Promise<boolean> {
  for (let looks = 0; looks < LOOKS && !signal.aborted; looks += 1) {
    if ((await store.fileStatuses([id])).get(id) !== 'pending') return true;
    await pause(LOOK_MS, signal);
  }
  return false;
}
