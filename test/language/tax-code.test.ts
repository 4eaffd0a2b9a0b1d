import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readTaxCode } from '../../src/language/index.ts';
import { cases, told, words } from './support.ts';

const TABLE = `
  0100109106 => 0100109106
  0312345673 => 0312345673
  0312345678 => ✗ check-digit
  0100109106-001 => 0100109106-001
  0100109106001 => 0100109106-001
  0100109106 001 => 0100109106-001
  0100109106-000 => ✗ check-digit
  0100109106-1 => ✗ wrong-length
  MST: 0100109106 => 0100109106
  mst 0100109106 nhé => 0100109106
  0100.109.106 => 0100109106
  0100 109 106 => 0100109106
  038085012345 => 038085012345
  038 085 012 345 => 038085012345
  123456789012 => ✗ wrong-length
  000000000000 => ✗ wrong-length
  0000000000 => ✗ check-digit
  0912345678 => ✗ check-digit
  01001091 => ✗ too-short
  01001091061 => ✗ wrong-length
  01001091060012 => ✗ too-long
  mã số thuế của em là 0100109106-001 ạ => 0100109106-001
  0100109106, 0312345673 => ✗ two-numbers
  0100109106 0312345673 => ✗ too-long
  không có => ✗ no-number
  chưa có => ✗ no-number
  abc => ✗ no-number
  01OO109106 => 0100109106
  0100109106a => 0100109106
  ０１００１０９１０６ => 0100109106
  2800000011 => ✗ check-digit
`;

describe('a tax code as typed', () => {
  test.each(cases(TABLE))('«%s» is %s', (text, expected) => {
    expect(told(readTaxCode(text, words))).toBe(expected);
  });
  test('one wrong digit of ten is always found', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 9 }), (at, by) => {
        const code = '0100109106';
        const wrong = code.slice(0, at) + ((Number(code[at]) + by) % 10) + code.slice(at + 1);
        expect(readTaxCode(wrong, words).understood).toBe(false);
      }),
    );
  });
});
