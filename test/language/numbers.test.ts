import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readNumber } from '../../src/language/index.ts';
import { cases, told, words } from './support.ts';

const TABLE = `
  7 người => 7
  bảy => 7
  hai mươi mốt => 21
  hăm lăm => 25
  chục => 10
  một chục => 10
  tá => 12
  một tá => 12
  2 tá => 24
  khoảng 20 => 20
  20 lao động => 20
  7 nguoi lam => 7
  không có ai => 0
  0 => 0
  không => ✗ no-number 0
  vài người => ✗ vague
  mười mấy => ✗ vague
  chục mấy => ✗ vague
  2,5 => ✗ fraction
  1.5 => ✗ fraction
  1.500 => 1500
  1,500 => 1500
  07 => 7
  0912345678 => ✗ leading-zero
  7-8 => ✗ range
  7 8 người => ✗ two-numbers
  bảy tám người => ✗ range
  7 hoặc 8 => ✗ range
  từ 5 đến 7 => ✗ range
  5~7 => ✗ range
  5/7 => ✗ calculation
  hơn 20 => ✗ bound
  20+ => ✗ calculation
  20 trở lên => ✗ bound
  hai vợ chồng => 2
  mình tôi => 1
  7 năm => ✗ two-numbers
  2 triệu => ✗ money
  20kg => ✗ other-measure
  20% => ✗ percentage
  anh Hai với chị Ba => ✗ no-number
  ba má với em => ✗ no-number
  năm người => 5
  nam nguoi => 5
  năm => 5
  mươi => 10
  mười => 10
  mười lăm => 15
  muoi lam nguoi => 15
  hai muoi tu => 24
  hai mươi lăm công nhân => 25
  một trăm linh năm => 105
  một trăm hai mươi => 120
  trăm rưỡi => 150
  hai trăm rưỡi => 250
  ba mươi người, 12 nữ => ✗ two-numbers
  7 người ạ => 7
  dạ 7 => 7
  em có 7 thợ => 7
  nhà em có bảy người làm => 7
  -5 => ✗ negative
  âm 5 => ✗ negative
  1 nghìn => 1000
  1 nghìn hai => 1200
  hai nghìn => 2000
  2 cái => 2
  1 máy => 1
  một cái => 1
  1 cái => 1
  2 máy sấy => 2
  một => 1
  01 => 1
  7.0 => 7
  7,0 => 7
  bảy (7) => 7
  7 bảy => 7
  12 ng => 12
  12ng => 12
  12 người cả em => 12
  mười hai => 12
  mười ba người => 13
  chín mươi chín => 99
  100 => 100
  1000 => 1000
  3 đến 5 => ✗ range
  tầm chục người => 10
  năm sáu người => ✗ range
  bốn năm người => ✗ range
  hai ba cái => ✗ range
  không có lao động nào => 0
  chưa có => 0
  2 rưỡi => ✗ fraction
  một trăm hai => 120
  ba mươi mốt => 31
  hai mốt => 21
  21 người lao động thường xuyên => 21
  x => ✗ no-number
  12a => ✗ not-a-number
  khoảng 15 - 20 => ✗ range
  15 hay 16 => ✗ range
  nhiều => ✗ vague
  ít => ✗ vague
  15 000 => 15000
  300 200 => ✗ not-a-number
  ~20 => 20
  20~25 => ✗ range
  bảy người ạ => 7
  dạ 7 người => 7
  7 ng làm => 7
  có 7 người làm => 7
  tầm 10 người => 10
  chừng chục người => 10
  hai chục => 20
  ba chục người => 30
  mười người => 10
  mười tám lao động => 18
  1 người => 1
  1 mình => 1
  một mình tôi => 1
  2 vợ chồng với 1 thợ => ✗ two-numbers
  5 lđ => 5
  5 lao dong => 5
  5 cong nhan => 5
  20 công nhân => 20
  hai mươi nhân công => 20
  25 nguoi => 25
  hai nhăm => 25
  hăm mốt => 21
  băm ba => 33
  một trăm => 100
  một trăm lẻ năm => 105
  tram ruoi => 150
  300 người => 300
  3 máy => 3
  ba cái => 3
  mấy người => ✗ vague
  không ai => 0
  k có ai => 0
  ko co ai => 0
  không có người nào => 0
  chưa thuê ai => ✗ no-number
  chỉ có tôi => ✗ no-number
  nửa => ✗ no-number
  một nửa => ✗ fraction
  bảy rưỡi => ✗ fraction
  7 người rưỡi => ✗ fraction
  10 - 12 người => ✗ range
  10-12 => ✗ range
  10 đến 12 => ✗ range
  mười mười hai người => ✗ two-numbers
  7, 8 => ✗ two-numbers
  7/8 người => ✗ calculation
  khoảng 7-8 => ✗ range
  trên 10 => ✗ bound
  dưới 10 => ✗ bound
  ít nhất 5 => ✗ bound
  tối đa 10 => ✗ bound
  không quá 10 => ✗ bound
  gần 20 => 20
  ngót 20 => 20
  abc => ✗ no-number
  ? => ✗ no-number
`;

describe('a whole number as typed', () => {
  test.each(cases(TABLE))('«%s» is %s', (text, expected) => {
    expect(told(readNumber(text, words))).toBe(expected);
  });
  test('reads back numbers up to 99 in words', () => {
    const ones = ['', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín'];
    for (let value = 1; value < 100; value += 1) {
      const [ten, one] = [Math.floor(value / 10), value % 10];
      const last = ten === 0 ? ones[one] : one === 5 ? 'lăm' : one === 1 && ten > 1 ? 'mốt' : ones[one];
      const text = [ten === 0 ? '' : ten === 1 ? 'mười' : `${ones[ten]} mươi`, last].join(' ').trim();
      expect(`${text}: ${told(readNumber(text, words))}`).toBe(`${text}: ${value}`);
    }
  });

  test('never throws, whatever was typed', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const heard = readNumber(text, words);
        if (heard.understood) expect(Number.isSafeInteger(heard.value) && heard.value >= 0).toBe(true);
      }),
    );
  });
});
