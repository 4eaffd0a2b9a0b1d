/** Reads the files of the page: beside this file in the sources, beside the bundle in a build (`build.config.js`). */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PageFiles } from './page.ts';

export function readPageFiles(): PageFiles {
  const built = join(import.meta.dirname, 'channels-webchat-page');
  const dir = existsSync(built) ? built : join(import.meta.dirname, 'page');
  return Object.fromEntries(readdirSync(dir).map((name) => [name, readFileSync(join(dir, name), 'utf8')]));
}
