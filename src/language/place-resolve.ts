/**
 * From the names of an address to units of today. With an old district the old reading counts; without one the units of
 * today come first. A stated type filters, and is ignored when nothing fits it.
 */
import { AGAINST, type Hit, type Span } from './place-spans.ts';
import type { PlaceIndex } from './place-index.ts';

export interface Chosen {
  readonly span: Span;
  readonly level: 'unit' | 'district' | 'province';
}

/** One reading of an address. `old`: index of the old unit that was named. */
export interface PlaceReading {
  readonly unit: number | null;
  readonly province: string;
  readonly old?: number;
  readonly former?: string;
  /** How the marks fit; smaller is better. */
  readonly marks: number;
}

export interface Resolved {
  readonly readings: readonly PlaceReading[];
  /** What else it may have meant, behind the units of today. */
  readonly others: readonly PlaceReading[];
}

const NOTHING: Resolved = { readings: [], others: [] };

export function resolve(chosen: readonly Chosen[], index: PlaceIndex): Resolved {
  const at = (level: Chosen['level']) => chosen.filter((each) => each.level === level).map(({ span }) => span);
  const [units, districts, provinces] = [at('unit'), at('district'), at('province')];
  const scope = new Scope(index, provinces, districts);
  if (provinces.length > 0 && scope.provinceReadings().length === 0) return NOTHING;
  const [first, second] = units;
  if (first === undefined) {
    if (districts.length === 0) return { readings: scope.provinceReadings(), others: [] };
    return { readings: scope.districtReadings(), others: [] };
  }
  if (second === undefined) return scope.unitReadings(first);
  return both(scope.everyUnit(first), scope.everyUnit(second));
}

/** Two communes in one text must be one place under its old and its new name. */
function both(one: readonly PlaceReading[], other: readonly PlaceReading[]): Resolved {
  const readings = one.flatMap((left) => {
    const right = other.find(({ unit, old }) => unit === left.unit && (old === undefined) !== (left.old === undefined));
    return right === undefined ? [] : [left.old === undefined ? right : left];
  });
  return { readings, others: [] };
}

class Scope {
  private readonly index: PlaceIndex;
  private readonly provinces: readonly Span[];
  private readonly districts: ReadonlySet<number> | null;
  private readonly districtMarks: number;

  constructor(index: PlaceIndex, provinces: readonly Span[], districts: readonly Span[]) {
    this.index = index;
    this.provinces = provinces;
    const hits = districts.flatMap((span) => this.districtHits(span));
    this.districts = districts.length === 0 ? null : new Set(hits.map(({ named }) => named.at));
    this.districtMarks = Math.min(3, ...hits.map(({ marks }) => marks));
  }

  /** Old districts of a span in the named provinces; the type filters where one fits. */
  private districtHits(span: Span): Hit[] {
    const hits = span.hits.filter(
      ({ named }) => named.kind === 'district' && this.fits(null, [this.index.districts[named.at]?.province ?? '']),
    );
    const types = span.marks.filter(({ level }) => level === 'district').map(({ type }) => type);
    const typed = hits.filter(({ named }) => types.includes(districtType(this.index.districts[named.at]?.name ?? '')));
    return closest(typed.length > 0 ? typed : hits);
  }

  /** True when a unit of a province today, made of former provinces, lies in every named province. */
  private fits(province: string | null, former: readonly string[]): boolean {
    return this.provinces.every((span) =>
      provinceHits(span).some(({ named }) => {
        const known = this.index.provinces[named.at];
        if (known === undefined) return false;
        if (known.former) return former.includes(known.id);
        return (province ?? this.index.provinceNow.get(former[0] ?? '')) === known.id;
      }),
    );
  }

  provinceReadings(): PlaceReading[] {
    const readings = new Map<string, PlaceReading>();
    for (const span of this.provinces) {
      for (const { named, marks } of provinceHits(span)) {
        const known = this.index.provinces[named.at];
        const province = known?.former === true ? this.index.provinceNow.get(known.id) : known?.id;
        if (known === undefined || province === undefined) continue;
        const others = this.provinces.filter((other) => other !== span);
        if (!others.every((other) => this.isSameProvince(other, province))) continue;
        const before = readings.get(province);
        const former = known.former && !this.isAlsoNew(span, known.id) ? known.id : before?.former;
        readings.set(province, { unit: null, province, marks, ...(former === undefined ? {} : { former }) });
      }
    }
    return [...readings.values()];
  }

