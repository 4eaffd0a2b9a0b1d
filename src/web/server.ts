/** The one HTTP server: health, webhooks and the pages that others hand in. Knows no route's meaning. */
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Channel, Log } from '../service/ports.ts';
import { healthPages, type HealthParts } from './health.ts';
import { securityHeaders } from './security-headers.ts';
import { webhookRoutes } from './webhooks.ts';

export interface WebParts extends HealthParts {
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  readonly channels: readonly Channel[];
  /** Apps with whole paths of their own, such as the owner's chat and the staff desk. */
  readonly pages: readonly Hono[];
  readonly log: Log;
}

export interface Web {
  readonly port: number;
  /** Takes no more requests, lets those under way end, and cuts what is left after two seconds. */
  close(): Promise<void>;
}

const CLOSE_AFTER_MS = 2_000;

/**
 * How long an idle connection is kept. Longer than proxies and clients keep theirs (Node's own 5 s is not): a request that
 * is sent at the moment in which we hang up is lost, and a post is not sent again by itself.
 */
const KEEP_ALIVE_MS = 65_000;

/** Starts to listen. Rejects with the system's error (`EADDRINUSE` …) when it cannot. */
export async function startWeb(parts: WebParts): Promise<Web> {
  const listener = getRequestListener(buildApp(parts).fetch);
  const server = createServer((incoming, outgoing) => void listener(incoming, outgoing));
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(parts.port, parts.host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        const startedAt = performance.now();
        // Streams have just been ended: their connections fall idle one by one, and are then closed.
        const sweep = setInterval(() => {
          if (performance.now() - startedAt > CLOSE_AFTER_MS) server.closeAllConnections();
          else server.closeIdleConnections();
        }, 50);
        server.close(() => {
          clearInterval(sweep);
          resolve();
        });
      }),
  };
}

/** The routes without a socket, for tests. */
export function buildApp(parts: Omit<WebParts, 'host' | 'port'>): Hono {
  const app = new Hono();
  app.use(securityHeaders);
  app.use(async (c, next) => {
    await next();
    parts.log.debug({ method: c.req.method, route: c.req.routePath, status: c.res.status }, 'request');
  });
  app.route('/', healthPages(parts));
  app.route('/', webhookRoutes(parts.channels, parts.log));
  for (const page of parts.pages) app.route('/', page);
  app.notFound((c) => c.json({ error: 'not-found' }, 404));
  app.onError((err, c) => {
    parts.log.error({ err, method: c.req.method, route: c.req.routePath }, 'request-failed');
    return c.json({ error: 'internal' }, 500);
  });
  return app;
}
