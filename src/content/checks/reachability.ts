/** Every question can be asked: it stands in a flow, and what its step waits for is asked before it or in another flow. */
import type { Draft } from '../draft.ts';
import { findingsIn, type Finding } from '../finding.ts';
import type { Check } from './check.ts';
import { DERIVED_KEYS } from './references.ts';

export const reachability: Check = ({ draft }) => {
  if (draft.flows.size === 0) return [];
  return [...outsideFlows(draft), ...waitingForever(draft)];
};

function outsideFlows(draft: Draft): readonly Finding[] {
  const asked = new Set<string>(
    [...draft.flows.values()].flatMap(({ item }) => item.steps.map(({ question }) => question)),
  );
  return [...draft.questions.values()]
    .filter(({ item }) => !asked.has(item.id))
    .map(({ file, item }) => findingsIn(file).error('unreachable-question', 1, { id: item.id }));
}

function waitingForever(draft: Draft): readonly Finding[] {
  return [...draft.flows.values()].flatMap(({ file, item, lineOf }) => {
    const elsewhere = [...draft.flows.values()].filter((flow) => flow.item.id !== item.id);
    const known = new Set<string>([
      ...DERIVED_KEYS,
      ...elsewhere.flatMap((flow) => flow.item.steps.map(({ question }) => question as string)),
    ]);
    const findings: Finding[] = [];
    for (const [at, step] of item.steps.entries()) {
      if (step.when !== undefined && !known.has(step.when.question)) {
        const values = { id: step.question, after: step.when.question };
        findings.push(findingsIn(file).error('unreachable-question', lineOf(['steps', at]), values));
      } else known.add(step.question);
    }
    return findings;
  });
}
