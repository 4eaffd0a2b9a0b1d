/**
 * The one place that speaks HTTP with Zalo (home of axios). Never throws and never hands an error of axios on: such an
 * error carries tokens, secrets and what people wrote.
 */
import { Agent } from 'node:http';
import { Agent as SecureAgent } from 'node:https';
import axios, { isAxiosError } from 'axios';

export interface HttpCall {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** At most one of the three. */
  readonly json?: unknown;
  readonly form?: Readonly<Record<string, string>>;
  readonly multipart?: FormData;
  /** Default 10 s. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** `body` undefined: it was no JSON. `never`: the call did not reach the other side; `maybe`: only its answer is missing. */
export type HttpResult =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly body: unknown;
      readonly retryAfterMs?: number;
      /** `X-RateLimit-Remain`. */
      readonly remain?: string;
    }
  | { readonly kind: 'network'; readonly arrived: 'never' | 'maybe' };

export type Http = (call: HttpCall) => Promise<HttpResult>;

const TIMEOUT_MS = 10_000;
const ANSWER_MAX_BYTES = 1024 * 1024;

export function openHttp(): Http {
  const client = axios.create({
    timeout: TIMEOUT_MS,
    validateStatus: () => true,
    maxRedirects: 0,
    maxContentLength: ANSWER_MAX_BYTES,
    // A proxy of the environment would get to see the tokens.
    proxy: false,
    responseType: 'text',
    transformResponse: (text: unknown) => text,
    httpAgent: new Agent({ keepAlive: true }),
    httpsAgent: new SecureAgent({ keepAlive: true }),
  });
  return async (call) => {
    const data = call.json ?? call.multipart ?? (call.form === undefined ? undefined : new URLSearchParams(call.form));
    try {
      const {
        status,
        data: text,
        headers,
      } = await client.request<unknown>({
        method: call.method,
        url: call.url,
        headers: { ...call.headers },
        ...(data === undefined ? {} : { data }),
        ...(call.timeoutMs === undefined ? {} : { timeout: call.timeoutMs }),
        ...(call.signal === undefined ? {} : { signal: call.signal }),
      });
      const retryAfterMs = retryAfterOf(headers['retry-after']);
      const remain: unknown = headers['x-ratelimit-remain'];
      return {
        kind: 'answer',
        status,
        body: parse(text),
        ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
        ...(typeof remain === 'string' ? { remain } : {}),
      };
    } catch (error) {
      return { kind: 'network', arrived: arrivalOf(error) };
    }
  };
}

function parse(text: unknown): unknown {
  try {
    return JSON.parse(String(text)) as unknown;
  } catch {
    return undefined;
  }
}

/** Seconds, as Zalo writes it; a date is not believed. */
function retryAfterOf(header: unknown): number | undefined {
  const seconds = typeof header === 'string' && /^\d{1,6}$/.test(header) ? Number(header) : undefined;
  return seconds === undefined ? undefined : seconds * 1000;
}

const NEVER = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];

const arrivalOf = (error: unknown): 'never' | 'maybe' =>
  isAxiosError(error) && NEVER.includes(error.code ?? '') ? 'never' : 'maybe';
