/** One person in several places, from outside: the whole service over real HTTP, with the platforms as fakes. */
import { afterEach, describe, expect, test } from 'vitest';
import { caseCodeIn, ChatClient, type SeenMessage } from '../support/chat-client.ts';
import { DeskClient } from '../support/desk-client.ts';
import { temporaryPostgres } from '../support/databases.ts';
import { FakeTelegram, type FakeMessage } from '../support/fake-telegram.ts';
import type { FakeGroup, FakeUser } from '../support/fake-telegram-people.ts';
import { FakeZalo } from '../support/fake-zalo.ts';
import { noodleMaker } from '../support/journey.ts';
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

const textOf = (said: readonly SeenMessage[]): string => said.map(({ text }) => text).join('\n');

/** The code that «nối kênh» answers with. */
async function codeFor(client: ChatClient): Promise<string> {
  const code = /nối kênh (\d{4} \d{4})/.exec(textOf(await client.say('nối kênh')))?.[1];
  if (code === undefined) throw new Error(`No code: ${client.last.text}`);
  return code;
}

/** A registration up to the phone number. */
async function withDraft(service: RunningService): Promise<ChatClient> {
  const client = await ChatClient.open(service.base);
  await client.follow(noodleMaker, (said) => said.some(({ ask }) => ask?.id === 'products'));
  return client;
}

async function withCase(service: RunningService): Promise<{ readonly client: ChatClient; readonly code: string }> {
  const client = await ChatClient.open(service.base);
  const said = await client.follow(noodleMaker, (messages) => caseCodeIn(messages) !== null);
  return { client, code: caseCodeIn(said) ?? '' };
}

describe('a lost web chat session', () => {
  test('is found again in a new browser: draft, log and files, and the old one is told', async () => {
    const service = await started();
    const old = await withDraft(service);
    const code = await codeFor(old);
    const fresh = await ChatClient.open(service.base);
    const before = fresh.seen.length;
    const found = textOf(await fresh.say(code));
    expect(found).toContain('678');
    expect(found).not.toMatch(/0912|Lan|bún/);
    const joined = await fresh.choose('yes');
    expect(textOf(joined)).toMatch(/Đã nối với trang chat/);
    expect(joined.at(-1)?.ask?.id).toBe('products');
    // What the page is shown live is what came since; a reload shows everything, in order.
    expect(fresh.seen.slice(before).every(({ at }) => at >= (fresh.seen[0]?.at ?? ''))).toBe(true);
    const reloaded = await ChatClient.resume(service.base, fresh);
    const ids = reloaded.seen.map(({ id }) => Number(id));
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
    expect(reloaded.seen.map(({ text }) => text)).toEqual(expect.arrayContaining(old.seen.map(({ text }) => text)));
    expect(reloaded.seen.map(({ text }) => text)).toEqual(expect.arrayContaining(fresh.seen.map(({ text }) => text)));
    expect(textOf(await old.read())).toMatch(/vừa được nối thêm với trang chat.*tách kênh/s);
    const sent = await fresh.follow(noodleMaker, (messages) => caseCodeIn(messages) !== null);
    const number = caseCodeIn(sent) ?? '';
    // The old page goes on with the same conversation.
    expect(textOf(await old.next())).toContain(number);
    expect(textOf(await old.say('tra cứu'))).toContain(number);
  });

  test('streams to the page that was open when it was joined', async () => {
    const service = await started();
    const old = await withDraft(service);
    const code = await codeFor(old);
    const fresh = await ChatClient.open(service.base);
    const stop = new AbortController();
    ends.push(async () => stop.abort());
    const url = `${service.base}/chat/stream?after=${fresh.last.id}`;
    const answer = await fetch(url, { headers: fresh.headers, signal: stop.signal });
    const decoder = new TextDecoder();
    let all = '';
    const reading = (async () => {
      for await (const chunk of answer.body ?? []) all += decoder.decode(chunk as Uint8Array, { stream: true });
    })().catch(() => undefined);
    const until = async (words: string) => {
      while (!all.includes(words)) await new Promise((resolve) => setTimeout(resolve, 20));
    };
    await fresh.say(code);
    await fresh.choose('yes');
    await until('Đã nối với');
    await old.read();
    await old.say('menu');
    await until(JSON.stringify(old.last.text).slice(1, 40));
    expect(all).not.toContain('consent');
    stop.abort();
    await reading;
  });
});

