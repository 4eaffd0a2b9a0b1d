/** What the light Markdown of content must not hold: HTML, templates, foreign links, pictures. */
import { findingsIn, type Finding } from './finding.ts';
import { isSafeHref } from './light-markdown.ts';

export interface MarkupRules {
  /** `{{name}}` is filled with a value in the bot's own texts, and a mistake everywhere else. */
  readonly placesAllowed: boolean;
}

// Each pattern takes linear time on any line, however hostile.
const ANY_LINK = /\[[^[\]\n]{0,300}\]\(([^)\n]{0,500})\)/g;
const HTML = /<[a-zA-Z/!?]|&(?:#\d+|#x[0-9a-f]+|[a-z]{2,8});|\b(?:javascript|vbscript|data)\s{0,9}:\S/i;
const BARE_LINK = /(?:^|\s|(?<!\])\()((?:http|ftp|file|ws):\/\/\S{1,99})/i;
const UNSUPPORTED = /^\s{0,3}(?:#{1,6}\s|```|~~~|\|.*\||>\s)|!\[/;

/** Looks at each line of `text`; `lineAt(0)` is the line of the file on which the text begins. */
export function checkMarkup(
  file: string,
  text: string,
  lineAt: (line: number) => number,
  rules: MarkupRules,
): Finding[] {
  const findings: Finding[] = [];
  const { error, warning } = findingsIn(file);
  for (const [at, line] of text.split('\n').entries()) {
    const where = lineAt(at);
    if (HTML.test(line)) {
      findings.push(error('html', where, { what: line.trim().slice(0, 60) }));
    }
    for (const match of line.matchAll(ANY_LINK)) {
      const href = (match[1] ?? '').replace(rules.placesAllowed ? /\{\{\s*\w+\s*\}\}/g : /(?!)/g, '0');
      if (!isSafeHref(href)) findings.push(error('link-scheme', where, { href: href.slice(0, 60) }));
    }
    const bare = BARE_LINK.exec(line)?.[1];
    if (bare !== undefined) findings.push(error('link-scheme', where, { href: bare.slice(0, 60) }));
    if (!rules.placesAllowed && /\{\{|\}\}/.test(line)) findings.push(error('template-in-answer', where));
    if (UNSUPPORTED.test(line)) findings.push(warning('unsupported-markup', where, { what: line.trim().slice(0, 40) }));
  }
  return findings;
}

/** Every text within plain data, with its path: words of a question, a programme, a language. */
export function* textsWithin(
  value: unknown,
  path: readonly PropertyKey[] = [],
): Generator<[readonly PropertyKey[], string]> {
  if (typeof value === 'string') yield [path, value];
  else if (Array.isArray(value)) for (const [at, each] of value.entries()) yield* textsWithin(each, [...path, at]);
  else if (typeof value === 'object' && value !== null)
    for (const [key, each] of Object.entries(value)) yield* textsWithin(each, [...path, key]);
}
