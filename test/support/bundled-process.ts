/** A file of `test/support` as a program of its own, for tests that need real processes. */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '../..');

export interface BundledProcess {
  /** To be run by node. */
  readonly file: string;
  remove(): void;
}

/** `name`: the file's, without its ending. */
export async function bundleProcess(name: string): Promise<BundledProcess> {
  const folder = mkdtempSync(join(root, 'dist.process-')); // in the project, so that packages are found
  await build({
    entryPoints: [join(import.meta.dirname, `${name}.ts`)],
    outdir: folder,
    bundle: true,
    splitting: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  });
  return { file: join(folder, `${name}.js`), remove: () => rmSync(folder, { recursive: true, force: true }) };
}
