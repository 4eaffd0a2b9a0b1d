/**
 * Files by a signed address that expires, for platforms that cannot carry them: `/files/<id>`. Whoever has the address may
 * read the file until then, and nothing else.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
import { fileId, type Instant } from '../base/index.ts';
import type { Store } from '../service/ports.ts';

/** A plain green picture of 320 × 180: Zalo wants one on the card that asks for contact data. */
const CONTACT_PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAUAAAAC0AQMAAADfKmdSAAAABlBMVEUfb1T///8IVFf6AAAAHklEQVR42u3BMQEAAADCoPVPbQ0PoAAAAAAAAAB+DRzUAAG9+HBKAAAAAElFTkSuQmCC',
  'base64',
);

const DAY_MS = 24 * 60 * 60 * 1000;
/** A person may look into their messages some days later. */
const GOOD_FOR_DAYS = 7;

const sign = (secret: string, id: string, until: string): Buffer =>
  createHmac('sha256', secret).update(`file-link.${id}.${until}`).digest();

/** The path with its query; it is the same all day, so that a message that is sent again reads the same. */
export function writeFilePath(secret: string, id: string, now: Instant): string {
  const until = ((Math.floor(Date.parse(now) / DAY_MS) + 1 + GOOD_FOR_DAYS) * DAY_MS).toString(36);
  return `/files/${encodeURIComponent(id)}?until=${until}&sig=${sign(secret, id, until).toString('base64url')}`;
}

export interface FileLinkParts {
  readonly store: Pick<Store, 'readFile'>;
  readonly secret: string;
  readonly clock: () => Instant;
}

/** Types that a browser may show in place; every other one is only offered for saving. */
const SHOWN = ['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'application/pdf'];

export function fileLinks({ store, secret, clock }: FileLinkParts): Hono {
  const app = new Hono();
  app.get('/files/contact.png', (c) =>
    c.body(new Uint8Array(CONTACT_PNG), 200, {
      'Content-Type': 'image/png',
      'Cross-Origin-Resource-Policy': 'cross-origin',
      'Cache-Control': 'public, max-age=86400',
    }),
  );
  app.get('/files/:id', async (c) => {
    const { id } = c.req.param();
    const { until = '', sig = '' } = c.req.query();
    const given = Buffer.from(sig, 'base64url');
    const right = sign(secret, id, until);
    const isSigned = given.length === right.length && timingSafeEqual(given, right);
    if (!isSigned || Number.parseInt(until, 36) < Date.parse(clock())) return c.json({ error: 'bad-link' }, 403);
    const found = await store.readFile(fileId(id));
    if (found === null || found.bytes === null) return c.json({ error: 'not-found' }, 404);
    const { name, type } = found.ref;
    const shown = SHOWN.includes(type);
    return c.body(new Uint8Array(found.bytes), 200, {
      'Content-Type': shown ? type : 'application/octet-stream',
      'Content-Disposition': `${shown ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(name)}`,
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'Cache-Control': 'private, max-age=3600',
      // Zalo fetches pictures from its own servers.
      'Cross-Origin-Resource-Policy': 'cross-origin',
    });
  });
  return app;
}
