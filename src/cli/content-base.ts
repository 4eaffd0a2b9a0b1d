/** The other side of `content diff`: a folder as it is, or the content of a git revision laid out in a temporary folder. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Refused, type CommandIo } from './command.ts';

export async function withBase<T>(base: string, io: CommandIo, use: (dir: string) => Promise<T>): Promise<T> {
  const folder = io.path(base);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return use(folder);
  const temporary = mkdtempSync(join(tmpdir(), 'content-'));
  try {
    layOut(base, temporary, io);
    return await use(join(temporary, 'content'));
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** Reads the revision's tree into an index of its own and writes it out; the repository's index stays as it is. */
function layOut(base: string, temporary: string, io: CommandIo): void {
  const gitIn = (dir: string, ...args: readonly string[]) =>
    execFileSync('git', ['-C', dir, ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...io.env, GIT_INDEX_FILE: join(temporary, 'index') },
    }).trim();
  try {
    const prefix = gitIn(io.contentDir, 'rev-parse', '--show-prefix');
    const top = gitIn(io.contentDir, 'rev-parse', '--show-toplevel');
    const git = (...args: readonly string[]) => gitIn(top, ...args);
    const commit = git('rev-parse', '--verify', '--quiet', '--end-of-options', `${base}^{commit}`);
    git('read-tree', `${commit}:${prefix}`);
    git('checkout-index', '--all', `--prefix=${join(temporary, 'content')}/`);
  } catch {
    throw new Refused(io.text('cli.content.notRevision', { base }));
  }
}
