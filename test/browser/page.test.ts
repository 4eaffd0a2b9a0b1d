import { readFileSync } from 'node:fs';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { chromiumPath, openBrowser } from '../support/browser.ts';
import { startWebchatBench, type WebchatBench } from '../support/webchat-bench.ts';

const words = parse(readFileSync('content/texts/vi/web.yaml', 'utf8')) as Record<string, string>;
/** What is read, by selector. */
const READ = [
  'h1',
  'header p',
  'article.bot',
  'article.staff',
  '.who',
  'article.owner',
  '.meta',
  '.number',
  '.side',
  '#send',
];

/** Runs in the page: the contrast of text and ground (WCAG 2.2, 1.4.3) of the first element of each selector. */
const contrasts = `(selectors) => {
  const light = (color) => {
    const [r, g, b] = color.match(/[\\d.]+/g).map((part) => Number(part) / 255)
      .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const groundOf = (element) => {
    const color = getComputedStyle(element).backgroundColor;
    if (!color.endsWith(', 0)')) return color;
    return element.parentElement === null ? 'rgb(255, 255, 255)' : groundOf(element.parentElement);
  };
  return selectors.map((selector) => {
    const element = document.querySelector(selector);
    const [a, b] = [light(getComputedStyle(element).color), light(groundOf(element))];
    return [selector, (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)];
  });
}`;

const PHONE = { width: 320, height: 568 };

