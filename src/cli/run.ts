/** Runs one command: finds it, hands it what it needs, and turns its outcome into an exit code. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { dayOf, type Instant } from '../base/index.ts';
import type { Pack } from '../content/index.ts';
import { FAILED, Refused, WRONG_USAGE, WrongUsage, type Command, type CommandIo } from './command.ts';
import { issueLine } from './issue-line.ts';
import { commands } from './commands/index.ts';
import { readWords, type CliWords } from './words.ts';

/** The world as the command line sees it; only `main.ts` fills it with the real one. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly clock: () => Instant;
  readonly newId: () => string;
  out(text: string): void;
  err(text: string): void;
}

interface Called {
  readonly name: string | undefined;
  readonly args: readonly string[];
  readonly json: boolean;
  readonly lang: string;
}

/** Takes `--json` and `--lang` out of the arguments, wherever they stand; the rest belongs to the command. */
function readCall(argv: readonly string[]): Called {
  const rest: string[] = [];
  let json = false;
  let lang = 'vi';
  for (let at = 0; at < argv.length; at += 1) {
    const word = argv[at] as string;
    if (word === '--json') json = true;
    else if (word === '--lang') lang = argv[(at += 1)] ?? '';
    else if (word.startsWith('--lang=')) lang = word.slice('--lang='.length);
    else rest.push(word);
  }
  return { name: rest[0], args: rest.slice(1), json, lang };
}

function ioOf(called: Called, words: CliWords, world: Surroundings): CommandIo {
  const now = world.clock();
  const contentDir = resolve(world.cwd, world.env['CONTENT_DIR'] ?? 'content');
  return {
    out: world.out,
    err: world.err,
    data: (value) => world.out(JSON.stringify(value, null, 2)),
    text: words,
    json: called.json,
    lang: called.lang === 'en' ? 'en' : 'vi',
    now,
    today: dayOf(now),
    clock: world.clock,
    newId: world.newId,
    contentDir,
    env: world.env,
    path(typed) {
      const here = resolve(world.cwd, typed);
      const calledFrom = world.env['INIT_CWD'];
      return existsSync(here) || calledFrom === undefined ? here : resolve(calledFrom, typed);
    },
    loadPack: () => loadPackOrRefuse(contentDir, called.lang, words),
  };
}

async function loadPackOrRefuse(dir: string, lang: string, words: CliWords): Promise<Pack> {
  const { loadContent } = await import('../service/load-content.ts');
  const loaded = await loadContent(dir, { lang });
  if (loaded.ok) return loaded.pack;
  const lines = loaded.issues.filter(({ severity }) => severity === 'error').map((issue) => issueLine(issue, words));
  throw new Refused([words('cli.contentBroken', { dir }), ...lines].join('\n'));
}

function usage(words: CliWords, name?: string): string {
  const names = name === undefined ? Object.keys(commands) : [name];
  return [words('cli.usageTitle'), ...names.map((each) => words(`cli.usage.${each}`))].join('\n');
}

/** Runs the command that `argv` names. Never throws: a bug is told on stderr and ends with 1. */
export async function runCli(argv: readonly string[], world: Surroundings): Promise<number> {
  const called = readCall(argv);
  const words = await readWords(called.lang);
  if (words === null) {
    world.err((await readWords('vi'))?.('cli.unknownLanguage', { lang: called.lang }) ?? called.lang);
    return WRONG_USAGE;
  }
  const wrongClock = clockFault(world.env, words);
  if (wrongClock !== null) {
    world.err(wrongClock);
    return FAILED;
  }
  const load = called.name !== undefined && Object.hasOwn(commands, called.name) ? commands[called.name] : undefined;
  if (load === undefined) {
    const help = called.name === undefined || called.name === 'help' || called.name === '--help';
    if (!help) world.err(words('cli.unknownCommand', { name: called.name ?? '' }));
    world.err(usage(words));
    return WRONG_USAGE;
  }
  return runCommand(await load(), called, words, world);
}

async function runCommand(command: Command, called: Called, words: CliWords, world: Surroundings): Promise<number> {
  try {
    return await command.run(called.args, ioOf(called, words, world));
  } catch (error) {
    if (error instanceof WrongUsage) {
      const reason = error.option === undefined ? error.message : words('cli.wrongOption', { option: error.option });
      if (reason !== '') world.err(reason);
      world.err(usage(words, command.name));
      return WRONG_USAGE;
    }
    if (error instanceof Refused) {
      world.err(error.message);
      return FAILED;
    }
    world.err(words('cli.bug', { what: error instanceof Error ? error.message : String(error) }));
    if (world.env['LOG_LEVEL'] === 'debug' && error instanceof Error) world.err(error.stack ?? '');
    return FAILED;
  }
}

/** `NOW` is for demonstrations and tests: an ISO date-time, and never in production. */
function clockFault({ NOW: now, NODE_ENV: mode }: Surroundings['env'], words: CliWords): string | null {
  if (now === undefined || now === '') return null;
  if (mode === 'production') return words('cli.nowInProduction');
  return Number.isNaN(Date.parse(now)) ? words('cli.wrongNow', { now }) : null;
}
