/** Answers as the sheet reads them: values by question id, as the conversation keeps them. */
import type { FileRef } from '../content/index.ts';
import type { FieldValue, Machine, Paper } from './dossier.ts';

/** What was answered; null: skipped; absent: not asked yet. */
export type Answers = Readonly<Record<string, unknown>>;

/** `place` as answered: the unit by its code, never by the words typed (contract, section 3, «Before consent»). */
export interface PlaceAnswer {
  readonly province: string;
  readonly unitType: string | null;
  readonly unitCode?: string;
  readonly formerProvince?: string;
}

export const MACHINES = 'machines';
/** Fields about what is wanted; the others are about the enterprise. */
export const PROJECT_FIELDS: readonly string[] = [
  'supportWanted',
  'projectName',
  'objective',
  'totalCost',
  'requestedSupport',
  'ownCapital',
  'startDate',
  'endDate',
  'alreadyBought',
  'fundedBefore',
];
export const PAPER_PREFIX = 'documents.';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function placeOf(answers: Answers): PlaceAnswer | undefined {
  const value = answers['place'];
  return isRecord(value) && typeof value['province'] === 'string' ? (value as unknown as PlaceAnswer) : undefined;
}

/** Machines as entered so far; an item may still lack its quantity or price (null: skipped). */
export interface MachineAnswer {
  readonly name: string;
  readonly quantity?: number | null;
  readonly price?: number | null;
}

export function machinesOf(answers: Answers): readonly MachineAnswer[] {
  const value = answers[MACHINES];
  return Array.isArray(value) ? (value as readonly MachineAnswer[]) : [];
}

export const toMachine = ({ name, quantity, price }: MachineAnswer): Machine => ({
  name,
  ...(typeof quantity === 'number' ? { quantity } : {}),
  ...(typeof price === 'number' ? { price } : {}),
});

export function paperOf(answers: Answers, slot: string): Paper | undefined {
  const value = answers[PAPER_PREFIX + slot];
  if (!isRecord(value)) return undefined;
  const files = (Array.isArray(value['files']) ? value['files'] : []) as readonly FileRef[];
  if (files.length > 0) return { files, state: 'sent' };
  return { files, state: value['state'] === 'none' ? 'none' : 'later' };
}

export function fieldOf(answers: Answers, key: string): FieldValue | undefined {
  const value = answers[key];
  if (typeof value === 'string' || typeof value === 'number') return value;
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined;
}

/** The amounts that the bot can compute: đồng; absent where a part of the sum is missing. */
export function sumOfMachines(answers: Answers): number | undefined {
  const machines = machinesOf(answers);
  if (machines.length === 0 || machines.some(({ price }) => typeof price !== 'number')) return undefined;
  return machines.reduce((sum, { price, quantity }) => sum + (price ?? 0) * (quantity ?? 1), 0);
}
