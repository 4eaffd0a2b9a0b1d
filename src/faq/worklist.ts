/**
 * The loop back: questions that found no answer (or whose answer did not help), put together where they are alike, each
 * group with a FAQ file that an editor has only to complete.
 */
import type { Day } from '../base/index.ts';
import type { FaqIndex } from './faq-index.ts';
import { findFaq } from './find.ts';
import { readQuery, type Query } from './query.ts';

export interface Unanswered {
  readonly id: string;
  readonly words: string;
  readonly why: string;
  /** The entry that did not help, when there was one. */
  readonly faq?: string;
}

export interface WorkGroup {
  /** A name for the new file, without `.md`. */
  readonly file: string;
  readonly questions: readonly Unanswered[];
  /** Entries that come nearest: perhaps one of them only lacks a way of asking. */
  readonly nearest: readonly string[];
}

const ALIKE = 0.5;

/** Groups alike questions, the largest group first. The one first asked gives each group its name. */
export function groupUnanswered(questions: readonly Unanswered[], index: FaqIndex, on: Day): WorkGroup[] {
  const groups: { readonly lead: Vector; readonly questions: Unanswered[] }[] = [];
  for (const question of questions) {
    const vector = vectorOf(readQuery(question.words, index), index);
    const group = groups.find(({ lead }) => likeness(lead, vector) >= ALIKE);
    if (group) group.questions.push(question);
    else groups.push({ lead: vector, questions: [question] });
  }
  const names = new Set<string>(index.entries.map(({ entry }) => entry.id));
  return groups
    .sort((a, b) => b.questions.length - a.questions.length)
    .map((group) => {
      const first = group.questions[0]?.words ?? '';
      const nearest = findFaq(index, first, { on }).hits.map(({ id }) => id);
      return { file: freshName(first, index, names), questions: group.questions, nearest };
    });
}

type Vector = ReadonlyMap<string, number>;

const vectorOf = (query: Query, index: FaqIndex): Vector =>
  new Map(query.units.map(({ unit, weight }) => [unit, weight * index.rarity(unit)]));

function likeness(a: Vector, b: Vector): number {
  let shared = 0;
  for (const [unit, weight] of a) shared += weight * (b.get(unit) ?? 0);
  const norms = normOf(a) * normOf(b);
  return norms === 0 ? 0 : shared / norms;
}

const normOf = (vector: Vector): number =>
  Math.sqrt([...vector.values()].reduce((sum, weight) => sum + weight * weight, 0));

function freshName(words: string, index: FaqIndex, taken: Set<string>): string {
  const query = readQuery(words, index);
  const telling = query.words
    .filter((_, at) => (query.weights[at] ?? 0) > 0)
    .map(({ key }) => key.replace(/[^a-z0-9]/g, ''));
  const base =
    telling
      .filter((key) => key !== '')
      .slice(0, 6)
      .join('-') || 'cau-hoi';
  let name = base;
  for (let count = 2; taken.has(name); count += 1) name = `${base}-${count}`;
  taken.add(name);
  return name;
}

/** The text of a FAQ file for a group: everything but the topic, the sources and the answer, for which `todo` stands. */
export function draftOf({ questions }: WorkGroup, on: Day, todo: string): string {
  const asked = [...new Set(questions.map(({ words }) => words.replace(/\s+/g, ' ').trim().normalize('NFC')))].slice(
    0,
    8,
  );
  const lines = asked.map((words) => `  - ${JSON.stringify(words)}`);
  return [
    '---',
    'topic: khac',
    'questions:',
    ...lines,
    'keywords: []',
    'sources: []',
    'provinces: []',
    `checkedOn: ${on}`,
    'certainty: unconfirmed',
    '---',
    todo,
    '',
  ].join('\n');
}
