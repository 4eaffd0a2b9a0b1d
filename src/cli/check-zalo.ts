/**
 * What `doctor` finds out about Zalo: the stored tokens, whether the account and the bot answer, who of the staff joined the
 * bot. Changes nothing; above all it refreshes no token, since a refresh token works once and is the service's to use.
 */
import { existsSync, readFileSync } from 'node:fs';
import { openApi, openBotApi, openHttp, openSeal, TOKENS_OK, type Outcome } from '../channels/zalo/index.ts';
import type { Config, ZaloBotConfig, ZaloConfig } from '../config.ts';
import type { PlatformTokens } from '../service/ports.ts';
import type { CommandIo } from './command.ts';
import { withStore } from './database.ts';
import { bad, good, mind, type Finding } from './finding.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** A refresh token lives three months. */
const OLD_DAYS = 76;

export async function checkZalo(config: Config, io: CommandIo): Promise<readonly Finding[]> {
  const { zalo, zaloBot } = config;
  if (zalo === null && zaloBot === null) return [good('zalo', 'zaloOff')];
  const found: Finding[] = [];
  if (zalo !== null) found.push(...(await checkAccount(config, zalo, io)));
  if (zaloBot !== null) found.push(...(await checkBot(zaloBot, io)));
  if (config.publicUrl === null) found.push(mind('zalo', zalo === null ? 'zaloBotNoUrl' : 'zaloNoUrl'));
  return found;
}

// -------------------------------------------------------------------------------------------------------- the account

async function checkAccount(config: Config, zalo: ZaloConfig, io: CommandIo): Promise<readonly Finding[]> {
  const row = await stored(io, (store) => store.platformTokens(zalo.oaId));
  if (row === null) {
    const isSeeded = zalo.accessToken !== null || zalo.refreshToken !== null;
    return [isSeeded ? good('zalo-token', 'zaloSeeds') : bad('zalo-token', 'zaloNoToken')];
  }
  const found = tokenFinding(row, io.now);
  const access = found.state === 'bad' ? null : opened(config, zalo, row);
  if (found.state === 'bad') return [found];
  if (access === null) return [bad('zalo-token', 'zaloSealed')];
  if (row.expiresAt <= io.now) return [found, mind('zalo', 'zaloAccessOver')];
  const api = openApi(openHttp(), { api: zalo.apiRoot, business: zalo.businessRoot });
  return [found, accountFinding(await api.getOa(access), zalo)];
}

function tokenFinding({ status, rotatedAt }: PlatformTokens, now: string): Finding {
  if (status !== TOKENS_OK) return bad('zalo-token', 'zaloReauth');
  const days = Math.max(0, Math.floor((Date.parse(now) - Date.parse(rotatedAt)) / DAY_MS));
  return days > OLD_DAYS ? mind('zalo-token', 'zaloOld', { days }) : good('zalo-token', 'zaloToken', { days });
}

function accountFinding(outcome: Outcome, { oaId, apiRoot: host }: ZaloConfig): Finding {
  if (!outcome.ok) {
    const { kind, code, status } = outcome.refusal;
    if (kind === 'network') return bad('zalo', 'zaloUnreachable', { host });
    return bad('zalo', 'zaloRefused', { code: String(code ?? status ?? '') });
  }
  const { oaid, name } = outcome.data;
  if (String(oaid) !== oaId) return bad('zalo', 'zaloOther', { oa: String(oaid), wanted: oaId });
  return good('zalo', 'zaloAccount', { name: typeof name === 'string' ? name : oaId });
}

/** null: sealed by another secret than the one that is set now. */
function opened({ secret }: Config, { oaId }: ZaloConfig, { accessToken }: PlatformTokens): string | null {
  // The service makes that file at its first start, nobody else.
  const kept = secret !== '' ? secret : existsSync('data/secret') ? readFileSync('data/secret', 'utf8').trim() : '';
  return kept === '' ? null : openSeal(kept, `zalo:${oaId}`).open(accessToken);
}

// ------------------------------------------------------------------------------------------------------------ the bot

async function checkBot({ apiRoot, token, updates }: ZaloBotConfig, io: CommandIo): Promise<readonly Finding[]> {
  const outcome = await openBotApi(openHttp(), apiRoot, token).getMe();
  const joined = await stored(io, async (store) => {
    const accounts = await Promise.all((await store.staff()).map(({ id }) => store.accountsOf(id)));
    return accounts.flat().filter(({ channel }) => channel === 'zalo-bot').length;
  });
  return [
    botFinding(outcome, apiRoot, updates.mode),
    (joined ?? 0) > 0 ? good('staff', 'staffLinked', { count: joined ?? 0 }) : mind('staff', 'staffNotLinked'),
  ];
}

function botFinding(outcome: Outcome, host: string, mode: string): Finding {
  if (outcome.ok) return good('zalo-bot', 'zaloBot', { account: String(outcome.data['account_name'] ?? ''), mode });
  const { kind, code, status } = outcome.refusal;
  if (kind === 'network') return bad('zalo-bot', 'zaloUnreachable', { host });
  return bad('zalo-bot', 'zaloBotRefused', { code: String(code ?? status ?? '') });
}

/** null: there is no database yet; what is wrong with it stands in a line of its own. */
const stored = <T>(io: CommandIo, look: Parameters<typeof withStore<T>>[1]): Promise<T | null> =>
  withStore<T | null>(io, look).catch(() => null);
