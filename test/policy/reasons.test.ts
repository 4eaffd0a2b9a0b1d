import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asDay, holdsOn, legalId } from '../../src/base/index.ts';
import { isInForce, judge, type Facts } from '../../src/policy/index.ts';
import { readPolicyPack } from './policy-pack.ts';
import { asked, completeFacts, extras, someDay } from './random-cases.ts';

const pack = readPolicyPack();
const today = asDay('2026-11-25');
const noodles: Facts = {
  producesIndustrially: 'yes',
  legalForm: 'ho-kinh-doanh',
  province: 'thanh-hoa',
  unitType: 'xa',
  sector: 'che-bien-nong-lam-thuy-san',
};
const national = (facts: Facts, on = today) => {
  const [first] = judge(facts, pack, on).programmes;
  if (first === undefined) throw new Error('no national programme');
  return first;
};
const marks = (facts: Facts, on = today) =>
  Object.fromEntries(national(facts, on).reasons.map(({ condition, holds }) => [condition, holds]));

describe('the reasons of a verdict', () => {
  it('each have words and at least one article in force on the day, whatever the case', () => {
    fc.assert(
      fc.property(completeFacts, extras, fc.subarray([...asked]), someDay, (full, more, open, on) => {
        const facts = Object.fromEntries(
          Object.entries({ ...full, ...more }).filter(([key]) => !open.some((each) => each === key)),
        );
        for (const { reasons } of judge(facts, pack, on).programmes) {
          for (const { because, cites } of reasons) {
            expect(because).not.toBe('');
            expect(cites.length).toBeGreaterThan(0);
            for (const cite of cites) {
              expect(cite).toMatch(/^[a-z0-9-]+#\d+[a-z]?(\.[0-9a-z]+)*$/);
              const [id = '', article = ''] = cite.split('#');
              const instrument = pack.legal.get(legalId(id));
              expect(instrument?.articles[article]?.some((wording) => holdsOn(wording, on))).toBe(true);
              expect((instrument?.inForceTo ?? on) >= on && (instrument?.inForceFrom ?? on) <= on).toBe(true);
            }
          }
        }
      }),
      { numRuns: 1500 },
    );
  });

  it('all hold where it fits, and one fails where it hardly does', () => {
    fc.assert(
      fc.property(completeFacts, extras, someDay, (facts, more, on) => {
        const { verdict, reasons } = national({ ...facts, ...more }, on);
        if (verdict === 'likely') expect(reasons.every(({ holds }) => holds === true)).toBe(true);
        if (verdict === 'unlikely') expect(reasons.some(({ holds }) => holds === false)).toBe(true);
        if (verdict === 'review' && reasons.length > 0) expect(reasons.some(({ holds }) => holds === null)).toBe(true);
      }),
      { numRuns: 1500 },
    );
  });

  it('differ between 2010, 2013 and today for the same facts', () => {
    const ward: Facts = { ...noodles, unitType: 'phuong', districtType: 'thanh-pho', cleanerProduction: 'no' };
    expect(marks(ward, asDay('2010-05-01'))).toMatchObject({ 'nganh-nghe': null, 'dia-ban': null });
    expect(marks(ward, asDay('2013-05-01'))).toMatchObject({ 'nganh-nghe': true, 'dia-ban': null });
    expect(marks(ward)).toMatchObject({ 'nganh-nghe': true, 'dia-ban': true });
  });

  it('tell an open question from one for a person', () => {
    const { sector: _, ...facts } = noodles;
    expect(national(facts).reasons.find(({ condition }) => condition === 'nganh-nghe')).toMatchObject({
      holds: null,
      open: true,
    });
    const unclear = national({ ...noodles, sector: 'khac', cleanerProduction: 'no' }).reasons;
    expect(unclear.find(({ condition }) => condition === 'nganh-nghe')).toMatchObject({ holds: null, open: false });
  });

  it('speak of the route that fits, of size only with enterprises, of mining only with mines', () => {
    const large: Facts = { ...noodles, legalForm: 'doanh-nghiep', workers: 600, cleanerProduction: 'yes' };
    expect(marks(large)).toEqual({ 'san-xuat': true, 'loai-hinh': true, 'san-xuat-sach-hon': true });
    expect(marks({ ...large, cleanerProduction: 'no' })).toHaveProperty('quy-mo', null);
    expect(marks(noodles)).not.toHaveProperty('quy-mo');
    expect(marks(noodles)).not.toHaveProperty('khai-khoang');
    expect(marks({ ...noodles, sector: 'khai-khoang', priority: [], cleanerProduction: 'no' })).toHaveProperty(
      'khai-khoang',
      null,
    );
  });

  it('list what was never asked for only once it was answered', () => {
    expect(marks(noodles)).not.toHaveProperty('da-mua');
    expect(marks({ ...noodles, alreadyBought: 'yes' })).toHaveProperty('da-mua', null);
    expect(marks({ ...noodles, alreadyBought: 'no' })).toHaveProperty('da-mua', true);
  });
});

describe('what would turn it', () => {
  const cityWard: Facts = {
    ...noodles,
    province: 'ho-chi-minh',
    unitType: 'phuong',
    craftVillage: 'no',
    cleanerProduction: 'no',
  };
  const turns = (facts: Facts, on = today) =>
    national(facts, on).wouldTurn.map(({ fact, value, to }) => [fact, value, to]);

  it('names a recognised craft village to a ward of a city', () => {
    expect(turns(cityWard)).toEqual([
      ['craftVillage', 'yes', 'likely'],
      ['cleanerProduction', 'yes', 'likely'],
    ]);
  });

  it('keeps silent where one answer alone would not do, and where it fits', () => {
    expect(turns({ ...cityWard, sector: 'khac' })).toEqual([['cleanerProduction', 'yes', 'likely']]);
    expect(turns(noodles)).toEqual([]);
    expect(turns(cityWard, asDay('2025-10-14'))).toEqual([['cleanerProduction', 'yes', 'likely']]);
  });

  it('proposes registering to the unregistered only', () => {
    expect(turns({ ...noodles, legalForm: 'chua-dang-ky' })).toEqual([['legalForm', 'ho-kinh-doanh', 'likely']]);
    const large: Facts = { ...noodles, legalForm: 'doanh-nghiep', workers: 600, cleanerProduction: 'no' };
    expect(turns(large)).toEqual([['cleanerProduction', 'yes', 'likely']]);
  });

  it('is what the changed answer really gives', () => {
    fc.assert(
      fc.property(completeFacts, someDay, (facts, on) => {
        for (const { fact, value, to } of national(facts, on).wouldTurn) {
          const given = facts[fact];
          const changed = { ...facts, [fact]: Array.isArray(given) ? [...(given as string[]), value] : value };
          expect(judge(changed, pack, on).national.verdict).toBe(to);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('says what cannot be checked by asking', () => {
    expect(national(noodles).unchecked.length).toBeGreaterThan(0);
  });
});

it('counts a text as in force from its first to its last day, and an article by its wording', () => {
  expect(isInForce('nd-134-2004#2.1', asDay('2012-07-04'), pack)).toBe(true);
  expect(isInForce('nd-134-2004#2.1', asDay('2012-07-05'), pack)).toBe(false);
  expect(isInForce('nd-45-2012#1.2.a', asDay('2012-07-04'), pack)).toBe(false);
  expect(isInForce('nd-45-2012#99', today, pack)).toBe(false);
  expect(isInForce('nd-0-1900', today, pack)).toBe(false);
});
