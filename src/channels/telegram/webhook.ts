/** The webhook's door: Telegram shows the secret that we gave it (https://core.telegram.org/bots/api#setwebhook). */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { WebhookRequest } from '../../service/ports.ts';
import { numberSchema } from './wire.ts';

/** 401: not Telegram. 400: not an update. 200 once it is stored; a rejection of `take` is the caller's 500. */
export async function answerWebhook(
  request: WebhookRequest,
  secret: string,
  take: (update: unknown) => Promise<unknown>,
): Promise<{ readonly status: number }> {
  if (!isSecret(request.headers['x-telegram-bot-api-secret-token'] ?? '', secret)) return { status: 401 };
  const update = parse(request.body);
  if (!numberSchema.safeParse(update).success) return { status: 400 };
  await take(update);
  return { status: 200 };
}

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Compares digests, which are of one length, in constant time. */
const isSecret = (given: string, secret: string) => timingSafeEqual(digest(given), digest(secret));

function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) as unknown;
  } catch {
    return null;
  }
}
