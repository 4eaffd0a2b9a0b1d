/** One run of one bot: a fresh process on a fresh database, warmed up, then measured while people write to it. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applyMigrations } from '../../src/storage/migrate.ts';
import { openFakeApi, type FakeApi } from './fake-api.ts';

export type BotName = 'ours' | 'peer';

export interface Run {
  readonly turnsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Resident memory at the end, MB. */
  readonly memoryMb: number;
}

export interface BotRun extends Run {
  /** Processor time of the bot for one turn, ms: of all figures the one that a busy machine changes least. */
  readonly cpuMs: number;
}

const WARM_UP_MS = 3_000;
/** What each person says; then another person comes. Six turns, five of them answers. */
const SAID: Readonly<Record<BotName, readonly string[]>> = {
  ours: ['/start', '1', '1', '1', '1', 'xã Nga Sơn, Thanh Hóa'],
  peer: ['/start', '1', '1', '1', 'xã Nga Sơn, Thanh Hóa', '12'],
};

export async function runOnce(bot: BotName, chats: number, seconds: number): Promise<BotRun> {
  const api = await openFakeApi();
  const folder = mkdtempSync(join(tmpdir(), 'khuyencong-bench-'));
  if (bot === 'peer') await applyMigrations(`file:${join(folder, 'peer.db')}`);
  const child = spawn(process.execPath, argsOf(bot, folder, api.root), {
    cwd: folder,
    env: envOf(bot, folder, api.root),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  try {
    const until = { warm: Infinity, end: Infinity };
    const times: number[] = [];
    const people = Array.from({ length: chats }, (_, index) => talk(api, bot, 1_000 + index, chats, until, times));
    await Promise.race(people.map(({ first }) => first));
    await sleep(WARM_UP_MS);
    const before = processorMs(child.pid ?? 0);
    until.warm = performance.now();
    until.end = until.warm + seconds * 1000;
    await Promise.all(people.map(({ done }) => done));
    const cpuMs = (processorMs(child.pid ?? 0) - before) / times.length;
    const memoryMb = residentMb(child.pid ?? 0);
    const sorted = times.sort((a, b) => a - b);
    return {
      turnsPerSecond: sorted.length / seconds,
      p50Ms: at(sorted, 0.5),
      p99Ms: at(sorted, 0.99),
      cpuMs,
      memoryMb,
    };
  } finally {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    api.close();
    await gone;
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A chat that writes as soon as it is answered, as one new person after another. */
function talk(
  api: FakeApi,
  bot: BotName,
  start: number,
  step: number,
  until: { readonly warm: number; readonly end: number },
  times: number[],
): { readonly first: Promise<unknown>; readonly done: Promise<void> } {
  let answered = (): void => undefined;
  const first = new Promise<void>((resolve) => (answered = resolve));
  const done = (async () => {
    // The first person of a chat leaves early, each at another point: people do not answer in step with each other.
    let said: readonly string[] = SAID[bot].slice(0, 1 + (start % SAID[bot].length));
    for (let chat = start; ; chat += step, said = SAID[bot]) {
      for (const text of said) {
        const asked = performance.now();
        if (asked > until.end) return;
        await api.say(chat, text);
        const now = performance.now();
        answered();
        if (asked >= until.warm && now <= until.end) times.push(now - asked);
      }
    }
  })();
  return { first, done };
}

const root = join(import.meta.dirname, '../..');

const argsOf = (bot: BotName, folder: string, apiRoot: string): string[] =>
  bot === 'ours'
    ? [join(root, 'dist/main.js')]
    : [join(import.meta.dirname, 'main.js'), 'peer', join(folder, 'peer.db'), apiRoot];

function envOf(bot: BotName, folder: string, apiRoot: string): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env;
  if (bot === 'peer') return { PATH, HOME };
  return {
    PATH,
    HOME,
    PORT: '0',
    DATABASE_URL: `file:${join(folder, 'ours.db')}`,
    CONTENT_DIR: join(root, 'content'),
    APP_SECRET: 'a-secret-of-the-benchmark-only',
    LOG_LEVEL: 'warn',
    TELEGRAM_BOT_TOKEN: '1:ours',
    TELEGRAM_API_ROOT: apiRoot,
  };
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

/** Linux only (with its 100 ticks a second), as the next; elsewhere not a number. */
export function processorMs(pid: number): number {
  try {
    const [, figures = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
    const [user, system] = figures.split(' ').slice(11);
    return (Number(user) + Number(system)) * 10;
  } catch {
    return Number.NaN;
  }
}

export function residentMb(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
}
