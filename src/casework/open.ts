/** A new case, and how its code is written. */
import { dayOf, type CaseId, type ConversationId, type Instant, type ProvinceCode } from '../base/index.ts';
import type { Province } from '../content/index.ts';
import type { Dossier } from '../dossier/index.ts';
import type { Case } from './case.ts';

/** Letters of a case whose province is not known (contract, section 5). */
export const UNKNOWN_PROVINCE_LETTERS = 'XX';

/** The series that a case is numbered in: `TH-26`. The year is that of the day in Vietnam. */
export function codeSeries(province: Province | undefined, now: Instant): string {
  return `${province?.letters ?? UNKNOWN_PROVINCE_LETTERS}-${dayOf(now).slice(2, 4)}`;
}

/** `TH-26` and 123 → `TH-26-000123`. */
export const caseCode = (series: string, number: number): string => `${series}-${String(number).padStart(6, '0')}`;

export interface NewCase {
  readonly id: CaseId;
  readonly code: string;
  readonly about: Case['about'];
  readonly province: ProvinceCode | null;
  readonly conversation: ConversationId;
  readonly dossier: Dossier;
  readonly question?: string;
  readonly answerBy?: Instant;
}

export function openCase(opening: NewCase, now: Instant): Case {
  return {
    ...opening,
    status: 'new',
    officer: null,
    openedAt: now,
    changedAt: now,
    version: 1,
    entries: [{ at: now, by: 'owner', what: 'opened' }],
  };
}
