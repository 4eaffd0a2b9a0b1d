/** A broken edit of the content: owners notice nothing; the log, /readyz, the staff room and the desk of admins do. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ChatClient } from '../support/chat-client.ts';
import { temporaryPostgres } from '../support/databases.ts';
import { DeskClient, signedIn } from '../support/desk-client.ts';
import { editedContent, type EditedContent } from '../support/edited-content.ts';
import { FakeTelegram } from '../support/fake-telegram.ts';
import type { FakeGroup } from '../support/fake-telegram-people.ts';
import { startRunningService, type RunningService, type ServiceOptions } from '../support/running-service.ts';

let fake: FakeTelegram;
let group: FakeGroup;
let content: EditedContent;
const running: RunningService[] = [];

beforeEach(async () => {
  fake = await FakeTelegram.start();
  group = fake.group();
  content = editedContent();
});
afterEach(async () => {
  const [first, ...others] = running.splice(0);
  for (const other of others) await other.stop('keep');
  await first?.stop();
  await fake.stop();
  content.remove();
});

const start = async (options: ServiceOptions = {}): Promise<RunningService> => {
  const environment = {
    CONTENT_DIR: content.dir,
    TELEGRAM_BOT_TOKEN: fake.token,
    TELEGRAM_API_ROOT: fake.root,
    TELEGRAM_STAFF_CHAT_ID: String(group.id),
  };
  const service = await startRunningService({ environment, ...options });
  running.push(service);
  return service;
};

const FILE = 'texts/vi/web.yaml';
const said = (words: RegExp) => group.seen().filter((message) => words.test(message.text ?? ''));
const refused = () => said(/có lỗi nên chưa được dùng/);
const mended = () => said(/đã sửa xong/);
const warnings = async ({ base }: RunningService) =>
  ((await (await fetch(`${base}/readyz`)).json()) as { warnings: string[] }).warnings;

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (let time = 0; time < 600; time += 1) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`Never: ${what}`);
}

describe('a broken edit', { timeout: 120_000 }, () => {
  test('is told in the group once, by file and line, and again when it is put right', async () => {
    const service = await start();
    const owner = await ChatClient.open(service.base);
    const [officer] = await signedIn(service, [{ name: 'Hà' }]);
    const admin = await DeskClient.enter(service.base, service.signInPath ?? '');
    const good = readFileSync(join(content.dir, FILE), 'utf8');

    content.put(FILE, 'title: [');
    const first = await fake.until('the first notice', () => refused()[0]);
    expect(first.text).toMatch(/texts\/vi\/web\.yaml:\d+ /);
    expect(await warnings(service)).toEqual([expect.stringMatching(/texts\/vi\/web\.yaml:\d+ /)]);
    expect(service.log.some((line) => line.includes('content-edit-refused'))).toBe(true);
    expect((await admin.get('/staff')).html).toMatch(/role="alert".*texts\/vi\/web\.yaml:\d+ /);
    expect((await officer!.get('/staff')).html).not.toContain('web.yaml');
    expect((await owner.say('menu')).length).toBeGreaterThan(0);

    content.put(FILE, `${good}\nkhóa lạ: 1\n`);
    await fake.until('the second notice', () => refused()[1]);
    content.put(FILE, 'title: [');
    await until(
      'refused as at first',
      async () => (await warnings(service)).join() === `content: ${firstMistake(first.text)}`,
    );
    content.put(FILE, good);
    await fake.until('it is put right', () => mended()[0]);
    expect(await warnings(service)).toEqual([]);
    expect((await admin.get('/staff')).html).not.toContain('role="alert"');
    content.put(FILE, 'title: [');
    await fake.until('told anew', () => refused()[2]);
    expect([refused().length, mended().length]).toEqual([3, 1]);
  });

  test('put right while the service was stopped is told at the next start', async () => {
    const service = await start();
    const good = readFileSync(join(content.dir, FILE), 'utf8');
    content.put(FILE, 'title: [');
    await fake.until('the notice', () => refused()[0]);
    await service.stop('keep');
    running.length = 0;
    content.put(FILE, good);
    await start({ database: service.database });
    await fake.until('it is put right', () => mended()[0]);
    expect(refused()).toHaveLength(1);
  });

  test('is told once by two instances that share a database', async () => {
    const database = await temporaryPostgres();
    const [one, two] = [await start({ database }), await start({ database })];
    const good = readFileSync(join(content.dir, FILE), 'utf8');
    content.put(FILE, 'title: [');
    const both = async (count: number) =>
      (await warnings(one)).length === count && (await warnings(two)).length === count;
    await until('both refuse it', () => both(1));
    await fake.until('the notice', () => refused()[0]);
    content.put(FILE, good);
    await until('both take the other', () => both(0));
    await fake.until('it is put right', () => mended()[0]);
    content.put(FILE, 'title: ]');
    await fake.until('the next notice', () => refused()[1]);
    await until('both refuse that', () => both(1));
    expect([refused().length, mended().length]).toEqual([2, 1]);
  });
});

/** The mistake out of the notice: what stands behind the program's own two sentences, of one mistake alone. */
const firstMistake = (text: string | undefined): string =>
  /texts\/vi\/web\.yaml:\d+ .*/.exec(text?.split('\n')[0] ?? '')?.[0] ?? '';
