/**
 * Tax codes: 10 digits with a check digit, 13 with the number of a branch (`0312345678-001`), or the 12-digit personal
 * number. Check digit: 10 − (weighted sum mod 11); where that gives 10 no code exists.
 */
import { digitRuns, type DigitRun } from './digit-runs.ts';
import { notUnderstood, understood, type Understood } from './understood.ts';
import type { ValueWords } from './value-words.ts';

const WEIGHTS = [31, 29, 23, 19, 17, 13, 7, 5, 3];
const BASE_LENGTH = 10;
const PERSONAL_LENGTH = 12;
const BRANCH_LENGTH = 13;
/** «0312345673/001». */
const BRANCH_SLASH = /(?<=\d{10}\s?)\/(?=\s?\d{3}(?!\d))/g;
/** Shorter runs stand beside the code («mã 1»). */
const SHORTEST_RUN = 5;

/** Reads one tax code; a branch comes back with its hyphen. */
export function readTaxCode(text: string, words: ValueWords): Understood<string> {
  const runs = digitRuns(text.replace(BRANCH_SLASH, '-'), words).filter(
    ({ digits, plus }) => !plus && digits.length >= SHORTEST_RUN,
  );
  const [run] = runs;
  if (run === undefined) return notUnderstood('no-number');
  if (runs.some(({ digits }) => digits !== run.digits)) return notUnderstood('two-numbers');
  const { digits } = run;
  if (digits.length === PERSONAL_LENGTH) return personal(run);
  if (digits.length !== BASE_LENGTH && digits.length !== BRANCH_LENGTH)
    return notUnderstood(
      digits.length < BASE_LENGTH ? 'too-short' : digits.length > BRANCH_LENGTH ? 'too-long' : 'wrong-length',
    );
  const base = digits.slice(0, BASE_LENGTH);
  const branch = digits.slice(BASE_LENGTH);
  if (!hasCheckDigit(base) || branch === '000' || /^0+$/.test(base)) return notUnderstood('check-digit');
  return understood(branch === '' ? base : `${base}-${branch}`, !run.altered);
}

/** A personal number begins with the code of a province, all below 100; «0312345673-01» is a code and half a branch. */
const personal = ({ digits, altered, groups }: DigitRun): Understood<string> =>
  !altered && /^0\d/.test(digits) && !/^000/.test(digits) && groups[0] !== BASE_LENGTH
    ? understood(digits)
    : notUnderstood('wrong-length');

/** True when the tenth digit follows from the nine before it. */
export function hasCheckDigit(code: string): boolean {
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(code[at]), 0);
  return 10 - (sum % 11) === Number(code[BASE_LENGTH - 1]);
}
