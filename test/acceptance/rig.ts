/**
 * The program as an operator runs it: `node dist/main.js` in a folder of its own, with an environment of its own, spoken to
 * over HTTP only. Everything that acceptance tests know of it is what stands in the contract.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import Database from 'better-sqlite3';

export const ROOT = resolve('.');
const MAIN = resolve('dist/main.js');
const CONTENT = resolve('content');

export interface Started {
  readonly base: string;
  readonly home: string;
  readonly child: ChildProcess;
  out(): string;
  err(): string;
  readonly exit: Promise<number | null>;
  /** Ends it (SIGTERM unless another signal is named) and gives its exit code; `keep` leaves its folder. */
  stop(signal?: NodeJS.Signals, keep?: 'keep'): Promise<number | null>;
}

export interface Starting {
  readonly environment?: Readonly<Record<string, string>>;
  /** The folder of an earlier start. */
  readonly home?: string;
}

/** Starts the program without waiting for it. */
export function launch({
  environment = {},
  home = mkdtempSync(join(tmpdir(), 'khuyencong-acceptance-')),
}: Starting = {}) {
  const env = { PATH: process.env['PATH'] ?? '', HOME: home, PORT: '0', CONTENT_DIR: CONTENT, ...environment };
  const child = spawn(process.execPath, [MAIN], { cwd: home, env });
  let out = '';
  let err = '';
  child.stdout.on('data', (data: Buffer) => (out += data.toString()));
  child.stderr.on('data', (data: Buffer) => (err += data.toString()));
  const exit = new Promise<number | null>((ended) => child.once('close', (code) => ended(code)));
  return { child, home, out: () => out, err: () => err, exit };
}

/** Starts it and waits until it says where it listens and is ready. */
export async function start(starting: Starting = {}): Promise<Started> {
  const launched = launch(starting);
  const { child, home, exit } = launched;
  const base = await until(
    'an address',
    () => /^http:\/\/127\.0\.0\.1:\d+$/m.exec(launched.out())?.[0] ?? (child.exitCode === null ? null : ''),
  );
  if (base === '') throw new Error(`It did not start: ${launched.out()}${launched.err()}`);
  await until('readiness', async () => (await fetch(`${base}/readyz`)).status === 200);
  return {
    ...launched,
    base,
    async stop(signal = 'SIGTERM', keep) {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      const code = await exit;
      if (keep === undefined) rmSync(home, { recursive: true, force: true });
      return code;
    },
  };
}

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line in the folder of a service, as an operator does beside it. */
export function cli(home: string, args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const env = { PATH: process.env['PATH'] ?? '', HOME: home, CONTENT_DIR: CONTENT, ...environment };
  const child = spawn(process.execPath, [resolve('dist/cli.js'), ...args], { cwd: home, env });
  let out = '';
  let err = '';
  child.stdout.on('data', (data: Buffer) => (out += data.toString()));
  child.stderr.on('data', (data: Buffer) => (err += data.toString()));
  return new Promise<Ran>((ended) => child.once('close', (code) => ended({ code, out, err })));
}

/** Looks again and again until there is something, for a minute at least: other tests may keep the machine busy. */
export async function until<T>(what: string, look: () => T | Promise<T>): Promise<NonNullable<T>> {
  for (let time = 0; time < 2_400; time += 1) {
    const found = await look();
    if (found !== null && found !== undefined && found !== false) return found;
    await new Promise((next) => setTimeout(next, 25));
  }
  throw new Error(`Never came: ${what}`);
}

/** Every byte that the program keeps in its `data` folder, the write-ahead log included, as text. */
export function keptBytes(home: string): string {
  const folder = join(home, 'data');
  return readdirSync(folder)
    .map((name) => readFileSync(join(folder, name)).toString('utf8'))
    .join('\n');
}

/** Every row of every table, as text. */
export function keptRows(home: string): string {
  const db = new Database(join(home, 'data', 'khuyencong.db'), { readonly: true });
  const tables = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all() as string[];
  const rows = tables.flatMap((table) => db.prepare(`SELECT * FROM "${table}"`).all());
  db.close();
  return JSON.stringify(rows);
}
