import { describe, expect, it } from 'vitest';
import { asDay } from '../../src/base/index.ts';
import { judge, type Facts } from '../../src/policy/index.ts';
import { readPolicyPack } from './policy-pack.ts';

/** A national programme of a single condition beside the real pack, and what it says. */
function programme(condition: string): (facts: Facts, on?: string) => string {
  const pack = readPolicyPack({
    'programmes/thu-nghiem.yaml': `
title: Thử
legalBasis: ['nd-45-2012#1']
certainty: official
checkedOn: 2026-11-22
summary: Thử
inForce:
  - { from: 2020-01-01, certainty: official, summary: Thử, conditions: [], routes: [{ id: mot, title: Một, conditions: [thu] }] }
conditions:
  - id: thu
    because: Thử
    cites: ['nd-45-2012#1']
${condition.replace(/^/gm, '    ')}
contact: Thử
examples:
  - { name: Thử, on: 2026-01-01, facts: {}, verdict: unknown }
`,
  });
  return (facts, on = '2026-11-25') => {
    const seen = judge(facts, pack, asDay(on)).programmes.find(({ id }) => id === 'thu-nghiem');
    if (seen === undefined) throw new Error('the programme is not judged');
    return [seen.verdict, ...seen.missing].join(' ');
  };
}

describe('each kind of condition', () => {
  it('answer: meets, doubts, fails, and the others', () => {
    const says = programme(
      'test: { answer: sector, meets: [khai-khoang], doubts: [unsure], fails: [khac], others: doubt }',
    );
    expect(says({ sector: 'khai-khoang' })).toBe('likely');
    expect(says({ sector: 'unsure' })).toBe('review');
    expect(says({ sector: 'khac' })).toBe('unlikely');
    expect(says({ sector: 'tieu-thu-cong-nghiep' })).toBe('review');
    expect(says({})).toBe('unknown sector');
  });

  it('answer: others fail unless said otherwise; absent may count as met', () => {
    expect(programme('test: { answer: craftVillage, meets: [yes] }')({ craftVillage: 'unsure' })).toBe('unlikely');
    const calm = programme('test: { answer: alreadyBought, meets: [no], others: doubt, absent: meets }');
    expect(calm({})).toBe('likely');
    expect(calm({ alreadyBought: 'yes' })).toBe('review');
  });

  it('atMost: up to the limit and not above', () => {
    const says = programme('test: { atMost: 100, fact: workers }\notherwise: doubt');
    expect(says({ workers: 100 })).toBe('likely');
    expect(says({ workers: 101 })).toBe('review');
    expect(says({ workers: 0 })).toBe('likely');
    expect(says({})).toBe('unknown workers');
  });

  it('has: a member of a list, whatever else it holds', () => {
    const says = programme('test: { has: xuat-khau, fact: priority }');
    expect(says({ priority: ['phu-nu-lam-chu', 'xuat-khau'] })).toBe('likely');
    expect(says({ priority: [] })).toBe('unlikely');
    expect(says({})).toBe('unknown priority');
  });

  it('provinceIs: the kind of the province on the day', () => {
    const says = programme('test: { provinceIs: thanh-pho }');
    expect(says({ province: 'hue' })).toBe('likely');
    expect(says({ province: 'thanh-hoa' })).toBe('unlikely');
    expect(says({ province: 'dong-nai' }, '2026-04-29')).toBe('unlikely');
    expect(says({ province: 'dong-nai' }, '2026-04-30')).toBe('likely');
    expect(says({ formerProvince: 'binh-duong' })).toBe('unknown province');
  });

  it('provinceIn, formerProvinceIn: the former one is never asked, a province that was not merged tells it', () => {
    expect(programme('test: { provinceIn: [hue, thanh-hoa] }')({ province: 'thanh-hoa' })).toBe('likely');
    const says = programme('test: { formerProvinceIn: [binh-duong, hue] }');
    expect(says({ formerProvince: 'binh-duong', province: 'ho-chi-minh' })).toBe('likely');
    expect(says({ formerProvince: 'ho-chi-minh', province: 'ho-chi-minh' })).toBe('unlikely');
    expect(says({ province: 'ho-chi-minh' })).toBe('review');
    expect(says({ province: 'hue' })).toBe('likely');
    expect(says({ province: 'thanh-hoa' })).toBe('unlikely');
    expect(says({})).toBe('unknown province');
  });

  it('formerProvinceKnown: all 34 bear the name of a former province, so nothing is asked', () => {
    const says = programme('test: { formerProvinceKnown: true }');
    expect(says({})).toBe('likely');
    expect(says({ formerProvince: 'thai-binh' })).toBe('likely');
  });

  it('forAPerson: always in doubt', () => {
    expect(programme('test: { forAPerson: true }')({})).toBe('review');
  });

  it('all, any, not: the worst, the best, the contrary; doubt stays doubt', () => {
    const yes = '{ answer: craftVillage, meets: [yes], doubts: [unsure] }';
    const clean = '{ answer: cleanerProduction, meets: [yes], doubts: [unsure] }';
    const all = programme(`test: { all: [${yes}, ${clean}] }`);
    expect(all({ craftVillage: 'no' })).toBe('unlikely');
    expect(all({ craftVillage: 'yes' })).toBe('unknown cleanerProduction');
    expect(all({ craftVillage: 'yes', cleanerProduction: 'unsure' })).toBe('review');
    const any = programme(`test: { any: [${yes}, ${clean}] }`);
    expect(any({ craftVillage: 'yes' })).toBe('likely');
    expect(any({ craftVillage: 'unsure', cleanerProduction: 'no' })).toBe('review');
    const not = programme(`test: { not: ${yes} }`);
    expect([not({ craftVillage: 'yes' }), not({ craftVillage: 'no' }), not({ craftVillage: 'unsure' })]).toEqual([
      'unlikely',
      'likely',
      'review',
    ]);
  });

  it('asks nothing that cancels out', () => {
    const yes = '{ answer: craftVillage, meets: [yes], doubts: [unsure] }';
    expect(programme(`test: { any: [${yes}, { answer: craftVillage, meets: [no, unsure] }] }`)({})).toBe('likely');
  });

  it('onlyFor: concerns only those who gave that answer', () => {
    const says = programme('onlyFor: { fact: legalForm, is: doanh-nghiep }\ntest: { atMost: 100, fact: workers }');
    expect(says({ legalForm: 'ho-kinh-doanh' })).toBe('likely');
    expect(says({ legalForm: 'doanh-nghiep' })).toBe('unknown workers');
    expect(says({ legalForm: 'doanh-nghiep', workers: 500 })).toBe('unlikely');
  });

  it('from, to: a wording holds on its days only', () => {
    const says = programme('from: 2026-01-01\ntest: { forAPerson: true }');
    expect(says({}, '2025-12-31')).toBe('likely');
    expect(says({}, '2026-01-01')).toBe('review');
  });
});

it('a pack without provinces judges, and leaves the place to a person', () => {
  const { legal, programmes } = readPolicyPack();
  const facts: Facts = { producesIndustrially: 'yes', legalForm: 'ho-kinh-doanh', sector: 'tieu-thu-cong-nghiep' };
  const seen = judge(
    { ...facts, cleanerProduction: 'no' },
    { legal, programmes, provinces: new Map() },
    asDay('2026-11-25'),
  );
  expect(seen.national.verdict).toBe('unknown');
  expect(seen.next).toBe('unitType');
});
