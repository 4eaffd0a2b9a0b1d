/** Random cases and days for the tests that hold for all of them. */
import fc from 'fast-check';
import { asDay, type Day } from '../../src/base/index.ts';
import { factKeys, factValues, type FactKey, type Facts, type FactValue } from '../../src/policy/index.ts';

/** One value for each side of each limit, and provinces of each kind. */
const numbers: Readonly<Record<string, readonly number[]>> = {
  workers: [7, 100, 101, 600],
  annualRevenue: [5e9, 200e9, 200e9 + 1],
  totalCapital: [2e9, 100e9, 100e9 + 1],
};
const provinces = ['thanh-hoa', 'hung-yen', 'ninh-binh', 'ho-chi-minh', 'ha-noi', 'dong-nai', 'nghe-an'];
const formerProvinces = ['thanh-hoa', 'hung-yen', 'thai-binh', 'binh-duong', 'ho-chi-minh'];
const priorities = [[], ['dia-ban-kho-khan'], ['xuat-khau', 'phu-nu-lam-chu']];

/** Values of a fact that tell apart everything that the law tells apart. */
export function representatives(key: FactKey): readonly FactValue[] {
  const values = factValues[key];
  if (key === 'priority') return priorities;
  if (key === 'supportWanted') return [['may-moc'], []];
  if (key === 'province') return provinces;
  if (key === 'formerProvince') return formerProvinces;
  return values.kind === 'one' ? values.of : (numbers[key] ?? []);
}

/** Facts that keep nothing unknown while they are absent. */
export const neverAsked: readonly FactKey[] = [
  'formerProvince',
  'supportWanted',
  'alreadyBought',
  'fundedBefore',
  'counterpartReady',
];
export const asked: readonly FactKey[] = factKeys.filter((key) => !neverAsked.includes(key));

export const completeFacts: fc.Arbitrary<Facts> = fc.record(
  Object.fromEntries(asked.map((key) => [key, fc.constantFrom(...representatives(key))])),
);

export const extras: fc.Arbitrary<Facts> = fc.record(
  Object.fromEntries(neverAsked.map((key) => [key, fc.constantFrom(...representatives(key))])),
  { requiredKeys: [] },
);

/** Days on both sides of each change of law. */
export const days: readonly Day[] = [
  '2004-06-08',
  '2004-06-09',
  '2010-03-01',
  '2012-07-04',
  '2012-07-05',
  '2021-10-14',
  '2021-10-15',
  '2025-06-30',
  '2025-07-01',
  '2025-10-14',
  '2025-10-15',
  '2026-04-29',
  '2026-04-30',
  '2026-11-25',
].map(asDay);
export const someDay: fc.Arbitrary<Day> = fc.constantFrom(...days);
