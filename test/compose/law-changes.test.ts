/**
 * The law changes under the whole service: profiles are judged again, staff see whose result turned and what they would
 * read, and an owner hears of it once, after a person has approved it.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { caseCodeIn, ChatClient } from '../support/chat-client.ts';
import { DeskClient, signedIn, withStoreOf } from '../support/desk-client.ts';
import {
  editedContent,
  NATIONAL_FILE,
  turnFunded,
  turnFundedFrom,
  type EditedContent,
} from '../support/edited-content.ts';
import { FakeTelegram } from '../support/fake-telegram.ts';
import type { FakeGroup } from '../support/fake-telegram-people.ts';
import { noodleMaker } from '../support/journey.ts';
import { startRunningService, type RunningService } from '../support/running-service.ts';
import type { LawFlip } from '../../src/service/ports.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
let fake: FakeTelegram;
let group: FakeGroup;
let content: EditedContent;
let service: RunningService;

beforeEach(async () => {
  fake = await FakeTelegram.start();
  group = fake.group();
  content = editedContent();
});
afterEach(async () => {
  await service.stop();
  await fake.stop();
  content.remove();
});

const start = async () => {
  service = await startRunningService({
    environment: {
      CONTENT_DIR: content.dir,
      TELEGRAM_BOT_TOKEN: fake.token,
      TELEGRAM_API_ROOT: fake.root,
      TELEGRAM_STAFF_CHAT_ID: String(group.id),
    },
  });
};

/** An owner who was told a result and has a case in Thanh Hóa. */
async function registered(): Promise<{ readonly owner: ChatClient; readonly code: string }> {
  const owner = await ChatClient.open(service.base);
  const answers = { ...noodleMaker, menu: { turns: ['eligibility', 'registration'] } };
  const said = await owner.follow(answers, (messages) => caseCodeIn(messages) !== null);
  return { owner, code: caseCodeIn(said) ?? '' };
}

const flips = (): Promise<readonly LawFlip[]> => withStoreOf(service, (store) => store.flips({}, 50));

const judged = () => withStoreOf(service, (store) => store.setting('law-judged'));

async function until<T>(what: string, read: () => Promise<T>, holds: (value: T) => boolean): Promise<T> {
  for (let time = 0; time < 600; time += 1) {
    const value = await read();
    if (holds(value)) return value;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`Never: ${what}: ${JSON.stringify(await read())}`);
}

const status = (wanted: LawFlip['status'], count: number) =>
  until(`${count} ${wanted}`, flips, (all) => all.filter((flip) => flip.status === wanted).length === count);
const notices = () => group.seen().filter((message) => message.text?.includes('⚖️'));

async function decide(desk: DeskClient, action: string): Promise<string> {
  const path = `/staff/law/${action}`;
  const answer = await desk.post(path, await desk.fieldsOf('/staff/law', path));
  expect(answer.status).toBe(303);
  return (await desk.get(answer.headers.get('location') ?? '')).html;
}

