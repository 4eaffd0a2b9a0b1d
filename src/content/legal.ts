/** Legal instruments, as `content/legal/<id>.yaml` holds them. */
import type { Day, LegalId, ProvinceCode } from '../base/index.ts';

/** How sure a fact is: seen in an official text or page; reported by the press or the seeds; or not confirmed. */
export type Certainty = 'official' | 'reported' | 'unconfirmed';

/** A reference to a text and, after `#`, its article `<điều>[.<khoản>[.<điểm>]]`, e.g. `nd-45-2012#1.2.a`. */
export type Cite = string;

/** One wording of an article and the days on which it holds; `by` is the amending text. */
export interface ArticleWording {
  readonly from?: Day;
  readonly to?: Day;
  readonly by?: LegalId;
  readonly gist: string;
  readonly certainty?: Certainty;
}

export interface LegalInstrument {
  readonly id: LegalId;
  readonly number: string;
  readonly kind:
    | 'nghi-dinh'
    | 'thong-tu'
    | 'thong-tu-lien-tich'
    | 'quyet-dinh'
    | 'nghi-quyet'
    | 'chi-thi'
    | 'khac';
  readonly title: string;
  readonly issuer: string;
  /** Absent: the day was not found. */
  readonly issuedOn?: Day;
  /** Absent: the day was not found. */
  readonly inForceFrom?: Day;
  /** Last day in force, included. */
  readonly inForceTo?: Day;
  readonly replacedBy: readonly LegalId[];
  readonly amends: readonly LegalId[];
  readonly provinces: readonly ProvinceCode[];
  readonly url?: string;
  readonly checkedOn: Day;
  readonly certainty: Certainty;
  readonly summary: string;
  /** By key `<điều>[.<khoản>[.<điểm>]]`; the wordings of one article, oldest first. */
  readonly articles: Readonly<Record<string, readonly ArticleWording[]>>;
}
