import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runExamples } from '../../src/policy/index.ts';
import { readPolicyPack } from './policy-pack.ts';

const pack = readPolicyPack();
const file = 'programmes/khuyen-cong-quoc-gia.yaml';
const text = readFileSync(join(import.meta.dirname, '../../content', file), 'utf8');
const failing = (edited: string) => {
  if (edited === text) throw new Error('the edit changed nothing');
  return runExamples(readPolicyPack({ [file]: edited })).filter(({ ok }) => !ok);
};

describe('worked examples', () => {
  it('all agree with the rules', () => {
    expect(runExamples(pack).filter(({ ok }) => !ok)).toEqual([]);
  });

  it('stand in every programme, on both sides of each change of its periods', () => {
    for (const { id, inForce, examples } of pack.programmes.values()) {
      const days = examples.map(({ on }) => on);
      for (const { from } of inForce) expect([id, from, days.includes(from)]).toEqual([id, from, true]);
      for (const { to } of inForce) if (to !== undefined) expect([id, to, days.includes(to)]).toEqual([id, to, true]);
      expect(days.some((day) => day < (inForce[0]?.from ?? day))).toBe(true);
    }
  });

  it('disagree when a rule is changed', () => {
    expect(failing(text.replace('{ atMost: 100, fact: workers }', '{ atMost: 20, fact: workers }'))).not.toEqual([]);
    expect(failing(text.replace('unitType, meets: [xa, dac-khu]', 'unitType, meets: [dac-khu]'))).not.toEqual([]);
    expect(
      failing(text.replace('{ answer: craftVillage, meets: [yes] }', '{ answer: craftVillage, meets: [no] }')),
    ).not.toEqual([]);
    expect(failing(text.replace('- { provinceIs: tinh }', '- { provinceIs: thanh-pho }'))).not.toEqual([]);
  });

  it('disagree when the verdict, the reason or the facts of an example are wrong', () => {
    const [example] = failing(text.replace('    because: san-xuat\n', '    because: dia-ban\n'));
    expect(example).toMatchObject({ verdict: 'unlikely', because: ['san-xuat'] });
    expect(failing(text.replace('verdict: not-in-force', 'verdict: likely'))[0]?.verdict).toBe('not-in-force');
    const broken = text.replace('facts: { producesIndustrially: yes,', 'facts: { makesThings: yes,');
    expect(failing(broken)[0]).toMatchObject({ verdict: 'wrong-facts', because: ['makesThings'] });
  });
});
