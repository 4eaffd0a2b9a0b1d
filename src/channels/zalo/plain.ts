/** Messages as plain text, which is all that Zalo shows: blocks become paragraphs and lines, long texts become pieces. Pure. */
import type { RenderedBlock, Run } from '../../service/ports.ts';

/** A paragraph or a line, and what stands between it and the one before. */
export interface Part {
  readonly text: string;
  readonly glue: '\n' | '\n\n';
}

/** A link is written out where its words do not show it. */
const writeRun = ({ text, href }: Run): string =>
  href !== undefined && /^https?:/i.test(href) && !text.includes(href) ? `${text} (${href})` : text;

const write = (runs: readonly Run[]) => runs.map(writeRun).join('').normalize('NFC');

/** Blocks of text; files are left out. */
export function partsOf(blocks: readonly RenderedBlock[]): readonly Part[] {
  return blocks.flatMap((block): readonly Part[] => {
    if (block.kind === 'file') return [];
    if (block.kind === 'paragraph') return [{ text: write(block.runs), glue: '\n\n' }];
    return block.items.map((item) => ({ text: `• ${write(item)}`, glue: '\n' }));
  });
}

/**
 * Joins parts into texts of at most `max` UTF-16 units (never fewer than code points), as full as whole paragraphs fill
 * them; a paragraph that is too long is cut after sentences, then between words, at last inside a word.
 */
export function splitParts(parts: readonly Part[], max: number): readonly string[] {
  const pieces: string[] = [];
  let current = '';
  const flush = () => {
    if (current.trim() !== '') pieces.push(current.trimEnd());
    current = '';
  };
  for (const { text, glue } of parts) {
    if (text.trim() === '') continue;
    const joined = current === '' ? text : current + glue + text;
    if (joined.length <= max) {
      current = joined;
      continue;
    }
    flush();
    for (const token of text.length <= max ? [text] : tokensOf(text, max)) {
      if (current.length + token.trimEnd().length > max) flush();
      current += token;
    }
  }
  flush();
  return pieces;
}

/** Sentences with the blanks behind them; words of a sentence that is too long; letters of such a word. */
function tokensOf(text: string, max: number): readonly string[] {
  const sentences = text.match(/[^.!?…\n]*[.!?…\n]+\s*|[^.!?…\n]+$/g) ?? [text];
  return sentences.flatMap((sentence) => {
    if (sentence.trimEnd().length <= max) return [sentence];
    const words = sentence.match(/\S+\s*|\s+/g) ?? [];
    return words.flatMap((word) => (word.trimEnd().length <= max ? [word] : letters(word, max)));
  });
}

/** By code points: a surrogate pair is never torn. */
function letters(word: string, max: number): readonly string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const letter of word) {
    if (piece.length + letter.length > max) {
      pieces.push(piece);
      piece = '';
    }
    piece += letter;
  }
  return [...pieces, piece];
}

/** At most `max` code points. */
export const shortened = (text: string, max: number): string => {
  const points = [...text.normalize('NFC')];
  return points.length <= max ? points.join('') : `${points.slice(0, max - 1).join('')}…`;
};
