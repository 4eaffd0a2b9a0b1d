/**
 * Light Markdown: paragraphs, `- ` lists, **bold** and [links](https://…). Whatever else is typed stays as it is typed;
 * HTML is text. An address that is no https, tel or mailto leaves its words and drops the link.
 */
import { isSafeHref, LINK, type Run } from '../content/index.ts';

export type MarkdownBlock =
  | { readonly kind: 'paragraph'; readonly runs: readonly Run[] }
  | { readonly kind: 'list'; readonly items: readonly (readonly Run[])[] };

const ITEM = /^\s{0,3}[-*•]\s+(.*)$/;
const ESCAPED = /\\([\\*[\]()_`#+.!-])/g;
/** Escaped marks wait here, outside any alphabet, until the reading is over. */
const HIDDEN_FROM = 0xe000;

/** Reads paragraphs and lists. `keepLines`: a line break within a paragraph counts; otherwise it is a space. */
export function readMarkdown(text: string, options: { readonly keepLines: boolean }): readonly MarkdownBlock[] {
  const blocks: MarkdownBlock[] = [];
  for (const part of text.replace(/\r\n?/g, '\n').split(/\n[ \t]*\n/))
    blocks.push(...readPart(part, options.keepLines));
  return blocks;
}

/** One stretch without an empty line: lines of text, then items; an indented line goes on with its item. */
function readPart(part: string, keepLines: boolean): MarkdownBlock[] {
  const blocks: MarkdownBlock[] = [];
  let lines: string[] = [];
  let items: string[] = [];
  const joiner = keepLines ? '\n' : ' ';
  const endText = () => {
    if (lines.length > 0) blocks.push({ kind: 'paragraph', runs: readInline(lines.join(joiner)) });
    lines = [];
  };
  const endItems = () => {
    if (items.length > 0) blocks.push({ kind: 'list', items: items.map((item) => readInline(item)) });
    items = [];
  };
  for (const line of part.split('\n')) {
    const item = ITEM.exec(line)?.[1];
    if (item !== undefined) {
      endText();
      items.push(item.trim());
    } else if (items.length > 0 && /^\s/.test(line)) {
      items[items.length - 1] += ` ${line.trim()}`;
    } else if (line.trim() !== '') {
      endItems();
      lines.push(line.trim());
    }
  }
  endText();
  endItems();
  return blocks;
}

const hide = (text: string) =>
  text.replace(ESCAPED, (_, mark: string) => String.fromCharCode(HIDDEN_FROM + mark.charCodeAt(0)));
const show = (text: string) =>
  text.replace(/[\ue000-\ue07f]/g, (mark) => String.fromCharCode(mark.charCodeAt(0) - HIDDEN_FROM));

/** Reads bold and links within a line. */
export function readInline(text: string): readonly Run[] {
  const hidden = hide(text.replace(/[\ue000-\uf8ff]/g, ''));
  const runs: Run[] = [];
  let bold = false;
  const pieces = hidden.split('**');
  pieces.forEach((piece, at) => {
    // An opening mark without its closing one is no mark.
    const unclosed = at === pieces.length - 1 && at % 2 === 1;
    runs.push(...readLinks(unclosed ? `**${piece}` : piece, bold && !unclosed));
    bold = !bold;
  });
  return runs;
}

function readLinks(text: string, bold: boolean): Run[] {
  const look = bold ? ({ bold: true } as const) : {};
  const runs: Run[] = [];
  let from = 0;
  for (const match of text.matchAll(LINK)) {
    if (match.index > from) runs.push({ text: show(text.slice(from, match.index)), ...look });
    const href = show(match[2] ?? '');
    const fillable = href.replace(/\{\{\s*\w+\s*\}\}/g, '0');
    const words = show(match[1] ?? '');
    runs.push(isSafeHref(fillable) ? { text: words, href, ...look } : { text: words, ...look });
    from = match.index + match[0].length;
  }
  if (from < text.length) runs.push({ text: show(text.slice(from)), ...look });
  return runs;
}