  /** «Hưng Yên» is a province of today as well: which of the two was meant is not known. */
  private isAlsoNew(span: Span, id: string): boolean {
    return provinceHits(span).some(({ named }) => {
      const known = this.index.provinces[named.at];
      return known?.id === id && !known.former && !this.index.unchanged.has(id);
    });
  }

  private isSameProvince(span: Span, province: string): boolean {
    return provinceHits(span).some(({ named }) => {
      const known = this.index.provinces[named.at];
      return known !== undefined && (known.former ? this.index.provinceNow.get(known.id) : known.id) === province;
    });
  }

  districtReadings(): PlaceReading[] {
    return [...(this.districts ?? [])].flatMap((district) =>
      (this.index.unitsOfDistrict[district] ?? []).map((unit) =>
        this.reading(unit, this.districtMarks, {
          former: this.index.districts[district]?.province,
        }),
      ),
    );
  }

  unitReadings(span: Span): Resolved {
    const all = this.everyUnit(span);
    const now = all.filter(({ old }) => old === undefined);
    const before = all.filter(({ old }) => old !== undefined);
    if (this.districts !== null)
      return before.length > 0 ? { readings: before, others: [] } : { readings: now, others: [] };
    return now.length > 0 ? { readings: now, others: before } : { readings: before, others: [] };
  }

  /** All units of a span in scope, today's and old ones. */
  everyUnit(span: Span): PlaceReading[] {
    const near = span.hits.filter(({ marks }) => marks < AGAINST);
    const all = near.flatMap((hit) =>
      hit.named.kind === 'unit' ? this.today(hit) : hit.named.kind === 'old' ? this.old(hit) : [],
    );
    const types = span.marks.filter(({ level }) => level === 'unit').map(({ type }) => type);
    const typed = all.filter((reading) => types.includes(this.typeOf(reading)));
    return typed.length > 0 ? typed : all;
  }

  private today({ named, marks }: Hit): PlaceReading[] {
    const unit = this.index.units[named.at];
    const inDistrict =
      this.districts === null || (this.index.districtsOf[named.at] ?? []).some((each) => this.districts?.has(each));
    if (unit === undefined || !inDistrict || !this.fits(unit.province, this.index.formerOf[named.at] ?? [])) return [];
    return [this.reading(named.at, marks + this.extraMarks(), {})];
  }

  private old({ named, marks }: Hit): PlaceReading[] {
    const old = this.index.oldUnits[named.at];
    if (old === undefined || (this.districts !== null && !this.districts.has(old.district))) return [];
    const former = this.index.districts[old.district]?.province ?? '';
    return old.units
      .filter((unit) => this.fits(this.index.units[unit]?.province ?? null, [former]))
      .map((unit) => this.reading(unit, marks + this.extraMarks(), { old: named.at, former }));
  }

  private extraMarks(): number {
    return this.districts === null ? 0 : this.districtMarks;
  }

  private reading(unit: number, marks: number, more: { old?: number; former?: string | undefined }): PlaceReading {
    const origins = this.index.formerOf[unit] ?? [];
    const named = this.provinces.flatMap(provinceHits).map(({ named: { at } }) => this.index.provinces[at]);
    const said = named.find(
      (known) => known?.former === true && !named.some((other) => other?.former === false && other.id === known.id),
    );
    const former = origins.length === 1 ? origins[0] : (more.former ?? said?.id);
    return {
      unit,
      province: this.index.units[unit]?.province ?? '',
      marks,
      ...(more.old === undefined ? {} : { old: more.old }),
      ...(former === undefined ? {} : { former }),
    };
  }

  private typeOf({ unit, old }: PlaceReading): string {
    if (old === undefined) return this.index.units[unit ?? -1]?.type ?? '';
    const name = this.index.oldUnits[old]?.name ?? '';
    return name.startsWith('Thị trấn') ? 'thi-tran' : name.startsWith('Phường') ? 'phuong' : 'xa';
  }
}

const provinceHits = (span: Span): Hit[] => closest(span.hits.filter(({ named }) => named.kind === 'province'));

/** Those whose marks fit best: «Thanh Hóa» typed with marks is no «Thạnh Hóa». */
function closest(hits: readonly Hit[]): Hit[] {
  const best = Math.max(1, Math.min(...hits.map(({ marks }) => marks)));
  return hits.filter(({ marks }) => marks <= best);
}

const districtType = (name: string): string =>
  name.startsWith('Huyện')
    ? 'huyen'
    : name.startsWith('Quận')
      ? 'quan'
      : name.startsWith('Thị xã')
        ? 'thi-xa'
        : 'thanh-pho';
