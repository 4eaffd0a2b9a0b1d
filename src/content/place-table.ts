/**
 * The table of places: 34 provinces, 3,321 units and what they were before 2025-07-01, built from the address package
 * and our dated corrections. A row of the mapping whose code is unknown, or belongs to another name or province, is
 * resolved by the name of the unit in its province; the report says how many there were.
 */
import { z } from 'zod';
import { fold } from '../language/index.ts';
import type {
  OldDistrict,
  OldUnit,
  PlaceChange,
  PlaceProvince,
  PlaceTable,
  Unit,
  UnitType,
} from '../language/index.ts';
import { day, kebab, text } from './schema-parts.ts';

const nullable = z.string().nullish();
const rows = {
  provinces: z.object({ province_code: z.string(), name: z.string(), place_type: z.string() }),
  wards: z.object({ ward_code: z.string(), name: z.string(), province_code: z.string() }),
  mappings: z.object({
    old_ward_name: nullable,
    old_district_name: nullable,
    old_province_name: nullable,
    new_ward_code: nullable,
    new_ward_name: nullable,
    new_province_name: nullable,
  }),
};
/** Only the frame of the package is checked by schema; its 14,000 rows are read as they come, for speed. */
const addressFile = z.array(z.object({ name: z.string().optional(), data: z.array(z.unknown()).optional() }));

/** `content/tables/place-corrections.yaml`. */
export const placeCorrectionsFile = z.strictObject({
  checkedOn: day.optional(),
  names: z.record(kebab, z.array(text)).default({}),
  /** Read only behind another name («nga sơn TH»). */
  shortNames: z.record(kebab, z.array(text)).default({}),
  islands: z.array(z.strictObject({ district: text, province: kebab, unit: text })).default([]),
  changes: z
    .array(
      z.strictObject({
        from: day,
        province: kebab,
        becomes: z.enum(['thanh-pho', 'tinh']),
        certainty: z.enum(['official', 'reported', 'unconfirmed']),
        source: text,
        /** Units that changed their type that day, by code. */
        units: z
          .array(z.strictObject({ code: text, type: z.enum(['xa', 'phuong', 'dac-khu']), name: text }))
          .default([]),
      }),
    )
    .default([]),
});
export type PlaceCorrections = z.output<typeof placeCorrectionsFile>;

export interface PlaceLoadReport {
  readonly units: number;
  readonly oldUnits: number;
  /** Rows of the mapping resolved by name because their code was wrong or unknown. */
  readonly byName: number;
  /** Rows that could not be resolved, and rows without an old name. */
  readonly unresolved: number;
  readonly withoutOldName: number;
}

type Row = Readonly<Record<string, string | null | undefined>>;

const clean = (value: string | null | undefined): string => (value ?? '').normalize('NFC').replace(/\s+/g, ' ').trim();
const bareProvince = (name: string): string => name.replace(/^(Tỉnh|Thành phố) /, '');

/** `Tỉnh Bà Rịa - Vũng Tàu` is `ba-ria-vung-tau`. */
export const provinceIdOf = (name: string): string =>
  fold(bareProvince(clean(name)))
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

/** One spelling for «Tuy Hoà» and «Tuy Hòa», so that the rows of one district come together. */
const sameName = (name: string): string => {
  const tones =
    name
      .toLowerCase()
      .normalize('NFD')
      .match(/[\u0300\u0301\u0303\u0309\u0323]/g) ?? [];
  const letters = name
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300\u0301\u0303\u0309\u0323]/g, '');
  return `${letters}|${tones.join('')}`;
};

/** `addresses`: the package's JSON as it comes; `tables`: the files of `content/tables` by name. */
export const buildPlaceTable = (addresses: unknown, tables: ReadonlyMap<string, unknown>): PlaceTable =>
  loadPlaceTable(addresses, tables).table;

/**
 * The same with a report of what had to be mended. Throws when the package has not the shape of version 1.0.0: the start
 * must not go on without it.
 */
export function loadPlaceTable(
  addresses: unknown,
  tables: ReadonlyMap<string, unknown>,
): { readonly table: PlaceTable; readonly report: PlaceLoadReport } {
  const builder = new TableBuilder(placeCorrectionsFile.parse(tables.get('place-corrections') ?? {}));
  const file = addressFile.parse(addresses);
  const data = (name: string): Row[] => (file.find((part) => part.name === name)?.data ?? []) as Row[];
  const [provinces, wards, mappings] = [data('provinces'), data('wards'), data('ward_mappings')];
  z.array(rows.provinces).parse(provinces);
  rows.wards.parse(wards[0]);
  rows.mappings.parse(mappings[0]);
  builder.addProvinces(provinces);
  builder.addUnits(wards);
  for (const row of mappings) builder.addMapping(row);
  builder.addIslands();
  return builder.finish();
}

