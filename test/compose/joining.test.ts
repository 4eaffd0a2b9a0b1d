/** One person in several places, from outside: a lost web chat session, codes, and two instances. */
import { afterEach, describe, expect, test } from 'vitest';
import { caseCodeIn, ChatClient, type SeenMessage } from '../support/chat-client.ts';
import { DeskClient } from '../support/desk-client.ts';
import { temporaryPostgres } from '../support/databases.ts';
import { noodleMaker } from '../support/journey.ts';
import { codeFor, textOf, withCase, withDraft } from '../support/joining.ts';
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
