/** The facts of a case (contract, section 6): their keys and values, and the reading of what came from outside. */
import { err, ok, type Result } from '../base/index.ts';
import type { Pack } from '../content/index.ts';

/** An absent key is «not asked yet». */
export const factKeys = [
  'producesIndustrially',
  'legalForm',
  'workers',
  'annualRevenue',
  'totalCapital',
  'province',
  'formerProvince',
  'unitType',
  'districtType',
  'craftVillage',
  'sector',
  'cleanerProduction',
  'supportWanted',
  'fundedBefore',
  'counterpartReady',
  'alreadyBought',
  'priority',
] as const;

export type FactKey = (typeof factKeys)[number];
export type FactValue = string | number | readonly string[];
export type Facts = Readonly<Partial<Record<FactKey, FactValue>>>;

const yesNo = ['yes', 'no', 'unsure'] as const;

type Values =
  | { readonly kind: 'one' | 'list'; readonly of: readonly string[] }
  | { readonly kind: 'number' | 'province' | 'former-province' };
const one = (...of: readonly string[]): Values => ({ kind: 'one', of });
const list = (...of: readonly string[]): Values => ({ kind: 'list', of });
const number: Values = { kind: 'number' };

/** What each fact may be. Provinces come from the pack. */
export const factValues: Readonly<Record<FactKey, Values>> = {
  producesIndustrially: one(...yesNo),
  legalForm: one(
    'doanh-nghiep',
    'hop-tac-xa',
    'lien-hiep-hop-tac-xa',
    'to-hop-tac',
    'ho-kinh-doanh',
    'chu-dau-tu-cum-cong-nghiep',
    'nghe-nhan',
    'chua-dang-ky',
    'khac',
  ),
  workers: number,
  annualRevenue: number,
  totalCapital: number,
  province: { kind: 'province' },
  formerProvince: { kind: 'former-province' },
  unitType: one('xa', 'phuong', 'dac-khu', 'thi-tran'),
  districtType: one('huyen', 'thi-xa', 'thanh-pho', 'quan'),
  craftVillage: one(...yesNo),
  sector: one(
    'che-bien-nong-lam-thuy-san',
    'hang-tieu-dung-xuat-khau',
    'hoa-chat-vat-lieu-xay-dung',
    'co-khi-dien-tu-ho-tro',
    'tieu-thu-cong-nghiep',
    'khai-khoang',
    'san-xuat-sach-hon',
    'cong-nghe-cao-xanh',
    'thuong-mai-dich-vu',
    'trong-trot-chan-nuoi',
    'khac',
    'unsure',
  ),
  cleanerProduction: one(...yesNo),
  supportWanted: list(
    'may-moc',
    'mo-hinh-trinh-dien',
    'san-xuat-sach-hon',
    'dao-tao-nghe',
    'nang-cao-quan-ly',
    'khoi-su',
    'hoi-cho',
    'nhan-hieu-thiet-ke',
    'tu-van',
    'san-pham-tieu-bieu',
    'xu-ly-moi-truong',
    'di-doi',
    'ha-tang-cum',
    'chuyen-doi-so',
  ),
  fundedBefore: one(...yesNo),
  counterpartReady: one(...yesNo),
  alreadyBought: one(...yesNo),
  priority: list(
    'phu-nu-lam-chu',
    'dan-toc-thieu-so',
    'dia-ban-kho-khan',
    'xuat-khau',
    'nguyen-lieu-tai-cho',
    'nhieu-lao-dong',
    'san-pham-tieu-bieu',
  ),
};

export const isFactKey = (key: string): key is FactKey => (factKeys as readonly string[]).includes(key);

/** The values that a fact may take; undefined for numbers. */
export function valuesOf(key: FactKey, pack: Pick<Pack, 'provinces'>): readonly string[] | undefined {
  const values = factValues[key];
  switch (values.kind) {
    case 'one':
    case 'list':
      return values.of;
    case 'province':
      return [...pack.provinces.keys()];
    case 'former-province':
      return [...new Set([...pack.provinces.values()].flatMap(({ former }) => former.map(({ id }) => id)))];
    case 'number':
      return undefined;
  }
}

/** What was refused: a key that is no fact, a value that the fact cannot have, or something that is no record at all. */
export type FactError =
  | { readonly why: 'not-a-record' }
  | { readonly why: 'unknown-key'; readonly key: string; readonly known: readonly string[] }
  | { readonly why: 'unknown-value'; readonly key: FactKey; readonly value: string; readonly known: readonly string[] };

/** Reads facts from plain data (YAML, JSON). Every mistake is named; nothing at all is a case without facts. */
export function parseFacts(value: unknown, pack: Pick<Pack, 'provinces'>): Result<Facts, readonly FactError[]> {
  if (value === null || value === undefined) return ok({});
  if (typeof value !== 'object' || Array.isArray(value)) return err([{ why: 'not-a-record' }]);
  const facts: Partial<Record<FactKey, FactValue>> = {};
  const errors: FactError[] = [];
  for (const [key, given] of Object.entries(value)) {
    if (!isFactKey(key)) {
      errors.push({ why: 'unknown-key', key, known: factKeys });
      continue;
    }
    const wrong = wrongPart(key, given, pack);
    if (wrong === null) facts[key] = given as FactValue;
    else errors.push({ why: 'unknown-value', key, value: shown(wrong.part), known: valuesOf(key, pack) ?? [] });
  }
  return errors.length === 0 ? ok(facts) : err(errors);
}

/** The part of a value that the fact cannot have, or null when all of it is fine. */
function wrongPart(key: FactKey, given: unknown, pack: Pick<Pack, 'provinces'>): { readonly part: unknown } | null {
  const { kind } = factValues[key];
  if (kind === 'number') return Number.isSafeInteger(given) && (given as number) >= 0 ? null : { part: given };
  const known = valuesOf(key, pack) ?? [];
  const isKnown = (part: unknown) => typeof part === 'string' && known.includes(part);
  if (kind !== 'list') return isKnown(given) ? null : { part: given };
  if (!Array.isArray(given)) return { part: given };
  const at = given.findIndex((part) => !isKnown(part));
  return at === -1 ? null : { part: given[at] as unknown };
}

const shown = (part: unknown): string => (typeof part === 'string' ? part : (JSON.stringify(part) ?? String(part)));
