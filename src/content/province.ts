/** Provinces and their centres, as `content/provinces/<id>.yaml` holds them. */
import { z } from 'zod';
import type { Day, ProvinceCode } from '../base/index.ts';
import type { Certainty } from './legal.ts';
import { certainty, cite, day, entry, listOf, maybe, province, text, url } from './schema-parts.ts';

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
  readonly notes: readonly {
    readonly text: string;
    readonly cites: readonly string[];
    readonly certainty: Certainty;
  }[];
}

const kind = z.enum(['tinh', 'thanh-pho']);
/** `'07:30'`, or minutes after midnight. */
const clockTime = z.union([
  z.int().min(0).max(1440),
  z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'not-a-time' })
    .transform((value) => Number(value.slice(0, 2)) * 60 + Number(value.slice(3))),
]);

/** What a file of `content/provinces` holds; its id is the name of the file. Hours are written `'07:30'` or in minutes. */
export const provinceFile = entry({
  name: text,
  kind: z.array(entry({ from: maybe(day), is: kind })).min(1),
  former: z.array(entry({ id: province, name: text, kind })).min(1),
  letters: z.string().regex(/^[A-Z]{2,4}$/, { error: 'not-letters' }),
  also: listOf(text),
  centre: entry({
    name: text,
    address: maybe(text),
    phone: maybe(text),
    email: maybe(z.string().regex(/^[^@\s]+@[^@\s]+\.[^@\s]+$/, { error: 'not-an-email' })),
    url: maybe(url),
    certainty,
    checkedOn: day,
    note: maybe(text),
  }),
  hours: listOf(entry({ days: z.array(z.int().min(1).max(7)), from: clockTime, to: clockTime })),
  holidays: listOf(day),
  notes: listOf(entry({ text, cites: listOf(cite), certainty })),
});
