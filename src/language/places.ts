/** Vietnamese places: the units of after 2025-07-01, what stood there before, and what a text is taken for. */

export type UnitType = 'xa' | 'phuong' | 'dac-khu';

/** A present-day commune, ward or special zone. */
export interface Unit {
  readonly code: string;
  /** With its type, as in the data: «Xã Nga Sơn». */
  readonly name: string;
  readonly type: UnitType;
  /** Province id, e.g. `thanh-hoa`. */
  readonly province: string;
}

/** A place understood: a unit of after 2025-07-01, or a province alone (`unit`, `unitType` null). */
export interface Place {
  readonly province: string;
  readonly unitType: UnitType | null;
  readonly unit: string | null;
  readonly unitCode?: string;
  /** Province of before 2025-07-01, when the unit tells it or the person named it. */
  readonly formerProvince?: string;
  /** The old name that was typed, for reading back: «xã Nga Thanh, huyện Nga Sơn». */
  readonly formerly?: string;
}

/** A province of today (`former` false) or of before 2025-07-01. */
export interface PlaceProvince {
  readonly id: string;
  /** Without its type: «Thanh Hóa». */
  readonly name: string;
  readonly former: boolean;
  /** A centrally-run city (today, or before the mergers). */
  readonly city: boolean;
  readonly also: readonly string[];
  /** Letters that mean it only behind another name: «nga sơn TH». */
  readonly short?: readonly string[];
}

export interface OldDistrict {
  /** With its type: «Huyện Nga Sơn». */
  readonly name: string;
  /** Former province id. */
  readonly province: string;
}

/** A commune, ward or town of before 2025-07-01 and the units that it went to. */
export interface OldUnit {
  /** With its type: «Thị trấn Nga Sơn»; empty for an island district, which had no communes. */
  readonly name: string;
  /** Index in `districts`. */
  readonly district: number;
  /** Indexes in `units`; more than one when it was split. */
  readonly units: readonly number[];
}

/** A change after 2025-07 that the data does not have. */
export interface PlaceChange {
  readonly from: string;
  readonly province: string;
  readonly becomes: 'thanh-pho' | 'tinh';
}

/** Data about places, from the address package and our dated corrections. */
export interface PlaceTable {
  readonly units: readonly Unit[];
  readonly provinces?: readonly PlaceProvince[];
  readonly districts?: readonly OldDistrict[];
  readonly oldUnits?: readonly OldUnit[];
  readonly changes?: readonly PlaceChange[];
}
