/** Reads the scripts and styles of the desk: beside this file in the sources, beside the bundle in a build. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export function readDeskFiles(): Readonly<Record<string, string>> {
  const built = join(import.meta.dirname, 'web-desk-page');
  const dir = existsSync(built) ? built : join(import.meta.dirname, 'page');
  return Object.fromEntries(readdirSync(dir).map((name) => [name, readFileSync(join(dir, name), 'utf8')]));
}
