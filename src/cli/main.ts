/** Entry of the command line: reads the environment, the clock and chance, and hands them down. */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { Instant } from '../base/index.ts';
import { runCli } from './run.ts';

/** The clock starts at `NOW` where it is set (for demonstrations and tests; refused in production) and runs on. */
function clockFrom(now: string | undefined): () => Instant {
  const startedAt = Date.now();
  const zero = now === undefined || process.env['NODE_ENV'] === 'production' ? startedAt : Date.parse(now);
  return () => new Date(zero + (Date.now() - startedAt)).toISOString();
}

if (existsSync('.env')) process.loadEnvFile('.env');

process.stdout.on('error', () => process.exit(0)); // `… | head` closed the pipe

process.exitCode = await runCli(process.argv.slice(2), {
  env: process.env,
  cwd: process.cwd(),
  clock: clockFrom(process.env['NOW']),
  newId: randomUUID,
  out: (text) => void process.stdout.write(`${text}\n`),
  err: (text) => void process.stderr.write(`${text}\n`),
});
