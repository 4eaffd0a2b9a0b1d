import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPhone } from '../../src/language/index.ts';
import { cases, told, words } from './support.ts';

const TABLE = `
  0912 345 678 => +84912345678
  +84 912.345.678 => +84912345678
  84912345678 => +84912345678
  không chín một hai ba bốn năm sáu bảy tám => +84912345678
  khong chin mot hai ba bon nam sau bay tam => +84912345678
  không chín 12 345 678 => +84912345678
  sdt em la 0912345678 nhé => +84912345678
  O912345678 => +84912345678
  o9l2345678 => ✗ too-short
  091234567 => ✗ too-short
  09123456789 => ✗ too-long
  912345678 => ✗ no-leading-zero +84912345678
  0237 3852 123 => +842373852123
  02373852123 => +842373852123
  (0237) 3.852.123 => +842373852123
  +840912345678 => +84912345678
  0084912345678 => +84912345678
  +1 415 555 2671 => ✗ foreign-number
  0912345678 hoặc 0987654321 => ✗ two-numbers +84912345678 +84987654321
  0912345678 0987654321 => ✗ two-numbers +84912345678 +84987654321
  0912345678/0987654321 => ✗ two-numbers +84912345678 +84987654321
  0912345678, 0987654321 => ✗ two-numbers +84912345678 +84987654321
  01681234567 => ✗ old-mobile +84381234567
  19006568 => ✗ hotline
  0312345678 => ✗ unknown-prefix
  0313822616 => ✗ unknown-prefix
  so nha 12 duong 3, 0912345678 => +84912345678
  0912-345-678 => +84912345678
  (091) 234 5678 => +84912345678
  anh Nam 0912345678 => +84912345678
  0912 345 67x => ✗ too-short
  0000000000 => ✗ foreign-number
  0123456789 => ✗ unknown-prefix
  khong co => ✗ no-number
  tel: 0912345678. => +84912345678
  84 912 345 678 => +84912345678
  +84(0)912345678 => +84912345678
  ０９１２３４５６７８ => +84912345678
  09 1 2 3 4 5 6 7 8 => +84912345678
  0912345678 (zalo) => +84912345678
  0912,345,678 => +84912345678
  0912.345.678 => +84912345678
  0912 345678 => +84912345678
  sđt: 0912345678 => +84912345678
  sdt 0912345678 hoặc gọi 0987654321 => ✗ two-numbers +84912345678 +84987654321
  +84912345678 => +84912345678
  (+84) 912 345 678 => +84912345678
  84-912-345-678 => +84912345678
  0084 912345678 => +84912345678
  912 345 678 => ✗ no-leading-zero +84912345678
  091 2345 678 => +84912345678
  không chín một hai ba bốn năm sáu bảy => ✗ no-number
  0912345678 a => +84912345678
  gọi số 0912345678 cho chị Lan => +84912345678
  so cua em 0 9 1 2 3 4 5 6 7 8 => +84912345678
  028 3823 1234 => +842838231234
  02838231234 => +842838231234
  0203 3825 123 => +842033825123
  024 3825 1234 => +842438251234
  0123456789 => ✗ unknown-prefix
  01234567890 => ✗ old-mobile +84834567890
  113 => ✗ too-short
  1900 1234 => ✗ hotline
  1800 599 920 => ✗ hotline
  0912345678 - 0912345678 => +84912345678
  0912345679/80 => +84912345679
  +855 12 345 678 => ✗ foreign-number
  0312 345 678 => ✗ unknown-prefix
  0962345678 => +84962345678
  0352345678 => +84352345678
  0702345678 => +84702345678
  0582345678 => +84582345678
  0212345678 => ✗ too-short
  0712345678 => ✗ unknown-prefix
  abc => ✗ no-number
  0912 345 678 ext 12 => +84912345678
  zalo 0912345678 => +84912345678
  O9I2345678 => ✗ too-short
  o912 345 678 => +84912345678
  09123456OO => +84912345600
  0 => ✗ too-short
  09 => ✗ too-short
  nhà số 12, đt 0912345678 => +84912345678
  nhà 12 0912345678 => +84912345678
`;

describe('a Vietnamese telephone number as typed', () => {
  test.each(cases(TABLE))('«%s» is %s', (text, expected) => {
    expect(told(readPhone(text, words))).toBe(expected);
  });
  test('a mobile number reads the same however it is grouped', () => {
    const number = fc.tuple(
      fc.constantFrom('032', '056', '070', '081', '091', '098'),
      fc.integer({ min: 0, max: 9_999_999 }),
    );
    fc.assert(
      fc.property(number, fc.constantFrom(' ', '.', '-', ''), fc.boolean(), ([prefix, rest], sign, abroad) => {
        const digits = prefix + String(rest).padStart(7, '0');
        const parts = [digits.slice(0, 4), digits.slice(4, 7), digits.slice(7)].join(sign);
        const text = abroad ? `+84 ${parts.slice(1)}` : parts;
        expect(told(readPhone(text, words))).toBe(`+84${digits.slice(1)}`);
      }),
    );
  });

  test('a mobile number with one digit too few or too many is never taken', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_999_999 }), fc.boolean(), (rest, more) => {
        const digits = `091${String(rest).padStart(7, '0')}`;
        expect(readPhone(more ? `${digits}1` : digits.slice(0, -1), words).understood).toBe(false);
      }),
    );
  });
});
