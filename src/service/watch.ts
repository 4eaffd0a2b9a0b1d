/** How the service is watched: its log and its counts. `log.ts` and `web/metrics.ts` implement these. */
import type { ChannelName, Failure } from './ports.ts';

export type LogFields = Readonly<Record<string, unknown>>;

/** One line of the log: ids and counts, never contents. An error goes under `err` and is written without its message. */
export interface Log {
  debug(fields: LogFields, event: string): void;
  info(fields: LogFields, event: string): void;
  warn(fields: LogFields, event: string): void;
  error(fields: LogFields, event: string): void;
}

/** What is counted for `/metrics`, as it happens. Never throws. */
export interface Meter {
  /** One turn was stored; `seconds` from its arrival to its commit. */
  turn(channel: ChannelName, seconds: number): void;
  duplicate(channel: ChannelName): void;
  /** One attempt to send ended: `sent`, or the kind of its failure. */
  send(channel: ChannelName, outcome: 'sent' | Failure['kind']): void;
}

/** What is read from the store when `/metrics` is asked for. */
export interface Gauges {
  readonly outboxDepth: number;
  /** Age of the oldest row that waits, 0 when none does. */
  readonly outboxOldestSeconds: number;
  readonly handedOver: number;
}
