/** Unanswered questions, grouped by likeness, with drafts that are FAQ files. */
import { describe, expect, it } from 'vitest';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadFaqDir } from '../../src/content/files.ts';
import { buildFaqIndex, draftOf, groupUnanswered } from '../../src/faq/index.ts';
import { CORPUS_DAY, readEntries, readWords } from '../support/faq-corpus.ts';

const { words, provinces } = readWords();
const index = buildFaqIndex(await readEntries(), words, { provinces });
const noted = (texts: readonly string[]) => texts.map((text, at) => ({ id: String(at), words: text, why: 'unknown' }));

describe('the worklist', () => {
  it('puts alike questions together, the largest group first, each with a name of its own', () => {
    const groups = groupUnanswered(
      noted([
        'xưởng sơn tĩnh điện có được không',
        'bảo hiểm hàng hóa',
        'lam son tinh dien co duoc khong ạ',
        'sơn tĩnh điện',
      ]),
      index,
      CORPUS_DAY,
    );
    expect(groups.map(({ questions }) => questions.map(({ id }) => id))).toEqual([['0', '2', '3'], ['1']]);
    expect(new Set(groups.map(({ file }) => file)).size).toBe(2);
    for (const { file } of groups) expect(file).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  });

  it('drafts a file that loads once it is completed', async () => {
    const [group] = groupUnanswered(noted(['Xưởng "sơn": có được không?\n', '- # lạ: ký tự']), index, CORPUS_DAY);
    const dir = mkdtempSync(join(tmpdir(), 'worklist-'));
    if (group) writeFileSync(join(dir, `${group.file}.md`), draftOf(group, CORPUS_DAY, 'Viết câu trả lời.'));
    const loaded = await loadFaqDir(dir);
    expect(loaded.issues).toEqual([]);
    expect(loaded.ok && [...loaded.faq.keys()]).toEqual([group?.file]);
  });
});
