/**
 * Quantities as people write them: numerals («1.500.000», «1,5»), number words («tám trăm năm mươi»), both mixed with units
 * («1 tỷ 2», «2 trăm rưỡi triệu»). Only the shape is read here; what a quantity means is decided by its readers.
 */
import { inHabit, numeralValues } from './numerals.ts';
import type { Reading } from './value-tokens.ts';

/** One quantity in a text. */
export interface Quantity {
  readonly start: number;
  /** Index behind its last token. */
  readonly end: number;
  /** All values that it may mean; one when it is certain. In đồng or pieces. */
  readonly values: readonly number[];
  /** A unit of money or thousands was named; else the plain number. */
  readonly scaled: boolean;
  /** Its values were completed from habit («2 trăm rưỡi» without a unit). */
  readonly loose: boolean;
  /** «đồng» or its like stood at the end. */
  readonly dong: boolean;
  /** Set when it cannot be taken for one number. */
  readonly why?: string;
}

/** A number below a unit: what stands before «triệu». */
interface Small {
  readonly end: number;
  readonly values: readonly number[];
  /** How it was written: digits of a numeral without separators, or words. */
  readonly digits: number | null;
  readonly loose?: boolean;
  readonly why?: string;
}

const THOUSAND = 1000;

/** Reads the quantity that begins at a token, or null when none does. */
export function quantityAt(reading: Reading, start: number): Quantity | null {
  return new QuantityReader(reading).read(start);
}

class QuantityReader {
  private readonly reading: Reading;

  constructor(reading: Reading) {
    this.reading = reading;
  }

  read(start: number): Quantity | null {
    const first = this.part(start);
    if (first === null) return null;
    let { end, values, unit, loose, why } = first;
    let scaled = unit !== null;
    while (unit !== null && why === undefined) {
      const next = this.continuation(end, unit);
      if (next === null) break;
      end = next.end;
      values = values.flatMap((value) => next.values.map((more) => value + more));
      loose ||= next.loose;
      why = next.why;
      unit = next.unit;
      scaled = true;
    }
    const dong = this.reading.at(end, 'dong');
    if (dong !== null && loose && unit === null) why ??= 'unclear-unit';
    const quantity = {
      start,
      end: end + (dong?.length ?? 0),
      values: whole(values),
      scaled,
      loose,
      dong: dong !== null,
    };
    if (quantity.values.length === 0) why ??= 'not-a-number';
    return why === undefined ? quantity : { ...quantity, why };
  }

  /** A small number with its unit, «nửa tỷ», or a unit that stands for one («tỷ rưỡi»). */
  private part(at: number) {
    const halfOf = this.reading.at(at, 'halfOf');
    const halved = halfOf === null ? null : this.unitAt(at + halfOf.length);
    if (halved !== null) return { end: halved.end, values: [halved.value / 2], unit: 0, loose: false, why: undefined };
    const bare = this.unitAt(at);
    if (bare !== null && bare.word && this.startsRest(bare.end))
      return { end: bare.end, values: [bare.value], unit: bare.value, loose: false, why: undefined };
    const small = this.small(at);
    if (small === null) return null;
    const unit = this.unitAt(small.end);
    const { loose = false, why } = small;
    if (unit === null) return { end: small.end, values: small.values, unit: null, loose, why };
    const text = this.reading.tokens[at]?.text ?? '';
    const values = inHabit(small.values, text, unit.value).map((value) => exact(value * unit.value));
    const broken = /^\d+ \d+$/.test(text) ? 'two-amounts' : why; // «2 300 triệu»: two machines, or 2,300?
    return { end: unit.end, values, unit: unit.value, loose, why: broken };
  }

  /** What may stand behind a unit that means one of it: «tỷ rưỡi», «tỷ hai», «tỷ tư». */
  private startsRest(at: number): boolean {
    return (['half', 'digits', 'endings'] as const).some((role) => this.reading.is(at, role));
  }

