import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readMoney } from '../../src/language/index.ts';
import { cases, told, words } from './support.ts';

const TABLE = `
  500tr => 500000000
  1,2 tỷ => 1200000000
  1.2 ty => 1200000000
  1ty2 => 1200000000
  1 tỷ rưỡi => 1500000000
  ba trăm triệu => 300000000
  2 tram rưỡi => ✗ no-unit 250000000
  2 trăm rưỡi triệu => 250000000
  300 củ => 300000000
  2 tỏi => 2000000000
  500.000.000 => 500000000
  500,000,000đ => 500000000
  1.500.000 vnd => 1500000
  khoảng 300tr => 300000000
  tầm 2 tỷ => 2000000000
  300 triệu đồng chẵn => 300000000
  1 tỷ 250 triệu => 1250000000
  nửa tỷ => 500000000
  tám trăm năm mươi triệu => 850000000
  ba mươi lăm triệu => 35000000
  một tỷ tư => 1400000000
  hai tỷ mốt => 2100000000
  15 chai => ✗ slang-unit 15000000
  500k => 500000
  20 nghìn => 20000
  20 ngàn => 20000
  ba trawm trieeuj => 300000000
  ba tra8m trie6u5 => 300000000
  ３００ｔｒ => 300000000
  500 000 000 => 500000000
  300-500tr => ✗ range
  300 đến 500 triệu => ✗ range
  từ 300 triệu => ✗ range
  300tr hoặc 400tr => ✗ range
  50% => ✗ percentage
  20 phần trăm => ✗ percentage
  5000 usd => ✗ foreign-currency
  $5000 => ✗ foreign-currency
  1000 đô => ✗ foreign-currency
  -500tr => ✗ negative
  âm 5 triệu => ✗ negative
  0912345678 => ✗ leading-zero
  2 x 150tr => ✗ calculation
  100+200tr => ✗ calculation
  1/2 tỷ => ✗ calculation
  vài trăm triệu => ✗ vague
  hơn 2 tỷ => ✗ bound 2000000000
  trên 300 triệu => ✗ bound 300000000
  gần 2 tỷ => 2000000000
  không quá 300 triệu => ✗ bound
  300 => ✗ no-unit 300000000 300000
  50 => ✗ no-unit 50000000 50000
  999 => ✗ no-unit 999000000 999000
  1000 => 1000
  0 => ✗ no-unit 0
  0đ => 0
  1500 => 1500
  1.200 triệu => 1200000000
  1.250 tỷ => ✗ ambiguous 1250000000000 1250000000
  1,250 tỷ => 1250000000
  1,200 triệu => ✗ ambiguous 1200000 1200000000
  2 tỷ/năm => 2000000000
  30 triệu/tháng => ✗ per-period
  30 triệu một tháng => ✗ two-amounts
  50 triệu một cái => 50000000
  mỗi năm 2 tỷ => 2000000000
  doanh thu năm ngoái 2 tỷ => 2000000000
  doanh thu năm 2024 là 2 tỷ => 2000000000
  nam trieu => 5000000
  năm triệu => 5000000
  2 ty mot nam => 2000000000
  hai ba triệu => ✗ range
  năm sáu trăm triệu => ✗ range
  1 tỷ 25 => ✗ ambiguous 1250000000 1025000000
  1tr25 => ✗ ambiguous 1250000 1025000
  1tr250 => 1250000
  2tr05 => ✗ leading-zero
  trăm rưởi triệu => 150000000
  tỷ rưỡi => 1500000000
  triệu hai => 1200000
  chục triệu => 10000000
  năm chục triệu => 50000000
  ba trăm hai triệu => 320000000
  hai trăm tư triệu => 240000000
  ba trăm linh hai triệu => 302000000
  một tỷ hai trăm => 1200000000
  một tỷ năm mươi => 1050000000
  1 tỷ, 250 triệu => ✗ two-amounts
  300 triệu (ba trăm triệu) => 300000000
  300 triệu đồng => 300000000
  máy này giá 300 triệu ạ => 300000000
  2 máy 50 triệu => ✗ two-amounts
  300m => ✗ not-money
  300kg => ✗ not-money
  máy 300kg giá 20 triệu => ✗ two-amounts
  1.500.000,50 => ✗ fraction
  1.500,000 => ✗ not-a-number
  15.00.000 => ✗ not-a-number
  không có => ✗ not-money
  300 triệu được không => ✗ two-amounts
  ba không triệu => ✗ range
  3 phẩy 5 tỷ => 3500000000
  ba phẩy năm tỷ => 3500000000
  3 trăm 50 triệu => 350000000
  3 tram 5 trieu => 350000000
  2 chục triệu => 20000000
  hăm lăm triệu => 25000000
  một trăm hai mươi lăm triệu năm trăm nghìn => 125500000
  5 triệu 500 => 5500000
  5 triệu 500 đồng => ✗ unclear-unit 5500000
  300triệu => 300000000
  300 trieu dong => 300000000
  300tr đ => 300000000
  300trđ => 300000000
  hai trăm => ✗ no-unit 200000000 200000
  500000000000000000 => ✗ too-large
  5 ty 3 => 5300000000
  5 tỷ 300tr => 5300000000
  12tr rưỡi => 12500000
  1.5tỷ => 1500000000
  1tỷ5 => 1500000000
  1 ty ruoi => 1500000000
  mot ty ruoi => 1500000000
  hai tram nam muoi trieu => 250000000
  2 300 triệu => ✗ two-amounts
  1 triệu rưởi => 1500000
  may say 20tr => 20000000
  may tu dong 20tr => 20000000
  may ep dau 20 trieu => 20000000
  may tram trieu => ✗ vague
  mấy trăm triệu => ✗ vague
  lo say 300tr => 300000000
  trên dưới 20 triệu => 20000000
  khoảng trên dưới 2 tỷ => 2000000000
  tầm 200 - 300 triệu => ✗ range
  200tr-300tr => ✗ range
  giá máy 250 triệu, chưa vat => 250000000
  khoang 2 ty 3 => 2300000000
  hai tỷ ba => 2300000000
  hai tỷ ba trăm triệu => 2300000000
  1 tỷ ba => 1300000000
  2tr4 => 2400000
  1.500k => 1500000
  500 ngan dong => 500000
  mười lăm triệu => 15000000
  muoi lam trieu => 15000000
  một trăm linh năm triệu => 105000000
  250 triệu đ => 250000000
  250tr. => 250000000
  250tr! => 250000000
  ~ 250tr => 250000000
  250tr ạ => 250000000
  dạ 250tr => 250000000
  khoảng 250 triệu đồng thôi em => 250000000
  250 000 000 đ => 250000000
  1 tỉ 2 trăm triệu => 1200000000
  một tỉ rưỡi => 1500000000
  2 tỉ 5 => 2500000000
  mười tỷ => 10000000000
  100 tỷ => 100000000000
  hai trăm tỷ => 200000000000
  chưa có => ✗ no-number
  không biết => ✗ not-money
  nhiều => ✗ vague
  abc => ✗ no-number
  tám mươi => ✗ no-unit 80000000 80000
  5tr5 => 5500000
  5,5tr => 5500000
  5.5 triệu => 5500000
  0,5 tỷ => 500000000
  0.5 tỷ => 500000000
  ½ tỷ => ✗ no-number
  300 triêu => 300000000
  300 trieụ => 300000000
  ba trăm năm mươi nghìn => 350000
  350 nghìn đồng => 350000
  3tr đồng => 3000000
  3 triệu rưởi => 3500000
  ba triệu hai trăm nghìn => 3200000
  ba triệu hai => 3200000
  triệu rưỡi => 1500000
  300tr và 200tr => ✗ two-amounts
  300tr, 200tr => ✗ two-amounts
  300 200 => ✗ not-a-number
  500 - 600 triệu => ✗ range
  300 đổ lại triệu => ✗ bound
  không dưới 300 triệu => ✗ bound
  300 triệu trở lên => ✗ bound 300000000
  tối đa 300 triệu => ✗ bound 300000000
  giảm 10% còn 300 triệu => ✗ percentage
  300 triệu cả vat 10% => ✗ percentage
  12.000.000 => 12000000
  12,000,000 => 12000000
  12.000.000đ => 12000000
  12000000 => 12000000
  1e9 => ✗ two-amounts
  3 tỷ 3 tỷ => 3000000000
  hai trăm năm mươi triệu đồng chẵn => 250000000
  250 => ✗ no-unit 250000000 250000
  250 củ => 250000000
  hai củ rưỡi => 2500000
  2 củ 5 => 2500000
  500 cành => ✗ not-money
  3 chục triệu => 30000000
  ba chục triệu rưỡi => ✗ ambiguous
  năm mươi triệu năm trăm nghìn đồng => 50500000
  500.000.000 VNĐ => 500000000
  500,000,000 VND => 500000000
  1.200.000.000 => 1200000000
  1,2 ti => 1200000000
  1.2 tỉ đồng => 1200000000
  một phẩy hai tỷ => 1200000000
  1 tỷ 2 trăm => 1200000000
  1 ty 2 tram trieu => 1200000000
  1 tỷ hai => 1200000000
  khoảng một tỷ hai => 1200000000
  gần một tỷ => 1000000000
  hơn một tỷ => ✗ bound 1000000000
  dưới 1 tỷ => ✗ bound 1000000000
  1 đến 2 tỷ => ✗ range
  1-2 tỷ => ✗ range
  1~2 tỷ => ✗ range
  một hai tỷ => ✗ range
  mươi triệu => 10000000
  mười mấy triệu => ✗ vague
  vài chục triệu => ✗ vague
  mấy chục triệu => ✗ vague
  chưa biết => ✗ no-number
  300 triệu vnd => 300000000
  tr300 => ✗ no-unit 300000000 300000
  300 tr iệu => 300000000
  3OO triệu => ✗ not-money
  300 triệu đô => ✗ foreign-currency
  20k usd => ✗ foreign-currency
  300 ngàn đô => ✗ foreign-currency
  10 cây vàng => ✗ foreign-currency
  50 phần trăm => ✗ percentage
  50% của 600 triệu => ✗ percentage
  600 triệu x 50% => ✗ percentage
  1/3 của 900 triệu => ✗ calculation
  máy 300 triệu, vốn 500 triệu => ✗ two-amounts
  300 triệu chưa kể thuế => 300000000
  0 đồng => 0
  không đồng => 0
  âm 300 triệu => ✗ negative
  - 300 triệu => ✗ negative
  300 triệu - => 300000000
  3000 => 3000
  30000 => 30000
  30.000 => 30000
  30,000 => 30000
  3.000.000 => 3000000
  3tr => 3000000
  3tr200 => 3200000
  3 triệu 200 => 3200000
  3 triệu 200 nghìn => 3200000
  3tr2 => 3200000
  3.2tr => 3200000
  ba triệu rưởi => 3500000
  bẩy trăm triệu => 700000000
  bảy trăm năm mươi lăm triệu => 755000000
  một trăm mười triệu => 110000000
  một trăm mười lăm triệu => 115000000
  một trăm mốt triệu => 110000000
  hai mươi mốt triệu => 21000000
  hai mốt triệu => 21000000
  ba lăm triệu => 35000000
  tám mươi tư triệu => 84000000
  0345678901 => ✗ leading-zero
  0912 345 678 => ✗ leading-zero
  84912345678 => ✗ phone-like
  hai trăm năm mươi => ✗ no-unit 250000000 250000
  2 trăm => ✗ no-unit 200000000 200000
  trăm triệu => 100000000
  một trăm triệu chẵn => 100000000
  500 nghìn => 500000
  500 nghin => 500000
  500 ngàn => 500000
  500.000 => 500000
  500.000đ => 500000
  500 000 => 500000
  5 trăm nghìn => 500000
  5 trăm ngàn đồng => 500000
  nghìn rưỡi => 1500
  1 triệu mốt => 1100000
  1 triệu tư => 1400000
  1 triệu lẻ năm => 1005000
  một triệu không trăm năm mươi nghìn => 1050000
  một tỷ không trăm linh năm triệu => 1005000000
  mot ty khong tram linh nam trieu => 1005000000
  hai tỷ không trăm năm mươi triệu => 2050000000
  2 tỷ 050 triệu => ✗ leading-zero
  2 tỷ 50 triệu => 2050000000
  2 tỷ 50 => ✗ ambiguous 2500000000 2050000000
`;

