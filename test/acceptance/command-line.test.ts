/** The command line beside a running service (contract, section 4): exit codes, one JSON document, many at once, copies. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caseCodeIn, ChatClient } from '../support/chat-client.ts';
import { noodleMaker } from '../support/journey.ts';
import { cli, start, until, type Started } from './rig.ts';

let service: Started;
let owner: ChatClient;
let code: string;
beforeAll(async () => {
  service = await start();
  owner = await ChatClient.open(service.base);
  code = caseCodeIn(await owner.follow(noodleMaker, (said) => caseCodeIn(said) !== null)) ?? '';
  writeFileSync(join(service.home, 'facts.yaml'), 'producesIndustrially: yes\nlegalForm: ho-kinh-doanh\n');
  writeFileSync(join(service.home, 'unknown.yaml'), 'colour: red\n');
  writeFileSync(join(service.home, 'typed.tsv'), 'money\t500tr\t\nphone\t0912345678\t\n');
}, 90_000);
afterAll(() => service.stop());

/** Words stand apart by spaces; `_` is a space within one. */
const run = (line: string) =>
  cli(
    service.home,
    line.split(' ').map((word) => word.replaceAll('_', ' ')),
  );

describe('exit codes', () => {
  it.each([
    [0, 'db status'],
    [0, 'case list'],
    [0, 'staff list'],
    [0, 'outbox list'],
    [0, 'understand eval typed.tsv --json'],
    [0, 'eligibility check facts.yaml --json'],
    [1, 'case show XX-26-999999'],
    [1, 'understand eval nowhere.tsv --json'],
    [1, 'eligibility check unknown.yaml --json'],
    [1, 'content check --dir nowhere'],
    [2, 'case'],
    [2, 'case list --colour red'],
    [2, 'db backup'],
    [2, 'fly'],
    [2, '--lang fr db status'],
  ])('%i: %s', async (wanted, line) => {
    const { code: got, out, err } = await run(line);
    expect([line, got]).toEqual([line, wanted]);
    if (wanted === 0) expect([out === '', err]).toEqual([false, '']);
    else expect([out, err === '']).toEqual(['', false]);
  });
});

it('--json prints one JSON document and nothing else, whatever is asked', async () => {
  const lines = ['db status', 'case list', `case show ${code}`, 'staff list', 'outbox list', 'content check', 'doctor'];
  for (const line of [...lines, 'faq ask khuyến_công', 'eligibility examples', 'understand eval typed.tsv']) {
    const { out, err } = await run(`${line} --json`);
    expect(() => JSON.parse(out) as unknown, `${line}: ${out.slice(0, 200)}${err}`).not.toThrow();
  }
}, 120_000);

it('ten at once beside the running service all do their work, and so does the service', async () => {
  const talking = Promise.all(
    Array.from({ length: 10 }, async () => {
      const client = await ChatClient.open(service.base);
      for (const text of ['khuyến công là gì', 'menu', 'máy sấy được hỗ trợ bao nhiêu']) await client.say(text);
    }),
  );
  const ran = await Promise.all(
    Array.from({ length: 10 }, (_, index) =>
      index % 2 === 0 ? cli(service.home, ['staff', 'add', `Cán bộ ${index}`]) : cli(service.home, ['case', 'list']),
    ),
  );
  await talking;
  expect(ran.map(({ code: ended, err }) => [ended, err])).toEqual(ran.map(() => [0, '']));
  const { out } = await run('staff list --json');
  const names = (JSON.parse(out) as { name: string }[]).map(({ name }) => name);
  expect(names.filter((name) => name.startsWith('Cán bộ ')).sort()).toEqual([0, 2, 4, 6, 8].map((n) => `Cán bộ ${n}`));
}, 120_000);

it('a copy taken while owners write brings back all that was there, and what came later is put aside', async () => {
  const file = join(service.home, 'copy.db');
  const writing = ChatClient.open(service.base).then(async (client) => {
    for (let time = 0; time < 10; time += 1) await client.say('khuyến công là gì');
  });
  expect(await run('db backup copy.db')).toMatchObject({ code: 0, err: '' });
  await writing;
  expect(existsSync(file)).toBe(true);
  const later = await ChatClient.open(service.base);
  const lost = caseCodeIn(await later.follow(noodleMaker, (said) => caseCodeIn(said) !== null)) ?? '';
  await service.stop('SIGTERM', 'keep');
  expect(await run('db restore copy.db')).toMatchObject({ code: 0, err: '' });
  service = await start({ home: service.home });
  const { out } = await run('case list --json');
  const codes = (JSON.parse(out) as { code: string }[]).map((one) => one.code);
  expect(codes).toContain(code);
  expect(codes).not.toContain(lost);
  const again = await ChatClient.resume(service.base, owner);
  await until('the status', async () => (await again.say('hồ sơ của tôi')).some(({ text }) => text.includes(code)));
}, 120_000);

it('a restore beside the running service is refused, and changes nothing', async () => {
  expect(await run('db backup beside.db')).toMatchObject({ code: 0 });
  const { code: ended, err } = await run('db restore beside.db');
  expect([ended, err === '']).toEqual([1, false]);
  expect((await ChatClient.open(service.base)).ask?.id).toBe('menu');
});
