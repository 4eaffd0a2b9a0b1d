/** The pages that machines watch: alive, ready, and the counts. */
import { Hono } from 'hono';
import type { Gauges, Log } from '../service/ports.ts';
import type { Metrics } from './metrics.ts';

export interface Readiness {
  /** What is not ready, by name (`database`, `content`, `telegram` …), with the reason in words; empty: all is. */
  readonly notReady: Readonly<Record<string, string>>;
  readonly warnings: readonly string[];
}

export interface HealthParts {
  readonly readiness: () => Promise<Readiness>;
  readonly metrics: Metrics;
  readonly gauges: () => Promise<Gauges>;
  readonly log: Log;
}

export function healthPages({ readiness, metrics, gauges, log }: HealthParts): Hono {
  const app = new Hono();
  app.get('/healthz', (c) => c.json({ ok: true }));
  app.get('/readyz', async (c) => {
    const { notReady, warnings } = await readiness();
    const ok = Object.keys(notReady).length === 0;
    return ok ? c.json({ ok, warnings }) : c.json({ ok, notReady, warnings }, 503);
  });
  app.get('/metrics', async (c) => {
    try {
      return c.body(await metrics.text(gauges), 200, { 'Content-Type': metrics.contentType });
    } catch (err) {
      log.error({ err }, 'metrics-failed');
      return c.body(null, 503);
    }
  });
  return app;
}
