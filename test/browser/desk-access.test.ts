/** The desk without a mouse, on paper and on a small phone, and what a screen reader is told (WCAG 2.2 AA). */
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, openBrowser } from '../support/browser.ts';
import { caseCodeIn, ChatClient } from '../support/chat-client.ts';
import { noodleMaker } from '../support/journey.ts';
import { startRunningService, type RunningService } from '../support/running-service.ts';

/** `PICTURES=docs/pictures` writes the picture of the guide anew. */
const PICTURES = process.env['PICTURES'];

/** Runs in the page: what is wrong with headings, names of controls, ids and pictures. */
const FAULTS = `(() => {
  const faults = [];
  const levels = [...document.querySelectorAll('h1, h2, h3')].filter((h) => h.checkVisibility()).map((h) => Number(h.tagName[1]));
  if (levels.filter((level) => level === 1).length !== 1) faults.push('h1 ' + levels.join(''));
  levels.forEach((level, at) => { if (at > 0 && level > levels[at - 1] + 1) faults.push('skips to h' + level); });
  for (const field of document.querySelectorAll('input:not([type="hidden"]), select, textarea')) {
    if (field.labels.length === 0 && !field.getAttribute('aria-label')) faults.push('no label: ' + field.outerHTML.slice(0, 80));
  }
  for (const control of document.querySelectorAll('a, button, summary')) {
    const name = (control.textContent + [...control.querySelectorAll('img')].map((img) => img.alt).join('')).trim();
    if (name === '') faults.push('no name: ' + control.outerHTML.slice(0, 80));
  }
  for (const img of document.querySelectorAll('img')) if (!img.hasAttribute('alt')) faults.push('no alt');
  const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
  for (const id of new Set(ids)) if (ids.filter((each) => each === id).length > 1) faults.push('twice: #' + id);
  for (const element of document.querySelectorAll('[aria-labelledby]')) {
    if (document.getElementById(element.getAttribute('aria-labelledby')) === null) faults.push('labelled by nothing');
  }
  if (document.title === '' || document.documentElement.lang === '') faults.push('no title or language');
  return faults;
})()`;

/** Runs in the page: words of the element that has the focus, and whether the focus can be seen. */
const FOCUSED = `(() => {
  const element = document.activeElement;
  const words = element.labels?.length > 0 ? element.labels[0].textContent : element.textContent || '';
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  return { words: words.replace(/\\s+/g, ' ').trim(), tag: element.tagName, seen: outlineStyle !== 'none' && outlineWidth !== '0px' };
})()`;

interface Focused {
  readonly words: string;
  readonly tag: string;
  readonly seen: boolean;
}

