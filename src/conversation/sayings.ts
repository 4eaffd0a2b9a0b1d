/** What a whole text may say besides a command: «không có», «mất rồi», «à không, hợp tác xã chứ». */
import { foldList, foldWords } from '../language/index.ts';
import { withoutCourtesy } from './commands.ts';
import type { Library } from './library.ts';

const isOneOf = (library: Library, list: string, text: string): boolean => {
  const said = withoutCourtesy(library, text);
  return foldList(library.pack.commands[list] ?? []).includes(said);
};

/** «không có», «chưa có»: there is nothing to answer. */
export const saysNothing = (library: Library, text: string): boolean => isOneOf(library, 'nothing', text);

/** «không có giấy», «mất rồi»: there is no such paper, and none will come. */
export const saysNoPaper = (library: Library, text: string): boolean => isOneOf(library, 'no-paper', text);

/** What stands behind «à không», «em nhầm»: the right answer to an earlier question; null when the text corrects nothing. */
export function correctionIn(library: Library, text: string): string | null {
  const words = text.trim().split(/[\s,.:;!]+/);
  const said = `${foldWords(text)} `;
  const forms = library.pack.commands['corrections'] ?? [];
  for (const [at, form] of forms.entries()) {
    if (!said.startsWith(`${foldList(forms)[at]} `)) continue;
    const length = form.split(' ').length;
    const rest = words.slice(length).join(' ');
    if (rest !== '' && foldWords(words.slice(0, length).join(' ')) === foldWords(form)) return rest;
  }
  return null;
}
