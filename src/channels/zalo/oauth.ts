/** Zalo's OAuth v4 for Official Accounts: the consent page, and tokens for a code or a refresh token. */
import { createHash, randomBytes } from 'node:crypto';
import type { Http, HttpResult } from './client.ts';

export interface OauthOptions {
  readonly http: Http;
  readonly root: string;
  readonly appId: string;
  readonly appSecret: string;
}

export interface FreshTokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresInSeconds: number;
}

/** `reauth`: the refresh token is dead, only a person can help. `temporary`: anything else that brought no tokens. */
export type TokenAnswer =
  | { readonly kind: 'fresh'; readonly tokens: FreshTokens }
  | { readonly kind: 'reauth' | 'temporary'; readonly why: string };

export interface Pkce {
  readonly verifier: string;
  readonly challenge: string;
}

/** `verifier`: that of the console, where the account is set up so; else one is made. */
export function makePkce(verifier: string | null): Pkce {
  const chosen = verifier ?? randomBytes(32).toString('base64url');
  return { verifier: chosen, challenge: createHash('sha256').update(chosen, 'ascii').digest('base64url') };
}

/** Zalo knows no `scope`, `response_type` or `code_challenge_method` here. */
export function consentUrl(
  { root, appId }: Pick<OauthOptions, 'root' | 'appId'>,
  asked: { readonly redirectUri: string; readonly challenge: string; readonly state: string },
): string {
  const query = new URLSearchParams({
    app_id: appId,
    redirect_uri: asked.redirectUri,
    code_challenge: asked.challenge,
    state: asked.state,
  });
  return `${root}/v4/oa/permission?${query.toString()}`;
}

export const exchangeCode = (options: OauthOptions, code: string, verifier: string): Promise<TokenAnswer> =>
  askTokens(options, { code, app_id: options.appId, grant_type: 'authorization_code', code_verifier: verifier });

/** Uses the refresh token up: it works once. */
export const refreshTokens = (options: OauthOptions, refreshToken: string): Promise<TokenAnswer> =>
  askTokens(options, { refresh_token: refreshToken, app_id: options.appId, grant_type: 'refresh_token' });

async function askTokens(
  { http, root, appSecret }: OauthOptions,
  form: Readonly<Record<string, string>>,
): Promise<TokenAnswer> {
  const headers = { secret_key: appSecret, 'Content-Type': 'application/x-www-form-urlencoded' };
  return readTokens(await http({ method: 'POST', url: `${root}/v4/oa/access_token`, headers, form }));
}

/** Failures may come with status 200 and without a numeric `error`: only two whole tokens and a term count as success. */
function readTokens(result: HttpResult): TokenAnswer {
  if (result.kind === 'network') return { kind: 'temporary', why: 'network' };
  const body: Readonly<Record<string, unknown>> =
    typeof result.body === 'object' && result.body !== null ? { ...result.body } : {};
  const { access_token: accessToken, refresh_token: refreshToken } = body;
  const expiresInSeconds = Number(body['expires_in']);
  if (isToken(accessToken) && isToken(refreshToken) && expiresInSeconds > 0 && Number.isFinite(expiresInSeconds)) {
    return { kind: 'fresh', tokens: { accessToken, refreshToken, expiresInSeconds } };
  }
  const code = typeof body['error'] === 'number' ? body['error'] : null;
  const words = ['error_name', 'error_reason', 'error_description', 'message'].map((key) => String(body[key] ?? ''));
  const isDead = code === -14014 || words.some((text) => /invalid refresh token/i.test(text));
  return { kind: isDead ? 'reauth' : 'temporary', why: code === null ? `status ${result.status}` : `error ${code}` };
}

const isToken = (value: unknown): value is string => typeof value === 'string' && value !== '';
