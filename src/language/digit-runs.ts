/** Runs of digits in a text, however they were grouped: «0912 345.678», «không chín một hai …», «O912…». */
import { plainTyping, Reading } from './value-tokens.ts';
import type { ValueWords } from './value-words.ts';

export interface DigitRun {
  readonly digits: string;
  /** A plus stood before it. */
  readonly plus: boolean;
  /** A letter O was read as zero, or a digit was written as a word. */
  readonly altered: boolean;
  /** How many digits stood together: 10 and 3 in «0312345673-001». */
  readonly groups: readonly number[];
}

const SEPARATORS = new Set(['.', '-', '(', ')', ' ', '_', '·', '–']);

const WHOLE_LENGTH = 9;

/** A numeral that is a number of its own, whatever stands before it («nhà 12 0912345678»). */
const isWhole = (text: string): boolean => text.startsWith('0') && text.replace(/\D/g, '').length >= WHOLE_LENGTH;

/** Runs from left to right. With `spoken`, digits may also be words. Words, commas and slashes end a run. */
export function digitRuns(text: string, words: ValueWords, spoken = false): DigitRun[] {
  const repaired = withZeros(plainTyping(text));
  const reading = new Reading(repaired.text, words);
  const runs: DigitRun[] = [];
  let digits = '';
  let groups: number[] = [];
  let plus = false;
  let altered = repaired.altered;
  const close = () => {
    if (digits !== '') runs.push({ digits, plus, altered, groups });
    digits = '';
    groups = [];
    plus = false;
    altered = repaired.altered;
  };
  for (const [index, token] of reading.tokens.entries()) {
    const word = spoken && token.kind === 'word' ? reading.at(index, 'digits') : null;
    if (token.kind === 'number') {
      const parts = token.text.split(/,\s/);
      if (token.spaced && isWhole(parts[0] ?? '') && digits.length < WHOLE_LENGTH && !/^(00)?84$/.test(digits)) close();
      for (const [at, part] of parts.entries()) {
        if (at > 0) close();
        digits += part.replace(/\D/g, '');
        groups.push(...part.split(/\D+/).map(({ length }) => length));
      }
    } else if (word !== null) {
      digits += word.value;
      groups.push(word.value.length);
      altered = true;
    } else if (token.text === '+') {
      close();
      plus = true;
    } else if (!SEPARATORS.has(token.text) || (token.text === '(' && digits.length > WHOLE_LENGTH)) close();
  }
  close();
  return runs;
}

/** Reads the letter O as zero where it stands in a run of digits that is long enough for a number or a code. */
function withZeros(text: string): { readonly text: string; readonly altered: boolean } {
  let altered = false;
  const repaired = text.replace(/(?<!\p{L})[\do](?:[ .-]?[\do]){8,13}(?!\p{L})/gu, (run) => {
    if (!run.includes('o') || run.replace(/\D/g, '').length < 7) return run;
    altered = true;
    return run.replace(/o/g, '0');
  });
  return { text: repaired, altered };
}
