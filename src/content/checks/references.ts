/** Ids that one file names stand in another: texts, provinces, questions and their choices, conditions of a programme. */
import type { Draft } from '../draft.ts';
import { findingsIn, type Finding } from '../finding.ts';
import { nearest } from '../nearest.ts';
import type { Path } from '../read-yaml.ts';
import type { Check } from './check.ts';

export const references: Check = ({ draft }) => [
  ...fromLegal(draft),
  ...fromProvinces(draft),
  ...fromFlows(draft),
  ...fromPapers(draft),
];

interface Named {
  readonly file: string;
  readonly rule: string;
  readonly known: Iterable<string>;
  readonly folder: string;
  lineOf(path: Path): number;
}

/** Complains of each name that is not known, unless its file is there and merely broken. */
const unknownNames = (draft: Draft, named: Named, names: readonly (readonly [string, Path])[]): readonly Finding[] => {
  const known = new Set<string>(named.known);
  return names
    .filter(([id]) => !known.has(id) && !draft.broken.has(`${named.folder}/${id}`))
    .map(([id, path]) => {
      const near = nearest(id, known);
      return findingsIn(named.file).error(named.rule, named.lineOf(path), { id, near });
    });
};

const paths = (ids: readonly string[], path: Path) => ids.map((id, at) => [id, [...path, at]] as const);

function fromLegal(draft: Draft): readonly Finding[] {
  return [...draft.legal.values()].flatMap(({ file, item, lineOf }) => {
    const named = { file, lineOf, rule: 'unknown-instrument', known: draft.legal.keys(), folder: 'legal' };
    const wordings = Object.entries(item.articles).flatMap(([key, each]) =>
      each.flatMap(({ by }, at) => (by === undefined ? [] : [[by, ['articles', key, at, 'by']] as const])),
    );
    return unknownNames(draft, named, [
      ...paths(item.replacedBy, ['replacedBy']),
      ...paths(item.amends, ['amends']),
      ...wordings,
    ]);
  });
}

function fromProvinces(draft: Draft): readonly Finding[] {
  // Local texts of before the mergers belong to provinces that are former today.
  const former = [...draft.provinces.values()].flatMap(({ item }) => item.former.map(({ id }) => id));
  const known = new Set<string>([...draft.provinces.keys(), ...former]);
  if (draft.provinces.size === 0) return [];
  const places = [...draft.legal.values(), ...draft.programmes.values(), ...draft.faq.values()];
  return places.flatMap(({ file, item, lineOf }) =>
    unknownNames(
      draft,
      { file, lineOf, rule: 'unknown-province', known, folder: 'provinces' },
      paths(item.provinces, ['provinces']),
    ),
  );
}

/** Keys that are answered without a question file of their own: they come out of the place, or of the papers. */
export const DERIVED_KEYS: readonly string[] = [
  'province',
  'formerProvince',
  'unitType',
  'districtType',
  'addressDetail',
  'consent',
];

function fromFlows(draft: Draft): readonly Finding[] {
  const papers = (draft.papers?.item ?? []).map(({ id }) => `documents.${id}`);
  const known = new Set<string>([...draft.questions.keys(), ...DERIVED_KEYS, 'documents', ...papers]);
  return [...draft.flows.values()].flatMap(({ file, item, lineOf }) => {
    const named = { file, lineOf, rule: 'unknown-question', known, folder: 'questions' };
    const steps = item.steps.map((step, at) => [step.question, ['steps', at, 'question']] as const);
    const whens = item.steps.flatMap((step, at) =>
      step.when === undefined ? [] : [[step.when.question, ['steps', at, 'when', 'question']] as const],
    );
    const choices = item.steps.flatMap((step, at): readonly Finding[] => {
      const offered = draft.questions.get(step.when?.question ?? step.question)?.item.choices ?? [];
      if (step.when === undefined || offered.length === 0) return [];
      const values = offered.map(({ value }) => value);
      const choiceNamed = { file, lineOf, rule: 'unknown-choice', known: values, folder: '' };
      return unknownNames(draft, choiceNamed, paths(step.when.is, ['steps', at, 'when', 'is']));
    });
    return [...unknownNames(draft, named, [...steps, ...whens]), ...choices];
  });
}

function fromPapers(draft: Draft): readonly Finding[] {
  const supports = draft.questions.get('supportWanted' as never)?.item.choices.map(({ value }) => value) ?? [];
  if (draft.papers === null || supports.length === 0) return [];
  const { file, item, lineOf } = draft.papers;
  const named = { file, lineOf, rule: 'unknown-choice', known: supports, folder: '' };
  return item.flatMap((slot, at) => unknownNames(draft, named, paths(slot.supports, ['papers', at, 'supports'])));
}
