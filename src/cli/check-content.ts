/** Everything that can be said of a content folder: its own checks, its worked examples, and the texts the program names. */
import { loadPack } from '../content/files.ts';
import type { Issue } from '../content/index.ts';
import type { CommandIo } from './command.ts';
import { usedTexts } from './used-texts.ts';

export async function checkContent(
  dir: string,
  io: Pick<CommandIo, 'today' | 'lang'>,
): Promise<{ readonly ok: boolean; readonly issues: readonly Issue[] }> {
  const used = usedTexts();
  const loaded = await loadPack(dir, { today: io.today, lang: io.lang, ...(used === null ? {} : { usedTexts: used }) });
  return { ok: loaded.ok, issues: loaded.issues };
}
