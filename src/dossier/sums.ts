/** Amounts and dates that must agree: the whole cost is the support asked for and the owner's part. All in đồng. */
import { type Answers, fieldOf, sumOfMachines } from './answers.ts';

const amount = (answers: Answers, key: string): number | undefined => {
  const value = fieldOf(answers, key);
  return typeof value === 'number' ? value : undefined;
};

/** An amount that follows from the others: offered, never filled in by itself. */
export function suggestedAmount(answers: Answers, key: string): number | undefined {
  const total = amount(answers, 'totalCost');
  const asked = amount(answers, 'requestedSupport');
  const own = amount(answers, 'ownCapital');
  const found = ((): number | undefined => {
    if (key === 'totalCost') return asked !== undefined && own !== undefined ? asked + own : sumOfMachines(answers);
    if (key === 'ownCapital' && total !== undefined && asked !== undefined) return total - asked;
    if (key === 'requestedSupport' && total !== undefined && own !== undefined) return total - own;
    return undefined;
  })();
  return found !== undefined && found > 0 ? found : undefined;
}

export type SumFault =
  | { readonly kind: 'parts-differ'; readonly total: number; readonly parts: number }
  | { readonly kind: 'support-exceeds-total'; readonly total: number; readonly asked: number }
  | { readonly kind: 'machines-exceed-total'; readonly total: number; readonly machines: number }
  | { readonly kind: 'end-before-start' };

/** The project ends before it begins; where one of the two is a month alone, months are compared. */
function endsEarly(answers: Answers): boolean {
  const [start, end] = [fieldOf(answers, 'startDate'), fieldOf(answers, 'endDate')];
  if (typeof start !== 'string' || typeof end !== 'string') return false;
  const length = Math.min(start.length, end.length);
  return end.slice(0, length) < start.slice(0, length);
}

/** Sums and dates that do not agree; each is pointed out to the owner, who may leave it so. */
export function sumFaults(answers: Answers): readonly SumFault[] {
  const total = amount(answers, 'totalCost');
  const asked = amount(answers, 'requestedSupport');
  const own = amount(answers, 'ownCapital');
  const machines = sumOfMachines(answers);
  const faults: SumFault[] = [];
  if (endsEarly(answers)) faults.push({ kind: 'end-before-start' });
  if (total === undefined) return faults;
  if (asked !== undefined && asked > total) faults.push({ kind: 'support-exceeds-total', total, asked });
  else if (asked !== undefined && own !== undefined && asked + own !== total)
    faults.push({ kind: 'parts-differ', total, parts: asked + own });
  if (machines !== undefined && machines > total) faults.push({ kind: 'machines-exceed-total', total, machines });
  return faults;
}
