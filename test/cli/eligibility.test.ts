import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../../src/cli/run.ts';

let dir = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'eligibility-'));
});
afterAll(() => rmSync(dir, { recursive: true }));

async function run(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runCli(['eligibility', ...args], {
    env: {},
    cwd: process.cwd(),
    // The evening of the 14th in UTC is the morning of the 15th in Vietnam.
    clock: () => '2025-10-14T20:00:00.000Z',
    newId: () => 'id',
    out: (text) => out.push(text),
    err: (text) => err.push(text),
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

function facts(text: string): string {
  const file = join(dir, 'facts.yaml');
  writeFileSync(file, text);
  return file;
}
const json = async (text: string, ...args: string[]): Promise<unknown> => {
  const { code, out, err } = await run('check', facts(text), '--json', ...args);
  expect([code, err]).toEqual([0, '']);
  return JSON.parse(out);
};

const noodles = 'producesIndustrially: yes\nlegalForm: ho-kinh-doanh\nprovince: nghe-an\nunitType: phuong\n';

describe('eligibility check', () => {
  it('judges one case as of today in Vietnam, or on the day asked for', async () => {
    const whole = `${noodles}sector: tieu-thu-cong-nghiep\n`;
    expect(await json(whole)).toMatchObject({
      on: '2025-10-15',
      national: { instruments: ['nd-45-2012', 'nd-235-2025'], verdict: 'likely' },
      programmes: [{ id: 'khuyen-cong-quoc-gia', verdict: 'likely', missing: [] }],
      next: null,
    });
    expect(await json(whole, '--on', '2025-10-14')).toMatchObject({
      on: '2025-10-14',
      national: { verdict: 'unknown' },
    });
  });

  it('gives a list for several documents, and the day of a document wins', async () => {
    const seen = await json(`${noodles}---\non: 2013-05-01\nproducesIndustrially: no\n---\n{}\n`, '--on', '2010-01-01');
    expect(seen).toMatchObject([
      { on: '2010-01-01', national: { verdict: 'unknown' }, next: 'sector' },
      { on: '2013-05-01', national: { verdict: 'unlikely' }, next: null },
      { on: '2010-01-01', national: { verdict: 'unknown' }, next: 'producesIndustrially' },
    ]);
  });

  it('takes an empty file, a mark at its start and Windows line ends', async () => {
    expect(await json('')).toMatchObject({ next: 'producesIndustrially' });
    expect(await json('# nothing yet\n')).toMatchObject({ next: 'producesIndustrially' });
    expect(await json('\uFEFFproducesIndustrially: no\r\nsector: khac\r\n')).toMatchObject({
      national: { verdict: 'unlikely' },
    });
  });

  it.each([
    ['sektor: khac\n', 'sektor'],
    ['legalForm: cong-ty\n', 'cong-ty'],
    ['workers: nhiều\n', 'workers'],
    ['priority: xuat-khau\n', 'priority'],
    ['province: atlantis\n', 'atlantis'],
    ['on: 2025-02-30\n', '2025-02-30'],
    ['- producesIndustrially\n', ''],
    ['a: [\n', ''],
    ['producesIndustrially: yes\n---\nunitTyp: xa\n', 'unitTyp'],
  ])('refuses %j by name, with nothing on stdout', async (text, named) => {
    const { code, out, err } = await run('check', facts(text), '--json');
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain(named);
    expect(err).not.toContain('{{');
  });

  it('tells wrong usage from a file that is not there', async () => {
    expect((await run('check', '--json')).code).toBe(2);
    expect((await run('check', facts(''), '--on', '31/12/2025')).code).toBe(2);
    expect((await run('check', facts(''), 'more')).code).toBe(2);
    expect((await run('judge')).code).toBe(2);
    expect((await run()).code).toBe(2);
    expect((await run('check', join(dir, 'none.yaml'))).code).toBe(1);
  });

  it('speaks to people in both languages', async () => {
    for (const lang of ['vi', 'en']) {
      const { code, out } = await run('check', facts(`${noodles}sector: khac\n`), '--lang', lang);
      expect(code).toBe(0);
      expect(out).toContain('cleanerProduction');
      expect(out).not.toMatch(/\{\{|cli\./);
    }
  });
});

describe('eligibility examples', () => {
  it('runs those of the content', async () => {
    const { code, out } = await run('examples', '--json');
    expect(code).toBe(0);
    const seen = JSON.parse(out) as { ok: boolean; examples: { ok: boolean; expected: object; got: object }[] };
    expect(seen.ok).toBe(true);
    expect(seen.examples.length).toBeGreaterThan(50);
    expect((await run('examples')).out).toContain('✓ khuyen-cong-quoc-gia');
  });
});
