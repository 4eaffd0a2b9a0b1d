/** Drafts left alone for 12 months are erased after a reminder; facts of people without consent expire (contract, section 3). */
import { afterEach, expect, it } from 'vitest';
import { FakeTelegram, type FakeMessage } from '../support/fake-telegram.ts';
import { buttonsOf } from '../support/fake-telegram-people.ts';
import { keptRows, start, until, type Started } from './rig.ts';

let fake: FakeTelegram;
let service: Started;
afterEach(async () => {
  await service.stop();
  await fake.stop();
});

const NAME = 'Hộ bún khô cô Lan';
let now: string;
const environment = () => ({ TELEGRAM_BOT_TOKEN: fake.token, TELEGRAM_API_ROOT: fake.root, NOW: now });

async function begin(at: string): Promise<void> {
  fake = await FakeTelegram.start();
  now = at;
  fake.clockMs = () => Date.parse(now);
  service = await start({ environment: environment() });
}

/** The process is stopped, and started again on another day. */
async function on(day: string): Promise<void> {
  // What is not confirmed comes again, and after months nobody knows it any more.
  await until('all confirmed', () => fake.unconfirmed().length === 0);
  await service.stop('SIGTERM', 'keep');
  now = day;
  service = await start({ home: service.home, environment: environment() });
}

const labelled = (message: FakeMessage, label: RegExp) => buttonsOf(message).some(({ text }) => label.test(text));

it('a draft is announced to end after eleven months and erased after twelve, with all of its owner', async () => {
  await begin('2026-11-25T02:00:00Z');
  const owner = fake.user('Lan');
  await owner.command('/dangky');
  const consent = await fake.until('consent', () => owner.seen().find((message) => labelled(message, /Đồng ý/)));
  await owner.press(/Đồng ý/, consent);
  await owner.sees(/Tên cơ sở/);
  await owner.text(NAME);
  await owner.sees(/đại diện/);
  await owner.text('Nguyễn Thị Lan');
  await owner.sees(/điện thoại/);
  expect(keptRows(service.home)).toContain(NAME);

  await on('2027-10-27T02:00:00Z');
  await owner.sees(/Một tháng nữa em sẽ xóa/);
  expect(keptRows(service.home)).toContain(NAME);

  await on('2027-11-28T02:00:00Z');
  await owner.sees(/đã bỏ không 12 tháng/);
  await until('nothing', () => !/bún khô|Nguyễn Thị Lan/.test(keptRows(service.home)));
}, 90_000);

it('the facts of somebody who never consented are gone after three months', async () => {
  await begin('2026-11-25T02:00:00Z');
  const owner = fake.user('Lan');
  await owner.command('/kiemtra');
  const asked = await fake.until('a question', () => owner.seen().find((message) => labelled(message, /tự sản xuất/)));
  await owner.press(/tự sản xuất/, asked);
  await owner.sees(/nhóm nào/);
  expect(keptRows(service.home)).toContain('producesIndustrially');
  await on('2027-02-24T02:00:00Z');
  await until('nothing', () => !keptRows(service.home).includes('producesIndustrially'));
}, 90_000);
