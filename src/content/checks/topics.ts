/** Every topic of an entry stands in a branch of the policy tree, and every branch leads to entries. */
import { findingsIn } from '../finding.ts';
import { nearest } from '../nearest.ts';
import type { Check } from './check.ts';

export const topics: Check = ({ draft }) => {
  if (draft.policyTree === null || draft.faq.size === 0) return [];
  const { file, item: tree, lineOf } = draft.policyTree;
  const used = new Set([...draft.faq.values()].map(({ item }) => item.topic));
  const someBroken = [...draft.broken].some((file) => file.startsWith('faq/'));
  const offered = new Set(tree.flatMap((branch) => branch.topics));
  return [
    ...tree.flatMap((branch, at) =>
      branch.topics.flatMap((topic, place) =>
        used.has(topic) || someBroken
          ? []
          : [
              findingsIn(file).warning('empty-topic', lineOf([at, 'topics', place]), {
                topic,
                near: nearest(topic, used),
              }),
            ],
      ),
    ),
    ...[...draft.faq.values()]
      .filter(({ item }) => !offered.has(item.topic))
      .map((entry) =>
        findingsIn(entry.file).warning('topic-not-in-tree', entry.lineOf(['topic']), {
          topic: entry.item.topic,
          near: nearest(entry.item.topic, offered),
        }),
      ),
  ];
};
