import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

it('talks in the terminal until the input ends, and keeps nothing', { timeout: 120_000 }, () => {
  const built = spawnSync(process.execPath, ['build.config.js'], { encoding: 'utf8' });
  expect([built.status, built.stderr]).toEqual([0, '']);
  const env = { PATH: process.env['PATH'] ?? '', NOW: '2026-11-25T08:00:00+07:00' };
  const input = '1\nquay lại\n/file package.json\n';
  const ran = spawnSync(process.execPath, ['dist/cli.js', 'chat'], { encoding: 'utf8', env, input });
  expect([ran.status, ran.stderr]).toEqual([0, '']);
  const said = ran.stdout.split(/\n\n(?=\S)/);
  expect(said.length).toBeGreaterThan(3);
  expect(ran.stdout).toMatch(/^ {2}1\. \S/m);
  expect(ran.stdout).not.toMatch(/\{\{|undefined/);
});
