/** The walk of issue 5 in a real browser: sign in, find, claim, ask for a correction, see it come, reply, close. */
import { mkdirSync } from 'node:fs';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, openBrowser } from '../support/browser.ts';
import { FakeTelegram } from '../support/fake-telegram.ts';
import { caseCodeIn, ChatClient } from '../support/chat-client.ts';
import { noodleMaker } from '../support/journey.ts';
import { startRunningService, type RunningService } from '../support/running-service.ts';

/** `PICTURES=docs/pictures` writes the pictures of the guide anew. */
const PICTURES = process.env['PICTURES'];

/** Runs in the page: contrast of text and ground (WCAG 2.2, 1.4.3) of every element with words of its own. */
const FAINT = `(() => {
  const light = (color) => {
    const [r, g, b] = color.match(/[\\d.]+/g).map((part) => Number(part) / 255)
      .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const groundOf = (element) => {
    if (element === null) return 'rgb(255, 255, 255)';
    const color = getComputedStyle(element).backgroundColor;
    return /, 0\\)$/.test(color) ? groundOf(element.parentElement) : color;
  };
  return [...document.querySelectorAll('body *')].filter((element) => {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== '');
    if (!own || element.closest('.skip, .hidden, [hidden]') !== null || element.checkVisibility() === false) return false;
    const [a, b] = [light(getComputedStyle(element).color), light(groundOf(element))];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) < 4.5;
  }).map((element) => element.outerHTML.slice(0, 120));
})()`;

