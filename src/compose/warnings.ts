/** Trouble that an operator should see at `/readyz`, by topic; each topic says one thing at a time. */
import type { Log } from '../service/index.ts';

export interface Warnings {
  /** null: it is over. */
  warn(topic: string, text: string | null): void;
  all(): readonly string[];
}

export function openWarnings(log: Log): Warnings {
  const told = new Map<string, string>();
  return {
    warn(topic, text) {
      const before = told.get(topic);
      if (text === null) told.delete(topic);
      else told.set(topic, text);
      if (text === null && before !== undefined) log.info({ topic }, 'trouble-over');
      if (text !== null && before !== text) log.warn({ topic }, 'trouble');
    },
    all: () => [...told].map(([topic, text]) => `${topic}: ${text}`),
  };
}
