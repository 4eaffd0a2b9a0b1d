/** The secret that the service makes for itself on its first start, in a file that only its own user can read. */
import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { err, ok, type Result } from './base/index.ts';

/**
 * The secret in `<dir>/secret`. Two processes that start at once agree on one, because the file appears whole under
 * its name or not at all. The error says in one line why it could not be kept.
 */
export function keptSecret(dir: string): Result<string, string> {
  const file = join(dir, 'secret');
  try {
    mkdirSync(dir, { recursive: true });
    if (!existsSync(file)) make(file);
    const secret = readFileSync(file, 'utf8').trim();
    return secret === '' ? err(`${file} is empty: remove it, or set APP_SECRET`) : ok(secret);
  } catch (error) {
    return err(`could not be kept in ${file} (${(error as NodeJS.ErrnoException).code})`);
  }
}

function make(file: string) {
  const fresh = `${file}.${process.pid}`;
  writeFileSync(fresh, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 });
  try {
    linkSync(fresh, file);
  } catch (error) {
    if (!existsSync(file)) throw error; // else another process was faster: its secret serves
  } finally {
    rmSync(fresh, { force: true });
  }
}
