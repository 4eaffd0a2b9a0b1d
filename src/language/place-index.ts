/** The index of places: every name, old and new, by its plain key. Made once from the table, shared by all readings. */
import { fold } from './fold.ts';
import type { OldDistrict, OldUnit, PlaceProvince, PlaceTable, Unit } from './places.ts';

/** What a name may stand for; `at` is an index in the list of its kind. */
export interface Named {
  readonly kind: 'unit' | 'old' | 'district' | 'province';
  readonly at: number;
  /** The name without its type, lower case. */
  readonly name: string;
  /** Counts only behind another name. */
  readonly short?: boolean;
}

export interface PlaceIndex {
  readonly units: readonly Unit[];
  readonly provinces: readonly PlaceProvince[];
  readonly districts: readonly OldDistrict[];
  readonly oldUnits: readonly OldUnit[];
  readonly byKey: ReadonlyMap<string, readonly Named[]>;
  /** Keys of all words of all names. */
  readonly words: ReadonlySet<string>;
  /** For each unit: former provinces and old districts (index) that it was made of. */
  readonly formerOf: readonly (readonly string[])[];
  readonly districtsOf: readonly (readonly number[])[];
  /** The province of today in which a former province lies. */
  readonly provinceNow: ReadonlyMap<string, string>;
  /** Provinces of today that were made of themselves alone. */
  readonly unchanged: ReadonlySet<string>;
  /** For each old district: the units that its communes went to. */
  readonly unitsOfDistrict: readonly (readonly number[])[];
}

const UNIT_TYPE = /^(xã|phường|đặc khu|thị trấn) /;
const DISTRICT_TYPE = /^(huyện|quận|thị xã|thành phố) /;
const ROMAN: Readonly<Record<string, string>> = {
  i: '1',
  ii: '2',
  iii: '3',
  iv: '4',
  v: '5',
  vi: '6',
  vii: '7',
  viii: '8',
  ix: '9',
};

/** One spelling of a word for keys: folded, «lý» like «lí», «09» like «9». */
export const wordKey = (word: string): string =>
  fold(word)
    .replace(/[^a-z0-9]/g, '')
    .replace(/^0+(?=\d)/, '')
    .replace(/(?<=[bcdghklmnprstvx]|qu)y$/, 'i');

/** The key of a name, blanks left out: people also write «ngason». */
export const keyOf = (name: string): string => splitName(name).map(wordKey).join('');

export const splitName = (name: string): string[] =>
  name
    .replace(/['’]/g, '')
    .split(/[\s.-]+/)
    .filter((word) => word !== '');

export function indexPlaces(table: PlaceTable): PlaceIndex {
  const { units, provinces = [], districts = [], oldUnits = [] } = table;
  const byKey = new Map<string, Named[]>();
  const words = new Set<string>();
  const add = (kind: Named['kind'], at: number, name: string, short = false) => {
    const key = keyOf(name);
    const named = byKey.get(key) ?? [];
    const known = named.some((other) => other.kind === kind && other.at === at);
    if (!known) named.push(short ? { kind, at, name, short } : { kind, at, name });
    byKey.set(key, named);
    for (const word of splitName(name)) words.add(wordKey(word));
  };
  const addAll = (kind: Named['kind'], at: number, full: string, type: RegExp) => {
    for (const name of shortNames(full.toLowerCase().replace(type, ''))) add(kind, at, name);
  };
  units.forEach((unit, at) => addAll('unit', at, unit.name, UNIT_TYPE));
  oldUnits.forEach((unit, at) => unit.name !== '' && addAll('old', at, unit.name, UNIT_TYPE));
  districts.forEach((district, at) => addAll('district', at, district.name, DISTRICT_TYPE));
  provinces.forEach((province, at) => {
    for (const name of [province.name, ...province.also]) add('province', at, name.toLowerCase());
    for (const name of province.short ?? []) add('province', at, name.toLowerCase(), true);
  });
  return { units, provinces, districts, oldUnits, byKey, words, ...origins(units, districts, oldUnits) };
}

/** A name, and how people shorten it: «Xuân Hương - Đà Lạt» is «Xuân Hương», «Phường III» is «phường 3». */
function shortNames(name: string): string[] {
  const roman = ROMAN[name];
  const first = / - /.test(name) ? [name.slice(0, name.indexOf(' - '))] : [];
  const farm = /^(nông trường|nt|n\.t) (.+)$/.exec(name);
  return [name, ...first, ...(roman === undefined ? [] : [roman]), ...(farm?.[2] === undefined ? [] : [farm[2]])];
}

function origins(units: readonly Unit[], districts: readonly OldDistrict[], oldUnits: readonly OldUnit[]) {
  const formerOf = units.map((): string[] => []);
  const districtsOf = units.map((): number[] => []);
  const unitsOfDistrict = districts.map((): number[] => []);
  const put = <T>(list: T[] | undefined, value: T) => {
    if (list !== undefined && !list.includes(value)) list.push(value);
  };
  for (const { district, units: targets } of oldUnits) {
    for (const unit of targets) {
      put(formerOf[unit], districts[district]?.province ?? '');
      put(districtsOf[unit], district);
      put(unitsOfDistrict[district], unit);
    }
  }
  const provinceNow = new Map<string, string>();
  const changed = new Set<string>();
  units.forEach(({ province }, at) => {
    for (const former of formerOf[at] ?? []) {
      provinceNow.set(former, province);
      if (former !== province) changed.add(province);
    }
  });
  const unchanged = new Set(units.map(({ province }) => province).filter((province) => !changed.has(province)));
  return { formerOf, districtsOf, unitsOfDistrict, provinceNow, unchanged };
}
