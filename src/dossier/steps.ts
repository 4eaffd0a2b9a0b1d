/** Which questions of the registration stand for these answers, in order. */
import type { Flow, FlowStep, Pack } from '../content/index.ts';
import { type Answers, MACHINES, PAPER_PREFIX, fieldOf, machinesOf } from './answers.ts';

/** One line of the sheet: a question, the machines as a group, or a paper. */
export interface SheetStep {
  readonly key: string;
  readonly needed: boolean;
  readonly counts: boolean;
}

const REGISTRATION = 'registration';

/** The registration flow. Throws when the pack has none: the content check refuses such a pack. */
export function registrationFlow(pack: Pack): Flow {
  const flow = pack.flows.get(REGISTRATION);
  if (flow === undefined) throw new Error('The content pack has no flow «registration»');
  return flow;
}

function applies(step: FlowStep, answers: Answers): boolean {
  if (step.when === undefined) return true;
  const value = fieldOf(answers, step.when.question);
  const values = typeof value === 'object' ? value : value === undefined ? [] : [String(value)];
  return values.some((one) => step.when?.is.includes(one));
}

/** The lines of the sheet for these answers, in the order of the flow; the questions about machines are one line, the papers follow. */
export function sheetSteps(pack: Pack, answers: Answers): readonly SheetStep[] {
  const steps: SheetStep[] = [];
  for (const step of registrationFlow(pack).steps) {
    if (!applies(step, answers)) continue;
    const key = step.question.startsWith(`${MACHINES}.`) ? MACHINES : step.question;
    if (steps.some((one) => one.key === key)) continue;
    steps.push({ key, needed: step.needed, counts: step.counts || step.needed });
  }
  const papers = papersFor(pack, answers).map((slot) => ({ key: PAPER_PREFIX + slot, needed: false, counts: true }));
  return [...steps, ...papers];
}

/** Paper slots that the wanted supports call for. */
export function papersFor(pack: Pack, answers: Answers): readonly string[] {
  const wanted = fieldOf(answers, 'supportWanted');
  const supports = Array.isArray(wanted) ? (wanted as readonly string[]) : [];
  return pack.papers
    .filter((slot) => slot.supports.length === 0 || slot.supports.some((one) => supports.includes(one)))
    .map((slot) => slot.id);
}

/** True when the step was answered or passed over; an unfinished machine is not. */
export function isAnswered(key: string, answers: Answers): boolean {
  if (answers[key] === undefined) return false;
  if (key !== MACHINES || answers[key] === null) return true;
  return (
    answers['machines.more'] !== undefined &&
    machinesOf(answers).every(({ quantity, price }) => quantity !== undefined && price !== undefined)
  );
}
