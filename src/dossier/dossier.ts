/**
 * The registration sheet as it stands: values by field key (contract, section 7), with the verdict of that moment.
 * A request to the centre («phiếu đăng ký nhu cầu»), not a legal filing.
 */
import type { FileRef } from '../content/index.ts';
import type { VerdictKind } from '../policy/index.ts';

/** Money and numbers are integers (đồng, pieces), phones E.164, dates `YYYY-MM-DD` or `YYYY-MM`. */
export type FieldValue = string | number | readonly string[];

export interface Machine {
  readonly name: string;
  readonly quantity?: number;
  readonly price?: number;
}

/** A paper: the files sent for it, or that it comes later or does not exist. */
export interface Paper {
  readonly files: readonly FileRef[];
  readonly state: 'sent' | 'later' | 'none';
}

export interface SheetPlace {
  readonly province: string;
  readonly unitType: string | null;
  readonly unit: string | null;
  readonly formerProvince?: string;
}

export interface Readiness {
  readonly done: number;
  readonly of: number;
  /** Needed fields without a value: while there is one, the sheet cannot be sent. */
  readonly missing: readonly string[];
  /** What to do next, a field key; null when all that counts is there. */
  readonly next: string | null;
}

export interface Dossier {
  readonly fields: Readonly<Record<string, FieldValue>>;
  readonly place?: SheetPlace;
  readonly machines: readonly Machine[];
  readonly documents: Readonly<Record<string, Paper>>;
  /** How many conditions hold, of how many. */
  readonly verdict?: { readonly kind: VerdictKind; readonly holds: number; readonly of: number; readonly on: string };
  readonly consent?: { readonly version: string; readonly at: string };
  readonly readiness: Readiness;
}