describe('an amount of money as typed', () => {
  test.each(cases(TABLE))('«%s» is %s', (text, expected) => {
    expect(told(readMoney(text, words))).toBe(expected);
  });
  test('reads back every way in which a whole amount is written', () => {
    const amount = fc.integer({ min: 1, max: 9_999_999 }).map((thousands) => thousands * 1000);
    const grouped = (value: number, sign: string) => String(value).replace(/\B(?=(\d{3})+$)/g, sign);
    fc.assert(
      fc.property(
        amount,
        fc.constantFrom('.', ',', ' ', ''),
        fc.constantFrom('', 'đ', ' đồng', ' vnd'),
        (value, sign, unit) => {
          const text = grouped(value, value < 1_000_000 && sign === ' ' ? '' : sign) + unit;
          expect(told(readMoney(text, words))).toBe(String(value));
        },
      ),
    );
  });

  test('reads back triệu and tỷ with a decimal comma', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999 }), fc.integer({ min: 1, max: 9 }), (whole, tenth) => {
        expect(told(readMoney(`${whole},${tenth} triệu`, words))).toBe(String(whole * 1_000_000 + tenth * 100_000));
        expect(told(readMoney(`${whole} tỷ ${tenth}`, words))).toBe(
          String(whole * 1_000_000_000 + tenth * 100_000_000),
        );
      }),
    );
  });

  test('never throws, and gives whole amounts only, whatever was typed', () => {
    const odd = fc.array(
      fc.constantFrom(
        '1',
        '2,5',
        '300',
        'tỷ',
        'tr',
        'trăm',
        'rưỡi',
        'năm',
        '-',
        '/',
        '%',
        '.',
        'x',
        'khoảng',
        '😀',
        '𝟛',
      ),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          odd.map((parts) => parts.join(' ')),
        ),
        (text) => {
          const heard = readMoney(text, words);
          if (heard.understood) expect(Number.isSafeInteger(heard.value) && heard.value >= 0).toBe(true);
        },
      ),
    );
  });
});
