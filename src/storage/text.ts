export { storable } from '../base/index.ts';

/** JSON text; control characters and half pairs are escaped in it anyway. */
export const toJson = (value: unknown): string => JSON.stringify(value);

/** Reads JSON that this program wrote. */
export const fromJson = <T>(text: string): T => JSON.parse(text) as T;
