/**
 * Folding: Vietnamese letters reduced to what people type on a phone without diacritics.
 * `fold('Hoà Bình, Đắk Lắk')` is `hoa binh, dak lak`. Length in UTF-16 units is kept for NFC text.
 */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .normalize('NFC');
}

/** Folded, anything but letters and digits to single spaces: for comparing labels and names. */
export const foldWords = (text: string): string =>
  fold(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

const lists = new WeakMap<readonly string[], readonly string[]>();

/** A list of content in folded words; each list is folded once. */
export function foldList(list: readonly string[]): readonly string[] {
  const known = lists.get(list);
  if (known !== undefined) return known;
  const folded = list.map(foldWords);
  lists.set(list, folded);
  return folded;
}
