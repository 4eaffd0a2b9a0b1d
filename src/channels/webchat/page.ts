/** The page of the chat: one HTML file with its words filled in, a script and a style sheet; no build, no CDN. */
import { createHash } from 'node:crypto';
import { Hono } from 'hono';

/** The files of the page's folder by name; `index.html` is the page itself. */
export type PageFiles = Readonly<Record<string, string>>;

/** Words of the page by key; a key without words stays visible as such, which a test forbids. */
export type PageWords = Readonly<Record<string, string>>;

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' blob: data:; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const TYPES: Readonly<Record<string, string>> = { js: 'text/javascript', css: 'text/css' };

/** Scripts and styles stand under an address that changes with them, so that a browser may keep them for good. */
export function chatPage(files: PageFiles, wordsOf: (lang: 'vi' | 'en') => PageWords): Hono {
  const app = new Hono();
  const version = createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 12);
  app.get('/', (c) => {
    const lang = c.req.query('lang') === 'en' ? 'en' : 'vi';
    return c.html(fill(files['index.html'] ?? '', { ...wordsOf(lang), lang, version }), 200, {
      'Content-Security-Policy': POLICY,
      'Cache-Control': 'no-cache',
    });
  });
  app.get('/chat/page/:version/:file', (c) => {
    const { version: asked, file } = c.req.param();
    const type = TYPES[file.split('.').at(-1) ?? ''];
    if (type === undefined || !Object.hasOwn(files, file)) return c.notFound();
    return c.body(files[file] ?? '', 200, {
      'Content-Type': `${type}; charset=utf-8`,
      'Cache-Control': asked === version ? 'public, max-age=31536000, immutable' : 'no-cache',
    });
  });
  return app;
}

/** `{{key}}` becomes the words under it; `{{words}}` all of them as JSON for the script. */
function fill(html: string, words: PageWords): string {
  return html.replace(/\{\{(\w+)\}\}/g, (_, key: string) =>
    key === 'words' ? JSON.stringify(words).replaceAll('<', '\\u003c') : escapeHtml(words[key] ?? key),
  );
}

const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
