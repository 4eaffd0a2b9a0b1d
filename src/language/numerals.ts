/** Numerals with their separators: «1.500.000», «1,5», «500 000», and what they may mean. */
const THOUSAND = 1000;
const MILLION = 1_000_000;

/** All values that a numeral may have: «1.250» may be 1250 or 1.25. Empty: not a number as written. */
export function numeralValues(text: string): number[] {
  if (/^\d+ (?!000)\d+$/.test(text)) return []; // «300 200»: two numbers, or one?
  const plain = text.replace(/\s/g, '').replace(/'/g, '.');
  if (/^\d+$/.test(plain)) return /^0\d/.test(plain) ? [] : [Number(plain)];
  const signs = [...plain.replace(/\d/g, '')];
  const groups = plain.split(/[.,]/);
  const whole = groups.slice(0, -1);
  const tail = groups.at(-1) ?? '';
  const grouped = (parts: readonly string[]) =>
    /^(0|[1-9]\d{0,2})$/.test(parts[0] ?? '') && parts.slice(1).every((part) => part.length === 3);
  const decimal = Number(`${whole.join('')}.${tail}`);
  if (signs.length === 1) {
    const asGroups = grouped(groups) && groups[0] !== '0' ? [Number(groups.join(''))] : [];
    const asDecimal = /^(0|[1-9]\d*)$/.test(groups[0] ?? '') ? [decimal] : [];
    if (tail.length === 3 && (groups[0] ?? '').length > 3) return []; // «12000.000»: a zero too many, or thousandths?
    const thousands = tail.length === 3 ? asGroups : [];
    return signs[0] === '.' ? [...thousands, ...asDecimal] : [...asDecimal, ...thousands];
  }
  if (signs.every((sign) => sign === signs[0])) return grouped(groups) ? [Number(groups.join(''))] : [];
  if (tail.length === 3) return []; // «1.500,000»: two habits in one numeral
  const last = signs.at(-1);
  const rest = signs.slice(0, -1);
  if (rest.includes(last ?? '') || new Set(rest).size > 1 || !grouped(whole)) return [];
  return [decimal];
}

/**
 * Of the values of a numeral with one separator, those that people mean before a unit: nobody writes thousandths of a
 * thousand, and «1.200 triệu», «1,25 tỷ» follow the Vietnamese habit; against it («1.250 tỷ») both stay.
 */
export function inHabit(values: readonly number[], text: string, unit: number): readonly number[] {
  if (values.length < 2) return values;
  const grouped = Math.max(...values);
  const decimal = Math.min(...values);
  const point = text.includes('.');
  if (unit <= THOUSAND || (point && (unit === MILLION || text.endsWith('000')))) return [grouped];
  if (text.endsWith('000')) return values; // «1,000 tỷ»: nobody writes three zeros behind a decimal comma
  return unit > MILLION && text.includes(',') ? [decimal] : values;
}
