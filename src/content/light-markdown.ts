/** What the light Markdown of content may link to. Shared by the check of content and by `texts`, which reads it. */

const SCHEMES = ['https:', 'tel:', 'mailto:'] as const;

/** True for https, tel and mailto addresses without spaces or control characters; everything else is never a link. */
export function isSafeHref(href: string): boolean {
  if (!/^[!-~\u00a1-\uffff]+$/.test(href) || /[<>"'`\\]/.test(href)) return false;
  const scheme = SCHEMES.find((each) => href.toLowerCase().startsWith(each));
  if (scheme === undefined) return false;
  return scheme !== 'https:' || /^https:\/\/[^/?#@]+([/?#]|$)/i.test(href);
}

/** A link as content writes it: `[words](address)`. */
export const LINK = /\[([^[\]\n]+)\]\(([^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\)/g;
