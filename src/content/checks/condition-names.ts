/** Names within a programme: conditions that its periods and examples speak of, facts and answers that its tests ask for. */
import type { Placed } from '../draft.ts';
import type { Draft } from '../draft.ts';
import { findingsIn, type Finding } from '../finding.ts';
import { nearest } from '../nearest.ts';
import type { Programme } from '../programme.ts';
import type { Test } from '../condition.ts';
import type { Path } from '../read-yaml.ts';
import type { Check } from './check.ts';
import { DERIVED_KEYS } from './references.ts';

export const conditionNames: Check = ({ draft }) =>
  [...draft.programmes.values()].flatMap((programme) => [...ofConditions(programme), ...ofFacts(programme, draft)]);

function ofConditions({ file, item, lineOf }: Placed<Programme>): readonly Finding[] {
  const known = new Set(item.conditions.map(({ id }) => id));
  const named: (readonly [string, Path])[] = [];
  for (const [at, period] of item.inForce.entries()) {
    period.conditions.forEach((id, place) => named.push([id, ['inForce', at, 'conditions', place]]));
    for (const [place, route] of period.routes.entries()) {
      route.conditions.forEach((id, spot) => named.push([id, ['inForce', at, 'routes', place, 'conditions', spot]]));
    }
  }
  for (const [at, example] of item.examples.entries()) {
    if (example.because !== undefined) named.push([example.because, ['examples', at, 'because']]);
  }
  const { error, warning } = findingsIn(file);
  const unknown = named
    .filter(([id]) => !known.has(id))
    .map(([id, path]) => error('unknown-condition', lineOf(path), { id, near: nearest(id, known) }));
  const used = new Set(named.map(([id]) => id));
  const idle = item.conditions.flatMap(({ id }, at) =>
    used.has(id) ? [] : [warning('unused-condition', lineOf(['conditions', at]), { id })],
  );
  return [...unknown, ...idle];
}

interface FactNamed {
  readonly fact: string;
  readonly values: readonly string[];
  readonly path: Path;
}

/** Every fact that a test asks for, with the answers it speaks of. */
function* factsIn(test: Test, path: Path): Generator<FactNamed> {
  if ('answer' in test) {
    yield { fact: test.answer, values: [...test.meets, ...test.doubts, ...test.fails], path };
  } else if ('atMost' in test) yield { fact: test.fact, values: [], path };
  else if ('has' in test) yield { fact: test.fact, values: [test.has], path };
  else if ('not' in test) yield* factsIn(test.not, [...path, 'not']);
  else if ('all' in test) for (const [at, each] of test.all.entries()) yield* factsIn(each, [...path, 'all', at]);
  else if ('any' in test) for (const [at, each] of test.any.entries()) yield* factsIn(each, [...path, 'any', at]);
}

function ofFacts({ file, item, lineOf }: Placed<Programme>, draft: Draft): readonly Finding[] {
  if (draft.questions.size === 0) return [];
  const known = [...draft.questions.keys(), ...DERIVED_KEYS];
  const named = item.conditions.flatMap((one, at): readonly FactNamed[] => [
    ...factsIn(one.test, ['conditions', at, 'test']),
    ...(one.onlyFor === undefined
      ? []
      : [{ fact: one.onlyFor.fact, values: one.onlyFor.is, path: ['conditions', at, 'onlyFor'] }]),
  ]);
  const { error } = findingsIn(file);
  return named.flatMap(({ fact, values, path }) => {
    if (!known.some((each) => each === fact)) {
      return draft.broken.size > 0
        ? []
        : [error('unknown-fact', lineOf(path), { id: fact, near: nearest(fact, known) })];
    }
    const offered = [...draft.questions.values()].find((each) => each.item.id === fact)?.item.choices ?? [];
    if (offered.length === 0) return [];
    const choices = ['unsure', ...offered.map(({ value }) => value)];
    return values
      .filter((value) => !choices.includes(value))
      .map((id) => error('unknown-choice', lineOf(path), { id, near: nearest(id, choices) }));
  });
}
