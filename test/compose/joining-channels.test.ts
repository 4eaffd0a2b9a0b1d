/** One person on several channels, from outside: the whole service over real HTTP, with the platforms as fakes. */
import { afterEach, describe, expect, test } from 'vitest';
import { openStore } from '../../src/storage/index.ts';
import { caseCodeIn, ChatClient } from '../support/chat-client.ts';
import { DeskClient } from '../support/desk-client.ts';
import { FakeTelegram, type FakeMessage } from '../support/fake-telegram.ts';
import type { FakeGroup, FakeUser } from '../support/fake-telegram-people.ts';
import { FakeZalo } from '../support/fake-zalo.ts';
import { FakeZaloBot } from '../support/fake-zalo-bot.ts';
import { noodleMaker } from '../support/journey.ts';
import { codeFor, textOf, withCase } from '../support/joining.ts';
import { startRunningService, type RunningService } from '../support/running-service.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const started = async (options: Parameters<typeof startRunningService>[0] = {}): Promise<RunningService> => {
  const service = await startRunningService(options);
  ends.push(() => service.stop());
  return service;
};

describe('with a case on each side', () => {
  const CODE = /[A-Z]{2,4}-\d{2}-\d{6}/;
  let fake: FakeTelegram;
  let group: FakeGroup;
  let service: RunningService;

  const begin = async (more: Readonly<Record<string, string>> = {}): Promise<void> => {
    fake = await FakeTelegram.start();
    ends.push(() => fake.stop());
    group = fake.group();
    service = await started({
      environment: {
        TELEGRAM_BOT_TOKEN: fake.token,
        TELEGRAM_API_ROOT: fake.root,
        TELEGRAM_STAFF_CHAT_ID: String(group.id),
        ...more,
      },
    });
  };
  const cardOf = (code: string): Promise<FakeMessage> =>
    fake.until(`the card of ${code}`, () => group.seen().find(({ text }) => text?.includes(code)));
  const lastWith = (user: FakeUser, label: RegExp): Promise<FakeMessage> =>
    fake.until(String(label), () =>
      user.seen().findLast(({ reply_markup }) => label.test(JSON.stringify(reply_markup ?? {}))),
    );

  test('web chat goes on in Telegram: staff threads of both live on, the last place gets the answers', async () => {
    await begin();
    const { client, code } = await withCase(service);
    const lan = fake.user('Lan');
    await lan.command('/canbo');
    await lan.press(/^\d+ Đồng ý/, await lastWith(lan, /\d+ Đồng ý/));
    const asked = (await lan.sees(CODE)).text?.match(CODE)?.[0] ?? '';
    await group.member('Hà').reply(await cardOf(asked), 'Chị cần gì ạ?');
    await lan.sees('Chị cần gì ạ?');
    const joining = await codeFor(client);
    // A person of the centre has the conversation there: the code is still for the bot.
    await lan.text('nối kênh');
    await lan.text(joining);
    await lan.press(/Nối$/, await lastWith(lan, /\d+ Nối"/));
    const joined = await lan.sees(/Đã nối với trang chat/);
    expect(joined.text).toContain(code);
    expect(joined.text).toContain(asked);
    expect(textOf(await client.next())).toMatch(/nối thêm với Telegram/);
    expect(group.seen().some(({ text }) => text?.includes(joining) || text?.includes(joining.replace(' ', '')))).toBe(
      false,
    );

    // Both cases are of one conversation now: what staff write reaches the owner where they wrote last.
    await group.member('Minh').reply(await cardOf(code), 'Chị gửi báo giá nhé');
    await lan.sees('Chị gửi báo giá nhé');
    expect(textOf(await client.next())).toContain('Chị gửi báo giá nhé');
    await client.post({ text: 'Dạ để em gửi' });
    await fake.until('the answer in the thread', () => group.seen().find(({ text }) => text?.includes('Dạ để em gửi')));
    const before = lan.seen().length;
    await group.member('Hà').reply(await cardOf(asked), 'Vâng ạ');
    while (!textOf(client.seen).includes('Vâng ạ')) await client.next();
    expect(lan.seen()).toHaveLength(before);

    // A later page sees the whole of it, what was said at the other place included.
    const reloaded = await ChatClient.resume(service.base, client);
    expect(textOf(reloaded.seen)).toContain('Chị cần gì ạ?');
    const [listed] = await client.say('tra cứu');
    expect(listed?.text).toContain(code);
    expect(listed?.text).toContain(asked);
  });

  test('the old place takes the new one off again, which begins anew', async () => {
    await begin();
    const { client, code } = await withCase(service);
    const stranger = fake.user('Kẻ lạ');
    await stranger.command(`/start link-${(await codeFor(client)).replace(' ', '')}`);
    await stranger.press(/Nối$/, await lastWith(stranger, /\d+ Nối"/));
    await stranger.sees(/Đã nối/);
    await client.next();
    expect(textOf(await client.say('tách kênh'))).toMatch(/Telegram/);
    expect(textOf(await client.choose('yes'))).toMatch(/Đã tách/);
    await stranger.sees(/vừa được tách ra/);
    await stranger.command('/tracuu');
    await stranger.sees(/gõ mã hồ sơ và 4 số cuối/);
    expect(textOf(await client.say('tra cứu'))).toContain(code);
    await group.member('Hà').reply(await cardOf(code), 'Chào chị');
    await client.next();
    expect(textOf(client.seen)).toContain('Chào chị');
    expect(stranger.seen().some(({ text }) => text?.includes('Chào chị'))).toBe(false);
  });

  test('what is erased is erased everywhere; the other place begins anew', async () => {
    await begin();
    const { client, code } = await withCase(service);
    const lan = fake.user('Lan');
    await lan.command(`/start link-${(await codeFor(client)).replace(' ', '')}`);
    await lan.press(/Nối$/, await lastWith(lan, /\d+ Nối"/));
    await lan.sees(/Đã nối/);
    await lan.text('dữ liệu');
    await lan.press(/Xóa hết/, await lastWith(lan, /Xóa hết/));
    await lan.press(/Đúng$/, await lastWith(lan, /\d+ Đúng"/));
    await lan.sees('Em đã xóa hết');
    const reloaded = await ChatClient.resume(service.base, client);
    expect(reloaded.seen).toEqual([]);
    expect(textOf(await client.say('tra cứu'))).not.toContain(code);
    await lan.command('/tracuu');
    await lan.sees(/gõ mã hồ sơ và 4 số cuối/);
  });

  test('web chat goes on in Zalo; what was held there for a place out of reach goes along', async () => {
    const zalo = await FakeZalo.start();
    ends.push(() => zalo.stop());
    await begin({
      ZALO_APP_ID: zalo.appId,
      ZALO_APP_SECRET: zalo.appSecret,
      ZALO_OA_ID: zalo.oaId,
      ZALO_OA_SECRET_KEY: zalo.oaSecretKey,
      ZALO_ACCESS_TOKEN: zalo.access,
      ZALO_REFRESH_TOKEN: zalo.refresh,
      ZALO_API_ROOT: zalo.root,
      ZALO_OAUTH_ROOT: zalo.root,
      ZALO_BUSINESS_ROOT: zalo.root,
    });
    zalo.webhookTarget = `${service.base}/webhooks/zalo`;
    const { client, code } = await withCase(service);
    const person = zalo.person();
    await person.text('gặp cán bộ');
    await person.hears('Đồng ý không ạ?');
    await person.press('Đồng ý');
    const asked = CODE.exec((await person.hears('Em đã chuyển tới cán bộ')).text)?.[0] ?? '';
    await person.text(`nối kênh ${await codeFor(client)}`);
    const found = await person.hears('Mã đúng');
    expect(found.text).toContain('1 hồ sơ gửi từ nơi này');
    await person.press('Nối');
    const joined = await person.hears('Đã nối với trang chat');
    for (const each of [code, asked]) expect(joined.text).toContain(each);
    await client.next();
    person.outsideWindow = true;
    await group.member('Hà').reply(await cardOf(code), 'Chào chị Lan');
    await fake.until('word that it waits', () => group.seen().find(({ text }) => /⚠️|⏳|chờ/.test(text ?? '')));
    const seen = client.seen.length;
    await client.post({ text: 'em đây' });
    await client.read();
    expect(textOf(client.seen.slice(0, seen)) + textOf(client.seen)).toContain('Chào chị Lan');
    await group.member('Hà').reply(await cardOf(asked), 'Em xem rồi');
    await fake.until('the page has it', async () => {
      await client.read();
      return textOf(client.seen).includes('Em xem rồi');
    });
  });
});

describe('two registrations', () => {
  test('stay two sheets: staff ask about each, and are told of that one alone', async () => {
    const service = await started();
    const one = await withCase(service);
    const second = await ChatClient.open(service.base);
    const other = { ...noodleMaker, applicantName: 'Tổ hợp tác mây tre Hai', workers: '3' };
    const number = caseCodeIn(await second.follow(other, (messages) => caseCodeIn(messages) !== null)) ?? '';
    const store = await openStore({ url: service.database.url, instance: 'looker-on' });
    ends.push(() => store.close());
    const sheetOf = async (code: string) => (await store.findCase(code))?.dossier;
    const before = await Promise.all([number, one.code].map(sheetOf));
    await second.say(await codeFor(one.client));
    await second.choose('yes');
    const desk = await DeskClient.enter(service.base, service.signInPath ?? '');
    const asked = await desk.act(number, 'ask', { field: 'workers', reason: 'Số lao động chưa rõ' });
    expect(asked.status).toBe(303);
    while (second.ask?.id !== 'workers') await second.next();
    await second.say('12');
    const sheets = await Promise.all([number, one.code].map(sheetOf));
    const [asBefore, untouched] = before;
    const { readiness: _done, ...expected } = asBefore ?? {};
    expect(sheets[0]).toMatchObject({ ...expected, fields: { ...asBefore?.fields, workers: 12 } });
    expect(sheets[1]).toEqual(untouched);
    // The sheet that was at hand still is.
    await second.say('dữ liệu');
    expect(second.last.text).toContain('Hộ bún khô cô Lan');
  });
});

describe('from the messengers', () => {
  test('Telegram goes on in the web chat, and in Zalo Bot besides: one draft in three places', async () => {
    const telegram = await FakeTelegram.start();
    ends.push(() => telegram.stop());
    const zalo = await FakeZaloBot.start();
    ends.push(() => zalo.stop());
    const service = await started({
      environment: {
        TELEGRAM_BOT_TOKEN: telegram.token,
        TELEGRAM_API_ROOT: telegram.root,
        ZALO_BOT_TOKEN: zalo.token,
        ZALO_BOT_API_ROOT: zalo.root,
      },
    });
    const lan = telegram.user('Lan');
    for (const text of ['đăng ký', 'đồng ý', 'Hộ bún khô cô Lan', 'nối kênh']) {
      const before = lan.seen().length;
      await lan.text(text);
      await telegram.until(`an answer to ${text}`, () => lan.seen().length > before);
    }
    const code = /nối kênh (\d{4} \d{4})/.exec((await lan.sees(/Mã nối kênh/)).text ?? '')?.[1] ?? '';
    const page = await ChatClient.open(service.base);
    await page.say('nối kênh');
    await page.say(`mã của tôi là ${code}`);
    await page.choose('yes');
    await lan.sees(/nối thêm với trang chat/);
    zalo.says('z1', `nối kênh ${await codeFor(page)}`);
    await zalo.until('the question', () => zalo.sent.find(({ text }) => text.includes('Nối không ạ?')));
    zalo.says('z1', '1');
    const joined = await zalo.until('joined', () => zalo.sent.find(({ text }) => text.includes('Đã nối với')));
    expect(joined.text).toContain('Phiếu đăng ký của mình còn dở');
    await lan.sees(/nối thêm với Zalo Bot/);
    await page.read();
    expect(textOf(page.seen)).toMatch(/nối thêm với Zalo Bot/);

    // Only where it was typed does it go on.
    const before = lan.seen().length;
    zalo.says('z1', 'Nguyễn Thị Lan');
    await zalo.until('the next question', () => zalo.sent.at(-1)?.text.includes('điện thoại'));
    expect(lan.seen()).toHaveLength(before);
    await lan.text('dữ liệu');
    await lan.sees(/Nguyễn Thị Lan[^]*còn nối với: /);
  });
});
