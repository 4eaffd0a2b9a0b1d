/**
 * The environment as a `Config`: read once, here only, and refused as a whole when anything in it is unknown or half
 * set, so that the service never starts half-deaf. `.env.example` lists the variables (a test keeps the two alike).
 */
import { existsSync } from 'node:fs';
import { z } from 'zod';
import type { Instant } from './base/index.ts';
import { keptSecret } from './kept-secret.ts';
import type { LogLevel } from './log.ts';

export interface Config {
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** Without a slash at its end. */
  readonly publicUrl: string | null;
  /** `file:…` is SQLite, `postgresql://…` is PostgreSQL. */
  readonly databaseUrl: string;
  readonly contentDir: string;
  /** Signs sessions and links, encrypts stored platform tokens. */
  readonly secret: string;
  readonly webChat: boolean;
  readonly telegram: TelegramConfig | null;
  readonly zalo: ZaloConfig | null;
  readonly zaloBot: ZaloBotConfig | null;
  /** Ids of the provinces served; null: all. Checked against the content at start. */
  readonly provinces: readonly string[] | null;
  readonly handoverHours: number;
  readonly logLevel: LogLevel;
  /** Where the clock starts; null: it is the real one. */
  readonly now: Instant | null;
}

export interface TelegramConfig {
  readonly token: string;
  readonly apiRoot: string;
  readonly staffChatId: string | null;
  readonly updates:
    { readonly mode: 'polling' } | { readonly mode: 'webhook'; readonly secret: string; readonly url: string };
}

export interface ZaloConfig {
  readonly appId: string;
  readonly appSecret: string;
  readonly oaId: string;
  readonly oaSecretKey: string;
  /** Seeds of the token store, used only while it is empty. */
  readonly refreshToken: string | null;
  readonly accessToken: string | null;
  readonly apiRoot: string;
  readonly oauthRoot: string;
  readonly businessRoot: string;
  readonly pkceVerifier: string | null;
  readonly replyTemplate: string | null;
}

export interface ZaloBotConfig {
  readonly token: string;
  readonly apiRoot: string;
  /** With a secret the platform calls our webhook; without one we poll. */
  readonly updates:
    { readonly mode: 'polling' } | { readonly mode: 'webhook'; readonly secret: string; readonly url: string };
}

