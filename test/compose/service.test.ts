import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { startService, StartRefused } from '../../src/compose/index.ts';
import { parseConfig } from '../../src/config.ts';
import { openLog } from '../../src/log.ts';
import { caseCodeIn, ChatClient } from '../support/chat-client.ts';
import { noodleMaker } from '../support/journey.ts';
import { startRunningService, type RunningService } from '../support/running-service.ts';

let service: RunningService | null = null;
const folders: string[] = [];
afterEach(async () => {
  await service?.stop();
  service = null;
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const start = async (options?: Parameters<typeof startRunningService>[0]) =>
  (service = await startRunningService(options));

function contentCopy(): string {
  const folder = mkdtempSync(join(tmpdir(), 'khuyencong-content-'));
  folders.push(folder);
  cpSync('content', folder, { recursive: true });
  return folder;
}

const ready = async (base: string) => {
  const answer = await fetch(`${base}/readyz`);
  return { status: answer.status, ...((await answer.json()) as { ok: boolean; warnings: string[] }) };
};

async function until<T>(read: () => Promise<T>, holds: (value: T) => boolean): Promise<T> {
  for (let time = 0; time < 400; time += 1) {
    const value = await read();
    if (holds(value)) return value;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`It never came to be: ${JSON.stringify(await read())}`);
}

describe('the service', { timeout: 120_000 }, () => {
  it('is ready with nothing configured, and greets with a menu', async () => {
    const { base } = await start();
    expect(await ready(base)).toEqual({ status: 200, ok: true, warnings: [] });
    const client = await ChatClient.open(base);
    expect(client.ask).toEqual({ id: 'menu', kind: 'choice' });
    expect(client.last.choices.map(({ value }) => value)).toEqual(
      expect.arrayContaining(['eligibility', 'policy', 'faq', 'registration', 'status', 'staff', 'data']),
    );
  });

  it('takes an owner from the greeting to a case code', async () => {
    const { base } = await start();
    const client = await ChatClient.open(base);
    const said = await client.follow(noodleMaker, (messages) => caseCodeIn(messages) !== null);
    expect(caseCodeIn(said)).toMatch(/^TH-26-\d{6}$/);
  });

  it('remembers the conversation after it was stopped and started again', async () => {
    const first = await start();
    const before = await ChatClient.open(first.base);
    await before.follow(noodleMaker, () => before.ask?.id === 'phone');
    await first.stop('keep');
    const second = await start({ database: first.database });
    const after = await ChatClient.resume(second.base, before);
    expect(after.seen).toEqual(before.seen);
    const said = await after.follow(noodleMaker, (messages) => caseCodeIn(messages) !== null);
    expect(caseCodeIn(said)).not.toBeNull();
  });

  it('answers a repeated message once', async () => {
    const { base } = await start();
    const client = await ChatClient.open(base);
    await client.post({ text: 'xin chào' }, 'same');
    const once = await client.read();
    await client.post({ text: 'xin chào' }, 'same');
    expect([once.length > 0, await client.read()]).toEqual([true, []]);
    expect(await (await fetch(`${base}/metrics`)).text()).toContain(
      'khuyencong_duplicates_dropped_total{channel="webchat"} 1',
    );
  });

  it('works on while a platform is out of reach, and names it at /readyz', async () => {
    const environment = { TELEGRAM_BOT_TOKEN: '1:x', TELEGRAM_API_ROOT: 'http://127.0.0.1:9' };
    const { base } = await start({ environment });
    const seen = await until(
      () => ready(base),
      ({ warnings }) => warnings.length > 0,
    );
    expect(seen).toMatchObject({ status: 503, ok: false, notReady: { telegram: 'starting' } });
    expect((await ChatClient.open(base)).ask?.id).toBe('menu');
  });

  it('counts its turns', async () => {
    const { base } = await start();
    const client = await ChatClient.open(base);
    await client.say('menu');
    const metrics = await (await fetch(`${base}/metrics`)).text();
    expect(metrics).toContain('khuyencong_turns_total{channel="webchat"} 2');
    expect(metrics).toContain('khuyencong_outbox_depth 0');
  });

  it('keeps names, phones, words and tokens out of its log, also at the level debug', async () => {
    const { base, log } = await start();
    const client = await ChatClient.open(base);
    await client.follow(noodleMaker, (messages) => caseCodeIn(messages) !== null);
    await client.post({ text: 'một câu rất lạ 0987654321' });
    const lines = log.join('\n');
    expect(log.length).toBeGreaterThan(20);
    for (const secret of ['Lan', 'bún', '912345678', '0987654321', 'câu rất lạ', client.token, 'Nga Sơn']) {
      expect([secret, lines.includes(secret)]).toEqual([secret, false]);
    }
  });

  it('goes on with a new session after the person was erased in the chat', async () => {
    const { base } = await start();
    const client = await ChatClient.open(base);
    await client.follow(noodleMaker, () => client.ask?.id === 'phone');
    await client.say('dữ liệu');
    const erase = client.last.choices.find(({ id }) => /erase/i.test(id));
    await client.choose(erase?.id ?? 'no such choice');
    const said = await client.follow({ '*': 'yes' }, (messages) => messages.at(-1)?.ask?.id !== 'confirm');
    expect(said.length).toBeGreaterThan(0);
    const page = await fetch(`${base}/chat/messages?own=1`, { headers: client.headers });
    expect(await page.text()).not.toContain('Lan');
    expect((await client.say('xin chào')).length).toBeGreaterThan(0);
  });
});

describe('content that changes while the service runs', { timeout: 120_000 }, () => {
  it('is swapped when it is right, and told at /readyz when it is not', async () => {
    const dir = contentCopy();
    const { base } = await start({ environment: { CONTENT_DIR: dir } });
    const file = join(dir, 'texts/vi/web.yaml');
    const good = readFileSync(file, 'utf8');
    const title = async () => /<title>(.*)<\/title>/.exec(await (await fetch(base)).text())?.[1];
    writeFileSync(file, good.replace(/^title: .*/m, 'title: Tên mới'));
    await until(title, (text) => text === 'Tên mới');
    writeFileSync(file, 'title: [');
    const warned = await until(
      () => ready(base),
      ({ warnings }) => warnings.length > 0,
    );
    expect(warned).toMatchObject({ status: 200, ok: true });
    expect(warned.warnings[0]).toMatch(/texts\/vi\/web\.yaml:\d+ /);
    expect(await title()).toBe('Tên mới');
    writeFileSync(file, good);
    await until(
      () => ready(base),
      ({ warnings }) => warnings.length === 0,
    );
    expect(await title()).not.toBe('Tên mới');
  });
});

describe('a start', { timeout: 120_000 }, () => {
  const refusal = async (environment: Record<string, string>): Promise<readonly string[]> => {
    const config = parseConfig({ PORT: '0', DATABASE_URL: 'file:/dev/null/x.db', ...environment }, () => 'secret');
    const world = {
      clock: () => '2026-11-25T03:00:00.000Z',
      nowMs: () => 0,
      newId: () => 'id',
      log: openLog('silent'),
    };
    const outcome = await startService(config, world).catch((error: unknown) => error);
    if (!(outcome instanceof StartRefused)) throw new Error(`Not refused: ${String(outcome)}`);
    return outcome.lines;
  };

  it('is refused for broken content, by file and line, in Vietnamese', async () => {
    const dir = contentCopy();
    writeFileSync(join(dir, 'faq/broken.md'), '---\ntopic: [\n---\n');
    const lines = await refusal({ CONTENT_DIR: dir });
    expect(lines.join('\n')).toMatch(/faq\/broken\.md:\d+ .*[ảàáạãăâđêôơư]/);
  });

  it('is refused for a province that the content does not know', async () => {
    expect(await refusal({ STAFF_PROVINCES: 'thanh-hoa,atlantis' })).toEqual([
      expect.stringMatching(/^STAFF_PROVINCES: .*atlantis/),
    ]);
  });

  it('is refused when the database cannot be opened', async () => {
    expect(await refusal({})).toEqual([expect.stringMatching(/^DATABASE_URL: /)]);
  });

  it('is refused when the port is taken', async () => {
    const { base, database } = await start();
    const port = new URL(base).port;
    expect(await refusal({ PORT: port, DATABASE_URL: database.url })).toEqual([
      expect.stringMatching(new RegExp(`^PORT: ${port} `)),
    ]);
  });
});
