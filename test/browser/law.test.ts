/** The page of changed results in a real browser: on a small phone, by keyboard, in both languages. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, openBrowser } from '../support/browser.ts';
import type { ChatClient } from '../support/chat-client.ts';
import { withStoreOf } from '../support/desk-client.ts';
import {
  editedContent,
  NATIONAL_FILE,
  ownersWithCases,
  turnFunded,
  type EditedContent,
} from '../support/edited-content.ts';
import { startRunningService, type RunningService } from '../support/running-service.ts';

/** `PICTURES=docs/pictures` writes the picture of the guide anew. */
const PICTURES = process.env['PICTURES'];

describe.skipIf(chromiumPath === null)('changed results', { timeout: 60_000 }, () => {
  let content: EditedContent;
  let service: RunningService;
  let browser: Browser;
  let page: Page;
  let owners: ChatClient[] = [];

  beforeAll(async () => {
    content = editedContent();
    service = await startRunningService({ environment: { CONTENT_DIR: content.dir } });
    owners = await ownersWithCases(service.base, 2);
    content.edit(NATIONAL_FILE, turnFunded);
    browser = await openBrowser();
    page = await browser.newPage();
    await page.goto(`${service.base}${service.signInPath}`);
    for (let found = 0; found < 2;)
      found = await withStoreOf(service, (store) => store.countFlips({ statuses: ['open'] }));
    await page.goto(`${service.base}/staff/law`);
  }, 180_000);
  afterAll(async () => {
    await browser.close();
    await service.stop();
    content.remove();
  });

  it('fits a phone and shows the whole message', async () => {
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(320);
    expect(await page.locator('article.line').first().innerText()).toContain('Em báo anh/chị');
    await page.setViewportSize({ width: 900, height: 900 });
    if (PICTURES !== undefined) await page.screenshot({ path: `${PICTURES}/desk-ket-qua-thay-doi.png` });
  });

  it('speaks English, but for the message in the language of the owner', async () => {
    await page.goto(`${service.base}/staff/law?lang=en`);
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Changed results');
    expect(await page.locator('article.line').first().getAttribute('lang')).toBe('vi');
    await page.goto(`${service.base}/staff/law?lang=vi`);
  });

  it('is worked by keyboard, one after the other, and only those approved hear', async () => {
    const button = page.getByRole('button', { name: 'Gửi tin này' }).first();
    await button.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('status').filter({ hasText: 'Đã duyệt 1 tin' }).waitFor();
    await page.getByRole('button', { name: 'Không báo' }).first().focus();
    await page.keyboard.press('Enter');
    await page.getByRole('status').filter({ hasText: 'Đã bỏ 1 tin' }).waitFor();
    for (let told = 0; told < 1;)
      told = await withStoreOf(service, (store) => store.countFlips({ statuses: ['told'] }));
    const heard = await Promise.all(owners.map((owner) => owner.read()));
    expect(heard.map((messages) => messages.length).sort()).toEqual([0, 1]);
    expect(await page.locator('.empty').innerText()).toBe('Không có kết quả nào khác trước.');
  });
});
