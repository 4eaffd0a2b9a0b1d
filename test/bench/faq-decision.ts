/** How long one FAQ decision takes with 500 entries: those of the content, and copies of them under other ids. */
import { join } from 'node:path';
import { asDay, faqId } from '../../src/base/index.ts';
import type { FaqEntry } from '../../src/content/index.ts';
import { buildFaqIndex, findFaq } from '../../src/faq/index.ts';
import { loadContent } from '../../src/service/index.ts';

const ENTRIES = 500;

/** Milliseconds: median and 99th percentile over every question on file. */
export async function measureFaq(): Promise<{ readonly p50Ms: number; readonly p99Ms: number }> {
  const loaded = await loadContent(join(import.meta.dirname, '../../content'));
  if (!loaded.ok) throw new Error('The content has errors');
  const { pack } = loaded;
  const own = [...pack.faq.values()];
  const entries: FaqEntry[] = Array.from({ length: ENTRIES }, (_, index) => {
    const entry = own[index % own.length] as FaqEntry;
    return index < own.length ? entry : { ...entry, id: faqId(`${entry.id}-${index}`) };
  });
  const index = buildFaqIndex(entries, pack.searchWords);
  const questions = own.flatMap((entry) => entry.questions);
  const times: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    for (const question of questions) {
      const begun = performance.now();
      findFaq(index, question, { on: asDay('2026-11-25') });
      if (round > 0) times.push(performance.now() - begun);
    }
  }
  times.sort((a, b) => a - b);
  return { p50Ms: times[times.length >> 1] ?? 0, p99Ms: times[Math.floor(times.length * 0.99)] ?? 0 };
}
