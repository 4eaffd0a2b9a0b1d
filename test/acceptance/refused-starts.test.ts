/** Environments with which the program does not start (contract, section 2): one line that names the variable. */
import { rmSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { launch } from './rig.ts';

const homes: string[] = [];
afterEach(() => homes.splice(0).forEach((home) => rmSync(home, { recursive: true, force: true })));

const telegram = { TELEGRAM_BOT_TOKEN: '1:made-up' };
const zalo = { ZALO_APP_ID: '1', ZALO_APP_SECRET: 's', ZALO_OA_ID: '2', ZALO_OA_SECRET_KEY: 'k' };
const without = (name: string) => Object.fromEntries(Object.entries(zalo).filter(([key]) => key !== name));

const refusals: readonly (readonly [string, Record<string, string>])[] = [
  ['PORT', { PORT: '70000' }],
  ['PORT', { PORT: 'http' }],
  ['PUBLIC_URL', { PUBLIC_URL: 'bot.example.vn' }],
  ['PUBLIC_URL', { PUBLIC_URL: 'http://bot.example.vn' }],
  ['DATABASE_URL', { DATABASE_URL: 'mysql://localhost/x' }],
  ['WEB_CHAT', { WEB_CHAT: 'maybe' }],
  ['LOG_LEVEL', { LOG_LEVEL: 'loud' }],
  ['HANDOVER_HOURS', { HANDOVER_HOURS: 'a day' }],
  ['HANDOVER_HOURS', { HANDOVER_HOURS: '0' }],
  ['STAFF_PROVINCES', { STAFF_PROVINCES: 'thanh-hoa,atlantis' }],
  ['STAFF_PROVINCES', { STAFF_PROVINCES: 'Thanh Hóa' }],
  ['NOW', { NOW: 'yesterday' }],
  ['NOW', { NOW: '2026-11-25T03:00:00Z', NODE_ENV: 'production' }],
  ['TELEGRAM_MODE', { ...telegram, TELEGRAM_MODE: 'push' }],
  ['TELEGRAM_TOKEN', { TELEGRAM_TOKEN: 'x' }],
  ['TELEGRAM_WEBHOOK_SECRET', { ...telegram, TELEGRAM_MODE: 'webhook', PUBLIC_URL: 'https://bot.example.vn' }],
  ['PUBLIC_URL', { ...telegram, TELEGRAM_MODE: 'webhook', TELEGRAM_WEBHOOK_SECRET: 'abc' }],
  ['TELEGRAM_BOT_TOKEN', { TELEGRAM_STAFF_CHAT_ID: '-100123' }],
  ['TELEGRAM_STAFF_CHAT_ID', { ...telegram, TELEGRAM_STAFF_CHAT_ID: '@staff' }],
  ['ZALO_OAID', { ...zalo, ZALO_OAID: '2' }],
  ...Object.keys(zalo).map((name) => [name, without(name)] as const),
  ['ZALO_BOT_TOKEN', { ZALO_BOT_WEBHOOK_SECRET: 's', PUBLIC_URL: 'https://bot.example.vn' }],
];

describe('a start that is refused', () => {
  it.each(refusals)('names %s, in one line, and serves nothing: %o', async (variable, environment) => {
    const launched = launch({ environment });
    homes.push(launched.home);
    const code = await launched.exit;
    const lines = launched.err().trim().split('\n');
    expect([code !== 0, lines.length, lines[0]?.startsWith(`${variable}:`)]).toEqual([true, 1, true]);
    expect(launched.out()).not.toMatch(/http:\/\//);
  });
});
