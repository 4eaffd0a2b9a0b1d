/**
 * The content that the service works with, while its files may change: a checked edit is swapped in as a whole between
 * two turns; a broken one changes nothing and is told at `/readyz`.
 */
import type { Day } from '../base/index.ts';
import { watchPack } from '../content/watch.ts';
import type { Issue, Pack } from '../content/index.ts';
import { openLibrary, type Library, type Settings } from '../conversation/index.ts';
import { loadContent, openScript, type Log, type Refusal, type Script } from '../service/index.ts';
import { usedTexts } from '../used-texts.ts';
import { createTexts, SOURCE_LANGUAGE, type Texts } from '../texts/index.ts';

export interface ContentInUse {
  readonly library: Library;
  readonly texts: Texts;
  readonly script: Script;
}

export interface LiveContent {
  /** As it stands now: ask anew for each turn. */
  current(): ContentInUse;
  /** Why the last edit was refused; null when the files are what is in use. */
  refusal(): Refusal | null;
  stop(): Promise<void>;
}

export interface LiveContentParts {
  readonly dir: string;
  readonly settings: Settings;
  readonly today: () => Day;
  readonly log: Log;
}

export type Opened =
  { readonly ok: true; readonly content: LiveContent } | { readonly ok: false; readonly issues: readonly Issue[] };

/** Loads, checks and watches a content folder; the issues when there are errors in it. */
export async function openLiveContent({ dir, settings, today, log }: LiveContentParts): Promise<Opened> {
  const used = usedTexts(); // a text that the program needs and the pack has not: no start, and no swap
  const load = () => loadContent(dir, { today: today(), ...(used === null ? {} : { usedTexts: used }) });
  const loaded = await load();
  if (!loaded.ok) return { ok: false, issues: loaded.issues };
  const open = (pack: Pack): ContentInUse => {
    const library = openLibrary(pack, settings);
    const texts = createTexts(pack.texts);
    return { library, texts, script: openScript(library, texts) };
  };
  let current = open(loaded.pack);
  let refused: Refusal | null = null;
  const watching = watchPack(dir, loaded.pack.fingerprint, {
    load,
    onPack(pack) {
      current = open(pack);
      refused = null;
      log.info({ fingerprint: pack.fingerprint }, 'content-swapped');
    },
    onIssues(issues) {
      const [first] = errorsOf(issues);
      const errors = errorsOf(issues).length;
      refused = first === undefined ? null : { first: lineOf(first), errors };
      log.warn({ errors, file: first?.file, line: first?.line }, 'content-edit-refused');
    },
    onTrouble: (err) => log.warn({ err }, 'content-unreadable'),
  });
  return {
    ok: true,
    content: {
      current: () => current,
      refusal: () => refused,
      stop: () => watching.stop(),
    },
  };
}

export const errorsOf = (issues: readonly Issue[]): readonly Issue[] =>
  issues.filter(({ severity }) => severity === 'error');

export const lineOf = ({ file, line, message, hint }: Issue): string =>
  `${file}:${line} ${message}${hint === '' ? '' : ` ${hint}`}`;

/** The words of the chat page (`content/texts/<lang>/web.yaml`) by the last part of their key. */
export function pageWords({ library, texts }: ContentInUse, lang: string): Record<string, string> {
  const names = Object.keys(library.pack.texts[SOURCE_LANGUAGE]?.['web'] ?? {});
  return Object.fromEntries(names.map((name) => [name, texts.label({ key: `web.${name}` }, lang)]));
}
