import { describe, expect, it } from 'vitest';
import { asDay } from '../../src/base/index.ts';
import { documentsOn, factValues, stepsOn, supportOn } from '../../src/policy/index.ts';
import { readPolicyPack } from './policy-pack.ts';

const pack = readPolicyPack();
const ceilings = (id: string, on: string, province?: string) =>
  supportOn(pack, id, asDay(on), province).flatMap((seen) => seen.ceilings.map(({ percent, max }) => [percent, max]));

describe('ceilings', () => {
  it('stand from the first day of their circular, and not before', () => {
    expect(ceilings('may-moc', '2018-05-10')).toEqual([]);
    expect(ceilings('may-moc', '2018-05-11')).toEqual([
      [50, 300_000_000],
      [50, 450_000_000],
    ]);
    expect(ceilings('mo-hinh-trinh-dien', '2026-11-25')).toEqual([[30, 1_000_000_000]]);
    expect(ceilings('di-doi', '2026-11-25')).toEqual([[50, 500_000_000]]);
  });

  it('are not given where none was found', () => {
    for (const id of ['nhan-hieu-thiet-ke', 'tu-van', 'san-xuat-sach-hon', 'xu-ly-moi-truong', 'chuyen-doi-so']) {
      const seen = supportOn(pack, id, asDay('2026-11-25'));
      expect([id, seen.length, ceilings(id, '2026-11-25')]).toEqual([id, 1, []]);
    }
  });

  it('of a province are for its owners, to the last day', () => {
    const local = (on: string, province: string) =>
      supportOn(pack, 'ha-tang-cum', asDay(on), province).filter(
        ({ programme }) => programme === 'khuyen-cong-thanh-hoa',
      );
    expect(local('2026-12-31', 'thanh-hoa')[0]?.ceilings.map(({ max }) => max)).toEqual([20e9, 15e9, 10e9]);
    expect(local('2027-01-01', 'thanh-hoa')).toEqual([]);
    expect(local('2021-12-31', 'thanh-hoa')).toEqual([]);
    expect(local('2026-12-31', 'nghe-an')).toEqual([]);
  });

  it('all say by which text, how sure, and that they may be stale', () => {
    for (const { supports } of pack.programmes.values()) {
      for (const { ceilings: each } of supports) {
        for (const { cite, note, certainty } of each) {
          expect(cite).not.toBe('');
          expect(note).toBeTruthy();
          expect(certainty).not.toBe('unconfirmed');
        }
      }
    }
  });
});

describe('supports', () => {
  it('cover everything that an owner may want', () => {
    const wanted = factValues.supportWanted;
    if (wanted.kind !== 'list') throw new Error('supportWanted is a list');
    for (const id of wanted.of) expect([id, supportOn(pack, id, asDay('2026-11-25')).length]).toEqual([id, 1]);
  });

  it('give nothing before any decree, and digital change only from 2025-10-15', () => {
    expect(supportOn(pack, 'may-moc', asDay('2004-06-08'))).toEqual([]);
    expect(supportOn(pack, 'may-moc', asDay('2004-06-09'))).toHaveLength(1);
    expect(supportOn(pack, 'chuyen-doi-so', asDay('2025-10-14'))).toEqual([]);
    expect(supportOn(pack, 'chuyen-doi-so', asDay('2025-10-15'))).toHaveLength(1);
  });
});

it('reads papers and steps by the day', () => {
  const programme = [...pack.programmes.values()].find(({ provinces }) => provinces.length === 0);
  if (programme === undefined) throw new Error('no national programme');
  expect(documentsOn(programme, asDay('2010-01-01'))).toEqual([]);
  expect(documentsOn(programme, asDay('2026-11-25')).length).toBeGreaterThan(
    documentsOn(programme, asDay('2019-01-01')).length,
  );
  expect(stepsOn(programme, asDay('2026-11-25')).length).toBeGreaterThan(2);
});
