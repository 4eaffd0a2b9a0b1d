import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asDay } from '../../src/base/index.ts';
import { readMoment } from '../../src/language/index.ts';
import { cases, told, words } from './support.ts';

const TODAY = asDay('2026-11-25');
const TABLE = `
  15/3/2027 => 2027-03-15
  15-3-2027 => 2027-03-15
  15.3.2027 => 2027-03-15
  15. 3. 2027 => 2027-03-15
  2027-03-15 => 2027-03-15
  3/2027 => 2027-03
  03/2027 => 2027-03
  tháng 3 năm 2027 => 2027-03
  thang 3 nam 2027 => 2027-03
  thang 3/27 => 2027-03
  tháng 3/2027 => 2027-03
  T3/2027 => 2027-03
  t3 => ✗ ambiguous
  15-3 => 2027-03-15
  15/3 => 2027-03-15
  30/12 => 2026-12-30
  25/11 => 2026-11-25
  24/11 => 2027-11-24
  3/27 => 2027-03
  12/26 => 2026-12
  15/3/27 => 2027-03-15
  ngày 15 tháng 3 => 2027-03-15
  ngay 15 thang 3 nam 2027 => 2027-03-15
  ngày mười lăm tháng ba => 2027-03-15
  tháng 3 => 2027-03
  tháng ba => 2027-03
  tháng tư => 2027-04
  thang tu => 2027-04
  tháng năm => 2027-05
  tháng năm năm 2027 => 2027-05
  tháng mười năm 2027 => 2027-10
  tháng mười một => 2026-11
  tháng mười hai => 2026-12
  tháng chạp => ✗ lunar
  tháng giêng => ✗ lunar
  tháng sau => 2026-12
  tháng này => 2026-11
  tháng tới => 2026-12
  năm sau => ✗ no-month
  cuối năm nay => 2026-12
  cuoi nam nay => 2026-12
  đầu năm sau => 2027-01
  cuối năm 2027 => 2027-12
  đầu năm 2027 => 2027-01
  cuối năm => 2026-12
  đầu năm => ✗ no-date
  giữa năm => ✗ no-date
  quý 2/2027 => ✗ quarter 2027-04 2027-06
  quý 2 năm 2027 => ✗ quarter 2027-04 2027-06
  quý II/2027 => ✗ quarter 2027-04 2027-06
  quý 3 => ✗ quarter 2027-07 2027-09
  mai => 2026-11-26
  ngày mai => 2026-11-26
  ngày kia => 2026-11-27
  hôm nay => 2026-11-25
  mùng 5 tết => ✗ lunar
  rằm tháng 7 => ✗ lunar
  15/8 âm lịch => ✗ lunar
  15/8 al => ✗ lunar
  30/2/2027 => ✗ no-such-day
  31/4 => ✗ no-such-day
  29/2 => 2028-02-29
  32/1/2027 => ✗ no-such-day
  15/13/2027 => ✗ no-such-day
  2027 => ✗ no-month
  năm 2027 => ✗ no-month
  15 => ✗ no-date
  ngày 15 => ✗ no-month
  ngày 15 tháng này => 2026-11-15
  ngày 15 tháng sau => 2026-12-15
  15 tháng 3 => 2027-03-15
  15 tháng 3 năm 2027 => 2027-03-15
  tháng 3 năm sau => 2027-03
  tháng 3 sang năm => 2027-03
  sang năm tháng 3 => 2027-03
  15/3 năm sau => 2027-03-15
  15/3 năm 2028 => 2028-03-15
  đầu tháng 3 => 2027-03
  cuối tháng 3/2027 => 2027-03
  giữa tháng 12 => 2026-12
  3 tháng nữa => 2027-02
  sau 3 tháng => 2027-02
  2 tuần nữa => 2026-12-09
  10 ngày nữa => 2026-12-05
  tuần sau => ✗ no-date
  từ 3/2027 đến 6/2027 => ✗ two-dates
  15-20/3 => ✗ no-date
  3-6/2027 => ✗ no-month
  tháng 3 hoặc 4 => ✗ two-dates
  tháng 3-4 => ✗ range
  3-4 => ✗ range 2027-04-03
  thứ hai ngày 15/3/2027 => 2027-03-15
  thứ 2, 15/3/2027 => 2027-03-15
  8h 15/3/2027 => 2027-03-15
  8 giờ sáng 15/3 => 2027-03-15
  15/3/2027 lúc 8h30 => 2027-03-15
  khoảng tháng 3 => 2027-03
  dự kiến 3/2027 => 2027-03
  trước tháng 6 => ✗ bound
  tháng 13 => ✗ no-such-day
  tháng 3 tới => 2027-03
  thg 3 => 2027-03
  ngày 5/3/2027 => 2027-03-05
  ngày 5.3.27 => 2027-03-05
  5 tháng 3 2027 => 2027-03-05
  tháng 3 2027 => 2027-03
  chưa biết => ✗ no-date
  15/3/207 => ✗ no-such-day
  15/03/2027 ạ => 2027-03-15
  １５/３/２０２７ => 2027-03-15
  thasng 3 nawm 2027 => 2027-03
  15 03 2027 => 2027-03-15
  15032027 => ✗ no-date
  tháng 3 năm 27 => 2027-03
  hai mươi tháng ba => 2027-03-20
  ba mốt tháng ba => 2027-03-31
  ngày 30 tháng 2 => ✗ no-such-day
  ngày mùng 5 tháng 3 => ✗ lunar
  tháng ba năm hai nghìn không trăm hai mươi bảy => 2027-03
  hôm qua => 2026-11-24
  mai mốt => ✗ two-dates
  tết => ✗ lunar
  sang năm => ✗ no-month
  2 năm nữa => ✗ no-date
  tháng sau nữa => ✗ no-date
  15/3/2027 - 20/3/2027 => ✗ no-month
`;

describe('a day or month as typed on 25 November 2026', () => {
  test.each(cases(TABLE))('«%s» is %s', (text, expected) => {
    expect(told(readMoment(text, words, TODAY))).toBe(expected);
  });
  test('every day reads back as people write it', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2020-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
        (date) => {
          const [year, month, day] = date.toISOString().slice(0, 10).split('-').map(Number) as [number, number, number];
          const iso = date.toISOString().slice(0, 10);
          for (const text of [
            `${day}/${month}/${year}`,
            `${day}-${month}-${year}`,
            `ngày ${day} tháng ${month} năm ${year}`,
            iso,
          ])
            expect(told(readMoment(text, words, TODAY))).toBe(iso);
        },
      ),
    );
  });
});