  /** What follows a unit: half of it, a smaller part with its own unit, or a bare rest («1 tỷ 2», «1 tỷ 250»). */
  private continuation(at: number, unit: number) {
    if (this.isRate(at)) return null;
    const half = this.reading.at(at, 'half');
    if (half !== null && unit > 0) {
      const round = this.reading.is(at - 2, 'tens') || this.reading.is(at - 2, 'hundred'); // «ba chục triệu rưỡi»: 30.5, or 35?
      return {
        end: at + half.length,
        values: [unit / 2],
        unit: null,
        loose: false,
        why: round ? 'ambiguous' : undefined,
      };
    }
    const odd = this.reading.at(at, 'odd')?.length ?? 0;
    const ending = this.reading.at(at, 'endings');
    if (ending !== null && odd === 0 && unit > 0 && this.unitAt(at + 1) === null && this.endsAt(at + 1))
      return { end: at + 1, values: [(Number(ending.value) * unit) / 10], unit: null, loose: false, why: undefined };
    if (this.reading.is(at + odd, 'halfOf')) return null;
    const small = this.small(at + odd);
    if (small === null || unit === 0) return null;
    const own = this.unitAt(small.end);
    if (own !== null) {
      if (own.value >= unit || small.values.some((value) => value * own.value >= unit)) return null;
      const values = small.values.map((value) => exact(value * own.value));
      return { end: own.end, values, unit: own.value, loose: false, why: small.why };
    }
    if (!this.endsAt(small.end)) return null;
    const values = this.rest(small, unit, odd > 0);
    if (values === null) return null;
    return { end: small.end, values, unit: null, loose: true, why: small.why };
  }

  /** A rest without a unit: one digit means tenths, three mean thousandths, two written as digits may mean either. */
  private rest(small: Small, unit: number, odd: boolean): number[] | null {
    const thousandths = small.values.map((value) => (value * unit) / THOUSAND);
    if (small.values.some((value) => value >= THOUSAND || !Number.isInteger(value))) return null;
    if (odd) return thousandths;
    if (small.digits === null) {
      return small.values.every((value) => value < 10) ? small.values.map((value) => (value * unit) / 10) : thousandths;
    }
    if (small.digits === 1) return small.values.map((value) => (value * unit) / 10);
    if (small.digits === 3) return thousandths;
    return small.values.flatMap((value) => [(value * unit) / 100, (value * unit) / THOUSAND]);
  }

  /** «một năm», «1 cái» behind an amount: what it is for. */
  private isRate(at: number): boolean {
    const behind = (['year', 'each', 'perPeriod'] as const).some((role) => this.reading.is(at + 1, role));
    return behind && this.reading.is(at, 'every') && this.unitAt(at + 2) === null;
  }

  /** True when no word follows that would be counted by a number before it («30 triệu một tháng», «1 tỷ 2 máy»). */
  private endsAt(at: number): boolean {
    const token = this.reading.tokens[at];
    if (token === undefined || token.kind !== 'word' || this.isRate(at)) return true;
    if (this.reading.is(at, 'perPeriod') || this.reading.is(at, 'year') || this.reading.is(at, 'each')) return false;
    return this.reading.is(at, 'courtesy') || this.reading.is(at, 'dong');
  }

  private unitAt(at: number): { readonly value: number; readonly end: number; readonly word: boolean } | null {
    const found = this.reading.at(at, 'units');
    if (found === null || (this.reading.is(at, 'range') && this.startsNumber(at + found.length))) return null; // «500 toi 700»
    return {
      value: Number(found.value),
      end: at + found.length,
      word: (this.reading.tokens[at]?.text.length ?? 0) > 1,
    };
  }

  private startsNumber(at: number): boolean {
    const words = (['digits', 'ten', 'hundred', 'shortTens'] as const).some((role) => this.reading.is(at, role));
    return words || this.reading.tokens[at]?.kind === 'number';
  }

  private small(at: number): Small | null {
    const token = this.reading.tokens[at];
    if (token === undefined) return null;
    return token.kind === 'number' ? this.numeral(at, token.text) : this.words(at);
  }

  private numeral(at: number, text: string): Small {
    const values = numeralValues(text);
    const digits = /^\d+$/.test(text) ? text.length : 0;
    if (values.length === 0 || this.isBehindPoint(at))
      return { end: at + 1, values: [], digits, why: /^0\d/.test(text) ? 'leading-zero' : 'not-a-number' };
    const [value = 0] = values;
    const point = this.reading.at(at + 1, 'point');
    const behind = this.reading.tokens[at + 2];
    if (point !== null && digits > 0 && behind?.kind === 'number' && /^\d+$/.test(behind.text))
      return { end: at + 3, values: [Number(`${value}.${behind.text}`)], digits: 0 };
    if (digits > 0 && this.reading.is(at + 1, 'hundred')) return this.belowHundred(at + 2, value * 100);
    const ten = this.reading.at(at + 1, 'tens') ?? this.reading.at(at + 1, 'ten');
    if (digits > 0 && ten !== null) return this.belowTen(at + 2, value * 10);
    return { end: at + 1, values, digits };
  }

