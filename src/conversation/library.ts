/** The `content` argument of a step: the pack with its indexes, and the few settings of this deployment that words depend on. */
import type { Pack } from '../content/index.ts';
import { type FaqIndex, buildFaqIndex } from '../faq/index.ts';
import { type PlaceIndex, type Unit, indexPlaces } from '../language/index.ts';

export interface Settings {
  /** Province ids that this deployment serves; null: all. */
  readonly served: readonly string[] | null;
  /** Hours without a word from staff after which the bot answers again. */
  readonly handoverHours: number;
}

export interface Library {
  readonly pack: Pack;
  readonly faq: FaqIndex;
  readonly places: PlaceIndex;
  readonly unit: (code: string) => Unit | undefined;
  readonly unitName: (code: string) => string | undefined;
  readonly settings: Settings;
}

/** Builds the indexes of a pack: once at load, not in a step. */
export function openLibrary(pack: Pack, settings: Settings): Library {
  const units = new Map<string, Unit>(pack.places.units.map((unit) => [unit.code, unit]));
  return {
    pack,
    faq: buildFaqIndex(pack.faq.values(), pack.searchWords, { provinces: pack.provinces.values() }),
    places: indexPlaces(pack.places),
    unit: (code) => units.get(code),
    unitName: (code) => units.get(code)?.name,
    settings,
  };
}
