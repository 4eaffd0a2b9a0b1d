import { expect, it } from 'vitest';
import { runCli } from '../../src/cli/run.ts';

async function doctor(env: Record<string, string>, ...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runCli(['doctor', ...args], {
    env,
    cwd: process.cwd(),
    clock: () => '2026-11-25T03:00:00.000Z',
    newId: () => 'id',
    out: (text) => out.push(text),
    err: (text) => err.push(text),
  });
  return { code, out, err };
}

const FREE = { PORT: '0', DATABASE_URL: 'file:/tmp/no-such-folder-of-doctor/x.db' };

it('names the variable that is wrong, and ends with 1', async () => {
  const { code, out } = await doctor({ ...FREE, TELEGRAM_STAFF_CHAT_ID: '-1' });
  expect(code).toBe(1);
  expect(out.join('\n')).toMatch(/^✗ config: .*TELEGRAM_BOT_TOKEN/m);
});

it('says one line a check, and what is left to do at the first start', async () => {
  const { out } = await doctor(FREE);
  expect(out.map((line) => /^[✓!✗] ([\w-]+): \S/.exec(line)?.[1])).toEqual(
    expect.arrayContaining(['node', 'config', 'secret', 'database', 'content', 'webchat', 'web', 'telegram', 'zalo']),
  );
  expect(out.join('\n')).toMatch(/^! database: SQLite|^! database: .*SQLite/m);
});

it('tells a dead Bot API from a refused token, and never shows the token', async () => {
  const { code, out } = await doctor({
    ...FREE,
    TELEGRAM_BOT_TOKEN: '42:hidden',
    TELEGRAM_API_ROOT: 'http://127.0.0.1:9',
  });
  expect(code).toBe(1);
  expect(out.join('\n')).toMatch(/^✗ telegram: .*127\.0\.0\.1:9/m);
  expect(out.join('\n')).not.toContain('hidden');
});

it('refuses provinces that the content does not know', async () => {
  const { out } = await doctor({ ...FREE, STAFF_PROVINCES: 'thanh-hoa,atlantis' });
  expect(out.join('\n')).toMatch(/^✗ (provinces: .*atlantis|content: )/m);
});

it('gives one JSON document with --json', async () => {
  const { out } = await doctor(FREE, '--json');
  const findings = JSON.parse(out.join('\n')) as { topic: string; state: string; text: string }[];
  expect(findings.every(({ text }) => text.length > 3 && !text.includes('{{'))).toBe(true);
});
