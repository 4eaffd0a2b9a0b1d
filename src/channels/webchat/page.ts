/** The page of the chat: one HTML file with its words filled in, a script and a style sheet; no build, no CDN. */
import { createHash } from 'node:crypto';
import { Hono } from 'hono';

export interface PageFiles {
  readonly html: string;
  readonly script: string;
  readonly style: string;
}

/** Words of the page by key; a key without words stays visible as such, which a test forbids. */
export type PageWords = Readonly<Record<string, string>>;

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' blob: data:; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export function chatPage(files: PageFiles, wordsOf: (lang: 'vi' | 'en') => PageWords): Hono {
  const app = new Hono();
  const version = createHash('sha256').update(files.script).update(files.style).digest('hex').slice(0, 12);
  const kept = { 'Cache-Control': 'public, max-age=31536000, immutable' };
  app.get('/', (c) => {
    const lang = c.req.query('lang') === 'en' ? 'en' : 'vi';
    return c.html(fill(files.html, { ...wordsOf(lang), lang, version }), 200, {
      'Content-Security-Policy': POLICY,
      'Cache-Control': 'no-cache',
    });
  });
  app.get('/chat/page/chat.js', (c) =>
    c.body(files.script, 200, { ...kept, 'Content-Type': 'text/javascript; charset=utf-8' }),
  );
  app.get('/chat/page/chat.css', (c) =>
    c.body(files.style, 200, { ...kept, 'Content-Type': 'text/css; charset=utf-8' }),
  );
  return app;
}

/** `{{key}}` becomes the words under it; `{{words}}` all of them as JSON for the script. */
function fill(html: string, words: PageWords): string {
  return html.replace(/\{\{(\w+)\}\}/g, (_, key: string) =>
    key === 'words' ? JSON.stringify(words).replaceAll('<', '\\u003c') : escapeHtml(words[key] ?? key),
  );
}

const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
