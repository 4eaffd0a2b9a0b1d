/** How long the service takes from its start until `/readyz` answers 200, on an installed and built checkout. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** Milliseconds, first on no database and then on the one it made. */
export async function measureStart(): Promise<readonly [fresh: number, again: number]> {
  const folder = mkdtempSync(join(tmpdir(), 'khuyencong-start-'));
  try {
    return [await startOnce(folder), await startOnce(folder)];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function startOnce(folder: string): Promise<number> {
  const begun = performance.now();
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, [join(root, 'dist/main.js')], {
    cwd: folder,
    env: { PATH, HOME, PORT: '0', CONTENT_DIR: join(root, 'content'), LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = new Promise((resolve) => child.once('exit', resolve));
  const address = await new Promise<string>((resolve) => {
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec((said += chunk.toString()));
      if (found !== null) resolve(found[0]);
    });
  });
  while (!(await fetch(`${address}/readyz`).then(({ ok }) => ok)))
    await new Promise((resolve) => setTimeout(resolve, 5));
  const took = performance.now() - begun;
  child.kill('SIGTERM');
  await gone;
  return took;
}
