/** Text as both databases take it: PostgreSQL refuses NUL, and half of a surrogate pair is no UTF-8. */
export const storable = (text: string): string => text.replaceAll('\u0000', '').replace(/[\ud800-\udfff]/gu, '\ufffd');

/** JSON text; control characters and half pairs are escaped in it anyway. */
export const toJson = (value: unknown): string => JSON.stringify(value);

/** Reads JSON that this program wrote. */
export const fromJson = <T>(text: string): T => JSON.parse(text) as T;
