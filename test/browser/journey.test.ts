import { mkdirSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, openBrowser } from '../support/browser.ts';
import { ChatClient, type Answers, type Reply, type SeenMessage } from '../support/chat-client.ts';
import { noodleMaker } from '../support/journey.ts';
import { startRunningService, type RunningService } from '../support/running-service.ts';

/** `PICTURES=1` renews the pictures of README.md. */
const PICTURES = process.env['PICTURES'] === '1' ? 'docs/pictures' : null;

describe.skipIf(chromiumPath === null)('an owner in a browser', { timeout: 120_000 }, () => {
  let browser: Browser;
  let service: RunningService;

  beforeAll(async () => {
    browser = await openBrowser();
    service = await startRunningService();
  });
  afterAll(async () => {
    await browser.close();
    await service.stop();
  });

  async function openPage(): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'vi-VN' });
    const page = await context.newPage();
    await page.goto(service.base);
    await page.locator('.choices button').first().waitFor();
    return page;
  }

  /** The same session through the API: what the page was told, with ids, beside what it shows. */
  async function behind(page: Page): Promise<ChatClient> {
    const kept = await page.evaluate<string>(`localStorage.getItem('khuyencong-session')`);
    return ChatClient.resume(service.base, JSON.parse(kept) as { sessionId: string; token: string });
  }

  async function picture(page: Page, name: string): Promise<void> {
    if (PICTURES === null) return;
    mkdirSync(PICTURES, { recursive: true });
    await page.waitForTimeout(300);
    await page.screenshot({ path: `${PICTURES}/${name}.png` });
  }

  /** Answers on the page as a person would: presses a button that stands for the answer, else types. */
  async function answer(page: Page, message: SeenMessage, reply: Reply): Promise<void> {
    if (typeof reply !== 'string') throw new Error('One answer at a time');
    const choice = message.choices.find(({ value }) => value === reply);
    if (choice === undefined) {
      await page.locator('#input').fill(reply);
      await page.keyboard.press('Enter');
    } else {
      await page.locator(`.choices button[data-value="${reply}"]`).click();
    }
  }

  /** One reply after the other from the table, the page alone doing the talking, until `until` holds. */
  async function walk(page: Page, answers: Answers, until: (message: SeenMessage) => boolean): Promise<SeenMessage> {
    const client = await behind(page);
    const asked = new Map<string, number>();
    for (let count = 0; count < 80; count += 1) {
      const message = client.last;
      await page.locator(`article[data-id="${message.id}"]`).waitFor();
      if (until(message)) return message;
      const key = message.ask?.id ?? 'nothing';
      const entry = answers[key] ?? answers[`${key.split('.')[0]}.*`];
      if (entry === undefined) throw new Error(`No answer for ${key}: ${message.text}`);
      const times = asked.get(key) ?? 0;
      asked.set(key, times + 1);
      await answer(page, message, replyAt(entry, times));
      await client.next();
    }
    throw new Error(`It goes on and on: ${client.last.text}`);
  }

  function replyAt(entry: Answers[string], times: number): Reply {
    if (typeof entry === 'function') throw new Error('Not in this table');
    if (typeof entry === 'object' && 'turns' in entry)
      return entry.turns[Math.min(times, entry.turns.length - 1)] ?? '';
    // A multi-choice: one press each, then «done».
    if (Array.isArray(entry)) return (entry as readonly string[])[times] ?? 'done';
    return entry as Reply;
  }

  it('comes from the greeting to a case code, on a telephone', async () => {
    const page = await openPage();
    await picture(page, 'chao');
    const sent = await walk(page, noodleMaker, ({ text }) => /[A-Z]{2,4}-\d{2}-\d{6}/.test(text));
    const code = /[A-Z]{2,4}-\d{2}-\d{6}/.exec(sent.text)?.[0] ?? '';
    expect(code).toMatch(/^TH-26-/);
    await page.locator('article.bot', { hasText: code }).waitFor();
    await picture(page, 'ma-ho-so');
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    await page.context().close();
  });

  it('learns whether support may fit, condition by condition', async () => {
    const page = await openPage();
    const facts: Answers = { ...noodleMaker, menu: 'eligibility' };
    const verdict = await walk(page, facts, ({ text }) => text.includes('✓'));
    expect(verdict.choices.length).toBeGreaterThan(0);
    await picture(page, 'ket-qua');
    await page.context().close();
  });

  it('finds the conversation again after closing the page', async () => {
    const page = await openPage();
    await walk(page, noodleMaker, ({ ask }) => ask?.id === 'phone');
    await page.reload();
    await page.locator('article.owner', { hasText: 'Hộ bún khô cô Lan' }).waitFor();
    expect(await page.locator('#input').getAttribute('inputmode')).toBe('tel');
    await page.context().close();
  });
});
