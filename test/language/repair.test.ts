/** Repair of what people type: a plain table of typed and meant. The word lists are those of the content. */
import { describe, expect, it } from 'vitest';
import { repair } from '../../src/language/index.ts';
import { readWords } from '../support/faq-corpus.ts';

const { words } = readWords();

const TABLE: readonly (readonly [typed: string, meant: string])[] = [
  // Telex
  ['khuyeens coong laf gif', 'khuyến công là gì'],
  ['hoox trowj mua mays mocs', 'hỗ trợ mua máy móc'],
  ['nghij ddinhj dduwowcj', 'nghị định được'],
  ['khuyeesn', 'khuyến'],
  ['tieenf', 'tiền'],
  // VNI
  ['ho64 tro75', 'hỗ trợ'],
  ['khuye61n co6ng', 'khuyến công'],
  ['d9u7o75c', 'được'],
  // words that only look like keys left over
  ['mua may cnc', 'mua may cnc'],
  ['test form logo', 'test form logo'],
  ['can bo', 'can bo'],
  // joined digits
  ['nđ134', 'nghị định 134'],
  ['tt28', 'thông tư 28'],
  ['mất 300tr', 'mất 300 triệu'],
  ['5 củ', '5 triệu'],
  ['củ chi', 'củ chi'],
  // abbreviations, by the words around them
  ['kc la j', 'khuyến công la gì'],
  ['đk kinh doanh', 'đăng ký kinh doanh'],
  ['đk để được là gì', 'điều kiện để được là gì'],
  ['có dk hỗ trợ k', 'có được hỗ trợ không'],
  ['cs sản xuất', 'cơ sở sản xuất'],
  ['chính sách cs mới của tỉnh', 'chính sách chính sách mới của tỉnh'],
  ['tt 28', 'thông tư 28'],
  ['tt ở đâu', 'trung tâm ở đâu'],
  ['hs cần j', 'hồ sơ cần gì'],
  // dialect, with the words that it is not
  ['nộp ở mô rứa', 'nộp ở đâu vậy'],
  ['mô hình trình diễn', 'mô hình trình diễn'],
  ['mần răng', 'làm sao'],
  ['cái chi', 'cái gì'],
  ['mức chi bao nhiêu', 'mức chi bao nhiêu'],
  ['chi phí', 'chi phí'],
  ['tui có được hông', 'tôi có được không'],
  // drawn-out letters, tone placement, NFD
  ['khôngggg', 'không'],
  ['hoà', 'hòa'],
  ['thuỷ', 'thủy'],
  ['khuyến công'.normalize('NFD'), 'khuyến công'],
  // teencode letters
  ['phí → fí', 'phí → phí'],
];

describe('repair', () => {
  it.each(TABLE)('reads «%s» as «%s»', (typed, meant) => expect(repair(typed, words)).toBe(meant));

  it('keeps punctuation, line breaks and the capitals of words it leaves alone', () => {
    expect(repair('Ở Thanh Hóa,\nđc ko?', words)).toBe('Ở Thanh Hóa,\nđược không?');
  });

  it('leaves standard Vietnamese as it is', () => {
    const text = 'Cơ sở sản xuất ở phường của tỉnh có được hỗ trợ mua máy móc, thiết bị không?';
    expect(repair(text, words)).toBe(text);
  });

  it('takes any text without throwing', () => {
    for (const text of ['', '   ', '🙂🙂', '\u0301\u0301', 'a'.repeat(5000), '1234567890', '<b>x</b>', '\u200b']) {
      expect(() => repair(text, words)).not.toThrow();
    }
  });
});
