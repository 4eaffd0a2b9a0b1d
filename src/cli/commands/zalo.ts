/** `zalo login|status`: the Official Account's sign-in by hand, and how old its tokens are. Never shows a token. */
import { createInterface } from 'node:readline';
import { addMs } from '../../base/index.ts';
import {
  consentUrl,
  exchangeCode,
  makePkce,
  openHttp,
  openSeal,
  TOKENS_OK,
  type Pkce,
} from '../../channels/zalo/index.ts';
import { parseConfig, type Config, type ZaloConfig } from '../../config.ts';
import { keptSecret } from '../../kept-secret.ts';
import { makeStaffCode, type PlatformTokens } from '../../service/index.ts';
import { DONE, readArgs, Refused, WrongUsage, type Command, type CommandIo } from '../command.ts';
import { withStore } from '../database.ts';

export const zalo: Command = {
  name: 'zalo',
  async run(args, io) {
    const [verb, ...rest] = args;
    if (verb === 'login') return login(rest, io);
    if (verb === 'status') return status(rest, io);
    if (verb === 'staff') return staffCode(rest, io);
    throw new WrongUsage('');
  },
};

type ZaloSetup = Config & { readonly zalo: ZaloConfig };

function setupOf(io: CommandIo): ZaloSetup {
  const config = parseConfig(io.env, () => {
    const kept = keptSecret('data');
    if (kept.ok) return kept.value;
    throw new Refused(`APP_SECRET: ${kept.error}`);
  });
  if (config.zalo === null) throw new Refused(io.text('zalo.cli.off'));
  return { ...config, zalo: config.zalo };
}

/** A code with which a member of the staff joins their chat with the bot. */
async function staffCode(args: readonly string[], io: CommandIo): Promise<number> {
  const [named = ''] = readArgs(args, {}, [1, 1]).positionals;
  const code = await withStore(io, async (store) => {
    const member = (await store.staff()).find(({ id, name }) => id === named || name === named);
    if (member === undefined) throw new Refused(io.text('zalo.cli.noStaff', { name: named }));
    return makeStaffCode(store, member.id, { chance: io.newId(), now: io.clock() });
  });
  if (io.json) io.data({ code });
  else io.out(io.text('zalo.cli.staffCode', { code }));
  return DONE;
}

// ------------------------------------------------------------------------------------------------------------- login

async function login(args: readonly string[], io: CommandIo): Promise<number> {
  const { values, positionals } = readArgs(args, { redirect: { type: 'string' } }, [0, 1]);
  const setup = setupOf(io);
  const { oauthRoot: root, appId, pkceVerifier } = setup.zalo;
  const redirectUri = values.redirect ?? setup.publicUrl ?? 'https://localhost';
  const pkce = makePkce(pkceVerifier);
  const state = io.newId();
  let pasted = positionals[0];
  if (pasted === undefined) {
    io.out(io.text('zalo.cli.open', { redirect: redirectUri }));
    io.out(consentUrl({ root, appId }, { redirectUri, challenge: pkce.challenge, state }));
    io.out(io.text('zalo.cli.paste'));
    pasted = await readLine();
  } else if (pkceVerifier === null) throw new Refused(io.text('zalo.cli.needsVerifier'));
  const code = codeIn(pasted, setup.zalo, positionals.length === 0 ? state : null, io);
  await keep(setup, code, pkce, io);
  if (io.json) io.data({ ok: true });
  else io.out(io.text('zalo.cli.done'));
  return DONE;
}

async function readLine(): Promise<string> {
  const lines = createInterface({ input: process.stdin });
  for await (const line of lines) {
    if (line.trim() === '') continue;
    lines.close();
    return line.trim();
  }
  return '';
}

/** Of the whole address, or of the bare code. */
function codeIn(pasted: string, { oaId }: ZaloConfig, state: string | null, io: CommandIo): string {
  const query = URL.canParse(pasted) ? new URL(pasted).searchParams : new URLSearchParams({ code: pasted.trim() });
  const code = query.get('code') ?? '';
  if (code === '') throw new Refused(io.text('zalo.cli.noCode'));
  const account = query.get('oa_id');
  if (account !== null && account !== oaId) throw new Refused(io.text('zalo.cli.otherAccount', { oa: account }));
  const back = query.get('state');
  // A link of the console itself brings no state of ours.
  if (state !== null && back !== null && back !== state) throw new Refused(io.text('zalo.cli.otherState'));
  return code;
}

const WRITES = 20;

async function keep({ zalo: options, secret }: ZaloSetup, code: string, pkce: Pkce, io: CommandIo): Promise<void> {
  const { oauthRoot: root, appId, appSecret, oaId } = options;
  await withStore(io, async (store) => {
    const answer = await exchangeCode({ http: openHttp(), root, appId, appSecret }, code, pkce.verifier);
    if (answer.kind !== 'fresh') throw new Refused(io.text('zalo.cli.refused', { why: answer.why }));
    const seal = openSeal(secret, `zalo:${oaId}`);
    const now = io.clock();
    const fresh = {
      accessToken: seal.seal(answer.tokens.accessToken),
      refreshToken: seal.seal(answer.tokens.refreshToken),
      expiresAt: addMs(now, answer.tokens.expiresInSeconds * 1000),
      rotatedAt: now,
      status: TOKENS_OK,
      lastError: null,
    };
    for (let attempt = 0; attempt < WRITES; attempt += 1) {
      const row = await store.platformTokens(oaId);
      const isKept =
        row === null
          ? await store.seedPlatformTokens(oaId, { ...fresh, version: 1 })
          : await store.savePlatformTokens(oaId, row.version, { ...fresh, version: row.version + 1 });
      if (isKept) return;
    }
    throw new Refused(io.text('zalo.cli.refused', { why: 'database' }));
  });
}

// ------------------------------------------------------------------------------------------------------------ status

const HOUR_MS = 60 * 60 * 1000;

async function status(args: readonly string[], io: CommandIo): Promise<number> {
  readArgs(args, {}, [0, 0]);
  const { oaId } = setupOf(io).zalo;
  const row = await withStore(io, (store) => store.platformTokens(oaId));
  const told = row === null ? { oaId, status: 'none' } : { oaId, ...agesOf(row, io.now) };
  if (io.json) io.data(told);
  else if (row === null) io.out(io.text('zalo.cli.none', { oa: oaId }));
  else {
    const { refreshAgeDays, accessHoursLeft } = agesOf(row, io.now);
    const values = { oa: oaId, status: row.status, days: refreshAgeDays, hours: accessHoursLeft };
    io.out(io.text('zalo.cli.status', values));
  }
  return DONE;
}

function agesOf({ status: state, expiresAt, rotatedAt, version, lastError }: PlatformTokens, now: string) {
  const hours = (ms: number) => Math.round((ms / HOUR_MS) * 10) / 10;
  return {
    status: state,
    version,
    accessExpiresAt: expiresAt,
    accessHoursLeft: Math.max(0, hours(Date.parse(expiresAt) - Date.parse(now))),
    refreshedAt: rotatedAt,
    refreshAgeDays: Math.max(0, Math.round((hours(Date.parse(now) - Date.parse(rotatedAt)) / 24) * 10) / 10),
    lastError,
  };
}
