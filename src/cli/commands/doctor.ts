/** `doctor`: checks everything that an operator could have got wrong, one line each; exit 1 when something must be put right. */
import { existsSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Values } from '../../content/index.ts';
import { ConfigError, parseConfig, type Config, type TelegramConfig } from '../../config.ts';
import { migrationState, providerOf } from '../../storage/index.ts';
import { checkContent } from '../check-content.ts';
import { checkZalo } from '../check-zalo.ts';
import { DONE, FAILED, readArgs, type Command, type CommandIo } from '../command.ts';
import { bad, good, mind, type Finding } from '../finding.ts';
import { issueLine } from '../issue-line.ts';

type Check = (config: Config, io: CommandIo) => Promise<readonly Finding[]>;

const MARKS = { good: '✓', mind: '!', bad: '✗' } as const;
const SECRET_FILE = 'data/secret';
const CALL_MS = 5_000;

export const doctor: Command = {
  name: 'doctor',
  async run(args, io) {
    readArgs(args, {}, [0, 0]);
    const findings = [checkNode(), ...(await checkAll(io))];
    if (io.json)
      io.data(findings.map(({ topic, state, key, values }) => ({ topic, state, text: word(io, key, values) })));
    else
      for (const { topic, state, key, values } of findings)
        io.out(`${MARKS[state]} ${topic}: ${word(io, key, values)}`);
    const bad = findings.filter(({ state }) => state === 'bad').length;
    if (!io.json) io.out(bad === 0 ? word(io, 'summaryGood') : word(io, 'summaryBad', { count: bad }));
    return bad === 0 ? DONE : FAILED;
  },
};

const word = (io: CommandIo, key: string, values?: Values) => io.text(`doctor.${key}`, values);

function checkNode(): Finding {
  const { node } = process.versions;
  const [major = 0, minor = 0] = node.split('.').map(Number);
  const isOld = major < 20 || (major === 20 && minor < 19);
  return isOld ? bad('node', 'nodeOld', { version: node }) : good('node', 'node', { version: node });
}

async function checkAll(io: CommandIo): Promise<readonly Finding[]> {
  const config = readConfigOf(io);
  if (config instanceof ConfigError) {
    return [bad('config', 'configWrong', { problem: config.message }), mind('…', 'configUnread')];
  }
  const checks: readonly (readonly [string, Check])[] = [
    ['secret', checkSecret],
    ['database', checkDatabase],
    ['content', checkPack],
    ['web', checkWeb],
    ['telegram', checkTelegram],
    ['zalo', checkZalo],
  ];
  const findings = await Promise.all(
    checks.map(([topic, check]) =>
      check(config, io).catch((error: unknown) => [bad(topic, 'failed', { why: whyOf(error) })]),
    ),
  );
  return [good('config', 'config'), ...findings.flat()];
}

function readConfigOf(io: CommandIo): Config | ConfigError {
  try {
    return parseConfig(io.env, () => '');
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
}

const checkSecret: Check = async (config) => {
  if (config.secret !== '') return [good('secret', 'secretGiven')];
  const values = { file: SECRET_FILE };
  if (!existsSync(SECRET_FILE)) return [good('secret', 'secretNone', values)];
  const isOpen = (statSync(SECRET_FILE).mode & 0o077) !== 0;
  return [isOpen ? bad('secret', 'secretOpen', values) : good('secret', 'secretKept', values)];
};

const checkDatabase: Check = async ({ databaseUrl }) => {
  const kind = providerOf(databaseUrl) === 'sqlite' ? 'SQLite' : 'PostgreSQL';
  try {
    const { applied, pending, broken } = await migrationState(databaseUrl);
    if (broken.length > 0) return [bad('database', 'databaseBroken', { kind, names: broken.join(', ') })];
    if (pending.length > 0) return [mind('database', 'databasePending', { kind, count: pending.length })];
    return [good('database', 'databaseReady', { kind, count: applied.length })];
  } catch (error) {
    return [bad('database', 'databaseUnreachable', { kind, why: whyOf(error) })];
  }
};

const checkPack: Check = async ({ provinces }, io) => {
  const dir = io.contentDir;
  const { ok, issues } = await checkContent(dir, io);
  const errors = issues.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (!ok || first !== undefined) {
    const line = first === undefined ? '' : issueLine(first, io.text);
    return [bad('content', 'contentWrong', { dir, errors: errors.length, first: line })];
  }
  const found = [good('content', 'content', { dir, warnings: issues.length })];
  if (provinces === null) return [...found, good('provinces', 'provincesAll')];
  const pack = await io.loadPack();
  const known = new Map([...pack.provinces.values()].map(({ id, name }) => [String(id), name]));
  const unknown = provinces.filter((id) => !known.has(id));
  if (unknown.length > 0) return [...found, bad('provinces', 'provincesUnknown', { names: unknown.join(', ') })];
  const names = provinces.map((id) => known.get(id) ?? id).join(', ');
  return [...found, good('provinces', 'provinces', { count: provinces.length, names })];
};

const checkWeb: Check = async ({ host, port, publicUrl, webChat }) => {
  const found = [webChat ? good('webchat', 'webChatOn') : good('webchat', 'webChatOff')];
  const isLocal = ['127.0.0.1', 'localhost', '::1'].includes(host);
  if (!isLocal && publicUrl === null) found.push(mind('web', 'webPublic', { host }));
  const code = await tryPort(host, port);
  if (code === null) found.push(good('web', 'web', { port: String(port) }));
  else if (code === 'EADDRINUSE') found.push(mind('web', 'webTaken', { port: String(port) }));
  else found.push(bad('web', 'webRefused', { host, port: String(port), why: code }));
  return found;
};

/** Null when one can listen there, else the system's code. */
function tryPort(host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.name));
    server.listen(port, host, () => server.close(() => resolve(null)));
  });
}

const checkTelegram: Check = async ({ telegram, zaloBot }) => {
  if (telegram === null)
    return [good('telegram', 'telegramOff'), ...(zaloBot === null ? [mind('staff', 'staffNone')] : [])];
  const me = await ask<{ username: string }>(telegram, 'getMe');
  if (me === null) return [bad('telegram', 'telegramUnreachable', { host: telegram.apiRoot })];
  if (!me.ok) return [bad('telegram', 'telegramRefused', { code: String(me.error_code) })];
  const found = [good('telegram', 'telegram', { account: me.result.username, mode: telegram.updates.mode })];
  const chat = telegram.staffChatId;
  if (chat === null) return [...found, mind('staff', 'staffNone')];
  const room = await ask<{ title?: string }>(telegram, `getChat?chat_id=${encodeURIComponent(chat)}`);
  if (room?.ok !== true) return [...found, bad('staff', 'staffRoomUnknown', { chat })];
  return [...found, good('staff', 'staffRoom', { title: room.result.title ?? chat })];
};

type BotAnswer<T> = { readonly ok: true; readonly result: T } | { readonly ok: false; readonly error_code: number };

/** A method of the Bot API that changes nothing; null when the server could not be reached. */
async function ask<T>({ apiRoot, token }: TelegramConfig, method: string): Promise<BotAnswer<T> | null> {
  try {
    const answer = await fetch(`${apiRoot}/bot${token}/${method}`, { signal: AbortSignal.timeout(CALL_MS) });
    return (await answer.json()) as BotAnswer<T>;
  } catch {
    return null;
  }
}

/** Never the message of a network error: it may hold an address with a password or a token. */
const whyOf = (error: unknown): string => {
  if (!(error instanceof Error)) return typeof error;
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
};
