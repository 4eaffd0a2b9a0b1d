/** What was told, compared with what the law says now: by a day that passed, by an edit, and never without either. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { addDays, asDay, conversationId, digestOf, type Day } from '../../src/base/index.ts';
import type { Pack } from '../../src/content/index.ts';
import { flipOf, judge, toldOf, type Facts, type KindChange, type ToldVerdict } from '../../src/policy/index.ts';
import { realPack } from '../support/story.ts';
import { completeFacts, days, extras } from './random-cases.ts';

let pack: Pack;
beforeAll(async () => {
  ({ pack } = await realPack());
});

const ward: Facts = {
  producesIndustrially: 'yes',
  legalForm: 'ho-kinh-doanh',
  province: 'hung-yen',
  unitType: 'phuong',
  craftVillage: 'no',
  sector: 'che-bien-nong-lam-thuy-san',
  cleanerProduction: 'no',
};
const before = asDay('2025-10-14');
const after = asDay('2025-10-15');
const told = (facts: Facts, on: Day, from: Pack = pack) => toldOf(judge(facts, from, on));

/** The pack with one condition of the national programme failing for all. */
function edited(id: string): Pack {
  const programmes = [...pack.programmes].map(
    ([key, programme]) =>
      [
        key,
        programme.provinces.length > 0
          ? programme
          : {
              ...programme,
              conditions: programme.conditions.map((each) =>
                each.id === id ? { ...each, test: { forAPerson: true } as const } : each,
              ),
            },
      ] as const,
  );
  return { ...pack, programmes: new Map(programmes) };
}

describe('a verdict that was told', () => {
  it('is turned by the day on which another law came into force, which is named with its text', () => {
    const flip = flipOf(told(ward, before), ward, pack, asDay('2026-01-10'));
    expect(flip).toMatchObject({ why: 'day', since: after, instruments: ['nd-235-2025'] });
    expect(flip?.turned[0]).toEqual({ programme: 'national', before: 'review', after: 'likely' });
    expect(flip?.reasons.length).toBeGreaterThan(0);
    expect(flip?.reasons.every(({ holds, cites }) => holds === true && cites.length > 0)).toBe(true);
  });

  it('is not turned before that day', () => {
    expect(flipOf(told(ward, asDay('2025-07-02')), ward, pack, before)).toBeNull();
  });

  it('is turned by an edit of a condition, which is named; and turned back by taking the edit back', () => {
    const on = asDay('2026-11-25');
    const condition = judge(ward, pack, on).programmes[0]?.reasons.find(({ holds }) => holds === true)?.condition ?? '';
    const flip = flipOf(told(ward, on), ward, edited(condition), on);
    expect(flip).toMatchObject({ why: 'content', since: null });
    expect(flip?.turned).toContainEqual({ programme: 'national', before: 'likely', after: 'review' });
    expect(flip?.reasons.map((reason) => reason.condition)).toEqual([condition]);
    expect(flip?.instruments.length).toBeGreaterThan(0);
    const back = flipOf(flip?.now as ToldVerdict, ward, pack, on);
    expect(back?.turned).toContainEqual({ programme: 'national', before: 'review', after: 'likely' });
    expect(back?.reasons.map((reason) => reason.condition)).toEqual([condition]);
  });

  it('is turned by a local programme that came, alone', () => {
    const local = { ...ward, province: 'thanh-hoa', formerProvince: 'thanh-hoa' };
    const on = asDay('2026-11-25');
    const without = {
      ...pack,
      programmes: new Map([...pack.programmes].filter(([, { provinces }]) => provinces.length === 0)),
    };
    const flip = flipOf(told(local, on, without), local, pack, on);
    expect(flip?.turned).toEqual([{ programme: 'khuyen-cong-thanh-hoa', before: null, after: expect.any(String) }]);
    expect(flip?.instruments.length).toBeGreaterThan(0);
  });

  it('of a sheet of before is compared by its national verdict alone', () => {
    const kept: ToldVerdict = { on: before, kinds: { national: 'review' } };
    const flip = flipOf(kept, ward, pack, after);
    expect(flip?.turned).toEqual([{ programme: 'national', before: 'review', after: 'likely' }]);
    expect(flipOf({ ...kept, on: after, kinds: { national: 'likely' } }, ward, pack, after)).toBeNull();
  });

  it('is never turned while neither content nor day has changed', () => {
    const facts = fc.tuple(completeFacts, extras).map(([complete, more]): Facts => ({ ...complete, ...more }));
    fc.assert(
      fc.property(facts, fc.constantFrom(...days), (given, on) => {
        expect(flipOf(told(given, on), given, pack, on)).toBeNull();
      }),
      { numRuns: 150 },
    );
  });

  it('when it is turned, differs; and once the new one is told, it no longer does', () => {
    fc.assert(
      fc.property(completeFacts, fc.constantFrom(...days), fc.constantFrom(...days), (given, one, other) => {
        const flip = flipOf(told(given, one), given, pack, other);
        const [a, b] = [told(given, one).kinds, told(given, other).kinds];
        expect(flip !== null).toBe(
          JSON.stringify(Object.entries(a).sort()) !== JSON.stringify(Object.entries(b).sort()),
        );
        if (flip === null) return;
        expect(flipOf(flip.now, given, pack, other)).toBeNull();
        if (one < other && flip.since !== null) {
          expect(flip.since > one && flip.since <= other).toBe(true);
          const [{ programme, after: kind }] = flip.turned as [KindChange];
          expect(told(given, flip.since).kinds[programme] ?? null).toBe(kind);
          expect(told(given, addDays(flip.since, -1)).kinds[programme] ?? null).not.toBe(kind);
        }
      }),
      { numRuns: 120 },
    );
  });
});

describe('a short name for a text', () => {
  it('is the same for the same text, and another for another', () => {
    expect(digestOf('a')).toBe(digestOf('a'));
    const names = new Set(Array.from({ length: 20_000 }, (_, at) => digestOf(`${conversationId('c')}${at}`)));
    expect(names.size).toBe(20_000);
    expect([...names].every((name) => name.length === 14)).toBe(true);
  });
});
