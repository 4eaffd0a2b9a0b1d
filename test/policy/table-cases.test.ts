/** Cases written by hand from the table of verdicts (`table-cases.yaml`), against the content and the engine. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { asDay } from '../../src/base/index.ts';
import { judge, parseFacts } from '../../src/policy/index.ts';
import { readPolicyPack } from './policy-pack.ts';

interface Case {
  readonly on: string;
  readonly want: string;
  readonly facts: Record<string, unknown>;
}

const cases = parse(readFileSync(new URL('./table-cases.yaml', import.meta.url), 'utf8'), {
  schema: 'core',
}) as readonly Case[];

const decreesOn = (on: string): readonly string[] =>
  on < '2004-06-09'
    ? []
    : on < '2012-07-05'
      ? ['nd-134-2004']
      : on < '2025-10-15'
        ? ['nd-45-2012']
        : ['nd-45-2012', 'nd-235-2025'];

const pack = readPolicyPack();

describe('the table of verdicts', () => {
  it.each(cases.map((each, at) => [at + 1, each] as const))('case %d: %j', (_, { on, want, facts }) => {
    const read = parseFacts(facts, pack);
    if (!read.ok) throw new Error(JSON.stringify(read.error));
    const { national, programmes, next } = judge(read.value, pack, asDay(on));
    expect(want.split('|')).toContain(national.verdict);
    expect(national.instruments).toEqual(decreesOn(on));
    if (on < '2004-06-09') expect(next).toBeNull();
    for (const { verdict, missing } of programmes) {
      expect(verdict === 'unknown').toBe(missing.length > 0);
      expect(missing.filter((key) => key in facts)).toEqual([]);
    }
    expect(next === null || !(next in facts)).toBe(true);
  });
});
