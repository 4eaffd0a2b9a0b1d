/** Legal instruments, as `content/legal/<id>.yaml` holds them. */
import { z } from 'zod';
import { legalId, type Day, type LegalId, type ProvinceCode } from '../base/index.ts';
import { certainty, day, entry, kebab, listOf, maybe, province, text, url } from './schema-parts.ts';

const legalKinds = [
  'nghi-dinh',
  'thong-tu',
  'thong-tu-lien-tich',
  'quyet-dinh',
  'nghi-quyet',
  'chi-thi',
  'khac',
] as const;

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
  readonly kind: (typeof legalKinds)[number];
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

const legal = kebab.transform((value) => legalId(value));
/** One id or a list of them. */
const legals = z
  .union([legal, z.array(legal)])
  .nullish()
  .transform((value): readonly LegalId[] => (value === null || value === undefined ? [] : [value].flat()));

const wording = entry({
  from: maybe(day),
  to: maybe(day),
  by: maybe(legal),
  gist: text,
  certainty: maybe(certainty),
});

/** An article is a gist, one wording, or the list of its wordings. */
const article = z.union([
  text.transform((gist) => [{ gist }]),
  wording.transform((one) => [one]),
  z.array(wording).min(1),
]);

/** What a file of `content/legal` holds; its id is the name of the file. */
export const legalFile = entry({
  number: text,
  kind: z.enum(legalKinds),
  title: text,
  issuer: text,
  issuedOn: maybe(day),
  inForceFrom: maybe(day),
  inForceTo: maybe(day),
  replacedBy: legals,
  amends: legals,
  provinces: listOf(province),
  url: maybe(url),
  checkedOn: day,
  certainty,
  summary: text,
  articles: z
    .record(z.string().regex(/^[0-9]+[a-z]?(\.([0-9]+[a-z]?|[a-z]{1,2}))*$/, { error: 'not-an-article' }), article)
    .nullish()
    .transform((value): LegalInstrument['articles'] => value ?? {}),
});
