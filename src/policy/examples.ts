/** Runs the worked examples that stand in the programme files; each that disagrees is told by name. */
import type { Programme, WorkedExample } from '../content/index.ts';
import { Diagrams } from './diagram.ts';
import { parseFacts } from './facts.ts';
import type { PolicyPack } from './judge.ts';
import { reasonsOf } from './reasons.ts';
import { unknownsOf } from './unknowns.ts';
import type { Reason } from './verdict.ts';
import { kindOf, weighOn } from './weighed.ts';

/** What an example got; `because` the conditions that would answer for that verdict. */
export interface ExampleRun {
  readonly programme: string;
  readonly example: WorkedExample;
  readonly verdict: WorkedExample['verdict'] | 'wrong-facts';
  readonly because: readonly string[];
  readonly ok: boolean;
}

/** All examples of a pack, in order. */
export const runExamples = (pack: PolicyPack): readonly ExampleRun[] =>
  [...pack.programmes.values()].flatMap((programme) =>
    programme.examples.map((each) => runExample(programme, each, pack)),
  );

function runExample(programme: Programme, example: WorkedExample, pack: PolicyPack): ExampleRun {
  const run = (verdict: ExampleRun['verdict'], because: readonly string[]): ExampleRun => {
    const deciding = example.because === undefined || because.includes(example.because);
    return { programme: programme.id, example, verdict, because, ok: verdict === example.verdict && deciding };
  };
  const facts = parseFacts(example.facts, pack);
  if (!facts.ok)
    return run(
      'wrong-facts',
      facts.error.map((error) => ('key' in error ? error.key : error.why)),
    );
  const { on } = example;
  const bench = { facts: facts.value, on, pack, unknowns: unknownsOf(pack), diagrams: new Diagrams() };
  const weighed = weighOn(programme, bench);
  if (weighed === null) return run('not-in-force', []);
  const verdict = kindOf(weighed.whole);
  const reasons = reasonsOf(weighed, bench, pack);
  return run(
    verdict,
    reasons.filter((reason) => answersFor(reason, verdict)).map(({ condition }) => condition),
  );
}

/** True when the reason speaks for the verdict: fails for «unlikely», in doubt for «review», open for «unknown». */
function answersFor({ holds, open }: Reason, verdict: ReturnType<typeof kindOf>): boolean {
  switch (verdict) {
    case 'likely':
      return holds === true;
    case 'review':
      return holds === null && !open;
    case 'unlikely':
      return holds === false;
    case 'unknown':
      return open;
  }
}
