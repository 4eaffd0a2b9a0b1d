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
