/** Everything that can be said of a content folder, for its editors. */
import type { Issue } from '../content/index.ts';
import { loadContent } from '../service/load-content.ts';
import type { CommandIo } from './command.ts';
import { usedTexts } from '../used-texts.ts';

export async function checkContent(
  dir: string,
  io: Pick<CommandIo, 'today' | 'lang'>,
): Promise<{ readonly ok: boolean; readonly issues: readonly Issue[] }> {
  const used = usedTexts();
  const { ok, issues } = await loadContent(dir, {
    today: io.today,
    lang: io.lang,
    thorough: true,
    ...(used === null ? {} : { usedTexts: used }),
  });
  return { ok, issues };
}
