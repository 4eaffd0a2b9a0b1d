/** Members of the staff on Zalo Bot, where Telegram may be blocked: joining by a code, files by links, leaving. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { staffId } from '../../src/base/index.ts';
import { runCli } from '../../src/cli/run.ts';
import { joinOfficer, OFFICER, withCase } from '../support/zalo-people.ts';
import { startZaloService, type ZaloService } from '../support/zalo-service.ts';

let service: ZaloService;
beforeEach(async () => {
  service = await startZaloService();
});
afterEach(() => service.stop());

async function cli(...argv: readonly string[]) {
  const out: string[] = [];
  const code = await runCli(argv, {
    env: { ...service.environment },
    cwd: process.cwd(),
    clock: () => new Date().toISOString(),
    newId: () => `chance-${performance.now()}`,
    out: (text) => out.push(text),
    err: (text) => out.push(text),
  });
  return { code, said: out.join('\n') };
}

const addHa = () =>
  service.store.addStaff({
    id: staffId('ha'),
    name: 'Lê Thu Hà',
    role: 'officer',
    provinces: [],
    addedAt: new Date().toISOString(),
  });

test('the operator’s code joins a chat once; what is no code of ours is an owner’s word', async () => {
  await addHa();
  expect(await cli('zalo', 'staff', 'nobody')).toMatchObject({ code: 1 });
  const { said } = await cli('zalo', 'staff', 'Lê Thu Hà');
  const code = /KC-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(said)?.[0] ?? '';
  const { bot, store } = service;
  bot.says('901', code.toLowerCase().replaceAll('-', ' '));
  await bot.hears('901', 'Đã nối');
  expect(await store.accountsOf(staffId('ha'))).toEqual([{ channel: 'zalo-bot', userId: '901' }]);
  // The same code once more, and one that never was: words like any other.
  bot.says('902', code);
  bot.says('903', 'KC-AAAA-BBBB');
  await bot.until('two answers', () => bot.sentTo('902').length > 0 && bot.sentTo('903').length > 0);
  expect(await store.accountsOf(staffId('ha'))).toHaveLength(1);
});

test('an owner’s paper reaches the officer as a link that opens for a while, and for nobody without its signature', async () => {
  await joinOfficer(service);
  const owner = service.oa.person();
  const code = await withCase(owner);
  await service.bot.hears(OFFICER, code);
  await owner.file('bao-gia.pdf', new TextEncoder().encode('%PDF-1.4 báo giá'));
  const { text } = await service.bot.hears(OFFICER, '/files/');
  const link = /https:\/\/kc\.example(\/files\/\S+)/.exec(text)?.[1] ?? '';
  const answer = await fetch(service.base() + link);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-disposition')).toContain('bao-gia.pdf');
  expect(await answer.text()).toBe('%PDF-1.4 báo giá');
  const signed = new URL(link, 'https://kc.example');
  for (const change of [
    { sig: 'AAAA' },
    { until: (Date.now() + 90 * 86_400_000).toString(36) },
    { until: (Date.now() - 1000).toString(36) },
  ]) {
    const url = new URL(signed);
    for (const [name, value] of Object.entries(change)) url.searchParams.set(name, value);
    expect((await fetch(service.base() + url.pathname + url.search)).status).toBe(403);
  }
  expect((await fetch(service.base() + signed.pathname)).status).toBe(403);
});

test('a picture of the officer with the code below it reaches the owner', async () => {
  await joinOfficer(service);
  const owner = service.oa.person();
  const code = await withCase(owner);
  const photo = service.oa.host('image/jpeg', new Uint8Array([0xff, 0xd8, 0xff, 0xe0]), 'jpg');
  service.bot.push(service.bot.update(OFFICER, 'image', { photo, caption: `${code} Mẫu này chị nhé` }));
  const shown = await service.oa.until('the picture', () => owner.messages.find(({ file }) => file));
  expect(shown.file).toMatchObject({ type: 'image/jpeg', size: 4 });
  expect(owner.messages.map(({ text }) => text).join('\n')).toContain('Mẫu này chị nhé');
  await service.bot.hears(OFFICER, 'Đã chuyển');
  service.bot.push(service.bot.update(OFFICER, 'image', { photo, caption: code }));
  await service.oa.until('another', () => owner.messages.filter(({ file }) => file).length === 2);
});

test('a reply outside the seven days goes by the template that is set, whole, and the officer is not bothered', async () => {
  await service.stop();
  service = await startZaloService({ environment: { ZALO_ZBS_TEMPLATE_REPLY: '301' } });
  await joinOfficer(service);
  const owner = service.oa.person();
  const code = await withCase(owner);
  owner.outsideWindow = true;
  service.bot.says(OFFICER, `${code} Chị bổ sung báo giá giúp em nhé.`);
  const sent = await service.oa.until('the template', () => owner.messages.find(({ template }) => template));
  expect(sent.text).toContain('Chị bổ sung báo giá giúp em nhé.');
  await expect.poll(() => service.store.outboxDepth()).toMatchObject({ pending: 0, held: 0, failed: 0 });
  expect(
    service.bot
      .sentTo(OFFICER)
      .map(({ text }) => text)
      .join('\n'),
  ).not.toContain('đang chờ gửi');

  expect(owner.messages.filter(({ template }) => template !== undefined)).toHaveLength(1);
});

test('who leaves the staff is an owner again, and hears of no case', async () => {
  await joinOfficer(service);
  const owner = service.oa.person();
  await withCase(owner);
  expect(await service.store.removeStaff(staffId(`officer-${OFFICER}`), new Date().toISOString())).toBe(true);
  await service.restart();
  service.bot.says(OFFICER, 'xin chào');
  await service.bot.hears(OFFICER, 'Em là trợ lý khuyến công');
});
