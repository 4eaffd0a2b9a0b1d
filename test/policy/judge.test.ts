import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asDay } from '../../src/base/index.ts';
import { judge, type FactKey, type Facts, type FactValue, type Judgement } from '../../src/policy/index.ts';
import { verdictByTable } from './contract-table.ts';
import { readPolicyPack } from './policy-pack.ts';
import { asked, completeFacts, days, extras, representatives, someDay } from './random-cases.ts';

const pack = readPolicyPack();
const NATIONAL = 'khuyen-cong-quoc-gia';
const verdicts = ({ national, programmes }: Judgement) => ({
  national: national.verdict,
  programmes: programmes.map(({ id, verdict }) => [id, verdict]),
});
const without = (facts: Facts, keys: readonly string[]): Facts =>
  Object.fromEntries(Object.entries(facts).filter(([key]) => !keys.includes(key)));

/** Every completion of the facts over the keys, as verdicts of the table by the values chosen. */
function completions(facts: Facts, keys: readonly FactKey[], on: string): ReadonlyMap<string, string> {
  let all: readonly Facts[] = [facts];
  for (const key of keys) {
    all = all.flatMap((each) => representatives(key).map((value): Facts => ({ ...each, [key]: value })));
  }
  return new Map(all.map((each) => [JSON.stringify(keys.map((key) => each[key])), verdictByTable(each, on)]));
}

/** The keys that change the verdict somewhere among the completions. */
function deciding(outcomes: ReadonlyMap<string, string>, keys: readonly FactKey[]): readonly FactKey[] {
  return keys.filter((key, at) =>
    [...outcomes].some(([chosen, verdict]) => {
      const values = JSON.parse(chosen) as FactValue[];
      return representatives(key).some((value) => outcomes.get(JSON.stringify(values.with(at, value))) !== verdict);
    }),
  );
}

describe('the national verdict', () => {
  it('is what the table says, for any complete facts on any day', () => {
    fc.assert(
      fc.property(completeFacts, extras, someDay, (facts, more, on) => {
        const all = { ...facts, ...more };
        expect(judge(all, pack, on).national.verdict).toBe(verdictByTable(all, on));
      }),
      { numRuns: 4000 },
    );
  });

  it('is unknown exactly while completions differ, and what is missing is exactly what can change it', () => {
    fc.assert(
      fc.property(
        completeFacts,
        fc.shuffledSubarray([...asked], { minLength: 1, maxLength: 5 }),
        someDay,
        (full, open, on) => {
          const facts = without(full, open);
          const outcomes = completions(facts, open, on);
          const [verdict, ...others] = new Set(outcomes.values());
          const seen = judge(facts, pack, on);
          expect(seen.national.verdict).toBe(others.length === 0 ? verdict : 'unknown');
          const [national] = seen.programmes;
          expect([...(national?.missing ?? [])].sort()).toEqual([...deciding(outcomes, open)].sort());
        },
      ),
      { numRuns: 250 },
    );
  }, 60_000);

  it('names the decrees of the day, base first', () => {
    const named = (on: string) => judge({}, pack, asDay(on)).national.instruments;
    expect(named('2004-06-08')).toEqual([]);
    expect(named('2004-06-09')).toEqual(['nd-134-2004']);
    expect(named('2012-07-05')).toEqual(['nd-45-2012']);
    expect(named('2025-10-14')).toEqual(['nd-45-2012']);
    expect(named('2025-10-15')).toEqual(['nd-45-2012', 'nd-235-2025']);
  });

  it('is for a person, with nothing to ask, on a day before any decree', () => {
    const seen = judge({}, pack, asDay('2003-01-01'));
    expect(verdicts(seen)).toEqual({ national: 'review', programmes: [[NATIONAL, 'review']] });
    expect(seen.next).toBeNull();
  });
});

