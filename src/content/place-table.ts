/** The table of places from the address package and our dated corrections (`content/tables`). (Filled by the owner of `language`.) */
import type { PlaceTable } from '../language/index.ts';

/** `addresses`: the package's JSON as it comes; `tables`: the files of `content/tables` by name. */
export function buildPlaceTable(addresses: unknown, tables: ReadonlyMap<string, unknown>): PlaceTable {
  void addresses;
  void tables;
  return { units: [] };
}
