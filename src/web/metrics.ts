/** What the service counts, as Prometheus text. Labels are channels and outcomes, never people. */
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Gauges, Meter } from '../service/ports.ts';

export interface Metrics {
  readonly meter: Meter;
  readonly contentType: string;
  /** `gauges` reads the store when the page is asked for. */
  text(gauges: () => Promise<Gauges>): Promise<string>;
}

/** Seconds; a turn is usually some milliseconds, of which the commit is the largest part. */
const TURN_BUCKETS = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5];

export function openMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const turns = new Counter({
    name: 'khuyencong_turns_total',
    help: 'Turns stored, by channel',
    labelNames: ['channel'] as const,
    registers,
  });
  const seconds = new Histogram({
    name: 'khuyencong_turn_seconds',
    help: 'From the arrival of an event to the commit of its turn',
    labelNames: ['channel'] as const,
    buckets: TURN_BUCKETS,
    registers,
  });
  const duplicates = new Counter({
    name: 'khuyencong_duplicates_dropped_total',
    help: 'Events that were known already, by channel',
    labelNames: ['channel'] as const,
    registers,
  });
  const sends = new Counter({
    name: 'khuyencong_sends_total',
    help: 'Attempts to send, by channel and outcome',
    labelNames: ['channel', 'outcome'] as const,
    registers,
  });
  const depth = new Gauge({ name: 'khuyencong_outbox_depth', help: 'Messages that wait to be sent', registers });
  const age = new Gauge({
    name: 'khuyencong_outbox_oldest_seconds',
    help: 'Age of the oldest message that waits to be sent',
    registers,
  });
  const handedOver = new Gauge({
    name: 'khuyencong_handed_over_cases',
    help: 'Conversations that a person of the centre has now',
    registers,
  });
  return {
    meter: {
      turn(channel, took) {
        turns.inc({ channel });
        seconds.observe({ channel }, took);
      },
      duplicate: (channel) => duplicates.inc({ channel }),
      send: (channel, outcome) => sends.inc({ channel, outcome }),
    },
    contentType: registry.contentType,
    async text(gauges) {
      const now = await gauges();
      depth.set(now.outboxDepth);
      age.set(now.outboxOldestSeconds);
      handedOver.set(now.handedOver);
      return registry.metrics();
    },
  };
}
