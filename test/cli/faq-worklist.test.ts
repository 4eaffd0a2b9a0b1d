/** The loop back: what owners asked in vain becomes files that an editor completes, from both databases. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ownContentDir } from '../../src/content/files.ts';
import { ChatClient } from '../support/chat-client.ts';
import { cli } from '../support/cli.ts';
import { temporaryPostgres, temporarySqlite } from '../support/databases.ts';
import { DeskClient } from '../support/desk-client.ts';
import { startRunningService, type RunningService } from '../support/running-service.ts';

interface Group {
  readonly file: string;
  readonly questions: readonly { readonly words: string; readonly why: string }[];
  readonly nearest: readonly string[];
  readonly draft: string;
}

describe.each([
  ['SQLite', temporarySqlite],
  ['PostgreSQL', temporaryPostgres],
])('faq worklist on %s', (_name, open) => {
  let service: RunningService;
  let env: Record<string, string>;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'khuyencong-worklist-'));
    service = await startRunningService({ database: await open() });
    env = { DATABASE_URL: service.database.url };
    for (const asked of [
      'con mèo nhà tôi biết bay không',
      'con mèo nhà tôi biết bay ạ',
      'trồng rừng ngập mặn: "cây" gì tốt',
    ]) {
      const owner = await ChatClient.open(service.base);
      await owner.say(asked);
    }
  });
  afterAll(async () => {
    await service.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const groups = async (): Promise<readonly Group[]> => {
    const { code, out, err } = await cli(['faq', 'worklist', '--json'], env);
    expect([code, err]).toEqual([0, '']);
    return JSON.parse(out) as readonly Group[];
  };

  it('puts alike questions together, the largest group first, each with a file', async () => {
    const found = await groups();
    expect(found.map(({ questions }) => questions.length)).toEqual([2, 1]);
    expect(found.map(({ file }) => /^[a-z0-9-]+$/.test(file))).toEqual([true, true]);
    for (const { draft } of found) expect(draft).toMatch(/^---\n[\s\S]+questions:[\s\S]+\n---\n/);
  });

  it('writes files that need an answer and nothing else, and never over one that is there', async () => {
    const out = join(folder, 'drafts');
    expect((await cli(['faq', 'worklist', '--out', out], env)).code).toBe(0);
    const files = readdirSync(out).sort();
    expect(files).toEqual((await groups()).map(({ file }) => `${file}.md`).sort());
    const first = join(out, files[0] ?? '');
    const completed = readFileSync(first, 'utf8').replace(
      /\n---\n[\s\S]*$/,
      '\n---\nChương trình không hỗ trợ việc này.\n',
    );
    writeFileSync(first, completed);
    rmSync(join(out, files[1] ?? ''));
    const again = await cli(['faq', 'worklist', '--out', out], env);
    expect([again.code, again.err.includes(files[0] ?? '?')]).toEqual([0, true]);
    expect(readdirSync(out).sort()).toEqual(files);
    expect(readFileSync(first, 'utf8')).toBe(completed);

    const content = join(folder, 'content');
    cpSync(ownContentDir(), content, { recursive: true });
    cpSync(first, join(content, 'faq', files[0] ?? ''));
    const checked = JSON.parse((await cli(['content', 'check', '--dir', content, '--json'])).out) as {
      issues: readonly { file: string; severity: string }[];
    };
    expect(checked.issues.filter(({ file, severity }) => severity === 'error' && file === `faq/${files[0]}`)).toEqual(
      [],
    );
  });

  it('holds no longer what an editor took off the list at the desk', async () => {
    const admin = await DeskClient.enter(service.base, service.signInPath ?? '');
    const before = await groups();
    const { html } = await admin.get('/staff/unanswered');
    // One list for both: the same groups, files and nearest entries.
    for (const { file, nearest } of before) {
      expect(html).toContain(`content/faq/${file}.md`);
      for (const id of nearest) expect(html).toContain(`(${id})`);
    }
    expect(html.match(/hỏi 2 lần/g)).toHaveLength(1);
    const fields = await admin.fieldsOf('/staff/unanswered', '/staff/unanswered');
    expect((await admin.post('/staff/unanswered', fields)).status).toBe(303);
    const taken = (fields['ids'] ?? '').split(',').length;
    const countOf = (all: readonly Group[]) => all.reduce((sum, { questions }) => sum + questions.length, 0);
    expect(countOf(await groups())).toBe(countOf(before) - taken);
  });
});
