/** The content that ships is clean: no errors, every text translated and used, all 34 provinces, fast to load. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asDay } from '../../src/base/index.ts';
import { usedTexts } from '../../src/used-texts.ts';
import { loadContent } from '../../src/service/load-content.ts';
import { ROOT } from './sources.ts';

const load = () => {
  const used = usedTexts();
  const today = asDay('2026-11-25');
  return loadContent(join(ROOT, 'content'), { today, ...(used === null ? {} : { usedTexts: used }) });
};

describe('the content', () => {
  it('has no errors, and no warnings but those that only time or a reader can settle', async () => {
    const { issues } = await load();
    const open = ['answer-long', 'article-not-on-file'];
    const told = issues.filter(({ rule }) => !open.includes(rule));
    expect(told.map(({ file, line, rule, message }) => `${file}:${line} ${rule} ${message}`)).toEqual([]);
  });

  it('has the 34 provinces of 2025, made of the 63 of before', async () => {
    const loaded = await load();
    const provinces = loaded.ok ? [...loaded.pack.provinces.values()] : [];
    expect(provinces).toHaveLength(34);
    expect(new Set(provinces.flatMap(({ former }) => former.map(({ id }) => id))).size).toBe(63);
  });
});