class TableBuilder {
  private readonly corrections: PlaceCorrections;
  private readonly provinceByCode = new Map<string, string>();
  private readonly provinces = new Map<string, PlaceProvince>();
  private readonly formerProvinces = new Map<string, PlaceProvince>();
  private readonly units: Unit[] = [];
  private readonly unitByCode = new Map<string, number>();
  private readonly unitByName = new Map<string, number>();
  private readonly districts: OldDistrict[] = [];
  private readonly districtByName = new Map<string, number>();
  private readonly oldUnits = new Map<string, { name: string; district: number; units: number[] }>();
  private byName = 0;
  private unresolved = 0;
  private withoutOldName = 0;

  constructor(corrections: PlaceCorrections) {
    this.corrections = corrections;
  }

  addProvinces(list: readonly Row[]): void {
    for (const row of list) {
      const name = clean(row['name']);
      const id = provinceIdOf(name);
      this.provinceByCode.set(clean(row['province_code']), id);
      this.provinces.set(
        id,
        this.province(id, bareProvince(name), false, clean(row['place_type']).startsWith('Thành phố')),
      );
    }
  }

  private province(id: string, name: string, former: boolean, city: boolean): PlaceProvince {
    const becomes = former ? undefined : this.corrections.changes.find((change) => change.province === id)?.becomes;
    const also = this.corrections.names[id] ?? [];
    const short = this.corrections.shortNames[id] ?? [];
    return { id, name, former, city: becomes === undefined ? city : becomes === 'thanh-pho', also, short };
  }

  addUnits(list: readonly Row[]): void {
    const changed = new Map(this.corrections.changes.flatMap(({ units }) => units.map((unit) => [unit.code, unit])));
    for (const row of list) {
      const code = clean(row['ward_code']);
      const change = changed.get(code);
      const name = change?.name ?? clean(row['name']);
      const province = this.provinceByCode.get(clean(row['province_code'])) ?? '';
      const unit: Unit = { code, name, type: change?.type ?? typeOf(name), province };
      this.unitByCode.set(code, this.units.length);
      this.unitByName.set(`${clean(row['name'])}|${province}`, this.units.length);
      this.units.push(unit);
    }
  }

  addMapping(row: Row): void {
    const name = clean(row['new_ward_name']);
    const province = provinceIdOf(clean(row['new_province_name']));
    const byCode = this.unitByCode.get(clean(row['new_ward_code']));
    const named = this.unitByName.get(`${name}|${province}`);
    if (named === undefined) this.unresolved += 1;
    else if (byCode !== named) this.byName += 1;
    if (clean(row['old_ward_name']) === '' || clean(row['old_district_name']) === '') {
      this.withoutOldName += 1;
      return;
    }
    const former = clean(row['old_province_name']);
    const district = this.district(clean(row['old_district_name']), former);
    if (named !== undefined) this.addOld(clean(row['old_ward_name']), district, named);
  }

  private addOld(name: string, district: number, unit: number): void {
    const key = `${district}|${sameName(name)}`;
    const known = this.oldUnits.get(key);
    if (known === undefined) this.oldUnits.set(key, { name, district, units: [unit] });
    else if (!known.units.includes(unit)) known.units.push(unit);
  }

  private district(name: string, formerName: string): number {
    const province = provinceIdOf(formerName);
    if (!this.formerProvinces.has(province)) {
      const city = formerName.startsWith('Thành phố');
      this.formerProvinces.set(province, this.province(province, bareProvince(formerName), true, city));
    }
    const key = `${province}|${sameName(name)}`;
    const known = this.districtByName.get(key);
    if (known !== undefined) return known;
    this.districtByName.set(key, this.districts.length);
    this.districts.push({ name, province });
    return this.districts.length - 1;
  }

  addIslands(): void {
    for (const { district, province, unit } of this.corrections.islands) {
      const former = this.formerProvinces.get(province);
      const at = this.units.findIndex(({ name }) => name === unit);
      if (former === undefined || at < 0) continue;
      this.addOld('', this.district(district, `${former.city ? 'Thành phố' : 'Tỉnh'} ${former.name}`), at);
    }
  }

  finish(): { readonly table: PlaceTable; readonly report: PlaceLoadReport } {
    const changes: PlaceChange[] = this.corrections.changes.map(({ from, province, becomes }) => ({
      from,
      province,
      becomes,
    }));
    const oldUnits: OldUnit[] = [...this.oldUnits.values()];
    const { units, districts, byName, unresolved, withoutOldName } = this;
    const provinces = [...this.provinces.values(), ...this.formerProvinces.values()];
    const report = { units: units.length, oldUnits: oldUnits.length, byName, unresolved, withoutOldName };
    return { table: { units, provinces, districts, oldUnits, changes }, report };
  }
}

const typeOf = (name: string): UnitType =>
  name.startsWith('Xã ') ? 'xa' : name.startsWith('Phường ') ? 'phuong' : 'dac-khu';