describe.skipIf(chromiumPath === null)('the desk in a browser', () => {
  let browser: Browser;
  let service: RunningService;
  let telegram: FakeTelegram;
  let context: BrowserContext;
  let page: Page;
  let owner: ChatClient;
  let code: string;
  const complaints: string[] = [];

  const picture = async (name: string) => {
    if (PICTURES === undefined) return;
    mkdirSync(PICTURES, { recursive: true });
    await page.screenshot({ path: `${PICTURES}/desk-${name}.png` });
  };

  beforeAll(async () => {
    browser = await openBrowser();
    telegram = await FakeTelegram.start();
    service = await startRunningService({
      environment: { TELEGRAM_BOT_TOKEN: telegram.token, TELEGRAM_API_ROOT: telegram.root },
    });
    context = await browser.newContext({ viewport: { width: 1100, height: 800 }, colorScheme: 'light' });
    page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (line) => line.type() === 'error' && complaints.push(line.text()));
  });
  afterAll(async () => {
    await browser.close();
    await service.stop();
    await telegram.stop();
  });

  it('signs in by the link that the start prints', async () => {
    await page.goto(`${service.base}/staff`);
    await page.getByRole('heading', { name: 'Đăng nhập' }).waitFor();
    await picture('dang-nhap');
    await page.goto(`${service.base}${service.signInPath}`);
    await page.getByRole('heading', { name: 'Hồ sơ' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/staff');
  });

  it('adds a colleague, and gets a sign-in link to send', async () => {
    await page.getByRole('link', { name: 'Cán bộ' }).click();
    await page.getByLabel('Họ tên').fill('Nguyễn Thị Hà');
    await page.getByLabel('Thanh Hóa').last().check();
    await page.getByRole('button', { name: 'Thêm' }).click();
    await page.getByRole('status').filter({ hasText: 'Đã thêm' }).waitFor();
    await page.getByRole('button', { name: 'Tạo liên kết đăng nhập cho Nguyễn Thị Hà' }).click();
    const link = (await page.locator('pre').innerText()).trim();
    await picture('can-bo');
    const other = await browser.newContext();
    const theirs = await other.newPage();
    await theirs.goto(link);
    await theirs.getByRole('link', { name: 'Nguyễn Thị Hà' }).waitFor();
    expect(await theirs.getByRole('link', { name: 'Cán bộ' }).count()).toBe(0);
    await other.close();
  });

  it('makes a code that joins a Telegram account', async () => {
    await page.getByRole('link', { name: 'Tài khoản của tôi' }).click();
    await page.getByRole('button', { name: 'Tạo mã nối' }).click();
    const bot = page.getByRole('link', { name: 'Mở Telegram' });
    const code = (await page.locator('pre').innerText()).trim();
    expect(await bot.getAttribute('href')).toBe(`https://t.me/${telegram.me.username}?start=${code}`);
    await picture('noi');
    await page.goto(`${service.base}/staff`);
  });

  it('finds a case without diacritics, and opens it', async () => {
    owner = await ChatClient.open(service.base);
    code = caseCodeIn(await owner.follow(noodleMaker, (said) => caseCodeIn(said) !== null)) ?? '';
    await page.getByLabel('Tìm theo tên, số điện thoại, mã').fill('bun kho co lan');
    await page.getByRole('button', { name: 'Tìm' }).click();
    await page.getByRole('link', { name: code }).waitFor();
    await picture('danh-sach');
    await page.getByRole('link', { name: code }).click();
    await page.getByRole('heading', { name: code }).waitFor();
  });

  it('claims it', async () => {
    await page.getByRole('button', { name: 'Nhận xử lý' }).click();
    await page.getByRole('status').filter({ hasText: 'Bạn đã nhận hồ sơ này' }).waitFor();
    await picture('ho-so');
    await owner.next();
  });

  it('asks for one field again, and sees the owner correct it while the page is open', async () => {
    await page.getByText('Đề nghị làm lại một mục').click();
    await page.getByLabel('Mục cần làm lại').selectOption({ label: 'Số lao động' });
    await page.getByLabel('Lý do (chủ cơ sở đọc được)').fill('Phiếu ghi 7, báo cáo ghi 9 người');
    await picture('de-nghi');
    await page.getByRole('button', { name: 'Gửi đề nghị' }).click();
    await page.locator('#head', { hasText: 'Chờ chủ cơ sở' }).waitFor();
    const asked = await owner.next();
    expect(asked.at(-1)?.ask?.id).toBe('workers');
    const address = page.url();
    await owner.say('9');
    await page.locator('#sheet dd', { hasText: /^9$/ }).waitFor();
    await page.locator('#talk .line.owner', { hasText: '9' }).last().waitFor();
    await page.locator('#head', { hasText: 'Đang xử lý' }).waitFor();
    expect(page.url()).toBe(address);
  });

  it('keeps a half-written reply when the case changes meanwhile', async () => {
    await page.goto(`${service.base}/staff/cases/${code}`);
    const box = page.getByLabel('Trả lời chủ cơ sở');
    await box.fill('Chào cô Lan, phiếu đã đủ.');
    await owner.post({ text: 'em có hỏi thêm' });
    await page.locator('#talk .line.owner', { hasText: 'em có hỏi thêm' }).waitFor();
    expect(await box.inputValue()).toBe('Chào cô Lan, phiếu đã đủ.');
  });

  it('replies, and a note stands apart from it', async () => {
    await owner.read();
    await page.getByRole('button', { name: 'Gửi cho chủ cơ sở' }).click();
    await page.locator('#talk .line.staff', { hasText: 'phiếu đã đủ' }).waitFor();
    const said = await owner.next();
    expect(said.map(({ from }) => from)).toContain('staff');
    await page.getByLabel('Ghi chú nội bộ').fill('Nhớ hỏi báo giá');
    await page.getByRole('button', { name: 'Lưu ghi chú' }).click();
    await page.locator('#history .note', { hasText: 'Nhớ hỏi báo giá' }).waitFor();
    await picture('tra-loi');
    expect((await owner.read()).map(({ text }) => text).join()).not.toContain('Nhớ hỏi');
  });

  it('closes it with an outcome, which the owner is told', async () => {
    await page.locator('summary', { hasText: 'Đóng hồ sơ' }).click();
    await page.locator('select[name="outcome"]').selectOption('guided');
    await page.locator('details button', { hasText: 'Đóng hồ sơ' }).click();
    await page.locator('#head', { hasText: 'Đã đóng: đã hướng dẫn xong' }).waitFor();
    expect((await owner.next()).map(({ text }) => text).join()).toContain('đã hướng dẫn xong');
  });

  it('fits a phone, has targets of 44 pixels, and can be read by contrast in light and dark', async () => {
    await page.setViewportSize({ width: 320, height: 640 });
    for (const path of [
      '/staff?tab=all',
      `/staff/cases/${code}`,
      '/staff/unanswered',
      '/staff/problems',
      '/staff/law',
      '/staff/people',
      '/staff/account',
    ]) {
      await page.goto(`${service.base}${path}`);
      expect([path, await page.evaluate<number>('document.documentElement.scrollWidth')]).toEqual([path, 320]);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        expect([path, colorScheme, await page.evaluate(FAINT)]).toEqual([path, colorScheme, []]);
      }
      await page.emulateMedia({ colorScheme: 'light' });
      const controls = page.locator('button:visible, select:visible, summary:visible, textarea:visible');
      for (const control of await controls.all()) {
        const height = (await control.boundingBox())?.height ?? 0;
        expect([path, await control.innerText(), height >= 44]).toEqual([path, await control.innerText(), true]);
      }
    }
    await page.goto(`${service.base}/staff?tab=all`);
    await picture('dien-thoai');
    await page.setViewportSize({ width: 1100, height: 800 });
  });

  it('names its landmarks and controls, and is walked by keyboard', async () => {
    await page.goto(`${service.base}/staff/cases/${code}`);
    const tree = await page.locator('body').ariaSnapshot();
    for (const part of [
      'main',
      'navigation "Các trang"',
      'log "Trao đổi với chủ cơ sở"',
      'heading',
      'button "Đăng xuất"',
    ]) {
      expect(tree).toContain(part);
    }
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.className')).toBe('skip');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('main');
  });

  it('speaks English, signs out, and complained about nothing on the way', async () => {
    await page.getByRole('link', { name: 'English' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.goto(`${service.base}/staff`);
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(complaints).toEqual([]);
  });
});
