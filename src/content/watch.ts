/**
 * Watches a content folder: a saved edit becomes a new pack within two seconds, a broken one changes nothing and is
 * reported. The system's notices are used where they come; a slow look at names, sizes and times finds what they miss
 * (network folders, containers).
 */
import { watch, type FSWatcher } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Loaded } from './files.ts';
import type { Issue } from './issue.ts';
import type { Pack } from './pack.ts';

export interface Watching {
  /** Ends when a load that has begun is done; nothing is called afterwards. */
  stop(): Promise<void>;
}

export interface WatchHandlers {
  /** Loads and checks the folder: `loadPack`, or a wider one. */
  readonly load: (dir: string) => Promise<Loaded>;
  /** A new pack, with its warnings. Not called when nothing differs from the last one. */
  readonly onPack: (pack: Pack, issues: readonly Issue[]) => void;
  /** The edit was refused; the pack of before stays. */
  readonly onIssues: (issues: readonly Issue[]) => void;
  /** The folder could not be read at all (it is being replaced, rights are missing); looked at again later. */
  readonly onTrouble?: (error: unknown) => void;
}

/** Editors write in several steps: wait until they are quiet. Both in milliseconds. */
const QUIET_MS = 150;
const LOOK_EVERY_MS = 1000;

/** `fingerprint` is that of the pack in use, so that touching a file without a change does nothing. */
export function watchPack(dir: string, fingerprint: string, handlers: WatchHandlers): Watching {
  let current = fingerprint;
  let stopped = false;
  let quiet: NodeJS.Timeout | undefined;
  let loading: Promise<void> = Promise.resolve();
  let seen: string | null = null;

  async function reload(): Promise<void> {
    if (stopped) return;
    try {
      const loaded = await handlers.load(dir);
      if (stopped) return;
      if (!loaded.ok) {
        // Back to the pack in use after a refused edit is news too: the warning has to go.
        current = '';
        handlers.onIssues(loaded.issues);
      } else if (loaded.pack.fingerprint !== current) {
        current = loaded.pack.fingerprint;
        handlers.onPack(loaded.pack, loaded.issues);
      }
    } catch (error) {
      handlers.onTrouble?.(error);
    }
  }
  const soon = () => {
    clearTimeout(quiet);
    quiet = setTimeout(() => {
      loading = loading.then(reload);
    }, QUIET_MS);
    quiet.unref();
  };

  const watcher = watchFolder(dir, soon);
  const timer = setInterval(() => {
    void stampOf(dir).then((stamp) => {
      if (seen !== null && stamp !== seen && !stopped) soon();
      seen = stamp;
    });
  }, LOOK_EVERY_MS);
  timer.unref();
  void stampOf(dir).then((stamp) => (seen ??= stamp));

  return {
    async stop() {
      stopped = true;
      clearTimeout(quiet);
      clearInterval(timer);
      watcher?.close();
      await loading;
    },
  };
}

/** null where the system gives no notices; the slow look remains. */
function watchFolder(dir: string, changed: () => void): FSWatcher | null {
  try {
    const watcher = watch(dir, { recursive: true, persistent: false }, changed);
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    return null;
  }
}

/** Names, sizes and times of all files; an unreadable folder is a state like another. */
async function stampOf(dir: string): Promise<string> {
  try {
    const entries = await readdir(dir, { recursive: true, withFileTypes: true });
    const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    const stats = await Promise.all(paths.sort().map(async (path) => ({ path, ...(await timeOf(path)) })));
    return stats.map(({ path, size, time }) => `${path}:${size}:${time}`).join('\n');
  } catch {
    return '';
  }
}

async function timeOf(path: string): Promise<{ size: number; time: number }> {
  try {
    const { size, mtimeMs } = await stat(path);
    return { size, time: mtimeMs };
  } catch {
    return { size: -1, time: 0 }; // gone between the list and the look
  }
}
