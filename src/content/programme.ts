/** Programmes, as `content/programmes/<id>.yaml` holds them. (Filled by the owner of `policy`.) */
import type { ProgrammeId, ProvinceCode } from '../base/index.ts';
import type { Cite } from './legal.ts';

export interface Programme {
  readonly id: ProgrammeId;
  readonly title: string;
  /** Empty: the whole country. */
  readonly provinces: readonly ProvinceCode[];
  readonly legalBasis: readonly Cite[];
}
