import { describe, expect, it } from 'vitest';
import { factKeys, factValues, parseFacts } from '../../src/policy/index.ts';
import { readPolicyPack } from './policy-pack.ts';

const pack = readPolicyPack();
const errors = (value: unknown) => {
  const read = parseFacts(value, pack);
  return read.ok ? [] : read.error;
};

describe('facts from outside', () => {
  it('take every value that the contract names', () => {
    for (const key of factKeys) {
      const values = factValues[key];
      if (values.kind === 'one')
        for (const value of values.of) expect(parseFacts({ [key]: value }, pack).ok).toBe(true);
      if (values.kind === 'list')
        expect(parseFacts({ [key]: values.of }, pack)).toEqual({ ok: true, value: { [key]: values.of } });
      if (values.kind === 'number') expect(parseFacts({ [key]: 0 }, pack).ok).toBe(true);
    }
    expect(parseFacts({ province: 'ho-chi-minh', formerProvince: 'binh-duong' }, pack).ok).toBe(true);
    expect(parseFacts({ priority: [] }, pack)).toEqual({ ok: true, value: { priority: [] } });
  });

  it('may be none at all', () => {
    expect(parseFacts(null, pack)).toEqual({ ok: true, value: {} });
    expect(parseFacts(undefined, pack)).toEqual({ ok: true, value: {} });
  });

  it('are refused by name, each of them', () => {
    expect(errors({ sektor: 'khac', legalForm: 'cong-ty' })).toMatchObject([
      { why: 'unknown-key', key: 'sektor' },
      { why: 'unknown-value', key: 'legalForm', value: 'cong-ty' },
    ]);
    expect(errors({ supportWanted: ['may-moc', 'tien-mat'] })).toMatchObject([
      { key: 'supportWanted', value: 'tien-mat' },
    ]);
    expect(errors({ province: 'atlantis' })).toMatchObject([{ key: 'province' }]);
    expect(errors({ province: 'binh-duong' })).toMatchObject([{ key: 'province', value: 'binh-duong' }]);
    expect(errors({ formerProvince: 'atlantis' })).toMatchObject([{ key: 'formerProvince' }]);
  });

  it.each([['7'], [-1], [1.5], [Number.NaN], [2 ** 60], [null], [[7]]])(
    'refuse %j as a number of people',
    (workers) => {
      expect(errors({ workers })).toMatchObject([{ why: 'unknown-value', key: 'workers' }]);
    },
  );

  it.each([[true], [null], [['yes']], ['YES'], [{}]])('refuse %j as yes or no', (craftVillage) => {
    expect(errors({ craftVillage })).toMatchObject([{ why: 'unknown-value', key: 'craftVillage' }]);
  });

  it('refuse a single value where a list is due, and what is no record', () => {
    expect(errors({ priority: 'xuat-khau' })).toMatchObject([{ key: 'priority' }]);
    for (const value of ['text', 7, [{}]]) expect(errors(value)).toEqual([{ why: 'not-a-record' }]);
  });

  it('have no key that JavaScript would take for something else', () => {
    expect(errors(JSON.parse('{"__proto__": 1, "constructor": 2}'))).toMatchObject([
      { key: '__proto__' },
      { key: 'constructor' },
    ]);
  });
});