  /** «,5 tỷ»: the digits behind a point whose whole part is missing. */
  private isBehindPoint(at: number): boolean {
    const [sign, digits] = [this.reading.tokens[at - 1], this.reading.tokens[at]];
    return sign?.spaced === true && /^[.,]$/.test(sign.text) && digits?.spaced === false;
  }

  private words(at: number): Small | null {
    const { reading } = this;
    const half = reading.is(at + 1, 'half');
    if (reading.is(at, 'hundred')) {
      // «trăm triệu», «trăm rưỡi»: one hundred
      return this.unitAt(at + 1) !== null || half || reading.is(at + 1, 'digits')
        ? this.belowHundred(at + 1, 100)
        : null;
    }
    const short = reading.at(at, 'shortTens');
    if (short !== null) return this.belowTen(at + 1, Number(short.value));
    if (reading.is(at, 'ten')) return this.belowTen(at + 1, 10);
    if (reading.is(at, 'tens')) return { end: at + 1, values: [10], digits: null };
    const digit = reading.at(at, 'digits');
    if (digit === null) return null;
    const value = Number(digit.value);
    if (reading.is(at + 1, 'hundred')) return this.belowHundred(at + 2, value * 100);
    if (reading.is(at + 1, 'ten') || reading.is(at + 1, 'tens')) return this.belowTen(at + 2, value * 10);
    const point = reading.at(at + 1, 'point');
    const decimal = point === null ? null : reading.at(at + 2, 'digits');
    if (decimal !== null) return { end: at + 3, values: [Number(`${value}.${decimal.value}`)], digits: 0 };
    const ending = reading.at(at + 1, 'endings');
    if (ending !== null && value > 1) return { end: at + 2, values: [value * 10 + Number(ending.value)], digits: null };
    if (reading.is(at + 1, 'digits')) return { end: at + 2, values: [], digits: null, why: 'range' };
    return { end: at + 1, values: [value], digits: null };
  }

  /** Behind hundreds: «linh năm», «năm mươi», «rưỡi», or a digit that stands for tens («trăm hai» is 120). */
  private belowHundred(at: number, base: number): Small {
    const { reading } = this;
    const half = reading.at(at, 'half');
    if (half !== null) return { end: at + 1, values: [base + 50], digits: null };
    const odd = reading.at(at, 'odd');
    if (odd !== null) {
      const digit = reading.at(at + 1, 'digits') ?? reading.at(at + 1, 'endings');
      const plain = reading.tokens[at + 1];
      if (digit !== null) return { end: at + 2, values: [base + Number(digit.value)], digits: null };
      if (plain !== undefined && /^\d{1,2}$/.test(plain.text))
        return { end: at + 2, values: [base + Number(plain.text)], digits: null };
    }
    const token = reading.tokens[at];
    if (token !== undefined && /^[1-9]\d$/.test(token.text))
      return { end: at + 1, values: [base + Number(token.text)], digits: null };
    if (
      token !== undefined &&
      /^[1-9]$/.test(token.text) &&
      !reading.is(at + 1, 'tens') &&
      !reading.is(at + 1, 'ten')
    ) {
      return { end: at + 1, values: [base + Number(token.text) * 10], digits: null, loose: true };
    }
    const ending = reading.at(at, 'endings');
    if (ending !== null && !reading.is(at, 'digits'))
      return { end: at + 1, values: [base + Number(ending.value) * 10], digits: null };
    const below = token?.kind === 'number' && !/^[1-9]$/.test(token.text) ? null : this.small(at);
    if (below === null || below.values.some((value) => value >= 100)) return { end: at, values: [base], digits: null };
    if (below.why !== undefined) return { ...below, values: [] };
    const [value = 0] = below.values;
    return value < 10
      ? { end: below.end, values: [base + value * 10], digits: null, loose: true }
      : { end: below.end, values: [base + value], digits: null };
  }

  private belowTen(at: number, base: number): Small {
    const digit = this.reading.at(at, 'endings') ?? this.reading.at(at, 'digits');
    const plain = this.reading.tokens[at];
    if (digit !== null) return { end: at + 1, values: [base + Number(digit.value)], digits: null };
    if (plain !== undefined && /^[1-9]$/.test(plain.text) && this.reading.tokens[at - 1]?.kind === 'word')
      return { end: at + 1, values: [base + Number(plain.text)], digits: null };
    return { end: at, values: [base], digits: null };
  }
}

/** Takes away what binary fractions add: 1.1 × 10⁹ is a whole number. */
const exact = (value: number): number => (Math.abs(value - Math.round(value)) < 1e-4 ? Math.round(value) : value);

const whole = (values: readonly number[]): number[] => [...new Set(values.map(exact))];
