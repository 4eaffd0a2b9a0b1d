/** The cases of `*.yaml` beside this file, which centre staff can read and add to, against the real rules. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { asDay } from '../../src/base/index.ts';
import { judge, parseFacts } from '../../src/policy/index.ts';
import { readPolicyPack } from '../policy/policy-pack.ts';

interface Story {
  readonly name: string;
  readonly facts: Readonly<Record<string, unknown>>;
  /** By day: the verdict, or the verdict and what is missing or looked at. */
  readonly on: Readonly<Record<string, string | Expected>>;
}
interface Expected {
  readonly verdict: string;
  readonly next?: string | null;
  readonly local?: Readonly<Record<string, string>>;
  readonly marks?: Readonly<Record<string, boolean | null>>;
}

const pack = readPolicyPack();
const here = import.meta.dirname;

for (const file of readdirSync(here).filter((name) => name.endsWith('.yaml'))) {
  const stories = parse(readFileSync(join(here, file), 'utf8')) as readonly Story[];
  describe(file, () => {
    for (const { name, facts, on } of stories) {
      it.each(Object.entries(on))(`${name}, %s`, (day, said) => {
        const expected = typeof said === 'string' ? { verdict: said } : said;
        const read = parseFacts(facts, pack);
        if (!read.ok) throw new Error(JSON.stringify(read.error));
        const seen = judge(read.value, pack, asDay(day));
        const [national, ...local] = seen.programmes;
        expect(seen.national.verdict).toBe(expected.verdict);
        if (expected.next !== undefined) expect(seen.next).toBe(expected.next);
        if (expected.local !== undefined) {
          expect(Object.fromEntries(local.map(({ id, verdict }) => [id, verdict]))).toEqual(expected.local);
        }
        const marks = Object.fromEntries((national?.reasons ?? []).map(({ condition, holds }) => [condition, holds]));
        expect(marks).toMatchObject(expected.marks ?? {});
      });
    }
  });
}
