/** A web chat that was begun in one browser goes on in another, by typing as a person would. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, openBrowser } from '../support/browser.ts';
import { startRunningService, type RunningService } from '../support/running-service.ts';

describe.skipIf(chromiumPath === null)('an owner with a new phone', { timeout: 120_000 }, () => {
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

  const openPage = async (): Promise<Page> => {
    const context = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'vi-VN' });
    const page = await context.newPage();
    await page.goto(service.base);
    await page.locator('.choices button').first().waitFor();
    return page;
  };
  const types = async (page: Page, text: string): Promise<void> => {
    await page.locator('#input').fill(text);
    await page.keyboard.press('Enter');
  };
  const sees = (page: Page, text: string | RegExp) => page.locator('article.bot', { hasText: text }).last().waitFor();

  it('types the code, goes on where they were, and finds it all again after a reload', async () => {
    const old = await openPage();
    await types(old, 'đăng ký');
    await sees(old, 'Đồng ý không ạ?');
    await types(old, 'đồng ý');
    await sees(old, 'Tên cơ sở');
    await types(old, 'Xưởng mộc Tân Tiến');
    await sees(old, 'Người đại diện');
    await types(old, 'nối kênh');
    const shown = old.locator('article.bot', { hasText: 'Mã nối kênh của anh/chị' });
    await shown.waitFor();
    const code = /\d{4} \d{4}/.exec(await shown.innerText())?.[0] ?? '';

    const fresh = await openPage();
    await types(fresh, 'nối kênh');
    await sees(fresh, '8 số');
    await types(fresh, code);
    await sees(fresh, 'Mã đúng');
    await fresh.locator('.choices button[data-value="yes"]').click();
    await sees(fresh, 'Đã nối với trang chat');
    await sees(old, 'vừa được nối thêm');
    expect(await fresh.locator('article', { hasText: 'Tên cơ sở (ghi' }).count()).toBe(0);

    await types(fresh, 'Nguyễn Văn Tân');
    await sees(fresh, /điện thoại/);
    await sees(old, /điện thoại/);
    await fresh.reload();
    await fresh.locator('article.owner', { hasText: 'Xưởng mộc Tân Tiến' }).waitFor();
    await fresh.locator('article.owner', { hasText: 'Nguyễn Văn Tân' }).waitFor();
    const ids = await fresh.evaluate<number[]>(
      `[...document.querySelectorAll('article[data-id]')].map((one) => Number(one.dataset.id))`,
    );
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
    await sees(fresh, /điện thoại/);
  });
});