/** What is wrong with the environment, in one line that begins with the variable's name. */
export class ConfigError extends Error {
  readonly variable: string;
  constructor(variable: string, problem: string) {
    super(`${variable}: ${problem}`);
    this.name = 'ConfigError';
    this.variable = variable;
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the process's environment, with `.env` of the working folder where there is one. Throws `ConfigError`. */
export function readConfig(): Config {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return parseConfig(process.env, () => {
    const kept = keptSecret('data');
    if (kept.ok) return kept.value;
    throw new ConfigError('APP_SECRET', kept.error);
  });
}

/** Reads an environment; `makeSecret` is asked only when it holds no `APP_SECRET`. Throws `ConfigError`. */
export function parseConfig(environment: Environment, makeSecret: () => string): Config {
  refuseUnknownNames(environment);
  const set = Object.fromEntries(
    Object.keys(variables.shape).flatMap((name) => {
      const value = environment[name]?.trim();
      return value === undefined || value === '' ? [] : [[name, value]];
    }),
  );
  const read = variables.safeParse(set);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new ConfigError(String(issue?.path[0]), issue?.message ?? 'unknown value');
  }
  const env = read.data;
  if (env.NOW !== undefined && environment['NODE_ENV'] === 'production') {
    throw new ConfigError('NOW', 'is refused when NODE_ENV=production');
  }
  const telegram = telegramOf(env);
  const zalo = zaloOf(env);
  const zaloBot = zaloBotOf(env);
  return {
    host: env.HOST,
    port: env.PORT,
    publicUrl: env.PUBLIC_URL ?? null,
    databaseUrl: env.DATABASE_URL,
    contentDir: env.CONTENT_DIR,
    webChat:
      env.WEB_CHAT === undefined ? telegram === null && zalo === null && zaloBot === null : env.WEB_CHAT === 'on',
    telegram,
    zalo,
    zaloBot,
    provinces: env.STAFF_PROVINCES ?? null,
    handoverHours: env.HANDOVER_HOURS,
    logLevel: env.LOG_LEVEL,
    now: env.NOW ?? null,
    secret: env.APP_SECRET ?? makeSecret(),
  };
}

const word = z.string().regex(/^\S+$/, 'must not hold spaces');

const httpUrl = word.transform((text, context) => {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text.replace(/\/+$/, '');
  context.addIssue({ code: 'custom', message: 'must be a web address such as https://example.vn' });
  return z.NEVER;
});

const publicUrl = httpUrl.refine(
  (text) => text.startsWith('https:') || ['localhost', '127.0.0.1', '[::1]'].includes(new URL(text).hostname),
  'must begin with https://',
);

/** ISO date-time; without an offset it is Vietnam time. */
const moment = z.string().transform((text, context) => {
  const form = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$/.exec(text);
  const dated = text.length === 10 ? `${text}T00:00:00+07:00` : form?.[1] === undefined ? `${text}+07:00` : text;
  const time = form === null ? Number.NaN : Date.parse(dated.replace(' ', 'T'));
  if (!Number.isNaN(time)) return new Date(time).toISOString();
  context.addIssue({ code: 'custom', message: 'must be a date and time such as 2026-11-25T08:00:00+07:00' });
  return z.NEVER;
});

const wholeNumber = (from: number, to: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `must be a whole number from ${from} to ${to}`)
    .transform(Number)
    .refine((number) => number >= from && number <= to, `must be a whole number from ${from} to ${to}`);

const oneOf = <const Words extends readonly [string, ...string[]]>(words: Words) =>
  z.enum(words, { error: `must be one of: ${words.join(', ')}` });

/** Every variable that we know. An absent one has its default here, a channel's in its variant below. */
const variables = z.object({
  HOST: word.default('127.0.0.1'),
  PORT: wholeNumber(0, 65_535).default(3000),
  PUBLIC_URL: publicUrl.optional(),
  DATABASE_URL: z
    .string()
    .regex(/^(file:.+|postgres(ql)?:\/\/.+)$/, 'must begin with file: (SQLite) or postgresql:// (PostgreSQL)')
    .default('file:./data/khuyencong.db'),
  CONTENT_DIR: z.string().default('./content'),
  APP_SECRET: word.min(8, 'must have 8 characters or more').optional(),
  WEB_CHAT: oneOf(['on', 'off']).optional(),
  TELEGRAM_BOT_TOKEN: word.optional(),
  TELEGRAM_MODE: oneOf(['polling', 'webhook']).optional(),
  TELEGRAM_WEBHOOK_SECRET: z
    .string()
    .regex(/^[\w-]{1,256}$/, 'may hold only A-Z a-z 0-9 _ and -, at most 256 of them')
    .optional(),
  TELEGRAM_API_ROOT: httpUrl.optional(),
  TELEGRAM_STAFF_CHAT_ID: z
    .string()
    .regex(/^-?\d{1,20}$/, 'must be the number of a chat, such as -1001234567890')
    .optional(),
  STAFF_PROVINCES: z
    .string()
    .transform((text) => text.split(/[\s,;]+/).filter((id) => id !== ''))
    .refine(
      (ids) => ids.every((id) => /^[a-z]+(-[a-z]+)*$/.test(id)),
      'must be province ids such as thanh-hoa,hung-yen',
    )
    .transform((ids) => (ids.length === 1 && ids[0] === 'all' ? null : ids))
    .optional(),
  HANDOVER_HOURS: z
    .string()
    .regex(/^\d{1,4}(\.\d{1,4})?$/, 'must be a number of hours, such as 24')
    .transform(Number)
    .refine((hours) => hours > 0, 'must be more than 0')
    .default(24),
  ZALO_APP_ID: word.optional(),
  ZALO_APP_SECRET: word.optional(),
  ZALO_OA_ID: word.optional(),
  ZALO_OA_SECRET_KEY: word.optional(),
  ZALO_REFRESH_TOKEN: word.optional(),
  ZALO_ACCESS_TOKEN: word.optional(),
  ZALO_API_ROOT: httpUrl.optional(),
  ZALO_OAUTH_ROOT: httpUrl.optional(),
  ZALO_BUSINESS_ROOT: httpUrl.optional(),
  ZALO_PKCE_VERIFIER: word.optional(),
  ZALO_ZBS_TEMPLATE_REPLY: word.optional(),
  ZALO_BOT_TOKEN: word.optional(),
  ZALO_BOT_WEBHOOK_SECRET: word.optional(),
  ZALO_BOT_API_ROOT: httpUrl.optional(),
  LOG_LEVEL: oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  NOW: moment.optional(),
});

type Variables = z.infer<typeof variables>;

/** Names of all variables, for the test that compares them with `.env.example`. */
export const variableNames: readonly string[] = Object.keys(variables.shape);

function refuseUnknownNames(environment: Environment) {
  for (const name of Object.keys(environment)) {
    if (/^(TELEGRAM|ZALO)_/i.test(name) && !variableNames.includes(name)) {
      throw new ConfigError(name, 'is no variable of this program (see .env.example)');
    }
  }
}

/** A channel's variables are set together: refuses any of `prefix` while one of `needed` is missing. */
function complete(env: Variables, prefix: RegExp, needed: readonly (keyof Variables)[]): boolean {
  const given = Object.keys(env).filter((name) => prefix.test(name) && env[name as keyof Variables] !== undefined);
  if (given.length === 0) return false;
  const missing = needed.find((name) => env[name] === undefined);
  if (missing !== undefined) throw new ConfigError(missing, `is required because ${given[0]} is set`);
  return true;
}

function webhookUrl(env: Variables, path: string, because: string): string {
  if (env.PUBLIC_URL === undefined) throw new ConfigError('PUBLIC_URL', `is required because ${because}`);
  return `${env.PUBLIC_URL}/webhooks/${path}`;
}

function telegramOf(env: Variables): TelegramConfig | null {
  if (!complete(env, /^TELEGRAM_/, ['TELEGRAM_BOT_TOKEN']) || env.TELEGRAM_BOT_TOKEN === undefined) return null;
  const common = {
    token: env.TELEGRAM_BOT_TOKEN,
    apiRoot: env.TELEGRAM_API_ROOT ?? 'https://api.telegram.org',
    staffChatId: env.TELEGRAM_STAFF_CHAT_ID ?? null,
  };
  if (env.TELEGRAM_MODE !== 'webhook') return { ...common, updates: { mode: 'polling' } };
  const secret = env.TELEGRAM_WEBHOOK_SECRET;
  if (secret === undefined) {
    throw new ConfigError('TELEGRAM_WEBHOOK_SECRET', 'is required because TELEGRAM_MODE=webhook');
  }
  const url = webhookUrl(env, 'telegram', 'TELEGRAM_MODE=webhook');
  return { ...common, updates: { mode: 'webhook', secret, url } };
}

function zaloOf(env: Variables): ZaloConfig | null {
  const keys = ['ZALO_APP_ID', 'ZALO_APP_SECRET', 'ZALO_OA_ID', 'ZALO_OA_SECRET_KEY'] as const;
  if (!complete(env, /^ZALO_(?!BOT_)/, keys)) return null;
  const [appId, appSecret, oaId, oaSecretKey] = keys.map((name) => env[name] ?? '');
  return {
    appId: appId ?? '',
    appSecret: appSecret ?? '',
    oaId: oaId ?? '',
    oaSecretKey: oaSecretKey ?? '',
    refreshToken: env.ZALO_REFRESH_TOKEN ?? null,
    accessToken: env.ZALO_ACCESS_TOKEN ?? null,
    apiRoot: env.ZALO_API_ROOT ?? 'https://openapi.zalo.me',
    oauthRoot: env.ZALO_OAUTH_ROOT ?? 'https://oauth.zaloapp.com',
    businessRoot: env.ZALO_BUSINESS_ROOT ?? 'https://business.openapi.zalo.me',
    pkceVerifier: env.ZALO_PKCE_VERIFIER ?? null,
    replyTemplate: env.ZALO_ZBS_TEMPLATE_REPLY ?? null,
  };
}

function zaloBotOf(env: Variables): ZaloBotConfig | null {
  if (!complete(env, /^ZALO_BOT_/, ['ZALO_BOT_TOKEN']) || env.ZALO_BOT_TOKEN === undefined) return null;
  const secret = env.ZALO_BOT_WEBHOOK_SECRET;
  return {
    token: env.ZALO_BOT_TOKEN,
    apiRoot: env.ZALO_BOT_API_ROOT ?? 'https://bot-api.zaloplatforms.com',
    updates:
      secret === undefined
        ? { mode: 'polling' }
        : { mode: 'webhook', secret, url: webhookUrl(env, 'zalo-bot', 'ZALO_BOT_WEBHOOK_SECRET is set') },
  };
}
