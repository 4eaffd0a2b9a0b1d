/** Amounts of money as people write them → đồng. Never a guess: what can mean two amounts is asked back. */
import { dongs, type Dong } from '../base/index.ts';
import { findQuantities, objectionTo } from './quantities.ts';
import type { Quantity } from './quantity.ts';
import { notUnderstood, understood, type Understood } from './understood.ts';
import { Reading } from './value-tokens.ts';
import type { ValueWords } from './value-words.ts';

/** A bare number below this needs its unit: «300» may be thousands or millions. */
const BARE_FROM = 1000;
/** 100,000 tỷ: no establishment has more; what is greater was typed wrongly. */
const MOST = 100_000_000_000_000;
/** A mobile number with the code of the country, without separators. */
const PHONE_ABROAD = /^84[35789]\d{8}$/;
const THOUSAND = 1000;
const MILLION = 1_000_000;

/** Reads one amount in đồng. `candidates` are amounts to ask about, likeliest first. */
export function readMoney(text: string, words: ValueWords): Understood<Dong> {
  const reading = new Reading(text, words);
  const quantities = mentioned(findQuantities(reading, true), reading);
  const slang = slangAmount(reading, quantities);
  if (slang !== null) return notUnderstood('slang-unit', [slang]);
  const objection = objectionTo(reading, quantities);
  if (objection === 'bound' && quantities.length === 1)
    return offer(
      'bound',
      quantities.filter(({ scaled, dong }) => scaled || dong),
    );
  if (objection !== null) return offerIf(objection === 'unclear-unit', objection, quantities);
  const [quantity] = quantities;
  if (quantity === undefined) return notUnderstood(reading.tokens.length === 0 ? 'empty' : 'no-number');
  if (quantities.some((other) => amountsOf(other).join() !== amountsOf(quantity).join()))
    return notUnderstood('two-amounts');
  if (isPerPeriod(reading, quantity)) return notUnderstood('per-period');
  return judge(quantity, reading);
}

function judge(quantity: Quantity, reading: Reading): Understood<Dong> {
  const amounts = amountsOf(quantity);
  const [amount] = amounts;
  if (amount === undefined) return notUnderstood('not-a-number');
  if (amount > MOST) return notUnderstood('too-large');
  if (amounts.length > 1) {
    const grouped = Math.max(...amounts);
    if (quantity.scaled || grouped < BARE_FROM || !reading.tokens[quantity.start]?.text.match(/^\d+[.,]\s?\d{3}$/))
      return offer('ambiguous', [quantity]);
    return followedByNoun(reading, quantity) ? notUnderstood('not-money') : understood(dongs(grouped), false);
  }
  if (!Number.isInteger(amount)) return notUnderstood('fraction');
  if (quantity.scaled || quantity.dong)
    return hasStrayUnit(reading, quantity) ? notUnderstood('two-amounts') : take(quantity, amount);
  if (followedByNoun(reading, quantity)) return notUnderstood('not-money');
  if (PHONE_ABROAD.test(reading.tokens[quantity.start]?.text ?? '')) return notUnderstood('phone-like');
  return amount >= BARE_FROM ? understood(dongs(amount), amount >= MILLION) : needsUnit(amount, reading);
}

const take = (quantity: Quantity, amount: number): Understood<Dong> => understood(dongs(amount), !quantity.loose);

/** «300»: triệu or nghìn? «2 trăm rưỡi» is said of triệu only. */
function needsUnit(amount: number, reading: Reading): Understood<Dong> {
  if (amount === 0) return notUnderstood('no-unit', [dongs(0)]);
  const spoken = reading.has('half');
  const units = spoken ? [MILLION] : [MILLION, THOUSAND];
  return notUnderstood(
    'no-unit',
    units.map((unit) => dongs(Math.round(amount * unit))),
  );
}

function offer(why: string, quantities: readonly Quantity[]): Understood<Dong> {
  const amounts = quantities.flatMap(amountsOf).filter((amount) => Number.isSafeInteger(amount) && amount <= MOST);
  return notUnderstood(why, amounts.map(dongs));
}

const offerIf = (wanted: boolean, why: string, quantities: readonly Quantity[]): Understood<Dong> =>
  wanted ? offer(why, quantities) : notUnderstood(why);

const amountsOf = (quantity: Quantity): readonly number[] => quantity.values;

/** Without a lone «năm» («doanh thu năm 2 tỷ» is no five) and a bare year beside an amount that has its unit. */
function mentioned(quantities: readonly Quantity[], reading: Reading): readonly Quantity[] {
  const named = quantities.some(({ scaled, dong }) => scaled || dong);
  return quantities.filter(
    ({ start, end, scaled, dong }) => !named || scaled || dong || end - start > 1 || !isYear(reading, start),
  );
}

const isYear = (reading: Reading, at: number): boolean =>
  reading.is(at, 'year') || /^20[0-3]\d$/.test(reading.tokens[at]?.text ?? '');

/** «15 chai»: said in the south of millions, but not by everybody. */
function slangAmount(reading: Reading, quantities: readonly Quantity[]): Dong | null {
  for (const { end, values, scaled } of quantities) {
    const unit = reading.at(end, 'slangUnits');
    const amount = (values[0] ?? 0) * Number(unit?.value ?? 0);
    if (unit !== null && !scaled && Number.isSafeInteger(amount)) return dongs(amount);
  }
  return null;
}

/** «30 triệu/tháng», «30 triệu một tháng»: not the sum that was asked for. */
function isPerPeriod(reading: Reading, { end }: Quantity): boolean {
  const slash = reading.tokens[end]?.text === '/' || reading.is(end, 'every');
  if (reading.is(end, 'perPeriod')) return true;
  return slash && !reading.is(end + 1, 'year') && (reading.is(end + 1, 'perPeriod') || reading.is(end + 1, 'measures'));
}

/** A unit right behind an amount that has one («300 triệu triệu»), a vague rest («2 tỷ lẻ»), or letters stuck to it. */
function hasStrayUnit(reading: Reading, { end }: Quantity): boolean {
  const next = reading.tokens[end];
  if (next === undefined || next.kind === 'sign') return false;
  const stray = (['units', 'half', 'halfOf', 'odd'] as const).some((role) => reading.is(end, role));
  return stray || !next.spaced;
}

/** A bare number counts something when a word follows that is no courtesy («1500 con gà»). */
function followedByNoun(reading: Reading, { end }: Quantity): boolean {
  const next = reading.tokens[end];
  return next !== undefined && next.kind === 'word' && !(next.spaced && reading.is(end, 'courtesy'));
}
