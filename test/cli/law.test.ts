/** `law changes|announce|dismiss`, beside the running service, which sends what was approved. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChatClient } from '../support/chat-client.ts';
import { withStoreOf } from '../support/desk-client.ts';
import {
  editedContent,
  NATIONAL_FILE,
  ownersWithCases,
  turnFunded,
  type EditedContent,
} from '../support/edited-content.ts';
import { startRunningService, type RunningService } from '../support/running-service.ts';
import { runCli } from '../../src/cli/run.ts';
import type { LawView } from '../../src/service/index.ts';

let content: EditedContent;
let service: RunningService;
let owners: ChatClient[] = [];

beforeAll(async () => {
  content = editedContent();
  service = await startRunningService({ environment: { CONTENT_DIR: content.dir } });
  owners = await ownersWithCases(service.base, 2);
  content.edit(NATIONAL_FILE, turnFunded);
  await until(async () => (await withStoreOf(service, (store) => store.countFlips({ statuses: ['open'] }))) === 2);
}, 120_000);
afterAll(async () => {
  await service.stop();
  content.remove();
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let time = 0; time < 600; time += 1) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('It never came to be');
}

async function law(...argv: string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await runCli(['law', ...argv], {
    env: { DATABASE_URL: service.database.url, CONTENT_DIR: content.dir },
    cwd: process.cwd(),
    clock: service.now,
    newId: () => 'id',
    out: (line) => out.push(line),
    err: (line) => err.push(line),
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

describe('law', { timeout: 60_000 }, () => {
  it('shows whose result turned, and the very message; as words and as JSON', async () => {
    const words = await law('changes');
    expect(words.code).toBe(0);
    for (const part of [
      'Chờ duyệt: 2',
      'TH-26-',
      'Hộ bún khô cô Lan',
      'Có thể phù hợp → Cần cán bộ xem',
      'Em báo anh/chị',
    ])
      expect(words.out).toContain(part);
    const view = JSON.parse((await law('changes', '--json')).out) as LawView;
    expect(view.groups.map(({ count, flips }) => [count, flips.length])).toEqual([[2, 2]]);
    const english = await law('changes', '--lang', 'en');
    expect(english.out).toContain('Waiting for approval: 2');
  });

  it('has one told and the other not, by name, each decided once', async () => {
    const view = JSON.parse((await law('changes', '--json')).out) as LawView;
    const [first, second] = view.groups[0]?.flips.map(({ id }) => id) ?? [];
    expect(await law('announce', first ?? '', '--by', 'Hà')).toMatchObject({ code: 0, err: '' });
    expect((await law('announce', first ?? '')).code).toBe(1);
    expect(await law('dismiss', '--all', '--json')).toMatchObject({ code: 0, out: expect.stringContaining('1') });
    await until(async () => (await withStoreOf(service, (store) => store.countFlips({ statuses: ['told'] }))) === 1);
    const decided = await withStoreOf(service, (store) => store.flips({}, 5));
    expect(Object.fromEntries(decided.map(({ id, status, decidedBy }) => [id, [status, decidedBy]]))).toEqual({
      [first ?? '']: ['told', 'Hà'],
      [second ?? '']: ['dismissed', 'dòng lệnh'],
    });
    const heard = await Promise.all(owners.map((owner) => owner.read()));
    expect(heard.map((messages) => messages.length).sort()).toEqual([0, 1]);
    expect((await law('changes')).out).toContain('Không có kết quả nào khác trước');
  });

  it.each([[['announce']], [['announce', 'x', '--all']], [['tell']], [[]], [['changes', 'x']]])(
    'is called wrongly as %j',
    async (argv) => {
      const { code, err } = await law(...argv);
      expect(code).toBe(2);
      expect(err).toContain('law announce');
    },
  );
});
