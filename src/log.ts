/**
 * The log: one JSON line an event on stderr, ids and counts only. Names, phones, what people wrote and tokens never
 * belong in it; what slips in under a telling name is cut, and errors lose their message, because a database driver
 * puts the values of a failed statement into it.
 */
import { pino } from 'pino';
import type { Log } from './service/ports.ts';

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';

/** Field names that are cut wherever they stand on the first two levels. */
const PRIVATE = [
  'text',
  'phone',
  'name',
  'token',
  'secret',
  'password',
  'authorization',
  'cookie',
  'body',
  'message',
  'url',
  'caption',
];

/** Opens the log. `write` takes whole lines; without it they go to stderr at once, so that none is lost at the end. */
export function openLog(level: LogLevel, write?: (line: string) => void): Log {
  const destination = write === undefined ? pino.destination({ dest: 2, sync: true }) : { write };
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      messageKey: 'event',
      redact: { paths: PRIVATE.flatMap((field) => [field, `*.${field}`]), censor: '[cut]' },
      serializers: { err: describeError },
    },
    destination,
  );
}

/** An error as its kind, code and place: the frames of its stack without its message. */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { kind: typeof error };
  const code: unknown = 'code' in error ? error.code : undefined;
  return {
    kind: error.constructor.name,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    at: (error.stack ?? '')
      .split('\n')
      .filter((line) => /^\s+at /.test(line))
      .map((line) => line.trim()),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}
