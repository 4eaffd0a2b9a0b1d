/** Vietnamese places as typed: names of units before and after 2025-07-01. (Filled by the owner of `language`.) */

export type UnitType = 'xa' | 'phuong' | 'dac-khu';

/** A present-day commune, ward or special zone. */
export interface Unit {
  readonly code: string;
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
  /** The old name that was typed, for reading back: «xã Nga Mỹ, huyện Nga Sơn». */
  readonly formerly?: string;
}

/** Data about places, from the address package and our dated corrections. */
export interface PlaceTable {
  readonly units: readonly Unit[];
}
