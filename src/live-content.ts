/**
 * The content that the service works with, while its files may change: a checked edit is swapped in as a whole between
 * two turns; a broken one changes nothing and is told at `/readyz`.
 */
import type { Day } from './base/index.ts';
import { watchPack } from './content/watch.ts';
import type { Issue, Pack } from './content/index.ts';
import { openLibrary, type Library, type Settings } from './conversation/index.ts';
import type { Log } from './service/ports.ts';
import { loadContent } from './service/load-content.ts';
import { createTexts, type Texts } from './texts/index.ts';

export interface LiveContent {
  /** As they stand now: ask anew for each turn, and take both at once. */
  current(): { readonly library: Library; readonly texts: Texts };
  /** The first mistake of a refused edit, as `file:line message`; null when the files are what is in use. */
  refusedEdit(): string | null;
  /** Called after each swap. */
  onChange(listener: () => void): void;
  stop(): Promise<void>;
}

export interface LiveContentParts {
  readonly dir: string;
  readonly settings: Settings;
  readonly today: () => Day;
  readonly log: Log;
}

export type Opened =
  | { readonly ok: true; readonly content: LiveContent }
  | { readonly ok: false; readonly issues: readonly Issue[] };

/** Loads, checks and watches a content folder; the issues when there are errors in it. */
export async function openLiveContent({ dir, settings, today, log }: LiveContentParts): Promise<Opened> {
  const load = () => loadContent(dir, { today: today() });
  const loaded = await load();
  if (!loaded.ok) return { ok: false, issues: loaded.issues };
  const open = (pack: Pack) => ({ library: openLibrary(pack, settings), texts: createTexts(pack.texts) });
  const listeners: (() => void)[] = [];
  let current = open(loaded.pack);
  let refused: string | null = null;
  const watching = watchPack(dir, loaded.pack.fingerprint, {
    load,
    onPack(pack) {
      current = open(pack);
      refused = null;
      log.info({ fingerprint: pack.fingerprint }, 'content-swapped');
      for (const listener of listeners) listener();
    },
    onIssues(issues) {
      const [first] = errorsOf(issues);
      refused = first === undefined ? null : lineOf(first);
      log.warn({ errors: errorsOf(issues).length, file: first?.file, line: first?.line }, 'content-edit-refused');
    },
    onTrouble: (err) => log.warn({ err }, 'content-unreadable'),
  });
  return {
    ok: true,
    content: {
      current: () => current,
      refusedEdit: () => refused,
      onChange: (listener) => void listeners.push(listener),
      stop: () => watching.stop(),
    },
  };
}

export const errorsOf = (issues: readonly Issue[]): readonly Issue[] =>
  issues.filter(({ severity }) => severity === 'error');

export const lineOf = ({ file, line, message, hint }: Issue): string =>
  `${file}:${line} ${message}${hint === '' ? '' : ` ${hint}`}`;
