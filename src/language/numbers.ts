/** Whole numbers as people write them: «7 người», «hăm lăm», «một chục». Ranges and vague words are not numbers. */
import { findQuantities, objectionTo } from './quantities.ts';
import type { Quantity } from './quantity.ts';
import { notUnderstood, understood, type Understood } from './understood.ts';
import { inFull, Reading } from './value-tokens.ts';
import type { ValueWords } from './value-words.ts';

/** More is a slip of the finger: nobody counts workers or machines in hundred millions. */
const MOST = 100_000_000;
const DOZEN = 12;
const THOUSAND = 1000;

export function readNumber(text: string, words: ValueWords): Understood<number> {
  const reading = new Reading(text, words);
  if (reading.tokens.length === 0) return notUnderstood('empty');
  if (isNobody(new Reading(inFull(reading), words))) return understood(0);
  const quantities = findQuantities(reading, false);
  if (quantities.length === 0) return readWithoutQuantity(reading);
  const objection = objectionTo(reading, quantities);
  const padded = quantities.length === 1 ? /^0([1-9])$/.exec(reading.tokens[quantities[0]!.start]?.text ?? '') : null;
  if (objection === 'leading-zero' && padded !== null) return understood(Number(padded[1]));
  if (objection !== null) return notUnderstood(objection);
  const [quantity] = quantities;
  if (quantity === undefined || quantities.some(({ values }) => values.join() !== quantity.values.join()))
    return notUnderstood('two-numbers');
  return judge(reading, quantity);
}

/** «không có ai làm» and the like: no number, and nobody. */
function isNobody(reading: Reading): boolean {
  const nobody = reading.tokens.findIndex((_, index) => reading.is(index, 'nobody'));
  if (nobody < 0) return false;
  const length = reading.at(nobody, 'nobody')?.length ?? 0;
  return reading.tokens.every(
    (token, index) => token.kind !== 'number' && (index < nobody + length || !isDigitWord(reading, index)),
  );
}

const isDigitWord = (reading: Reading, index: number) => reading.is(index, 'digits') || reading.is(index, 'ten');

function readWithoutQuantity(reading: Reading): Understood<number> {
  if (reading.has('vague')) return notUnderstood('vague');
  const dozen = reading.tokens.findIndex((token, index) => token.text === 'tá' && reading.is(index, 'dozen'));
  if (dozen === 0 && reading.tokens.length === 1) return understood(DOZEN);
  return reading.has('alone') ? understood(1, false) : notUnderstood('no-number');
}

function judge(reading: Reading, quantity: Quantity): Understood<number> {
  const value = certainValue(reading, quantity);
  if (value === null) return notUnderstood('ambiguous', quantity.values.filter(Number.isSafeInteger));
  const { end } = quantity;
  const next = reading.tokens[end];
  if (next?.text === 'tá') return understood(value * DOZEN);
  if (!Number.isInteger(value) || hasHalfBehind(reading, end)) return notUnderstood('fraction');
  if (quantity.dong || (quantity.scaled && value > THOUSAND * THOUSAND - 1)) return notUnderstood('money');
  if (value > MOST) return notUnderstood('too-large');
  if (/^[/:]$/.test(next?.text ?? '') && reading.tokens[end + 1]?.kind === 'number') return notUnderstood('range');
  if (reading.is(end, 'measures') && !reading.is(end, 'titles')) return notUnderstood('other-measure');
  if (value === 0 && reading.tokens[quantity.start]?.kind === 'word') return notUnderstood('no-number', [0]); // «không»: none, or no answer?
  if (next !== undefined && !next.spaced && next.kind === 'word' && next.text.length === 1)
    return notUnderstood('not-a-number');
  return understood(value, !quantity.loose);
}

/** «bảy rưỡi», «một nửa», «7 người rưỡi». */
const hasHalfBehind = (reading: Reading, end: number): boolean =>
  reading.is(end, 'halfOf') || reading.tokens.some((_, index) => index >= end && reading.is(index, 'half'));

/** The one value of a quantity: «1.500» people are 1500, «07» is 7; «trăm hai» stays open. */
function certainValue(reading: Reading, { start, end, values }: Quantity): number | null {
  if (values.length === 1) return values[0] ?? null;
  const text = reading.tokens[start]?.text ?? '';
  return end === start + 1 && /^\d+[.,]\s?\d{3}$/.test(text) ? Math.max(...values) : null;
}
