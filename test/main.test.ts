import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ChatClient } from './support/chat-client.ts';

const MAIN = resolve('dist/main.js');
const CONTENT = resolve('content');

let home: string;
const children: ChildProcess[] = [];

beforeAll(() => {
  const built = spawnSync(process.execPath, ['build.config.js'], { encoding: 'utf8' });
  expect([built.status, built.stderr]).toEqual([0, '']);
});
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'khuyencong-home-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGKILL');
    await new Promise((ended) => child.once('exit', ended));
  }
  rmSync(home, { recursive: true, force: true });
});

interface Run {
  readonly child: ChildProcess;
  out(): string;
  err(): string;
  readonly exit: Promise<number | null>;
}

/** Starts the program as an operator does, in an empty folder, with nothing of our own environment. */
function run(environment: Record<string, string> = {}): Run {
  const env = { PATH: process.env['PATH'] ?? '', HOME: home, PORT: '0', CONTENT_DIR: CONTENT, ...environment };
  const child = spawn(process.execPath, [MAIN], { cwd: home, env });
  children.push(child);
  let out = '';
  let err = '';
  child.stdout.on('data', (data: Buffer) => (out += data.toString()));
  child.stderr.on('data', (data: Buffer) => (err += data.toString()));
  const exit = new Promise<number | null>((ended) => child.once('close', (code) => ended(code)));
  return { child, out: () => out, err: () => err, exit };
}

async function addressOf(running: Run): Promise<string> {
  for (let time = 0; time < 600; time += 1) {
    const found = /^http:\/\/127\.0\.0\.1:\d+$/m.exec(running.out())?.[0];
    if (found !== undefined) return found;
    if (running.child.exitCode !== null) break;
    await new Promise((next) => setTimeout(next, 25));
  }
  throw new Error(`No address was printed: ${running.out()}${running.err()}`);
}

describe('the program', { timeout: 120_000 }, () => {
  it('starts in an empty folder, makes its data, prints its address, and ends with 0 on SIGTERM', async () => {
    const running = run({ PUBLIC_URL: 'https://bot.example.vn' });
    const base = await addressOf(running);
    expect((await fetch(`${base}/readyz`)).status).toBe(200);
    const client = await ChatClient.open(base);
    expect(client.seen.length).toBeGreaterThan(0);
    expect(statSync(join(home, 'data/secret')).mode & 0o777).toBe(0o600);
    expect(existsSync(join(home, 'data/khuyencong.db'))).toBe(true);
    const stream = await fetch(`${base}/chat/stream`, { headers: client.headers });
    running.child.kill('SIGTERM');
    expect(await running.exit).toBe(0);
    await stream.body?.cancel().catch(() => undefined);
    expect(running.err()).not.toContain('"level":50');
  });

  it('keeps sessions and conversations over a kill', async () => {
    const first = run();
    const before = await ChatClient.open(await addressOf(first));
    await before.say('khuyến công là gì');
    first.child.kill('SIGKILL');
    await first.exit;
    const after = await ChatClient.resume(await addressOf(run()), before);
    expect(after.seen).toEqual(before.seen);
  });

  it('runs its clock from NOW', async () => {
    const client = await ChatClient.open(await addressOf(run({ NOW: '2026-11-25T03:00:00Z' })));
    expect(client.last.at).toMatch(/^2026-11-25T03:0/);
  });

  it('reads .env of its folder', async () => {
    writeFileSync(join(home, '.env'), 'WEB_CHAT=off\n');
    const base = await addressOf(run());
    expect((await fetch(base)).status).toBe(404);
    expect((await fetch(`${base}/readyz`)).status).toBe(200);
  });

  it.each([
    ['TELEGRAM_BOT_TOKN', { TELEGRAM_BOT_TOKN: '1:x' }],
    ['TELEGRAM_BOT_TOKEN', { TELEGRAM_STAFF_CHAT_ID: '-1001' }],
    ['WEB_CHAT', { WEB_CHAT: 'maybe' }],
    ['NOW', { NOW: '2026-11-25T03:00:00Z', NODE_ENV: 'production' }],
    ['STAFF_PROVINCES', { STAFF_PROVINCES: 'atlantis' }],
    ['DATABASE_URL', { DATABASE_URL: 'file:/dev/null/x.db' }],
  ])('does not start with a wrong %s: one line names it, exit 1', async (name, environment) => {
    const running = run(environment);
    expect(await running.exit).toBe(1);
    const lines = running.err().trim().split('\n');
    expect(lines.filter((line) => !line.startsWith('{'))).toEqual([expect.stringMatching(new RegExp(`^${name}: `))]);
    expect(running.out()).toBe('');
  });
});
