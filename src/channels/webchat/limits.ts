/** How much one visitor may send, and how fast. */
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';

/** Contract, section 3: 64 kB of text, 10 MB a file. In bytes. */
export const MAX_TEXT_BYTES = 65_536;
export const MAX_FILE_BYTES = 10_485_760;
/** JSON may write one byte as six (`\u0001`); more than that is no text of 64 kB. */
export const MAX_JSON_BYTES = 6 * MAX_TEXT_BYTES + 4_096;
/** A file with the lines that a multipart body puts around it. */
export const MAX_MULTIPART_BYTES = MAX_FILE_BYTES + MAX_TEXT_BYTES;

/** Calls a minute. Many owners may share one address behind a mobile network. */
export interface Rates {
  readonly sessionsPerAddress: number;
  readonly messagesPerSession: number;
}

export const RATES: Rates = { sessionsPerAddress: 120, messagesPerSession: 120 };

export interface Limiter {
  /** Seconds to wait; 0: go on. `address` null: a program on this machine, which is not held back. */
  session(address: string | null): Promise<number>;
  message(address: string | null, session: string): Promise<number>;
}

export function openLimiter(rates: Rates): Limiter {
  const sessions = new RateLimiterMemory({ points: rates.sessionsPerAddress, duration: 60 });
  const messages = new RateLimiterMemory({ points: rates.messagesPerSession, duration: 60 });
  const take = async (limiter: RateLimiterMemory, key: string) => {
    try {
      await limiter.consume(key);
      return 0;
    } catch (refusal) {
      return Math.max(1, Math.ceil((refusal as RateLimiterRes).msBeforeNext / 1000));
    }
  };
  return {
    session: async (address) => (address === null ? 0 : take(sessions, address)),
    message: async (address, session) => (address === null ? 0 : take(messages, session)),
  };
}

/**
 * Whose call it is. A proxy stands on this machine or in a private network and names the caller last in
 * `X-Forwarded-For`; from anywhere else that header is not believed. Null: a direct call from this machine.
 */
export function callerOf(socketAddress: string, forwardedFor: string | undefined): string | null {
  const address = socketAddress.replace(/^::ffff:/, '');
  const isLocal = /^(127\.|::1$)/.test(address);
  const isPrivate = isLocal || /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|f[cd])/i.test(address);
  const named = forwardedFor?.split(',').at(-1)?.trim();
  if (isPrivate && named !== undefined && named !== '') return named;
  return isLocal ? null : address;
}
