/** A person out of the database, or gone from it, by the command line beside a running service: on both databases. */
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCli } from '../../src/cli/run.ts';
import { ownContentDir } from '../../src/content/files.ts';
import { openDb } from '../../src/storage/client.ts';
import { caseCodeIn, ChatClient } from '../support/chat-client.ts';
import { temporaryPostgres, temporarySqlite, type TestDatabase } from '../support/databases.ts';
import { signedIn, type DeskClient } from '../support/desk-client.ts';
import { FakeTelegram } from '../support/fake-telegram.ts';
import type { FakeGroup } from '../support/fake-telegram-people.ts';
import { noodleMaker } from '../support/journey.ts';
import { startRunningService, type RunningService } from '../support/running-service.ts';

const PAPER = new TextEncoder().encode('%PDF-1.4 báo giá máy sấy');

interface PersonJson {
  readonly conversation: string;
  readonly addresses: readonly { channel: string; chat: string }[];
  readonly consent: { version: string } | null;
  readonly state: { answers: Record<string, { value: unknown; said?: string }> };
  readonly draft: unknown;
  readonly cases: readonly (Record<string, unknown> & { history: readonly { what: string; text: string | null }[] })[];
  readonly messages: readonly { from: string; text: string; files: readonly string[] }[];
  readonly files: readonly { id: string; name: string; size: number; status: string; path?: string | null }[];
}

