import { describe, expect, it } from 'vitest';
import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError, parseConfig, variableNames } from '../src/config.ts';
import { keptSecret } from '../src/kept-secret.ts';

const parse = (environment: Record<string, string>) => parseConfig(environment, () => 'made-for-the-test');

function refusal(environment: Record<string, string>): ConfigError {
  try {
    parse(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('The environment was taken');
}

const TELEGRAM = { TELEGRAM_BOT_TOKEN: '1:abc' };
const ZALO = { ZALO_APP_ID: '1', ZALO_APP_SECRET: 's', ZALO_OA_ID: '2', ZALO_OA_SECRET_KEY: 'k' };

describe('the environment', () => {
  it('needs nothing: an empty one serves the browser chat on SQLite', () => {
    expect(parse({})).toEqual({
      host: '127.0.0.1',
      port: 3000,
      publicUrl: null,
      databaseUrl: 'file:./data/khuyencong.db',
      contentDir: './content',
      secret: 'made-for-the-test',
      webChat: true,
      telegram: null,
      zalo: null,
      zaloBot: null,
      provinces: null,
      handoverHours: 24,
      logLevel: 'info',
      now: null,
    });
  });

  it('takes an empty value for an absent one, as a copied .env.example leaves it', () => {
    expect(parse({ TELEGRAM_BOT_TOKEN: '', PORT: ' ', NOW: '' })).toEqual(parse({}));
  });

  it('makes no secret where one is given', () => {
    const config = parseConfig({ APP_SECRET: 'long-enough' }, () => {
      throw new Error('asked');
    });
    expect(config.secret).toBe('long-enough');
  });

  it.each([
    [{}, true],
    [TELEGRAM, false],
    [ZALO, false],
    [{ ZALO_BOT_TOKEN: '1:a' }, false],
    [{ ...TELEGRAM, WEB_CHAT: 'on' }, true],
    [{ WEB_CHAT: 'off' }, false],
  ])('opens the browser chat by default only without a messaging channel: %j', (environment, on) => {
    expect(parse(environment).webChat).toBe(on);
  });

  it('has webhook settings only in webhook mode', () => {
    expect(parse({ ...TELEGRAM, TELEGRAM_STAFF_CHAT_ID: '-100123' }).telegram).toEqual({
      token: '1:abc',
      apiRoot: 'https://api.telegram.org',
      staffChatId: '-100123',
      updates: { mode: 'polling' },
    });
    const webhook = {
      ...TELEGRAM,
      TELEGRAM_MODE: 'webhook',
      TELEGRAM_WEBHOOK_SECRET: 'abc_1-2',
      PUBLIC_URL: 'https://bot.example.vn/',
    };
    expect(parse(webhook).telegram?.updates).toEqual({
      mode: 'webhook',
      secret: 'abc_1-2',
      url: 'https://bot.example.vn/webhooks/telegram',
    });
  });

  it('starts an Official Account that has keys but no token yet', () => {
    expect(parse(ZALO).zalo).toMatchObject({ appId: '1', accessToken: null, apiRoot: 'https://openapi.zalo.me' });
  });

  it.each([
    ['TELEGRAM_BOT_TOKN', { TELEGRAM_BOT_TOKN: '1:abc' }],
    ['ZALO_OA_SECRET', { ZALO_OA_SECRET: 'k' }],
    ['PORT', { PORT: 'three' }],
    ['PORT', { PORT: '65536' }],
    ['PUBLIC_URL', { PUBLIC_URL: 'http://bot.example.vn' }],
    ['PUBLIC_URL', { PUBLIC_URL: 'bot.example.vn' }],
    ['DATABASE_URL', { DATABASE_URL: 'mysql://localhost/x' }],
    ['WEB_CHAT', { WEB_CHAT: 'yes' }],
    ['LOG_LEVEL', { LOG_LEVEL: 'loud' }],
    ['HANDOVER_HOURS', { HANDOVER_HOURS: '0' }],
    ['HANDOVER_HOURS', { HANDOVER_HOURS: '-1' }],
    ['STAFF_PROVINCES', { STAFF_PROVINCES: 'Thanh Hóa' }],
    ['APP_SECRET', { APP_SECRET: 'short' }],
    ['NOW', { NOW: 'yesterday' }],
    ['NOW', { NOW: '2026-13-01T00:00:00Z' }],
    ['NOW', { NOW: '2026-11-25T08:00:00Z', NODE_ENV: 'production' }],
    ['TELEGRAM_MODE', { ...TELEGRAM, TELEGRAM_MODE: 'push' }],
    ['TELEGRAM_STAFF_CHAT_ID', { ...TELEGRAM, TELEGRAM_STAFF_CHAT_ID: '@group' }],
    ['TELEGRAM_BOT_TOKEN', { TELEGRAM_STAFF_CHAT_ID: '-100123' }],
    ['TELEGRAM_WEBHOOK_SECRET', { ...TELEGRAM, TELEGRAM_MODE: 'webhook', PUBLIC_URL: 'https://a.vn' }],
    ['PUBLIC_URL', { ...TELEGRAM, TELEGRAM_MODE: 'webhook', TELEGRAM_WEBHOOK_SECRET: 'x' }],
    ['ZALO_OA_SECRET_KEY', { ZALO_APP_ID: '1', ZALO_APP_SECRET: 's', ZALO_OA_ID: '2' }],
    ['ZALO_APP_ID', { ZALO_ACCESS_TOKEN: 'x' }],
    ['ZALO_BOT_TOKEN', { ZALO_BOT_WEBHOOK_SECRET: 'x' }],
    ['PUBLIC_URL', { ZALO_BOT_TOKEN: '1:a', ZALO_BOT_WEBHOOK_SECRET: 'x' }],
  ])('is refused in one line that begins with %s: %j', (variable, environment) => {
    const { message } = refusal(environment);
    expect(message.startsWith(`${variable}: `)).toBe(true);
    expect(message).not.toContain('\n');
  });

  it.each([
    ['2026-11-25T08:00:00Z', '2026-11-25T08:00:00.000Z'],
    ['2026-11-25T08:00:00+07:00', '2026-11-25T01:00:00.000Z'],
    ['2026-11-25T08:00', '2026-11-25T01:00:00.000Z'],
    ['2013-01-01', '2012-12-31T17:00:00.000Z'],
  ])('reads NOW=%s as %s, Vietnam time where it says none', (text, instant) => {
    expect(parse({ NOW: text }).now).toBe(instant);
  });

  it('lists every variable in .env.example with a comment line, and no other', () => {
    const lines = readFileSync('.env.example', 'utf8').split('\n');
    const listed = lines.flatMap((line, at) => {
      const name = /^#? ?([A-Z][A-Z_]+)=/.exec(line)?.[1];
      if (name === undefined) return [];
      expect(lines[at - 1], name).toMatch(/^# [^=]+/);
      return [name];
    });
    expect([...listed].sort()).toEqual([...variableNames].sort());
  });
});

describe('the kept secret', () => {
  it('is made once, is long, and can be read by its own user only', () => {
    const dir = join(mkdtempSync(join(tmpdir(), 'secret-')), 'data');
    const first = keptSecret(dir);
    expect(first).toMatchObject({ ok: true, value: expect.stringMatching(/^[\w-]{43}$/) });
    expect(keptSecret(dir)).toEqual(first);
    expect(statSync(join(dir, 'secret')).mode & 0o777).toBe(0o600);
  });

  it('is refused when its folder cannot be made', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'secret-')), 'data');
    writeFileSync(file, '');
    expect(keptSecret(file).ok).toBe(false);
  });
});
