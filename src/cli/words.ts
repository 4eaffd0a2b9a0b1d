/**
 * The words of the command line: `content/texts/<lang>` of the program itself, not of the pack under `CONTENT_DIR`,
 * so that a broken pack can still be talked about.
 */
import type { Values } from '../content/index.ts';
import { ownContentDir, loadTexts } from '../content/files.ts';
import { createTexts } from '../texts/index.ts';

export type CliWords = (key: string, values?: Values) => string;

/** The words in `lang`, or null when there is no such language. */
export async function readWords(lang: string): Promise<CliWords | null> {
  if (lang !== 'vi' && lang !== 'en') return null;
  const texts = createTexts(await loadTexts(ownContentDir()));
  return (key, values) => texts.label(values === undefined ? { key } : { key, values }, lang);
}
