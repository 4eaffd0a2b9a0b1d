/** Entry of the command line: reads the environment, the clock and chance, and hands them down. */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { Instant } from '../base/index.ts';
import { runCli } from './run.ts';

/** The clock starts at `NOW` where it is set and runs on; `runCli` refuses a wrong one. */
function clockFrom(now: string): () => Instant {
  const startedAt = Date.now();
  const asked = Date.parse(now);
  const zero = Number.isNaN(asked) ? startedAt : asked;
  return () => new Date(zero + (Date.now() - startedAt)).toISOString();
}

if (existsSync('.env')) process.loadEnvFile('.env');

process.stdout.on('error', () => process.exit(0)); // `… | head` closed the pipe

process.exitCode = await runCli(process.argv.slice(2), {
  env: process.env,
  cwd: process.cwd(),
  clock: clockFrom(process.env['NOW'] ?? ''),
  newId: randomUUID,
  out: (text) => void process.stdout.write(`${text}\n`),
  err: (text) => void process.stderr.write(`${text}\n`),
});
