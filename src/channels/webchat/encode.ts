/** A stored message as the page reads it. */
import type { FileRef, LogMessage, RenderedBlock, Run } from '../../service/ports.ts';
import type { WireMessage } from './wire.ts';

/** `linkOf` gives the address from which a file of the message can be fetched. */
export function encode(logged: LogMessage, linkOf: (file: FileRef) => string): WireMessage {
  const { blocks, choices, ask } = logged.message;
  return {
    id: String(logged.seq),
    from: logged.from,
    text: plainText(blocks),
    blocks: blocks.filter((block) => block.kind !== 'file'),
    ...(ask === undefined ? {} : { ask }),
    choices,
    files: blocks.flatMap((block) => (block.kind === 'file' ? [{ ...block.file, url: linkOf(block.file) }] : [])),
    at: logged.at,
  };
}

/** Blocks as text: paragraphs by empty lines, lists with dashes, an address behind the words that link to it. */
export function plainText(blocks: readonly RenderedBlock[]): string {
  const parts = blocks.flatMap((block) => {
    if (block.kind === 'paragraph') return [wordsOf(block.runs)];
    if (block.kind === 'list') return [block.items.map((item) => `- ${wordsOf(item)}`).join('\n')];
    return [];
  });
  return parts.join('\n\n');
}

const wordsOf = (runs: readonly Run[]) =>
  runs.map(({ text, href }) => (href === undefined || isSame(text, href) ? text : `${text} (${href})`)).join('');

const isSame = (text: string, href: string) => href.replace(/^(mailto|tel|https?):(\/\/)?/, '').includes(text.trim());
