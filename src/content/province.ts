/** Provinces and their centres, as `content/provinces/<id>.yaml` holds them. */
import type { Day, ProvinceCode } from '../base/index.ts';
import type { Certainty } from './legal.ts';

export interface OfficeHours {
  /** Days of the week, 1 Monday … 7 Sunday. */
  readonly days: readonly number[];
  /** Minutes after midnight, Vietnam time. */
  readonly from: number;
  readonly to: number;
}

export interface Centre {
  readonly name: string;
  readonly address?: string;
  readonly phone?: string;
  readonly email?: string;
  readonly url?: string;
  readonly certainty: Certainty;
  readonly checkedOn: Day;
  readonly note?: string;
}

export interface Province {
  readonly id: ProvinceCode;
  readonly name: string;
  /** `tinh`: province; `thanh-pho`: centrally-run city. Dated, since one may become the other (facts, places). */
  readonly kind: readonly { readonly from?: Day; readonly is: 'tinh' | 'thanh-pho' }[];
  /** The provinces of before 2025-07-01 that it was made of; an unchanged province names itself. */
  readonly former: readonly { readonly id: ProvinceCode; readonly name: string; readonly kind: 'tinh' | 'thanh-pho' }[];
  /** Letters of its case codes, 2–4, unique. */
  readonly letters: string;
  /** Other names and abbreviations that people type. */
  readonly also: readonly string[];
  readonly centre: Centre;
  readonly hours: readonly OfficeHours[];
  readonly holidays: readonly Day[];
  /** What is known of local khuyến công, shown with its certainty; never a level that was not seen. */
  readonly notes: readonly { readonly text: string; readonly cites: readonly string[]; readonly certainty: Certainty }[];
}
