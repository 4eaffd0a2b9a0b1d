/** Webhooks of the platforms: the raw body, as it came, to the channel that asked for the path. */
import { Hono } from 'hono';
import { readLimited } from '../base/index.ts';
import type { Channel, Log } from '../service/ports.ts';

/** Contract, section 3. */
export const MAX_WEBHOOK_BYTES = 262_144;

export function webhookRoutes(channels: readonly Channel[], log: Log): Hono {
  const app = new Hono();
  for (const { name, webhook } of channels) {
    if (webhook === undefined) continue;
    app.post(`/webhooks/${webhook.path}`, async (c) => {
      const body = await readLimited(c.req.raw.body, MAX_WEBHOOK_BYTES);
      const answer =
        body === null
          ? { status: 413 }
          : await webhook.handle({ headers: Object.fromEntries(c.req.raw.headers), body });
      if (answer.status >= 400) log.warn({ channel: name, status: answer.status }, 'webhook-refused');
      return new Response(answer.body ?? null, { status: answer.status });
    });
  }
  return app;
}
