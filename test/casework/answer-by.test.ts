import { describe, expect, test } from 'vitest';
import { asDay, instantAt } from '../../src/base/index.ts';
import { answerBy, caseCode, codeSeries } from '../../src/casework/index.ts';

const days = [1, 2, 3, 4, 5];
const province = {
  hours: [
    { days, from: 810, to: 1020 },
    { days, from: 450, to: 690 },
  ],
  holidays: [asDay('2026-11-27'), asDay('2027-01-01')],
};
const at = (day: string, hour: number, minute = 0) => instantAt(asDay(day), hour * 60 + minute);

describe('an answer may be expected', () => {
  test.each([
    ['the same morning', at('2026-11-25', 8), at('2026-11-25', 10, 30)],
    ['across the noon break', at('2026-11-25', 10), at('2026-11-25', 14, 30)],
    ['exactly at the end of the morning', at('2026-11-25', 9), at('2026-11-25', 11, 30)],
    ['over the night', at('2026-11-24', 16, 30), at('2026-11-25', 9, 30)],
    ['the next morning, when sent at night', at('2026-11-24', 22), at('2026-11-25', 10)],
    ['the same morning, when sent before work', at('2026-11-25', 0, 1), at('2026-11-25', 10)],
    ['on Monday, when Friday is a holiday', at('2026-11-26', 17), at('2026-11-30', 10)],
    ['on Monday, when sent on Saturday', at('2026-11-21', 9), at('2026-11-23', 10)],
  ])('%s', (_name, opened, expected) => {
    expect(answerBy(opened, province)).toBe(expected);
  });

  test('at no named time where the province is unknown or has no hours', () => {
    expect(answerBy(at('2026-11-25', 8), undefined)).toBeUndefined();
    expect(answerBy(at('2026-11-25', 8), { hours: [], holidays: [] })).toBeUndefined();
  });
});

describe('codes', () => {
  test.each([
    ['TH', '2026-11-25T03:00:00.000Z', 123, 'TH-26-000123'],
    ['HCM', '2026-12-31T17:00:00.000Z', 1, 'HCM-27-000001'],
  ])('%s at %s', (letters, now, number, expected) => {
    expect(caseCode(codeSeries({ letters } as never, now), number)).toBe(expected);
  });

  test('a case of an unknown province has letters too', () => {
    expect(codeSeries(undefined, '2026-11-25T03:00:00.000Z')).toBe('XX-26');
  });
});
