/** `staff add|list|remove|link`, against a running service: the link opens the desk. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DeskClient } from '../support/desk-client.ts';
import { startRunningService, type RunningService } from '../support/running-service.ts';
import { runCli } from '../../src/cli/run.ts';

let service: RunningService;
beforeAll(async () => {
  service = await startRunningService();
});
afterAll(() => service.stop());

async function cli(...argv: string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  let ids = 0;
  const code = await runCli(argv, {
    env: { DATABASE_URL: service.database.url },
    cwd: process.cwd(),
    clock: service.now,
    newId: () => `${Date.now()}${(ids += 1)}`.padStart(32, '0'),
    out: (line) => out.push(line),
    err: (line) => err.push(line),
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

describe('staff', () => {
  it('starts with the first admin, whose link the service hands out', async () => {
    const { code, out } = await cli('staff', 'list', '--json');
    const people = JSON.parse(out) as { role: string; provinces: string[] }[];
    expect([code, people.length, people[0]?.role, people[0]?.provinces]).toEqual([0, 1, 'admin', []]);
    expect(service.signInPath).toMatch(/^\/staff\/sign-in\/[0-9a-f]{64}$/);
  });

  it('adds a person, who signs in by a link at the address of the running service', async () => {
    const added = await cli('staff', 'add', 'Nguyễn Thị Hà', '--provinces', 'thanh-hoa,ninh-binh', '--json');
    expect([added.code, JSON.parse(added.out)]).toEqual([
      0,
      expect.objectContaining({ name: 'Nguyễn Thị Hà', role: 'officer', provinces: ['thanh-hoa', 'ninh-binh'] }),
    ]);
    const { code, out } = await cli('staff', 'link', 'nguyen thi ha');
    expect([code, out.startsWith(`${service.base}/staff/sign-in/`)]).toEqual([0, true]);
    const client = await DeskClient.enter(service.base, out.slice(service.base.length));
    expect((await client.get('/staff')).html).toContain('Nguyễn Thị Hà');
    expect((await cli('staff', 'remove', 'Nguyễn Thị Hà')).code).toBe(0);
    expect((await client.get('/staff')).status).toBe(303);
    expect((await cli('staff', 'link', 'Nguyễn Thị Hà')).code).toBe(1);
  });

  it.each([
    [['staff'], 2],
    [['staff', 'add'], 2],
    [['staff', 'add', 'A', '--role', 'king'], 1],
    [['staff', 'add', 'A', '--provinces', 'atlantis'], 1],
    [['staff', 'remove', 'nobody'], 1],
    [['staff', 'link', 'nobody'], 1],
  ])('%j ends with %i and a reason', async (argv, expected) => {
    const { code, out, err } = await cli(...argv);
    expect([code, out, err !== '']).toEqual([expected, '', true]);
  });
});
