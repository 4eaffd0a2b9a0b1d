/**
 * What each part of the search is worth, as a Markdown table (docs/benchmarks.md): the whole, the whole without one part,
 * and Fuse.js over the entries as the peer. Then the time of a decision as the number of entries grows.
 */
import Fuse from 'fuse.js';
import { faqId } from '../../src/base/index.ts';
import type { FaqEntry } from '../../src/content/index.ts';
import {
  ALL_PARTS,
  buildFaqIndex,
  figuresOf,
  findFaq,
  judgeCases,
  type FaqFigures,
  type Parts,
} from '../../src/faq/index.ts';
import {
  CORPUS_DAY,
  readBackground,
  readCases,
  readEntries,
  readWords,
  type StyledCase,
} from '../support/faq-corpus.ts';

/** The first was written last and used for nothing; the smaller sets e, f, g, h are measured by their test only. */
const SETS = [
  'test/faq/corpus-i',
  'test/faq/corpus-c',
  'test/faq/corpus-d',
  'test/faq/corpus',
  'test/faq/corpus-b',
  'content/faq',
] as const;

const ROWS: readonly (readonly [name: string, parts: Partial<Parts>])[] = [
  ['đủ các phần', {}],
  ['bỏ từ vựng khái niệm', { concepts: false }],
  ['bỏ sửa cách gõ', { repair: false }],
  ['bỏ sửa chính tả (Fuse.js trên từng từ)', { spelling: false }],
  ['bỏ cặp âm tiết', { pairs: false }],
  ['bỏ dấu thanh', { tones: false }],
  ['không tách lời thưa gửi và từ nhỏ', { courtesy: false }],
  ['bỏ tất cả', { concepts: false, repair: false, spelling: false, pairs: false, tones: false, courtesy: false }],
];

interface Set {
  readonly dir: string;
  readonly entries: readonly FaqEntry[];
  readonly background: readonly FaqEntry[];
  readonly cases: readonly StyledCase[];
}

export async function run(print: (line: string) => void, clock: () => number): Promise<void> {
  const { words, provinces } = readWords();
  const sets = await Promise.all(
    SETS.map(async (dir): Promise<Set> => {
      const entries = await readEntries(dir);
      return { dir, entries, background: await readBackground(dir), cases: readCases(entries, dir) };
    }),
  );
  const [unseen] = sets;
  if (unseen) sets.push({ ...unseen, dir: `${unseen.dir} (thêm lỗi gõ)`, cases: unseen.cases.map(mistyped) });
  print(
    `| | ${sets.map(({ dir, entries, cases }) => `\`${dir}\` (${entries.length} / ${inScope(cases)})`).join(' | ')} |`,
  );
  print(`|---|${sets.map(() => '---|').join('')}`);
  for (const [name, off] of ROWS) {
    const parts = { ...ALL_PARTS, ...off };
    const cells = sets.map(({ entries, background, cases }) =>
      cell(
        figuresOf(
          judgeCases(
            buildFaqIndex(entries, words, { provinces, parts, background }),
            cases,
            { on: CORPUS_DAY },
            () => 0,
          ),
        ),
      ),
    );
    print(`| ${name} | ${cells.join(' | ')} |`);
  }
  print(`| Fuse.js trên các mục, mặc định | ${sets.map(fuseCell).join(' | ')} |`);
  print('');
  print('| số mục | dựng chỉ mục (ms) | chọn câu trả lời, p50 (ms) | p99 (ms) |');
  print('|---|---|---|---|');
  const all = sets.slice(0, -1).flatMap(({ entries }) => entries);
  const cases = sets.flatMap((set) => set.cases);
  for (const count of [80, 250, 500]) {
    const entries = [...Array(count).keys()].map((at) => copyOf(all, at));
    const start = clock();
    const index = buildFaqIndex(entries, words, { provinces });
    const built = clock() - start;
    for (const { query } of cases) findFaq(index, query, { on: CORPUS_DAY });
    const { p50Ms, p99Ms } = figuresOf(judgeCases(index, cases, { on: CORPUS_DAY }, clock));
    print(`| ${count} | ${built.toFixed(0)} | ${p50Ms.toFixed(2)} | ${p99Ms.toFixed(2)} |`);
  }
}

/** Slips of the finger in about every third longer word: a letter left out, doubled, or swapped with the next. */
function mistyped(each: StyledCase): StyledCase {
  const query = each.query.replace(/\p{L}{4,}/gu, (word) => {
    const chance = [...word].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973, 7);
    if (chance % 3 > 0) return word;
    const at = 1 + (chance % (word.length - 2));
    const kind = (chance >> 3) % 3;
    if (kind === 0) return word.slice(0, at) + word.slice(at + 1);
    if (kind === 1) return word.slice(0, at) + word.charAt(at) + word.slice(at);
    return word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2);
  });
  return { ...each, query };
}

const inScope = (cases: readonly StyledCase[]): number => cases.filter(({ ids }) => ids.length > 0).length;

function copyOf(all: readonly FaqEntry[], at: number): FaqEntry {
  const entry = all[at % all.length];
  if (!entry) throw new Error('No entries');
  return { ...entry, id: faqId(`${entry.id}-${at}`) };
}

const percent = (share: number): string => share.toFixed(2);

/** first right · among three · answered at once and right, of all (of those answered) · out of scope answered */
const cell = ({ n, top1, top3, direct, directRight, outOfScope }: FaqFigures): string =>
  [
    percent(top1),
    percent(top3),
    `${percent(directRight / n)} (${percent(directRight / Math.max(1, direct))})`,
    `${outOfScope.answered}/${outOfScope.n}`,
  ].join(' · ');

function fuseCell({ entries, cases }: Set): string {
  const fuse = new Fuse(entries, { keys: ['questions', 'keywords', 'answer'], includeScore: true });
  const asked = cases.filter(({ ids }) => ids.length > 0);
  const found = asked.map(({ query, ids }) =>
    fuse.search(query, { limit: 3 }).findIndex(({ item }) => ids.includes(item.id)),
  );
  const share = (most: number) => percent(found.filter((at) => at >= 0 && at < most).length / asked.length);
  return `${share(1)} · ${share(3)} · – · –`;
}
