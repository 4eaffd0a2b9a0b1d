/** Telegram's HTML (https://core.telegram.org/bots/api#html-style): runs become tags, long texts become pieces. Pure. */
import type { RenderedBlock, Run } from '../../service/ports.ts';

/** A paragraph or a line, and what stands between it and the one before. */
export interface Part {
  readonly runs: readonly Run[];
  readonly glue: '\n' | '\n\n';
}

export const escapeHtml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Blocks of text as paragraphs and lines; files are left out. */
export function paragraphsOf(blocks: readonly RenderedBlock[]): readonly Part[] {
  return blocks.flatMap((block): readonly Part[] => {
    if (block.kind === 'paragraph') return [{ runs: block.runs, glue: '\n\n' }];
    if (block.kind === 'file') return [];
    return block.items.map((item) => ({ runs: [{ text: '• ' }, ...item], glue: '\n' }));
  });
}

function writeRun(run: Run): string {
  let html = escapeHtml(run.text);
  // Telegram links only the web; it marks phone numbers and addresses by itself.
  if (run.href !== undefined && /^https?:/i.test(run.href)) html = `<a href="${escapeHtml(run.href)}">${html}</a>`;
  if (run.quiet === true) html = `<i>${html}</i>`;
  if (run.bold === true) html = `<b>${html}</b>`;
  return html;
}

const write = (runs: readonly Run[]) => runs.map(writeRun).join('');

/** Joins parts into texts of at most `max` units each, as full as they go; a part that is too long is cut in itself. */
export function splitParts(parts: readonly Part[], max: number): readonly string[] {
  const texts: string[] = [];
  let text = '';
  for (const part of parts) {
    for (const [index, html] of cutRuns(part.runs, max).entries()) {
      if (html.trim() === '') continue;
      const glue = index === 0 ? part.glue : ' ';
      if (text !== '' && text.length + glue.length + html.length > max) {
        texts.push(text);
        text = '';
      }
      text = text === '' ? html : text + glue + html;
    }
  }
  if (text !== '') texts.push(text);
  return texts;
}

/** A paragraph as one text when it fits, else cut after sentences, then between words, at last inside a word. */
function cutRuns(runs: readonly Run[], max: number): readonly string[] {
  const whole = write(runs);
  if (whole.length <= max) return [whole];
  const pieces: string[] = [];
  let current = '';
  for (const run of runs) {
    for (const text of cutText(run.text, max - writeRun({ ...run, text: '' }).length)) {
      const html = writeRun({ ...run, text });
      if (current !== '' && current.length + html.length > max) {
        pieces.push(current);
        current = '';
      }
      current += html;
    }
  }
  if (current !== '') pieces.push(current);
  return pieces;
}

/** Pieces of at most `room` units after escaping. */
function cutText(text: string, room: number): readonly string[] {
  const fits = (candidate: string) => escapeHtml(candidate).length <= room;
  const sentences = text.match(/[^.!?…\n]*[.!?…\n]+\s*|[^.!?…\n]+$/g) ?? [text];
  return sentences.flatMap((sentence) => {
    if (fits(sentence)) return [sentence];
    const words = sentence.match(/\S+\s*|\s+/g) ?? [];
    return words.flatMap((word) => (fits(word) ? [word] : cutWord(word, room)));
  });
}

function cutWord(word: string, room: number): readonly string[] {
  const pieces: string[] = [];
  let piece = '';
  let used = 0;
  // By code points: a surrogate pair is never torn.
  for (const char of word) {
    const size = escapeHtml(char).length;
    if (used + size > room) {
      pieces.push(piece);
      piece = '';
      used = 0;
    }
    piece += char;
    used += size;
  }
  return [...pieces, piece];
}
