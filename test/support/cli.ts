/** The command line as a function: what it prints and the code it ends with. */
import { runCli } from '../../src/cli/run.ts';
import { ownContentDir } from '../../src/content/files.ts';

/** Runs a command as a program would, and gives back what it printed. */
export async function cli(argv: readonly string[], env: Record<string, string> = {}) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runCli(argv, {
    env: { CONTENT_DIR: ownContentDir(), ...env },
    cwd: ownContentDir(),
    clock: () => '2026-11-25T03:00:00.000Z',
    newId: () => 'id',
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}
