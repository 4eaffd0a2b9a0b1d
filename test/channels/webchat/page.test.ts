import { readFileSync, readdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parse } from 'yaml';
import { pageFiles, startWebchatBench, type WebchatBench } from '../../support/webchat-bench.ts';

const words = (lang: string) => parse(readFileSync(`content/texts/${lang}/web.yaml`, 'utf8')) as Record<string, string>;

let bench: WebchatBench;
beforeAll(async () => {
  bench = await startWebchatBench({ words });
});
afterAll(() => bench.stop());

it('is Vietnamese, English when asked, with every word filled in', async () => {
  const vi = await (await fetch(`${bench.base}/`)).text();
  expect(vi).toContain('<html lang="vi">');
  expect(vi).toContain(`<h1>${words('vi')['title']}</h1>`);
  const en = await (await fetch(`${bench.base}/?lang=en`)).text();
  expect(en).toContain('<html lang="en">');
  expect(en).toContain(`<h1>${words('en')['title']}</h1>`);
});

it('has the same words in both languages, and all that the page and its scripts name', () => {
  expect(Object.keys(words('en'))).toEqual(Object.keys(words('vi')));
  const named = [
    ...(pageFiles['index.html'] ?? '').matchAll(/\{\{(\w+)\}\}/g),
    ...Object.values(pageFiles).flatMap((text) => [...text.matchAll(/(?:say\(|hint: )'(\w+)'/g)]),
  ].map(([, key]) => key ?? '');
  expect(named.length).toBeGreaterThan(20);
  const known = [...Object.keys(words('vi')), 'lang', 'version', 'words'];
  expect(named.filter((key) => !known.includes(key))).toEqual([]);
});

it('runs only its own scripts: none inline, none from elsewhere', async () => {
  const answer = await fetch(`${bench.base}/`);
  expect(answer.headers.get('content-security-policy')).toContain("script-src 'self'");
  const html = await answer.text();
  const scripts = [...html.matchAll(/<script([^>]*)>/g)].map(([, attributes]) => attributes ?? '');
  expect(scripts.length).toBe(2);
  expect(
    scripts.every((attributes) => /src="\/chat\/page\//.test(attributes) || /application\/json/.test(attributes)),
  ).toBe(true);
  expect(html).not.toMatch(/\son\w+=|style="|(?:src|href)="https?:/);
});

it('serves scripts and styles under an address that may be kept for good, and nothing else', async () => {
  const html = await (await fetch(`${bench.base}/`)).text();
  const paths = [...html.matchAll(/"(\/chat\/page\/[^"]+)"/g)].map(([, path]) => path ?? '');
  expect(paths.length).toBe(2);
  for (const path of paths) {
    const answer = await fetch(bench.base + path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toContain('immutable');
  }
  expect((await fetch(`${bench.base}/chat/page/old/chat.js`)).headers.get('cache-control')).toBe('no-cache');
  expect((await fetch(`${bench.base}/chat/page/x/index.html`)).status).toBe(404);
  expect((await fetch(`${bench.base}/chat/page/x/${encodeURIComponent('../routes.ts')}`)).status).toBe(404);
});

it('weighs less than 60 kB', () => {
  const bytes = readdirSync('src/channels/webchat/page').map((name) => Buffer.byteLength(pageFiles[name] ?? ''));
  expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(60_000);
});