describe.skipIf(chromiumPath === null)('the page of the chat', { timeout: 120_000 }, () => {
  let browser: Browser;
  let bench: WebchatBench;
  let context: BrowserContext;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    complaints.length = 0;
    bench = await startWebchatBench({ words: () => words });
    context = await browser.newContext({ viewport: PHONE, hasTouch: true });
    page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (line) => line.type() === 'error' && complaints.push(line.text()));
    await page.goto(bench.base);
    await page.locator('article.bot', { hasText: 'hello' }).waitFor();
  });
  afterEach(async () => {
    await context.close();
    await bench.stop();
  });

  const sessionOf = () => page.evaluate<string>(`JSON.parse(localStorage.getItem('khuyencong-session')).sessionId`);
  const type = async (text: string) => {
    await page.getByLabel(words['inputLabel'] ?? '').fill(text);
    await page.keyboard.press('Enter');
  };
  const choices = [
    { id: '1.a', label: 'Hộ kinh doanh', value: 'ho-kinh-doanh' },
    { id: '1.b', label: 'Hợp tác xã', value: 'hop-tac-xa' },
  ];

  it('greets unasked, shows the own line and the answer', async () => {
    await type('xin chào <b>');
    await page.locator('article.owner', { hasText: 'xin chào <b>' }).waitFor();
    await page.locator('article.bot', { hasText: 'you said: xin chào <b>' }).waitFor();
    await page.locator('article.owner .meta', { hasText: words['sent'] ?? '' }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('shows numbered choices, takes a press once, and puts older choices away', async () => {
    bench.publish(await sessionOf(), { words: 'Which form?', choices, ask: { id: 'legalForm', kind: 'choice' } });
    const group = page.getByRole('group', { name: words['choices'] ?? '' });
    await group.waitFor();
    expect(await group.getByRole('button').allInnerTexts()).toEqual(['1\nHộ kinh doanh', '2\nHợp tác xã']);
    await group.getByRole('button', { name: 'Hợp tác xã' }).click();
    await page.locator('article.bot', { hasText: 'you pressed: 1.b' }).waitFor();
    await page.locator('article.owner', { hasText: 'Hợp tác xã' }).waitFor();
    expect(await group.getByRole('button', { disabled: true }).count()).toBe(2);
    bench.publish(await sessionOf(), { words: 'Next?', choices: [{ id: '2.c', label: 'Đúng' }] });
    await page.getByRole('button', { name: 'Đúng' }).waitFor();
    expect(await page.locator('.choices').count()).toBe(1);
  });

  it.each([
    ['phone', 'tel', 'placeholderPhone'],
    ['number', 'numeric', 'placeholderNumber'],
    ['tax-code', 'numeric', 'placeholderNumber'],
    ['money', 'text', 'placeholderMoney'],
    ['text', 'text', 'placeholder'],
  ] as const)('opens for %s the keyboard %s', async (kind, mode, hint) => {
    bench.publish(await sessionOf(), { words: 'ask', ask: { id: 'x', kind } });
    await page.locator(`textarea[placeholder="${words[hint]}"]`).waitFor();
    expect(await page.locator('textarea').getAttribute('inputmode')).toBe(mode);
  });

  it('shows bold, lists, links and who of the centre speaks', async () => {
    bench.publish(await sessionOf(), {
      from: 'staff',
      blocks: [
        {
          kind: 'paragraph',
          runs: [{ text: 'Chị Hà', bold: true }, { text: ' ' }, { text: 'xem', href: 'https://a.vn/' }],
        },
        { kind: 'list', items: [[{ text: 'one' }], [{ text: 'two' }]] },
      ],
    });
    const article = page.locator('article.staff');
    await article.waitFor();
    expect(await article.locator('.who').innerText()).toContain(words['staff'] ?? '');
    expect(await article.locator('strong').innerText()).toBe('Chị Hà');
    expect(await article.locator('li').allInnerTexts()).toEqual(['one', 'two']);
    expect(await article.locator('a').getAttribute('href')).toBe('https://a.vn/');
  });

  it('sends a picture and shows it again from the server', async () => {
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    );
    await page.setInputFiles('#file', { name: 'giay phep.png', mimeType: 'image/png', buffer: png });
    const picture = page.locator('article.bot img');
    await picture.waitFor();
    await page.waitForFunction(`document.querySelector('article.bot img').naturalWidth === 1`);
    expect(bench.received.at(-1)?.event).toMatchObject({
      kind: 'file',
      file: { name: 'giay phep.png', size: png.length },
    });
    expect(complaints).toEqual([]);
  });

  it('refuses a file above 10 MB before it is sent', async () => {
    await page.setInputFiles('#file', {
      name: 'a.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.alloc(10_485_761),
    });
    await page
      .getByRole('status')
      .filter({ hasText: words['fileTooLarge'] ?? '' })
      .waitFor();
    expect(bench.received.length).toBe(1);
  });

  it('goes on with the same conversation after a reload, own lines included', async () => {
    await type('remember me');
    await page.locator('article.bot', { hasText: 'you said: remember me' }).waitFor();
    const before = await sessionOf();
    await page.reload();
    await page.locator('article.owner', { hasText: 'remember me' }).waitFor();
    expect(await sessionOf()).toBe(before);
    expect(await page.locator('article.bot').count()).toBe(2);
    expect(bench.received.filter(({ event }) => event.kind === 'started').length).toBe(1);
  });

  it('opens a new session, and says so, when the kept one is no longer good', async () => {
    await page.evaluate(`localStorage.setItem('khuyencong-session', '{"sessionId":"x","token":"x.y.z"}')`);
    await page.reload();
    await page
      .getByRole('status')
      .filter({ hasText: words['restarted'] ?? '' })
      .waitFor();
    await page.locator('article.bot', { hasText: 'hello' }).waitFor();
  });

  it('is greeted anew when the kept conversation has been forgotten', async () => {
    const before = await sessionOf();
    bench.forget(before);
    await page.reload();
    await page.locator('article.bot', { hasText: 'hello' }).waitFor();
    expect(await sessionOf()).not.toBe(before);
  });

  it('keeps what was typed without network and sends it when the network is back', async () => {
    await context.setOffline(true);
    await page
      .getByRole('status')
      .filter({ hasText: words['offline'] ?? '' })
      .waitFor();
    await type('from the tunnel');
    await page.locator('article.owner.unsent', { hasText: 'from the tunnel' }).waitFor();
    await context.setOffline(false);
    await page.locator('article.bot', { hasText: 'you said: from the tunnel' }).waitFor();
    expect(bench.received.filter(({ event }) => event.kind === 'text').length).toBe(1);
    expect(await page.locator('article.unsent').count()).toBe(0);
  });

  it('falls back to polling where the stream does not work', async () => {
    await page.route('**/chat/stream*', (route) => route.abort());
    await page.reload();
    await page.locator('article.bot', { hasText: 'hello' }).waitFor();
    bench.publish(await sessionOf(), { words: 'by polling' });
    await page.locator('article.bot', { hasText: 'by polling' }).waitFor();
  });

  it('fits 320 pixels, with targets of 44 and names for all controls', async () => {
    bench.publish(await sessionOf(), { words: `https://example.vn/${'a'.repeat(200)}`, choices });
    await page.locator('.choices button').first().waitFor();
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
    const targets = page.locator('button:visible, label.side:visible, textarea:visible');
    for (const target of await targets.all()) {
      const box = await target.boundingBox();
      expect([await target.innerText(), Math.min(box?.width ?? 0, box?.height ?? 0)]).toEqual([
        await target.innerText(),
        expect.toSatisfy((size: number) => size >= 44),
      ]);
    }
    const snapshot = await page.locator('body').ariaSnapshot();
    expect(snapshot).toContain(`log "${words['conversation']}"`);
    expect(snapshot).toContain(`textbox "${words['inputLabel']}"`);
    expect(snapshot).toContain(`button "${words['send']}"`);
    expect(snapshot).toContain(`button "${words['attach']}"`);
  });

  it.each(['light', 'dark'] as const)('has enough contrast in %s', async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    bench.publish(await sessionOf(), { from: 'staff', words: 'from staff', choices });
    await type('own');
    await page.locator('article.owner').waitFor();
    const ratios = await page.evaluate<[string, number][]>(`(${contrasts})(${JSON.stringify(READ)})`);
    for (const [selector, ratio] of ratios)
      expect([selector, ratio]).toEqual([selector, expect.toSatisfy((n: number) => n >= 4.5)]);
  });
});