describe('asking question by question', () => {
  it('ends in the verdicts that all facts at once give', () => {
    fc.assert(
      fc.property(completeFacts, someDay, (full, on) => {
        let known: Facts = {};
        let questions = 0;
        for (let next = judge(known, pack, on).next; next !== null; next = judge(known, pack, on).next) {
          expect(known).not.toHaveProperty(next);
          known = { ...known, [next]: full[next] as FactValue };
          questions += 1;
        }
        expect(questions).toBeLessThanOrEqual(asked.length);
        expect(verdicts(judge(known, pack, on))).toEqual(verdicts(judge(full, pack, on)));
      }),
      { numRuns: 600 },
    );
  });

  it('never takes back a verdict once it is known', () => {
    fc.assert(
      fc.property(completeFacts, fc.subarray([...asked]), someDay, (full, open, on) => {
        const early = judge(without(full, open), pack, on);
        const late = judge(full, pack, on);
        if (early.national.verdict !== 'unknown') expect(late.national.verdict).toBe(early.national.verdict);
        for (const { id, verdict, missing } of early.programmes) {
          expect(missing.length > 0).toBe(verdict === 'unknown');
          if (verdict !== 'unknown') expect(late.programmes.find((each) => each.id === id)?.verdict).toBe(verdict);
        }
      }),
      { numRuns: 600 },
    );
  });

  it('begins with whether something is made at all', () => {
    for (const on of days.slice(1)) expect(judge({}, pack, on).next).toBe('producesIndustrially');
  });

  it('asks a noodle maker in a commune four things', () => {
    const full: Facts = {
      producesIndustrially: 'yes',
      legalForm: 'ho-kinh-doanh',
      province: 'nghe-an',
      unitType: 'xa',
      sector: 'che-bien-nong-lam-thuy-san',
    };
    const order: FactKey[] = [];
    let known: Facts = {};
    const on = asDay('2026-11-25');
    for (let next = judge(known, pack, on).next; next !== null; next = judge(known, pack, on).next) {
      order.push(next);
      known = { ...known, [next]: full[next] as FactValue };
    }
    expect(order).toEqual(['producesIndustrially', 'sector', 'legalForm', 'province']);
    expect(judge(known, pack, on).national.verdict).toBe('likely');
  });
});

describe('bought before, funded before, own money', () => {
  it('keep nothing unknown while absent, and given turn «likely» into «review» at most', () => {
    fc.assert(
      fc.property(completeFacts, extras, someDay, (facts, more, on) => {
        const plain = judge(facts, pack, on).national.verdict;
        const cautious = judge({ ...facts, ...more }, pack, on).national.verdict;
        expect(plain).not.toBe('unknown');
        expect([plain, plain === 'likely' ? 'review' : plain]).toContain(cautious);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('local programmes', () => {
  const owner = (province: string, more: Facts = {}): Facts => ({
    producesIndustrially: 'yes',
    legalForm: 'ho-kinh-doanh',
    province,
    unitType: 'xa',
    sector: 'tieu-thu-cong-nghiep',
    ...more,
  });
  const local = (facts: Facts, on = '2026-11-25') =>
    judge(facts, pack, asDay(on)).programmes.filter(({ id }) => id !== NATIONAL);

  it('give at most «review», whatever the answers', () => {
    fc.assert(
      fc.property(completeFacts, extras, someDay, (facts, more, on) => {
        for (const { verdict } of judge({ ...facts, ...more }, pack, on).programmes.slice(1))
          expect(verdict).toBe('review');
      }),
      { numRuns: 500 },
    );
  });

  it('are named to owners of their province only', () => {
    expect(local(owner('thanh-hoa')).map(({ id }) => id)).toEqual(['khuyen-cong-thanh-hoa']);
    expect(local(owner('hung-yen')).map(({ id }) => id)).toEqual(['khuyen-cong-hung-yen']);
    expect(local(owner('ninh-binh')).map(({ id }) => id)).toEqual(['khuyen-cong-ninh-binh']);
    expect(local(owner('ho-chi-minh')).map(({ id }) => id)).toEqual(['khuyen-cong-binh-duong']);
    expect(local(owner('nghe-an'))).toEqual([]);
  });

  it('ask for the place while it is not known', () => {
    const { province: _, ...placeless } = owner('thanh-hoa');
    const seen = judge(placeless, pack, asDay('2026-11-25'));
    expect(seen.national.verdict).toBe('likely');
    expect(seen.next).toBe('province');
  });

  it('say when another former province is meant', () => {
    expect(local(owner('ho-chi-minh', { formerProvince: 'binh-duong' }))[0]?.elsewhere).toBeUndefined();
    expect(local(owner('ho-chi-minh', { formerProvince: 'ba-ria-vung-tau' }))[0]?.elsewhere).toBe(true);
  });
});
