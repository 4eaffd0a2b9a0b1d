/** A short name for a text: the same text, the same name. Not for secrets; two texts share one by accident only (64 bits). */
export function digestOf(text: string): string {
  // Two runs of FNV-1a over UTF-16 units from different beginnings, each mixed once more at its end.
  let one = 0x811c9dc5;
  let two = 0x9e3779b9;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    one = Math.imul(one ^ unit, 0x01000193);
    two = Math.imul(two ^ unit, 0x85ebca6b) ^ (two >>> 15);
  }
  return (
    mixed(one).toString(36).padStart(7, '0') +
    mixed(two ^ one)
      .toString(36)
      .padStart(7, '0')
  );
}

function mixed(hash: number): number {
  const once = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35);
  return (twice ^ (twice >>> 16)) >>> 0;
}