describe.each([
  ['SQLite', temporarySqlite],
  ['PostgreSQL', temporaryPostgres],
])('a person on %s', (_name, open) => {
  let database: TestDatabase;
  let telegram: FakeTelegram;
  let group: FakeGroup;
  let service: RunningService;
  let desk: DeskClient;
  let owner: ChatClient;
  let code: string;
  let folder: string;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'khuyencong-person-'));
    [database, telegram] = await Promise.all([open(), FakeTelegram.start()]);
    group = telegram.group();
    service = await startRunningService({ database, environment: environment() });
    [desk] = (await signedIn(service, [{ name: 'Hà' }])) as [DeskClient];
    owner = await ChatClient.open(service.base);
    code = caseCodeIn(await owner.follow(noodleMaker, (said) => caseCodeIn(said) !== null)) ?? '';
    await owner.sendFile({ name: '../báo giá "1".pdf', type: 'application/pdf', bytes: PAPER });
    await desk.act(code, 'note', { text: 'ghi chú nội bộ về cô Lan' });
    await group.sees(code);
  });
  afterEach(async () => {
    await service.stop();
    await telegram.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const environment = () => ({
    TELEGRAM_BOT_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.root,
    TELEGRAM_STAFF_CHAT_ID: String(group.id),
    WEB_CHAT: 'on',
  });

  async function cli(...argv: readonly string[]) {
    const out: string[] = [];
    const err: string[] = [];
    const exit = await runCli(argv, {
      env: {
        ...environment(),
        DATABASE_URL: database.url,
        CONTENT_DIR: ownContentDir(),
        APP_SECRET: 'a-secret-of-the-command-line-test',
      },
      cwd: folder,
      clock: service.now,
      newId: randomUUID,
      out: (text) => void out.push(text),
      err: (text) => void err.push(text),
    });
    return { exit, out: out.join('\n'), err: err.join('\n') };
  }

  const copyOf = async (id: string): Promise<PersonJson> =>
    JSON.parse((await cli('person', 'export', id, '--json')).out) as PersonJson;

  /** Every row of every table, as text. */
  async function everything(): Promise<string> {
    const db = await openDb(database.url);
    const tables = [...readFileSync('prisma/schema.prisma', 'utf8').matchAll(/^model (\w+)/gm)].map(
      (match) => match[1],
    );
    const rows: unknown[] = [];
    for (const table of tables) rows.push(await db.prisma.$queryRawUnsafe(`SELECT * FROM "${table}"`));
    await db.prisma.$disconnect();
    const plain = (_key: string, value: unknown) =>
      typeof value === 'bigint'
        ? String(value)
        : value instanceof Uint8Array
          ? Buffer.from(value).toString('utf8')
          : value;
    return JSON.stringify(rows, plain);
  }

  it('is copied whole, by code, conversation or address, with the bytes of papers into a folder', async () => {
    const copy = await copyOf(code);
    expect(copy.addresses).toEqual([{ channel: 'webchat', chat: owner.sessionId }]);
    for (const id of [code.toLowerCase(), copy.conversation, `webchat:${owner.sessionId}`]) {
      expect([id, (await copyOf(id)).conversation]).toEqual([id, copy.conversation]);
    }
    expect(copy.consent?.version).toBeTruthy();
    expect(copy.state.answers['phone']?.value).toBe('+84912345678');
    expect(copy.cases).toMatchObject([
      { code, applicantName: 'Hộ bún khô cô Lan', phone: '+84912345678', totalCost: 430_000_000 },
    ]);
    expect(copy.cases[0]?.history.map(({ text }) => text)).toContain('ghi chú nội bộ về cô Lan');
    expect(copy.messages.some(({ from, text }) => from === 'owner' && text.includes('Nguyễn Thị Lan'))).toBe(true);
    expect(copy.files).toMatchObject([{ size: PAPER.length, status: 'ready' }]);
    expect(copy.messages.some(({ files }) => files.includes(copy.files[0]?.id ?? ''))).toBe(true);

    const told = await cli('person', 'export', code, '--out', 'copy', '--json');
    expect([told.exit, (JSON.parse(told.out) as { files: number }).files]).toEqual([0, 1]);
    const dir = join(folder, 'copy');
    const written = JSON.parse(readFileSync(join(dir, 'person.json'), 'utf8')) as PersonJson;
    const path = written.files[0]?.path ?? '';
    expect(path).toMatch(/^files\/01-[\p{L}\p{N}._-]+$/u);
    expect(new Uint8Array(readFileSync(join(dir, path)))).toEqual(PAPER);
    expect(statSync(join(dir, 'person.json')).mode & 0o077).toBe(0);
    const again = await cli('person', 'export', code, '--out', 'copy');
    expect([again.exit, again.err.includes('không trống')]).toEqual([1, true]);
  });

  it('is erased only with --yes, while the service runs: nothing is left, staff and the person are told', async () => {
    expect(await everything()).toContain('Nguyễn Thị Lan');
    const asked = await cli('person', 'erase', code);
    expect([asked.exit, asked.out]).toEqual([1, '']);
    for (const part of [code, '--yes', '1 hồ sơ']) expect(asked.err).toContain(part);
    expect((await copyOf(code)).cases).toMatchObject([{ status: 'new', phone: '+84912345678' }]);

    const done = await cli('person', 'erase', code, '--yes', '--json');
    expect([done.exit, done.err]).toEqual([0, '']);
    expect(JSON.parse(done.out)).toMatchObject({ cases: 1, files: 1, codes: [code] });
    // The service sends what was left for it, and what it still remembered of the person is worth nothing.
    await telegram.until('the card without the person', () =>
      group.seen().find(({ text = '' }) => text.includes(code) && text.includes('đã xóa dữ liệu')),
    );
    const said = await owner.next();
    expect(said.map(({ text }) => text).join()).toContain('Theo yêu cầu gửi tới Trung tâm');
    await owner.say('hồ sơ của tôi');
    expect(owner.seen.at(-1)?.text).not.toContain(code);
    const { html } = await desk.get(`/staff/cases/${code}`);
    expect(html).not.toContain('Lan');
    const left = await everything();
    for (const part of ['Nguyễn Thị Lan', 'bún khô', '912345678', 'ghi chú nội bộ', 'báo giá máy sấy', 'Nga Sơn']) {
      expect([part, left.includes(part)]).toEqual([part, false]);
    }
    expect(left).toContain(code);
    const again = await cli('person', 'erase', code, '--yes', '--json');
    expect([again.exit, (JSON.parse(again.out) as { files: number }).files]).toEqual([0, 0]);
  });

  it('who goes on in two places is one person: copied with both addresses, and gone from both', async () => {
    const lan = telegram.user('Lan');
    const joining =
      /nối kênh (\d{4} \d{4})/.exec((await owner.say('nối kênh')).map(({ text }) => text).join())?.[1] ?? '';
    await lan.text(`nối kênh ${joining}`);
    const asked = await lan.sees(/678/);
    await lan.press(/Đúng|Đồng ý|Phải|Nối|Có/, asked);
    await lan.sees(/Đã nối/);
    const copy = await copyOf(`telegram:${lan.id}`);
    expect(copy.cases.map(({ code: each }) => each)).toEqual([code]);
    expect(copy.addresses.map(({ channel }) => channel).sort()).toEqual(['telegram', 'webchat']);
    expect((await cli('person', 'erase', `telegram:${lan.id}`, '--yes')).exit).toBe(0);
    await lan.sees(/Theo yêu cầu gửi tới Trung tâm/);
    const left = await everything();
    for (const part of ['Nguyễn Thị Lan', 'bún khô', '912345678'])
      expect([part, left.includes(part)]).toEqual([part, false]);
    expect((await owner.say('chào em')).at(-1)?.ask?.id).toBe('menu');
  });

  it('who is not there is refused in words, and a wrong call by its usage', async () => {
    for (const id of ['TH-26-999999', 'webchat:nobody', 'pigeon:1', 'nobody', '']) {
      const copied = await cli('person', 'export', id, '--json');
      const erased = await cli('person', 'erase', id, '--yes');
      expect([id, copied.exit, erased.exit, copied.out]).toEqual([id, 1, 1, '']);
      expect(copied.err).toContain('Không giữ gì của');
    }
    for (const argv of [['person'], ['person', 'export'], ['person', 'erase'], ['person', 'kiss', code]]) {
      const wrong = await cli(...argv);
      expect([argv, wrong.exit, wrong.err.includes('person export')]).toEqual([argv, 2, true]);
    }
    expect(existsSync(join(folder, 'copy'))).toBe(false);
  });
});
