/** What an edit does, against a folder and against a git revision. */
import { execFileSync } from 'node:child_process';
import { afterEach, describe, expect, it } from 'vitest';
import { caseId } from '../../src/base/index.ts';
import type { StoredConversation } from '../../src/service/index.ts';
import { openStore } from '../../src/storage/index.ts';
import { cli } from '../support/cli.ts';
import { temporaryPostgres, temporarySqlite } from '../support/databases.ts';
import { smallPack, writePack, type PackFiles } from '../support/small-pack.ts';
import { aCase, aDossier, aTurn, OWNER } from '../support/turns.ts';

const written: { remove(): void }[] = [];
const write = (files: PackFiles) => {
  const pack = writePack(files);
  written.push(pack);
  return pack;
};
afterEach(() => written.splice(0).forEach((pack) => pack.remove()));

const edited = (): PackFiles => {
  const files = smallPack();
  const faq = String(files['faq/dia-ban-phuong.md']);
  files['faq/dia-ban-phuong.md'] = faq.replace('thì được', 'thì có được');
  files['faq/le-phi.md'] = faq.replace('Cơ sở ở phường có được hưởng không', 'Nộp hồ sơ mất bao nhiêu tiền lệ phí');
  delete files['faq/nd134-la-gi.md'];
  const programme = 'programmes/khuyen-cong-quoc-gia.yaml';
  files[programme] = String(files[programme])
    .replace('meets: [yes], fails: [no]', 'meets: [no], fails: [yes]')
    .replace('verdict: likely', 'verdict: unlikely');
  return files;
};

interface Diff {
  readonly faq: Record<'added' | 'removed' | 'edited', string[]> & { changed: { question: string }[] };
  readonly cases: { judged: number; changed: { code: string; before: string; after: string }[] } | null;
  readonly verdicts: { examples: number; changed: { programme: string; before: string; after: string }[] };
}

async function diff(base: string, contentDir: string, url = 'file:./no-such.db'): Promise<Diff> {
  const env = { CONTENT_DIR: contentDir, DATABASE_URL: url };
  const { code, out, err } = await cli(['content', 'diff', base, '--json'], env);
  expect([code, err]).toEqual([0, '']);
  return JSON.parse(out) as Diff;
}

describe('content diff', () => {
  it('names entries that came, went and changed, answers and verdicts that differ', async () => {
    const { faq, verdicts } = await diff(write(smallPack()).dir, write(edited()).dir);
    expect([faq.added, faq.removed, faq.edited]).toEqual([['le-phi'], ['nd134-la-gi'], ['dia-ban-phuong']]);
    expect(faq.changed.map(({ question }) => question)).toContain('Nghị định 134 là gì?');
    expect(verdicts.changed).toEqual([
      {
        programme: 'khuyen-cong-quoc-gia',
        name: 'Xưởng bún tự sản xuất',
        on: '2026-11-25',
        before: 'likely',
        after: 'unlikely',
      },
    ]);
  });

  it.each([
    ['SQLite', temporarySqlite],
    ['PostgreSQL', temporaryPostgres],
  ])('names the saved cases of %s whose verdict flips, by their codes', async (_name, open) => {
    const database = await open();
    const store = await openStore({ url: database.url, instance: 'test' });
    const [owner] = (await store.load([OWNER])) as [StoredConversation];
    const fields = { applicantName: 'Cơ sở Mộc Hòa', producesIndustrially: 'yes' };
    const opened = aCase({
      id: caseId('k'),
      code: 'TH-26-000001',
      conversation: owner.id,
      dossier: aDossier({ fields }),
    });
    await store.commit([aTurn(owner, 'e1', { cases: [{ case: opened, readVersion: 0 }] })]);
    await store.close();
    const { cases } = await diff(write(smallPack()).dir, write(edited()).dir, database.url);
    await database.drop();
    expect(cases?.judged).toBe(1);
    expect(cases?.changed.map(({ code }) => code)).toEqual(['TH-26-000001']);
    expect(JSON.stringify(cases)).not.toContain('Mộc Hòa');
  });

  it('says nothing of cases, and makes no database, where there is none', async () => {
    expect((await diff(write(smallPack()).dir, write(edited()).dir)).cases).toBeNull();
  });

  it('finds nothing between a folder and itself', async () => {
    const { dir } = write(smallPack());
    const { faq, verdicts } = await diff(dir, dir);
    expect([faq.added, faq.removed, faq.edited, faq.changed, verdicts.changed]).toEqual([[], [], [], [], []]);
    expect(verdicts.examples).toBe(1);
  });

  it('reads a git revision without touching the work tree or the index', async () => {
    const within = (files: PackFiles) =>
      Object.fromEntries(Object.entries(files).map(([f, text]) => [`content/${f}`, text]));
    const repository = write(within(smallPack()));
    const git = (...args: string[]) =>
      execFileSync('git', ['-C', repository.dir, '-c', 'user.name=x', '-c', 'user.email=x@example.com', ...args], {
        encoding: 'utf8',
      });
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'content: first');
    repository.put('content/faq/le-phi.md', String(edited()['faq/le-phi.md']));
    const before = git('status', '--porcelain');
    const { faq } = await diff('HEAD', `${repository.dir}/content`);
    expect(faq.added).toEqual(['le-phi']);
    expect(git('status', '--porcelain')).toBe(before);
  });

  it.each(['no-such-revision', '--output=x', 'HEAD;ls'])('refuses %s', async (base) => {
    const { code, out } = await cli(['content', 'diff', '--', base], { CONTENT_DIR: write(smallPack()).dir });
    expect([code, out]).toEqual([1, '']);
  });
});
