/** A short name for a text: the same text, the same name. Not for secrets; two texts share one by accident only (64 bits). */
export function digestOf(text: string): string {
  let hash = 0xcbf29ce484222325n; // FNV-1a, 64 bits, over UTF-16 units
  for (let at = 0; at < text.length; at += 1) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(at))) * 0x100000001b3n);
  }
  return hash.toString(36);
}
