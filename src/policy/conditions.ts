/**
 * What each kind of condition means (`content/condition.ts` lists them). Every kind is a small function from the facts of
 * a case to a diagram: a grade where the answers are known, a question where they are not yet.
 */
import { exhaustive, holdsOn, provinceCode, type Day } from '../base/index.ts';
import type { AnswerTest, Condition, Grade, Pack, Province, Test } from '../content/index.ts';
import { DOUBT, FAILS, MEETS, type Diagram, type Diagrams, type Rank, type Variable } from './diagram.ts';
import { isFactKey, type FactKey, type Facts } from './facts.ts';
import type { Unknowns } from './unknowns.ts';

/** What a condition is judged with. */
export interface Bench {
  readonly facts: Facts;
  readonly on: Day;
  readonly pack: Pick<Pack, 'provinces'>;
  readonly unknowns: Unknowns;
  readonly diagrams: Diagrams;
}

const ranks: Readonly<Record<Grade, Rank>> = { fails: FAILS, doubt: DOUBT, meets: MEETS };
const holds = (met: boolean): Rank => (met ? MEETS : FAILS);

/** The condition as a whole: its test, softened where failing is for a person, and only for whom it concerns. */
export function weigh(condition: Condition, bench: Bench): Diagram {
  const { test, otherwise, onlyFor } = condition;
  const { diagrams } = bench;
  const tested = weighTest(test, bench);
  const graded = otherwise === 'doubt' ? diagrams.map(tested, (rank) => (rank === FAILS ? DOUBT : rank)) : tested;
  if (onlyFor === undefined) return graded;
  const concerned = onEnum(onlyFor.fact, (value) => holds(onlyFor.is.includes(value)), bench);
  return diagrams.best(turned(concerned, diagrams), graded);
}

function weighTest(test: Test, bench: Bench): Diagram {
  const { diagrams } = bench;
  if ('answer' in test) return onAnswer(test, bench);
  if ('atMost' in test) return onNumber(test.fact, (value) => holds(value <= test.atMost), bench);
  if ('has' in test) return onMember(test.fact, test.has, bench);
  if ('provinceIs' in test)
    return onProvince((province) => holds(kindOn(province, bench.on) === test.provinceIs), bench);
  if ('provinceIn' in test) return onProvince(({ id }) => holds(test.provinceIn.includes(id)), bench);
  if ('formerProvinceIn' in test) return onFormerProvince(test.formerProvinceIn, bench);
  if ('formerProvinceKnown' in test) return onFormerProvinceKnown(bench);
  if ('forAPerson' in test) return DOUBT;
  if ('not' in test) return turned(weighTest(test.not, bench), diagrams);
  if ('all' in test) return test.all.map((each) => weighTest(each, bench)).reduce((a, b) => diagrams.worst(a, b));
  if ('any' in test) return test.any.map((each) => weighTest(each, bench)).reduce((a, b) => diagrams.best(a, b));
  return exhaustive(test);
}

/** What holds fails, what fails holds; doubt stays. */
const turned = (diagram: Diagram, diagrams: Diagrams): Diagram =>
  diagrams.map(diagram, (rank) => (rank === DOUBT ? DOUBT : holds(rank === FAILS)));

function onAnswer(test: AnswerTest, bench: Bench): Diagram {
  const grade = (value: string): Rank => {
    if (test.meets.includes(value)) return MEETS;
    if (test.doubts.includes(value)) return DOUBT;
    return test.fails.includes(value) ? FAILS : ranks[test.others ?? 'fails'];
  };
  if (test.absent !== undefined && isFactKey(test.answer) && bench.facts[test.answer] === undefined) {
    return ranks[test.absent];
  }
  return onEnum(test.answer, grade, bench);
}

function onEnum(fact: string, grade: (value: string) => Rank, bench: Bench): Diagram {
  const key = factOf(fact);
  const given = bench.facts[key];
  if (given !== undefined) return grade(String(given));
  return ask(bench, bench.unknowns.enumeration(key), grade);
}

function onNumber(fact: string, grade: (value: number) => Rank, bench: Bench): Diagram {
  const key = factOf(fact);
  const given = bench.facts[key];
  if (given !== undefined) return grade(Number(given));
  return ask(bench, bench.unknowns.number(key), grade);
}

function onMember(fact: string, member: string, bench: Bench): Diagram {
  const key = factOf(fact);
  const given = bench.facts[key];
  if (given !== undefined) return holds(Array.isArray(given) && given.includes(member));
  return ask(bench, bench.unknowns.member(key, member), holds);
}

function onProvince(grade: (province: Province) => Rank, bench: Bench): Diagram {
  return onEnum('province', (id) => {
    const province = bench.pack.provinces.get(provinceCode(id));
    return province === undefined ? DOUBT : grade(province);
  }, bench); // prettier-ignore
}

/** The former province is never asked: without it a present province that was not merged tells it, else it is in doubt. */
function onFormerProvince(wanted: readonly string[], bench: Bench): Diagram {
  const given = bench.facts.formerProvince;
  if (typeof given === 'string') return holds(wanted.includes(given));
  return onProvince(({ former }) => (former.length === 1 ? holds(wanted.includes(former[0]?.id ?? '')) : DOUBT), bench);
}

function onFormerProvinceKnown(bench: Bench): Diagram {
  const existed = new Set<string>(
    [...bench.pack.provinces.values()].flatMap(({ former }) => former.map(({ id }) => id)),
  );
  const grade = (id: string): Rank => (existed.has(id) ? MEETS : DOUBT);
  const given = bench.facts.formerProvince;
  return typeof given === 'string' ? grade(given) : onEnum('province', grade, bench);
}

const kindOn = (province: Province, on: Day): 'tinh' | 'thanh-pho' | undefined =>
  province.kind.filter(({ from }) => holdsOn(from === undefined ? {} : { from }, on)).at(-1)?.is;

function ask<T>(bench: Bench, unknown: Unknown<T>, grade: (value: T) => Rank): Diagram {
  // A pack without provinces, or a test of the wrong kind: nothing can be asked, so it is for a person.
  if (unknown.values.length === 0) return DOUBT;
  return bench.diagrams.ask(unknown.variable, unknown.values.map(grade));
}
type Unknown<T> = { readonly variable: Variable; readonly values: readonly T[] };

function factOf(name: string): FactKey {
  if (!isFactKey(name)) throw new RangeError(`A condition asks for ${name}, which is no fact`);
  return name;
}

/** The facts that a condition looks at, in the order of its file. */
export function factsIn({ test, onlyFor }: Condition): readonly FactKey[] {
  const found = [...namesIn(test), ...(onlyFor === undefined ? [] : [onlyFor.fact])];
  return [...new Set(found)].filter(isFactKey);
}

function namesIn(test: Test): readonly string[] {
  if ('answer' in test) return [test.answer];
  if ('fact' in test) return [test.fact];
  if ('provinceIs' in test || 'provinceIn' in test) return ['province'];
  if ('formerProvinceIn' in test || 'formerProvinceKnown' in test) return ['formerProvince', 'province'];
  if ('not' in test) return namesIn(test.not);
  if ('all' in test) return test.all.flatMap(namesIn);
  return 'any' in test ? test.any.flatMap(namesIn) : [];
}
