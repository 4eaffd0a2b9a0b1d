/** Scripts and styles, under an address that changes with them, so that a browser may keep them for good. */
import { createHash } from 'node:crypto';
import type { Hono } from 'hono';
import type { DeskEnv } from './guard.ts';

const TYPES: Readonly<Record<string, string>> = { js: 'text/javascript', css: 'text/css' };

export interface Assets {
  readonly css: string;
  readonly js: string;
}

export function serveAssets(app: Hono<DeskEnv>, files: Readonly<Record<string, string>>): Assets {
  const version = createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 12);
  app.get('/staff/page/:version/:file', (c) => {
    const { version: asked, file } = c.req.param();
    const type = TYPES[file.split('.').at(-1) ?? ''];
    if (type === undefined || !Object.hasOwn(files, file)) return c.notFound();
    return c.body(files[file] ?? '', 200, {
      'Content-Type': `${type}; charset=utf-8`,
      'Cache-Control': asked === version ? 'public, max-age=31536000, immutable' : 'no-cache',
    });
  });
  return { css: `/staff/page/${version}/desk.css`, js: `/staff/page/${version}/desk.js` };
}
