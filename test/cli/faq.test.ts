/** The commands `faq ask` and `faq eval`: keys, counts, files and exit codes, as the contract has them. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from '../../src/cli/run.ts';

const CORPUS = 'test/faq/corpus-c';

async function cli(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runCli(args, {
    env: {},
    cwd: process.cwd(),
    clock: () => '2026-11-25T03:00:00.000Z',
    newId: () => 'id',
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

const fileWith = (text: string): string => {
  const file = join(mkdtempSync(join(tmpdir(), 'faq-')), 'cases.tsv');
  writeFileSync(file, text);
  return file;
};

describe('faq ask', () => {
  it('prints one JSON document with decision, at most three hits and the time', async () => {
    const { code, out } = await cli('faq', 'ask', 'kho lanh co tinh la may moc ko', '--faq', CORPUS, '--json');
    const answer = JSON.parse(out) as { decision: string; hits: { id: string; score: number }[]; ms: number };
    expect(code).toBe(0);
    expect(Object.keys(answer)).toEqual(['decision', 'hits', 'ms']);
    expect(answer.hits[0]?.id).toBe('c-thiet-bi-phu-tro');
    expect(answer.hits.length).toBeLessThanOrEqual(3);
    expect(typeof answer.ms).toBe('number');
  });

  it('names a recognised wish', async () => {
    const { out } = await cli('faq', 'ask', 'gặp cán bộ', '--json');
    expect(JSON.parse(out)).toMatchObject({ decision: 'unknown', intent: 'staff' });
  });

  it('takes a province of before the mergers for the one of today', async () => {
    const { code } = await cli('faq', 'ask', 'mức hỗ trợ', '--province', 'nam-dinh', '--json');
    expect(code).toBe(0);
  });

  it.each([
    [['faq'], 2],
    [['faq', 'ask'], 2],
    [['faq', 'sing', 'x'], 2],
    [['faq', 'ask', 'x', '--on', '2026-13-01'], 2],
    [['faq', 'ask', 'x', '--province', 'atlantis'], 2],
    [['faq', 'eval', 'no-such-file.tsv'], 1],
    [['faq', 'ask', 'x', '--faq', 'no-such-folder'], 1],
  ] as const)('%j ends with %d and says why', async (args, code) => {
    const ended = await cli(...args);
    expect(ended.code).toBe(code);
    expect(ended.err).not.toBe('');
    expect(ended.out).toBe('');
  });
});

describe('faq eval', () => {
  it('gives shares of the questions in scope and counts, and a line of details a question', async () => {
    const cases = fileWith(
      'query\tid\nKý số được không?\tc-chu-ky-so\nmáy thế nào là tiên tiến\tc-thiet-bi-la-gi,c-khuon-mau\ngiá vàng\t-\n',
    );
    const details = fileWith('');
    const { code, out } = await cli('faq', 'eval', cases, '--faq', CORPUS, '--details', details, '--json');
    const figures = JSON.parse(out) as Record<string, unknown>;
    expect(code).toBe(0);
    expect(Object.keys(figures)).toEqual([
      'n',
      'top1',
      'top3',
      'mrr',
      'direct',
      'directRight',
      'outOfScope',
      'p50Ms',
      'p99Ms',
    ]);
    expect(figures).toMatchObject({ n: 2, top1: 1, top3: 1, mrr: 1, outOfScope: { n: 1, answered: 0 } });
    const lines = readFileSync(details, 'utf8').trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^Ký số được không\?\t(answer|suggest|unknown)\tc-chu-ky-so:\d/);
  });
});
