/** Entry of the service: reads the environment, the clock and chance, hands them down, and ends when it is told to. */
import { randomUUID } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import type { Instant } from './base/index.ts';
import { startService, StartRefused, type Service } from './compose/index.ts';
import { ConfigError, readConfig, type Config } from './config.ts';
import { openLog } from './log.ts';

/** Ends within the 10 s of the contract, whatever hangs. */
const STOP_WITHIN_MS = 9_000;

/**
 * A bot makes a little garbage with every turn and lives in small machines; left to itself V8 lets the heap double and more
 * before it tidies up. It may grow by this share, in percent (docs/benchmarks.md).
 */
setFlagsFromString('--heap-growing-percent=30');

await main();

async function main(): Promise<void> {
  const config = configOrExit();
  const log = openLog(config.logLevel);
  const fail = (event: string) => (err: unknown) => {
    log.error({ err }, event);
    process.exit(1);
  };
  process.on('uncaughtException', fail('uncaught'));
  process.on('unhandledRejection', fail('unhandled'));
  try {
    const world = { clock: clockFrom(config.now), nowMs: () => performance.now(), newId: randomUUID, log };
    const service = await startService(config, world);
    stopOnSignal(service);
    announce(service, config);
  } catch (error) {
    if (!(error instanceof StartRefused)) return fail('start-failed')(error);
    if (error.cause !== undefined) log.debug({ err: error.cause }, 'start-refused');
    refuse(...error.lines);
  }
}

function configOrExit(): Config {
  try {
    return readConfig();
  } catch (error) {
    if (error instanceof ConfigError) return refuse(error.message);
    throw error;
  }
}

function refuse(...lines: readonly string[]): never {
  process.stderr.write(`${lines.join('\n')}\n`);
  process.exit(1);
}

/** The clock starts at `NOW` where it is set, and runs on. */
function clockFrom(now: Instant | null): () => Instant {
  const startedAt = Date.now();
  const zero = now === null ? startedAt : Date.parse(now);
  return () => new Date(zero + Date.now() - startedAt).toISOString();
}

/** Addresses stand alone on their lines, so that programs find them as easily as people. */
function announce(service: Service, { webChat, publicUrl }: Config): void {
  const base = `http://127.0.0.1:${service.port}`;
  const chat = [service.text(webChat ? 'start.chat' : 'start.noChat'), base];
  const desk = [service.text('desk.start'), `${base}/staff`];
  const path = service.signInPath;
  const bases = publicUrl === null ? [base] : [base, publicUrl];
  const link = path === null ? [] : [service.text('desk.startLink'), ...bases.map((each) => `${each}${path}`)];
  process.stdout.write(`${[...chat, ...desk, ...link, service.text('start.stop')].join('\n')}\n`);
}

function stopOnSignal(service: Service): void {
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(0), STOP_WITHIN_MS).unref();
    service.stop().then(
      () => process.exit(0),
      () => process.exit(0), // what was acknowledged is stored; what was not is sent again
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}
