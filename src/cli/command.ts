/**
 * What a command of the command line is, and what it is given. A command reads no environment, clock or chance by itself:
 * all of it comes in through `CommandIo`, so that a test can run a command as a function.
 */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { Day, Instant } from '../base/index.ts';
import type { Pack, Values } from '../content/index.ts';

export type CliLang = 'vi' | 'en';

export interface CommandIo {
  /** A line on stdout. With `--json` use `data` only: stdout then holds one JSON document and nothing else. */
  out(text: string): void;
  /** A line on stderr. */
  err(text: string): void;
  /** Prints the one JSON document of `--json`. */
  data(value: unknown): void;
  /** Words of `content/texts/<lang>` by key (`cli.…`), in the language of `--lang`. */
  text(key: string, values?: Values): string;
  readonly json: boolean;
  readonly lang: CliLang;
  /** The instant and the day (in Vietnam) at which the command began. */
  readonly now: Instant;
  readonly today: Day;
  /** The running clock and fresh ids, for commands that stay (`chat`). */
  readonly clock: () => Instant;
  readonly newId: () => string;
  /** Absolute path of the content pack (`CONTENT_DIR`). */
  readonly contentDir: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** A path typed by the person: as seen from where they called npm. */
  path(typed: string): string;
  /** Loads and checks the content pack; refuses (exit 1) with its issues on stderr when it has errors. */
  loadPack(): Promise<Pack>;
}

export interface Command {
  /** First word, e.g. `faq`. How to use it stands in `content/texts/<lang>/cli.yaml` under `usage.<name>`. */
  readonly name: string;
  /** Returns the exit code. Throw `WrongUsage` (exit 2) or `Refused` (exit 1) for the expected failures. */
  run(args: readonly string[], io: CommandIo): Promise<number>;
}

export const DONE = 0;
export const FAILED = 1;
export const WRONG_USAGE = 2;

/** The command was called wrongly: exit 2, the reason and the usage on stderr. */
export class WrongUsage extends Error {
  override readonly name = 'WrongUsage';
  /** The option that was refused, when it was one. */
  readonly option: string | undefined;
  constructor(message: string, option?: string) {
    super(message);
    this.option = option;
  }
}

/** The command was understood and cannot be done: exit 1, the reason on stderr. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

type Options = NonNullable<ParseArgsConfig['options']>;

/**
 * Reads the arguments of a command with `parseArgs` of Node, strictly; whatever does not fit becomes `WrongUsage`.
 * `positionals` is the smallest and greatest number of plain words that are accepted.
 */
export function readArgs<const O extends Options>(
  args: readonly string[],
  options: O,
  positionals: readonly [number, number],
) {
  const config = { args: [...args], options, allowPositionals: true, strict: true } as const;
  const read = (() => {
    try {
      return parseArgs(config);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      throw new WrongUsage(message, /-{1,2}[^\s'"<>]+/.exec(message)?.[0]);
    }
  })();
  const [least, most] = positionals;
  if (read.positionals.length < least || read.positionals.length > most) throw new WrongUsage('');
  return read;
}