describe.skipIf(chromiumPath === null)('the desk', () => {
  let browser: Browser;
  let service: RunningService;
  let page: Page;
  let owner: ChatClient;
  let code: string;

  beforeAll(async () => {
    browser = await openBrowser();
    service = await startRunningService();
    page = await (await browser.newContext({ viewport: { width: 1100, height: 800 } })).newPage();
    await page.goto(`${service.base}${service.signInPath}`);
    owner = await ChatClient.open(service.base);
    code = caseCodeIn(await owner.follow(noodleMaker, (said) => caseCodeIn(said) !== null)) ?? '';
    await owner.sendFile({ name: 'anh.png', type: 'image/png', bytes: new Uint8Array(await page.screenshot()) });
  });
  afterAll(async () => {
    await browser.close();
    await service.stop();
  });

  /** Presses Tab until the control has the focus; throws when it is not to be reached. */
  async function tabTo(words: RegExp, tag?: string): Promise<void> {
    for (let presses = 0; presses < 120; presses += 1) {
      await page.keyboard.press('Tab');
      const now = await page.evaluate<Focused>(FOCUSED);
      if (!words.test(now.words) || (tag !== undefined && now.tag !== tag)) continue;
      expect([now.words, now.seen]).toEqual([now.words, true]);
      return;
    }
    throw new Error(`Not to be reached by Tab: ${String(words)}`);
  }

  it('is walked from the queue to a closed case with the keyboard alone', async () => {
    await page.goto(`${service.base}/staff`);
    await tabTo(/Tìm theo tên/);
    await page.keyboard.type('bun kho');
    await page.keyboard.press('Enter');
    await page.waitForURL(/q=bun/);
    await tabTo(new RegExp(code));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: code }).waitFor();
    await tabTo(/^Nhận xử lý$/);
    await page.keyboard.press('Enter');
    await page.getByRole('status').filter({ hasText: 'Bạn đã nhận' }).waitFor();

    await tabTo(/^Trả lời chủ cơ sở/, 'TEXTAREA');
    await page.keyboard.type('Chào cô Lan.');
    await tabTo(/^Gửi cho chủ cơ sở$/, 'BUTTON');
    await page.keyboard.press('Enter');
    await page.locator('#talk .line.staff', { hasText: 'Chào cô Lan.' }).waitFor();

    await tabTo(/^Đóng hồ sơ$/, 'SUMMARY');
    await page.keyboard.press('Enter');
    await tabTo(/^Kết quả/, 'SELECT');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await tabTo(/^Đóng hồ sơ$/, 'BUTTON');
    await page.keyboard.press('Enter');
    await page.locator('#head', { hasText: 'Đã đóng: đã hướng dẫn xong' }).waitFor();
    await tabTo(/^Mở lại hồ sơ$/, 'BUTTON');
    await page.keyboard.press('Space');
    await page.getByRole('status').filter({ hasText: 'Đã mở lại' }).waitFor();
  });

  it.each([
    '/staff',
    '/staff?tab=all',
    '/staff/cases/CODE',
    '/staff/unanswered',
    '/staff/problems',
    '/staff/law',
    '/staff/people',
    '/staff/account',
  ])('has headings in order and a name for every control on %s, in both languages', async (path) => {
    for (const lang of ['en', 'vi']) {
      const address = path.replace('CODE', code);
      await page.goto(`${service.base}${address}${address.includes('?') ? '&' : '?'}lang=${lang}`);
      expect([lang, await page.evaluate<string[]>(FAULTS)]).toEqual([lang, []]);
      expect(await page.evaluate('document.documentElement.lang')).toBe(lang);
    }
  });

  it('has no word of Vietnamese on an English page but what is marked so, and names', async () => {
    for (const path of [
      '/staff?tab=all',
      `/staff/cases/${code}`,
      '/staff/unanswered',
      '/staff/problems',
      '/staff/law',
      '/staff/account',
    ]) {
      await page.goto(`${service.base}${path}${path.includes('?') ? '&' : '?'}lang=en`);
      const words = await page.evaluate<
        string[]
      >(`[...document.querySelectorAll('h2, label, button, summary, dt, th, .notice, .empty, legend, .inside')]
        .filter((element) => element.closest('[lang="vi"]') === null).map((element) => element.firstChild?.textContent ?? '')`);
      const vietnamese = words.filter((each) => /[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]/i.test(each));
      expect([path, vietnamese]).toEqual([path, []]);
    }
    await page.goto(`${service.base}/staff?lang=vi`);
  });

  it('fits 360 pixels', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    for (const path of ['/staff?tab=all', `/staff/cases/${code}`, '/staff/people', '/staff/account']) {
      await page.goto(`${service.base}${path}`);
      expect([path, await page.evaluate<number>('document.documentElement.scrollWidth')]).toEqual([path, 360]);
    }
    await page.setViewportSize({ width: 1100, height: 800 });
  });

  it('prints the sheet, the result and the papers, and nothing that is for colleagues only', async () => {
    await page.goto(`${service.base}/staff/cases/${code}`);
    await page.getByLabel('Ghi chú nội bộ').fill('lời chỉ đồng nghiệp đọc');
    await page.getByRole('button', { name: 'Lưu ghi chú' }).click();
    await page.locator('#history', { hasText: 'lời chỉ đồng nghiệp đọc' }).waitFor();
    await page.emulateMedia({ media: 'print' });
    const printed = await page.locator('body').innerText();
    for (const part of [code, 'Hộ bún khô cô Lan', '0912 345 678', 'máy sấy', 'Kết quả sơ bộ', 'Giấy tờ', 'in lúc']) {
      expect(printed).toContain(part);
    }
    for (const part of ['lời chỉ đồng nghiệp', 'Đăng xuất', 'Gửi cho chủ cơ sở', 'Chào cô Lan', 'Bot đang im lặng']) {
      expect([part, printed.includes(part)]).toEqual([part, false]);
    }
    if (PICTURES !== undefined) {
      await page.setViewportSize({ width: 794, height: 900 });
      await page.screenshot({ path: `${PICTURES}/desk-ban-in.png` });
      await page.setViewportSize({ width: 1100, height: 800 });
    }
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect((pdf.toString('latin1').match(/\/Type\s*\/Page\b/g) ?? []).length).toBeLessThanOrEqual(3);
    await page.emulateMedia({ media: 'screen' });
  });
});

/** Colours of the style sheet by name, in light and dark. */
function palettes(): readonly Record<string, string>[] {
  const css = readFileSync('src/web/desk/page/desk.css', 'utf8');
  const [light = {}, dark = {}] = [...css.matchAll(/:root \{([^}]*)\}/g)].map((block) =>
    Object.fromEntries(
      [...(block[1] ?? '').matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((each) => [each[1] ?? '', each[2] ?? '']),
    ),
  );
  return [light, { ...light, ...dark }];
}

/** Relative luminance (WCAG 2.2). */
function luminance(color: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => parseInt(color.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
const contrast = (a: string, b: string) => {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
};

describe('the palette', () => {
  const words = [
    ['ink', 'ground'],
    ['ink', 'soft'],
    ['ink', 'notice'],
    ['ink', 'note'],
    ['quiet', 'ground'],
    ['quiet', 'soft'],
    ['quiet', 'note'],
    ['link', 'ground'],
    ['link', 'soft'],
    ['on-main', 'main'],
    ['alarm', 'ground'],
    ['alarm', 'soft'],
    ['alarm', 'notice'],
    ['note-line', 'note'],
  ] as const;
  /** Edges of controls and the ring of the focus (1.4.11). */
  const shapes = [
    ['quiet', 'ground'],
    ['link', 'ground'],
    ['note-line', 'note'],
    ['main', 'ground'],
  ] as const;

  it.each([
    ['light', 0],
    ['dark', 1],
  ] as const)('has enough contrast in %s', (_name, at) => {
    const colors = palettes()[at] ?? {};
    for (const [ink, ground] of words) {
      const ratio = contrast(colors[ink] ?? '', colors[ground] ?? '');
      expect([ink, ground, ratio >= 4.5]).toEqual([ink, ground, true]);
    }
    for (const [edge, ground] of shapes) {
      const ratio = contrast(colors[edge] ?? '', colors[ground] ?? '');
      expect([edge, ground, ratio >= 3]).toEqual([edge, ground, true]);
    }
  });
});
