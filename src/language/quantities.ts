/** All quantities in a text, without the numbers that belong to something else (years, names, «mỗi cái»). */
import { hasMarks } from './marks.ts';
import { quantityAt, type Quantity } from './quantity.ts';
import type { Reading, Role } from './value-tokens.ts';

/** Finds quantities from left to right. With `ofMoney`, «một cái», «mỗi năm» are no numbers but say what a price is for. */
export function findQuantities(reading: Reading, ofMoney: boolean): Quantity[] {
  const found: Quantity[] = [];
  let at = 0;
  while (at < reading.tokens.length) {
    const besides = lengthBesides(reading, at, ofMoney);
    if (besides > 0) {
      at += besides;
      continue;
    }
    const quantity = quantityAt(reading, at);
    if (quantity !== null) found.push(quantity);
    at = quantity?.end ?? at + 1;
  }
  return found;
}

/** Number of tokens at a place that look like numbers and are none. */
function lengthBesides(reading: Reading, at: number, ofMoney: boolean): number {
  const relative = reading.at(at, 'relativeYears') ?? reading.at(at, 'parents');
  if (relative !== null) return relative.length;
  if (reading.is(at, 'year')) {
    if (/^(19|20)\d\d$/.test(reading.tokens[at + 1]?.text ?? '')) return 2;
    const before = reading.is(at - 1, 'every') || reading.tokens[at - 1]?.text === '/';
    if (before || reading.tokens[at + 1]?.kind === 'number') return 1;
  }
  if (ofMoney && reading.is(at, 'every')) {
    const each = reading.at(at + 1, 'each') ?? reading.at(at + 1, 'year');
    if (each !== null && !reading.is(at + 2, 'units')) return 1 + each.length;
  }
  const named = reading.is(at, 'titles') && reading.tokens[at + 1]?.kind === 'word' && reading.is(at + 1, 'digits');
  return named && quantityAt(reading, at + 1)?.end === at + 2 && !reading.is(at, 'digits') ? 2 : 0;
}

/** Why the text around quantities forbids to take one of them, or null. Words without diacritics («may», «tu») count
 * only right beside a quantity, since they are other words elsewhere («máy», «tự động»). */
export function objectionTo(reading: Reading, quantities: readonly Quantity[]): string | null {
  const around = new Around(reading, quantities);
  if (reading.has('percent')) return 'percentage';
  if (around.beside('currency') || around.signs('currency')) return 'foreign-currency';
  if (around.minus() || around.before('negative')) return 'negative';
  if (around.before('bounds') || around.after('bounds')) return 'bound';
  if (around.before('range') || around.after('range') || around.dashed()) return 'range';
  const broken = quantities.find(({ why }) => why !== undefined)?.why;
  if (broken !== undefined) return broken;
  if (around.between('operators') || around.signs('operators') || around.divided()) return 'calculation';
  if (around.vague()) return 'vague';
  return around.negated() ? 'negated' : null;
}

const LONGEST_PHRASE = 4;

/** What stands around the quantities of a text. */
class Around {
  private readonly reading: Reading;
  private readonly quantities: readonly Quantity[];

  constructor(reading: Reading, quantities: readonly Quantity[]) {
    this.reading = reading;
    this.quantities = quantities;
  }

  /** A phrase of the role ends where a quantity starts, and no longer approximator does («trên dưới 20» is about 20). */
  before(role: Role): boolean {
    return this.quantities.some(({ start }) => {
      const length = this.lengthBefore(start, role);
      return length > 0 && length >= this.lengthBefore(start, 'approximators');
    });
  }

  after(role: Role): boolean {
    return this.quantities.some(({ end }) => this.reading.is(end, role));
  }

  beside(role: Role): boolean {
    return this.before(role) || this.after(role);
  }

  between(role: Role): boolean {
    return this.quantities.some(({ end }) => this.reading.is(end, role) && this.starts(end + 1));
  }

  /** A sign of the role stands anywhere («$», «+»). */
  signs(role: Role): boolean {
    return this.reading.tokens.some(({ kind }, index) => kind === 'sign' && this.reading.is(index, role));
  }

  minus(): boolean {
    return this.quantities.some(({ start }) => this.text(start - 1) === '-' && !this.ends(start - 1));
  }

  dashed(): boolean {
    return this.quantities.some(({ start }) => /^[-~]$/.test(this.text(start - 1)) && this.ends(start - 1));
  }

  /** «1/2 tỷ», «2:3»: a sign of dividing between two numbers. */
  divided(): boolean {
    return this.quantities.some(({ end }) => /^[/:⁄]$/.test(this.text(end)) && this.starts(end + 1));
  }

  vague(): boolean {
    return this.reading.tokens.some(({ text }, index) => {
      const phrase = this.reading.at(index, 'vague');
      if (phrase === null || this.inside(index)) return false;
      const next = index + phrase.length;
      const scale = (['hundred', 'ten', 'tens', 'units'] as const).some((role) => this.reading.is(next, role));
      return scale || phrase.length > 1 || hasMarks(text) || this.ends(index);
    });
  }

  /** «không phải 300 triệu», «chưa có 7 người»: a denial up to two words before the quantity. */
  negated(): boolean {
    return this.quantities.some(({ start }) =>
      [1, 2, 3].some((back) => this.reading.is(start - back, 'negation') && !this.inside(start - back)),
    );
  }

  private lengthBefore(start: number, role: Role): number {
    for (let length = LONGEST_PHRASE; length > 0; length -= 1) {
      if (start >= length && this.reading.at(start - length, role)?.length === length) return length;
    }
    return 0;
  }

  private text(index: number): string {
    return this.reading.tokens[index]?.text ?? '';
  }

  private inside(index: number): boolean {
    return this.quantities.some(({ start, end }) => start <= index && index < end);
  }

  private starts(index: number): boolean {
    return this.quantities.some(({ start }) => start === index);
  }

  private ends(index: number): boolean {
    return this.quantities.some(({ end }) => end === index);
  }
}
