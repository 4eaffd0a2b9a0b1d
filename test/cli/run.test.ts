/** The frame of the command line: exit codes, languages, one JSON document, and nothing read behind its back. */
import { describe, expect, it } from 'vitest';
import { commands } from '../../src/cli/commands/index.ts';
import { cli } from '../support/cli.ts';
import { smallPack, writePack } from '../support/small-pack.ts';

describe('the command line', () => {
  it.each([[[]], [['help']], [['nothing-like-it']], [['content']], [['content', 'chekc']], [['constructor']]])(
    'answers %j with how it is used, on stderr, and exit 2',
    async (argv) => {
      const { code, out, err } = await cli(argv);
      expect([code, out]).toEqual([2, '']);
      expect(err).toContain('content check');
    },
  );

  it('explains every command', async () => {
    const { err } = await cli([]);
    for (const name of Object.keys(commands)) expect(err, name).toMatch(new RegExp(`^${name} `, 'm'));
    const english = (await cli(['--lang', 'en'])).err;
    for (const name of Object.keys(commands)) expect(english, name).toMatch(new RegExp(`^${name} `, 'm'));
  });

  it.each(Object.keys(commands))('loads %s under its own name', async (name) => {
    expect((await commands[name]?.())?.name).toBe(name);
  });

  it('speaks Vietnamese, or English when asked, and nothing else', async () => {
    const [vi, en, no] = [await cli(['x']), await cli(['x', '--lang=en']), await cli(['x', '--lang', 'fr'])];
    expect(vi.err).not.toBe(en.err);
    expect(vi.err).toMatch(/[ạảãáàệ]/);
    expect(en.err).not.toMatch(/[ạảãáàệ]/);
    expect(no.code).toBe(2);
    expect(no.err).toContain('fr');
  });

  it('refuses options that a command does not know, by name', async () => {
    const { code, out, err } = await cli(['content', 'check', '--dri', 'x', '--json']);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('--dri');
  });

  it('refuses a wrong clock, and any set clock in production', async () => {
    expect((await cli(['content', 'check'], { NOW: 'tomorrow' })).code).toBe(1);
    const production = await cli(['content', 'check'], { NOW: '2026-11-25T00:00:00Z', NODE_ENV: 'production' });
    expect(production.code).toBe(1);
    expect(production.err).toContain('NOW');
  });
});

describe('content check', () => {
  it('prints one JSON document and ends with 0 when all is well', async () => {
    const pack = writePack(smallPack());
    const { code, out } = await cli(['content', 'check', '--dir', pack.dir, '--json']);
    pack.remove();
    const { ok, issues } = JSON.parse(out) as { ok: boolean; issues: { severity: string }[] };
    expect([code, ok]).toEqual([0, true]);
    expect(issues.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('names file, line, rule, message and hint, and ends with 1 when something is wrong', async () => {
    const pack = writePack({ ...smallPack(), 'faq/x.md': 'nothing' });
    const [json, text] = [
      await cli(['--json', 'content', 'check', '--dir', pack.dir]),
      await cli(['content', 'check', '--dir', pack.dir]),
    ];
    pack.remove();
    const { ok, issues } = JSON.parse(json.out) as { ok: boolean; issues: Record<string, unknown>[] };
    expect([json.code, text.code, ok]).toEqual([1, 1, false]);
    expect(issues[0]).toEqual({
      file: 'faq/x.md',
      line: 1,
      rule: 'front-matter-missing',
      severity: 'error',
      message: expect.any(String) as string,
      hint: expect.any(String) as string,
    });
    expect(text.out).toContain('faq/x.md:1');
  });

  it('refuses a folder that is not there', async () => {
    const { code, out, err } = await cli(['content', 'check', '--dir', 'no-such-folder', '--json']);
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain('no-such-folder');
  });
});

describe('any command that needs the pack', () => {
  it('is refused with the mistakes when the pack is broken', async () => {
    const pack = writePack({ ...smallPack(), 'faq/x.md': 'nothing' });
    const { code, out, err } = await cli(['content', 'diff', pack.dir], { CONTENT_DIR: pack.dir });
    pack.remove();
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain('faq/x.md:1');
  });
});
