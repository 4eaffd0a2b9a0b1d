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

export interface Dossier {
  readonly fields: Readonly<Record<string, FieldValue>>;
  readonly place?: {
    readonly province: string;
    readonly unitType: string | null;
    readonly unit: string | null;
    readonly formerProvince?: string;
  };
  readonly machines: readonly Machine[];
  /** Papers by slot: the files sent, or that the paper comes later or does not exist. */
  readonly documents: Readonly<
    Record<string, { readonly files: readonly FileRef[]; readonly state: 'sent' | 'later' | 'none' }>
  >;
  readonly verdict?: { readonly kind: VerdictKind; readonly holds: number; readonly of: number; readonly on: string };
  readonly consent?: { readonly version: string; readonly at: string };
  readonly readiness: { readonly done: number; readonly of: number; readonly missing: readonly string[] };
}
