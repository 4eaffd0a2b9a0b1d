/** Telegram's HTML (https://core.telegram.org/bots/api#html-style): gives the plain text, refuses what is malformed. */
const TAGS = new Set([
  'b',
  'strong',
  'i',
  'em',
  'u',
  'ins',
  's',
  'strike',
  'del',
  'code',
  'pre',
  'a',
  'tg-spoiler',
  'blockquote',
]);
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"' };

export function readHtml(html: string, refuse: (description: string) => never): string {
  const open: string[] = [];
  let text = '';
  let at = 0;
  const bad = (why: string): never => refuse(`can't parse entities: ${why} at byte offset ${at}`);
  while (at < html.length) {
    const char = html[at] ?? '';
    if (char === '<') {
      const tag = /^<(\/?)([a-z-]+)((?:\s+[a-z-]+="[^"<>]*")*)\s*>/.exec(html.slice(at));
      if (tag === null || !TAGS.has(tag[2] ?? '')) return bad('Unsupported start tag');
      if (tag[1] === '/') {
        if (open.pop() !== tag[2]) return bad('Unmatched end tag');
      } else open.push(tag[2] ?? '');
      at += tag[0].length;
    } else if (char === '&') {
      const entity = /^&(#\d+|#x[0-9a-f]+|[a-z]+);/i.exec(html.slice(at));
      if (entity === null) {
        text += char; // the real one takes a lone ampersand
        at += 1;
        continue;
      }
      const name = entity[1] ?? '';
      text +=
        ENTITIES[name] ??
        (name.startsWith('#') ? String.fromCodePoint(Number(name.replace('#x', '0x').replace('#', ''))) : entity[0]);
      at += entity[0].length;
    } else {
      if (char === '>') return bad('Unescaped >'); // stricter than the real one: it shows a missing escape
      text += char;
      at += 1;
    }
  }
  if (open.length > 0) return bad(`Can't find end tag corresponding to start tag ${open.at(-1) ?? ''}`);
  return text.replace(/^\s+|\s+$/g, '');
}