describe('an edit of the law', { timeout: 180_000 }, () => {
  test('is told to nobody before staff approve the very message, and then once', async () => {
    await start();
    const [{ owner, code }, other] = [await registered(), await ChatClient.open(service.base)];
    const [th, hy] = await signedIn(service, [
      { name: 'Hà', provinces: ['thanh-hoa'] },
      { name: 'Minh', provinces: ['hung-yen'] },
    ]);
    content.edit(NATIONAL_FILE, turnFunded);
    const [flip] = await status('open', 1);
    expect(flip).toMatchObject({ province: 'thanh-hoa', why: 'content', toldOn: '2026-11-25' });
    expect(flip?.turned).toContainEqual({ programme: 'national', before: 'likely', after: 'review' });
    const notice = await fake.until('the notice', () => notices()[0]);
    expect(notice.text).toContain('1 hồ sơ');

    const { html } = await th!.get('/staff/law');
    for (const part of [
      code,
      'Hộ bún khô cô Lan',
      'Thanh Hóa',
      'Cần cán bộ xem',
      'Nghị định',
      'kết quả sơ bộ của cơ sở mình',
    ])
      expect(html).toContain(part);
    expect((await hy!.get('/staff/law')).html).not.toContain(code);
    const theirs = await th!.fieldsOf('/staff/law', '/staff/law/approve');
    const mark = (await hy!.fieldsOf('/staff/law', '/staff/sign-out'))['mark'] ?? '';
    await hy!.post('/staff/law/approve', { mark, id: theirs['id'] ?? '' });
    expect(await owner.read()).toEqual([]);

    expect(await decide(th!, 'approve')).toContain('Đã duyệt 1 tin');
    const [heard] = await owner.next();
    for (const part of ['25/11/2026', 'có thể phù hợp', 'cần cán bộ xem', 'sơ bộ']) expect(heard?.text).toContain(part);
    const [told] = await status('told', 1);
    expect(told).toMatchObject({ decidedBy: 'Hà' });
    for (const words of heard?.text.split('\n').filter((line) => line.length > 20) ?? [])
      expect(html.replaceAll('&quot;', '"')).toContain(words.replace(/^[-•] /, '').slice(0, 60));

    // An edit of other things judges nobody, a day that turns nothing finds nothing, and nobody hears twice.
    const before = await judged();
    content.edit('texts/vi/web.yaml', (text) => text.replace(/^title: .*/m, 'title: Tên mới'));
    await until(
      'the page',
      async () => (await fetch(service.base)).text(),
      (page) => page.includes('Tên mới'),
    );
    expect(await judged()).toBe(before);
    service.pass(DAY_MS);
    await until('judged', judged, (key) => key?.endsWith('2026-11-26') === true);
    expect((await flips()).map((each) => each.status)).toEqual(['told']);
    expect(await owner.read()).toEqual([]);
    expect(notices()).toHaveLength(1);
    expect(other.seen.some(({ text }) => text.includes('kết quả sơ bộ'))).toBe(false);
  });

  test('that is taken back before anybody was told is dropped, and found again when it comes again', async () => {
    await start();
    const { owner } = await registered();
    const before = content.edit(NATIONAL_FILE, turnFunded);
    await status('open', 1);
    content.put(NATIONAL_FILE, before);
    await status('dropped', 1);
    content.edit(NATIONAL_FILE, turnFunded);
    await status('open', 1);
    expect(await owner.read()).toEqual([]);
  });

  test('that staff do not want told stays untold, through later edits and days', async () => {
    await start();
    const { owner } = await registered();
    const desk = await DeskClient.enter(service.base, service.signInPath ?? '');
    content.edit(NATIONAL_FILE, turnFunded);
    const [flip] = await status('open', 1);
    const fields = await desk.fieldsOf('/staff/law', '/staff/law/approve');
    const forged = await desk.post('/staff/law/approve', { id: flip?.id ?? '', mark: 'no mark of ours' });
    const foreign = await desk.post('/staff/law/approve', fields, { 'Sec-Fetch-Site': 'cross-site' });
    const stranger = await new DeskClient(service.base).post('/staff/law/approve', fields);
    expect([forged.status, foreign.status, stranger.status]).toEqual([403, 403, 401]);
    expect((await desk.post('/staff/law/erase', fields)).status).toBe(404);
    expect((await flips()).map((each) => each.status)).toEqual(['open']);
    await decide(desk, 'dismiss');
    service.pass(DAY_MS);
    await until('judged', judged, (key) => key?.endsWith('2026-11-26') === true);
    expect((await flips()).map((each) => each.status)).toEqual(['dismissed']);
    expect(await owner.read()).toEqual([]);
  });

  test('reaches nobody who erased everything, and nobody who has changed their answers since', async () => {
    await start();
    const [gone, changed] = [await registered(), await registered()];
    const desk = await DeskClient.enter(service.base, service.signInPath ?? '');
    content.edit(NATIONAL_FILE, turnFunded);
    await status('open', 2);
    await gone.owner.say('dữ liệu');
    await gone.owner.choose(gone.owner.last.choices.find(({ id }) => /erase/i.test(id))?.id ?? 'none');
    await gone.owner.choose('yes');
    await status('open', 1);
    const mark = (await desk.fieldsOf('/staff/law', '/staff/law/approve'))['mark'] ?? '';
    const [flip] = await flips();
    await changed.owner.say('xem có được hỗ trợ không');
    const said = changed.owner.seen.length;
    await desk.post('/staff/law/approve', { mark, id: flip?.id ?? '' });
    await status('dropped', 1);
    await changed.owner.read();
    await gone.owner.read();
    expect(changed.owner.seen).toHaveLength(said);
    expect(gone.owner.last.text).not.toContain('nay khác với');
  });

  test('waits until an owner who talks with a person of the centre is handed back', async () => {
    await start();
    const { owner, code } = await registered();
    const desk = await DeskClient.enter(service.base, service.signInPath ?? '');
    await desk.act(code, 'take');
    await desk.act(code, 'reply', { text: 'Chào chị' });
    await until(
      'the reply',
      () => owner.read(),
      () => owner.last.text.includes('Chào chị'),
    );
    content.edit(NATIONAL_FILE, turnFunded);
    await status('open', 1);
    expect((await desk.get('/staff/law')).html).toContain('Cán bộ đang nói chuyện');
    await decide(desk, 'approve');
    await until(
      'looked at',
      () => flips(),
      ([flip]) => flip?.status === 'approved',
    );
    await desk.act(code, 'hand-back');
    await status('told', 1);
    await owner.read();
    const texts = owner.seen.map(({ text }) => text);
    const at = (words: string) => texts.findIndex((text) => text.includes(words));
    expect(at('nay khác với')).toBeGreaterThan(at('Chào chị'));
    expect(texts.filter((text) => text.includes('nay khác với'))).toHaveLength(1);
  });
});

describe('a day that passes', { timeout: 120_000 }, () => {
  test('turns what was told when another wording comes into force, and says from which day', async () => {
    content.edit(NATIONAL_FILE, turnFundedFrom('2026-12-01', '2026-11-30'));
    await start();
    const { owner } = await registered();
    const desk = await DeskClient.enter(service.base, service.signInPath ?? '');
    await until('judged', judged, (key) => key !== null);
    service.pass(4 * DAY_MS);
    await until('judged', judged, (key) => key?.endsWith('2026-11-29') === true);
    expect(await flips()).toEqual([]);
    service.pass(2 * DAY_MS);
    const [flip] = await status('open', 1);
    expect(flip).toMatchObject({ why: 'day', since: '2026-12-01' });
    await fake.until('the notice', () => notices().find((message) => message.text?.includes('01/12/2026')));
    await decide(desk, 'approve');
    const [heard] = await owner.next();
    expect(heard?.text).toContain('01/12/2026');
  });
});
