/** Text as XML can hold it: one control character or half of a surrogate pair would make the whole file unreadable. */
export const xmlText = (text: string): string =>
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '').replace(/[\ud800-\udfff]/gu, '\ufffd');
