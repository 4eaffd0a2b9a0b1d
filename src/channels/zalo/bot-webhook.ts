/** The Bot Platform's door: the secret that we gave it, compared in constant time. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { WebhookRequest } from '../../service/ports.ts';
import { parse } from './webhook.ts';

/** 401: not the platform. 400: no JSON. 200 once it is stored, also for what is not for us. */
export async function answerBotWebhook(
  request: WebhookRequest,
  secret: string,
  take: (update: unknown) => Promise<void>,
): Promise<{ readonly status: number }> {
  if (!isSecret(request.headers['x-bot-api-secret-token'] ?? '', secret)) return { status: 401 };
  const read = parse(request.body);
  if (!read.ok) return { status: 400 };
  await take(read.value);
  return { status: 200 };
}

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Compares digests, which are of one length. */
const isSecret = (given: string, secret: string) => timingSafeEqual(digest(given), digest(secret));