describe('codes', () => {
  test('work once, in time, elsewhere, and are not to be found by trying', async () => {
    const service = await started();
    const old = await withDraft(service);
    const first = await codeFor(old);
    const code = await codeFor(old);
    expect(textOf(await old.say(code))).toMatch(/chính nơi đây/);
    const fresh = await ChatClient.open(service.base);
    expect(textOf(await fresh.say('nối kênh'))).toMatch(/8 số/);
    expect(textOf(await fresh.say(first))).toMatch(/quá hạn/);
    expect(textOf(await fresh.say(`nối kênh ${code}`))).toMatch(/Mã đúng/);
    service.pass(16 * 60 * 1000);
    expect(textOf(await fresh.choose('yes'))).toMatch(/quá hạn/);
    const again = await codeFor(old);
    await fresh.say(again);
    await fresh.choose('yes');
    const late = await ChatClient.open(service.base);
    expect(textOf(await late.say(again))).toMatch(/đã dùng/);
    const wrong = again === '0000 0000' ? '1111 1111' : '0000 0000';
    for (let times = 1; times <= 4; times += 1) expect(textOf(await late.say(wrong))).toMatch(/chưa đúng/);
    expect(textOf(await late.say(await codeFor(fresh)))).toMatch(/nhiều lần/);
    service.pass(61 * 60 * 1000);
    expect(textOf(await late.say(wrong))).toMatch(/chưa đúng/);
  });

  test('are not tried without end from many sessions: a right one is refused, too, until the hour is over', async () => {
    const service = await started();
    const old = await withDraft(service);
    const code = await codeFor(old);
    const wrong = code === '0000 0000' ? '1111 1111' : '0000 0000';
    const answers: string[] = [];
    for (let session = 0; session < 25; session += 1) {
      const guesser = await ChatClient.open(service.base);
      for (let times = 0; times < 5; times += 1) answers.push(textOf(await guesser.say(wrong)));
    }
    expect(answers.filter((answer) => /chưa đúng/.test(answer))).toHaveLength(100);
    const owner = await ChatClient.open(service.base);
    expect(textOf(await owner.say(code))).toMatch(/nhiều lần/);
    service.pass(61 * 60 * 1000);
    const fresh = await codeFor(old);
    expect(textOf(await owner.say(fresh))).toMatch(/Mã đúng/);
  });

  test('are given to nobody who has nothing, and staff do not see them', async () => {
    const service = await started();
    const empty = await ChatClient.open(service.base);
    expect(textOf(await empty.say('nối kênh'))).not.toMatch(/\d{4} \d{4}/);
    expect(textOf(await empty.say('tách kênh'))).toMatch(/chưa nối/);
    const { client, code: number } = await withCase(service);
    const code = await codeFor(client);
    expect(service.log.join('\n')).not.toContain(code);
    await client.say('nối kênh 1234 5678');
    const desk = await DeskClient.enter(service.base, service.signInPath ?? '');
    const { html } = await desk.get(`/staff/cases/${number}`);
    expect(html).toContain('mã riêng của chủ cơ sở');
    expect(html).not.toContain(code);
    expect(html).not.toContain('1234 5678');
  });
});

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

describe('two instances on one PostgreSQL', () => {
  test(
    'neither goes on with what it remembers: not after joining, not after parting',
    { timeout: 120_000 },
    async () => {
      const database = await temporaryPostgres();
      const one = await started({ database });
      const two = await startRunningService({ database });
      ends.push(() => two.stop('keep'));
      const old = await withDraft(one);
      const fresh = await ChatClient.open(two.base);
      const [oldAtTwo, freshAtOne] = [await ChatClient.resume(two.base, old), await ChatClient.resume(one.base, fresh)];
      await oldAtTwo.say('menu');
      await fresh.say('nối kênh');
      await freshAtOne.read();
      // The code is typed at one, what is remembered at two is both sides as they were.
      await old.read();
      await freshAtOne.say(await codeFor(old));
      await freshAtOne.choose('yes');
      const kept = textOf(await fresh.say('dữ liệu'));
      expect(kept).toContain('Hộ bún khô cô Lan');
      await oldAtTwo.read();
      expect(textOf(await oldAtTwo.say('dữ liệu'))).toContain('Hộ bún khô cô Lan');

      await old.read();
      await old.say('tách kênh');
      await old.choose('yes');
      await oldAtTwo.read();
      await oldAtTwo.say('menu');
      const alone = textOf(await fresh.say('dữ liệu'));
      expect(alone).not.toContain('Lan');
      expect(alone).toMatch(/chưa giữ/);
    },
  );

  test(
    'a word at either place while they are joined is heard once, and nothing is lost',
    { timeout: 120_000 },
    async () => {
      const database = await temporaryPostgres();
      const one = await started({ database });
      const two = await startRunningService({ database });
      ends.push(() => two.stop('keep'));
      const old = await withDraft(one);
      const fresh = await ChatClient.open(two.base);
      await fresh.say(await codeFor(old));
      const oldAtTwo = await ChatClient.resume(two.base, old);
      const yes = fresh.last.choices.find(({ value }) => value === 'yes')?.id ?? '';
      await Promise.all([
        fresh.post({ choice: yes }),
        old.post({ text: 'khuyến công là gì' }),
        oldAtTwo.post({ text: 'mức hỗ trợ máy móc là bao nhiêu' }),
        fresh.post({ text: 'menu' }),
      ]);
      const all = await ChatClient.resume(one.base, fresh);
      expect(all.seen.filter(({ text }) => /Đã nối với/.test(text))).toHaveLength(1);
      const own = await fetch(`${one.base}/chat/messages?own=1`, { headers: fresh.headers });
      const { messages } = (await own.json()) as { messages: SeenMessage[] };
      const said = messages.filter(({ from }) => from === 'owner').map(({ text }) => text);
      for (const text of ['khuyến công là gì', 'mức hỗ trợ máy móc là bao nhiêu'])
        expect(said.filter((each) => each === text)).toHaveLength(1);
      expect(new Set(messages.map(({ id }) => id)).size).toBe(messages.length);
      expect(textOf(await fresh.say('dữ liệu'))).toContain('Hộ bún khô cô Lan');
    },
  );
});
