/** Vietnamese telephone numbers as typed → E.164. The only home of libphonenumber-js. */
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { digitRuns, type DigitRun } from './digit-runs.ts';
import { notUnderstood, understood, type Understood } from './understood.ts';
import type { ValueWords } from './value-words.ts';

/** Fewer digits in a run are a house number or a count. */
const SHORTEST_RUN = 6;
const MOBILE_LENGTH = 10;

/**
 * Mobile prefixes of 11 digits, replaced in 2018 (Ministry of Information and Communications, plan of 2018-09-15). They
 * are offered for a yes, never taken.
 */
const OLD_MOBILE: Readonly<Record<string, string>> = {
  '0120': '070',
  '0121': '079',
  '0122': '077',
  '0126': '076',
  '0128': '078',
  '0123': '083',
  '0124': '084',
  '0125': '085',
  '0127': '081',
  '0129': '082',
  '0162': '032',
  '0163': '033',
  '0164': '034',
  '0165': '035',
  '0166': '036',
  '0167': '037',
  '0168': '038',
  '0169': '039',
  '0186': '056',
  '0188': '058',
  '0199': '059',
};

/** Reads one Vietnamese number of a person or an office (no hotlines). */
export function readPhone(text: string, words: ValueWords): Understood<string> {
  const written = judge(digitRuns(text, words));
  if (written.understood || !['no-number', 'too-short'].includes(written.why)) return written;
  const spoken = judge(digitRuns(text, words, true));
  return spoken.understood ? spoken : written;
}

function judge(runs: readonly DigitRun[]): Understood<string> {
  const long = runs.filter(({ digits }) => digits.length >= SHORTEST_RUN);
  const valid = new Map<string, boolean>();
  for (const run of long) {
    for (const number of numbersIn(run)) valid.set(number, run.altered);
  }
  const [first, second] = [...valid];
  if (first !== undefined && second !== undefined) return notUnderstood('two-numbers', [...valid.keys()]);
  if (first !== undefined) return understood(first[0], !first[1]);
  const [run] = long;
  if (run !== undefined) return refuse(run);
  return notUnderstood(runs.length > 0 ? 'too-short' : 'no-number');
}

/** The numbers that a run holds: itself, or two written side by side. */
function numbersIn(run: DigitRun): string[] {
  const whole = e164Of(nationalOf(run));
  if (whole !== null) return [whole];
  const half = run.digits.length / 2;
  if (run.plus || !Number.isInteger(half) || half < MOBILE_LENGTH) return [];
  const halves = [run.digits.slice(0, half), run.digits.slice(half)].map(e164Of);
  return halves.filter((number) => number !== null);
}

/** With the leading zero of the country; null when it is a number of another country. */
function nationalOf({ digits, plus }: DigitRun): string | null {
  const behindCode = digits.startsWith('0084')
    ? digits.slice(4)
    : plus || (digits.startsWith('84') && digits.length > MOBILE_LENGTH)
      ? digits.startsWith('84')
        ? digits.slice(2)
        : null
      : undefined;
  if (behindCode === undefined) return digits;
  return behindCode === null ? null : `0${behindCode.replace(/^0/, '')}`;
}

function e164Of(national: string | null): string | null {
  if (national === null || !/^0[2-9]/.test(national) || /^03[01]/.test(national)) return null; // 030, 031: area codes of before 2017
  const number = parsePhoneNumberFromString(national, 'VN');
  if (number === undefined || !number.isValid()) return null;
  return ['MOBILE', 'FIXED_LINE', 'FIXED_LINE_OR_MOBILE'].includes(number.getType() ?? '') ? number.number : null;
}

function refuse(run: DigitRun): Understood<string> {
  const national = nationalOf(run);
  if (national === null || /^00(?!84)/.test(run.digits)) return notUnderstood('foreign-number');
  const moved = OLD_MOBILE[national.slice(0, 4)];
  const converted =
    moved === undefined || national.length !== MOBILE_LENGTH + 1 ? null : e164Of(moved + national.slice(4));
  if (converted !== null) return notUnderstood('old-mobile', [converted]);
  const completed = /^[35789]\d{8}$/.test(national) ? e164Of(`0${national}`) : null;
  if (completed !== null) return notUnderstood('no-leading-zero', [completed]);
  if (/^1[89]00/.test(national)) return notUnderstood('hotline');
  const length = national.startsWith('02') ? MOBILE_LENGTH + 1 : MOBILE_LENGTH;
  if (national.length < length) return notUnderstood('too-short');
  return notUnderstood(national.length > length ? 'too-long' : 'unknown-prefix');
}
