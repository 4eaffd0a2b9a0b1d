/**
 * Two entries that are asked by the same words, where both could answer: same folded syllables in any order, and their
 * provinces and days overlap. (What the search itself confuses is looked at where search is known.)
 */
import { foldWords } from '../../language/index.ts';
import type { Placed } from '../draft.ts';
import type { FaqEntry } from '../faq.ts';
import { findingsIn, type Finding } from '../finding.ts';
import type { Check } from './check.ts';

const asked = (question: string) => foldWords(question).split(' ').sort().join(' ');

function overlap(one: FaqEntry, two: FaqEntry): boolean {
  const near = one.provinces.length === 0 || two.provinces.length === 0;
  if (!near && !one.provinces.some((each) => two.provinces.includes(each))) return false;
  const before = (to: string | undefined, from: string | undefined) =>
    to !== undefined && from !== undefined && to < from;
  // An entry of one province beside the general one is meant: it answers first there.
  if ((one.provinces.length === 0) !== (two.provinces.length === 0)) return false;
  return !before(one.validTo, two.validFrom) && !before(two.validTo, one.validFrom);
}

export const sameQuestion: Check = ({ draft }) => {
  const first = new Map<string, Placed<FaqEntry>[]>();
  const findings: Finding[] = [];
  for (const entry of draft.faq.values()) {
    const written = new Set<string>();
    for (const [at, question] of entry.item.questions.entries()) {
      const words = asked(question);
      const others = first.get(words) ?? [];
      const own = others.includes(entry);
      const other = others.find((each) => each !== entry && overlap(each.item, entry.item));
      const { error, warning } = findingsIn(entry.file);
      const line = entry.lineOf(['questions', at]);
      if (other !== undefined) findings.push(error('same-question', line, { question, other: other.file }));
      else if (own && written.has(question.toLowerCase())) findings.push(warning('question-twice', line, { question }));
      written.add(question.toLowerCase());
      first.set(words, own ? others : [...others, entry]);
    }
  }
  return findings;
};
