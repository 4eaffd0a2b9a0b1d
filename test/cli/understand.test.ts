import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { cli } from '../support/cli.ts';

const dir = mkdtempSync(join(tmpdir(), 'understand-'));
afterAll(() => rmSync(dir, { recursive: true }));

const fileOf = (content: string) => {
  const file = join(dir, 'cases.tsv');
  writeFileSync(file, content);
  return file;
};

test('prints one JSON list in the order of the lines, with exactly the promised keys', async () => {
  const lines = [
    'money\t500tr\t500000000',
    'money\t300',
    'phone\t0912 345 678',
    'tax-code\t0100109106001',
    'number\tmười mấy',
    'date\ttháng 3',
    'yes-no\tko',
    'place\txã Nga Sơn, Thanh Hóa\tanything',
    'place\tThanh Hóa',
    'place\tphường 9, Tuy Hòa',
    'colour\tred',
  ];
  const { code, out } = await cli(['understand', 'eval', fileOf('\ufeff' + lines.join('\r\n') + '\r\n'), '--json']);
  expect(code).toBe(0);
  const ward = (unit: string) => ({ province: 'dak-lak', unitType: 'phuong', unit });
  expect(JSON.parse(out)).toEqual([
    { kind: 'money', text: '500tr', result: { understood: true, value: 500_000_000 } },
    { kind: 'money', text: '300', result: { understood: false, why: 'no-unit', candidates: [300_000_000, 300_000] } },
    { kind: 'phone', text: '0912 345 678', result: { understood: true, value: '+84912345678' } },
    { kind: 'tax-code', text: '0100109106001', result: { understood: true, value: '0100109106-001' } },
    { kind: 'number', text: 'mười mấy', result: { understood: false, why: 'vague' } },
    { kind: 'date', text: 'tháng 3', result: { understood: true, value: '2027-03' } },
    { kind: 'yes-no', text: 'ko', result: { understood: true, value: 'no' } },
    {
      kind: 'place',
      text: 'xã Nga Sơn, Thanh Hóa',
      result: { understood: true, value: { province: 'thanh-hoa', unitType: 'xa', unit: 'Xã Nga Sơn' } },
    },
    {
      kind: 'place',
      text: 'Thanh Hóa',
      result: { understood: true, value: { province: 'thanh-hoa', unitType: null, unit: null } },
    },
    {
      kind: 'place',
      text: 'phường 9, Tuy Hòa',
      result: {
        understood: false,
        why: 'ambiguous-place',
        candidates: [ward('Phường Bình Kiến'), ward('Phường Tuy Hòa')],
      },
    },
    { kind: 'colour', text: 'red', result: { understood: false, why: 'unknown-kind' } },
  ]);
});

test('a file that is not there is refused, a missing one is wrong usage', async () => {
  expect((await cli(['understand', 'eval', join(dir, 'nothing.tsv'), '--json'])).code).toBe(1);
  expect((await cli(['understand', 'eval', '--json'])).code).toBe(2);
  expect((await cli(['understand'])).code).toBe(2);
});
