/**
 * Sets of typed answers written without sight of the readers, kept as they were first measured. Lines: kind, text, what
 * may come of it: values with `|` between them, `-` for not understood, `?` for candidates; a place is `province/unit`.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { asDay } from '../../src/base/index.ts';
import {
  readMoment,
  readMoney,
  readNumber,
  readPhone,
  readPlace,
  readTaxCode,
  readYesNo,
  type Understood,
} from '../../src/language/index.ts';
import { places, words } from './support.ts';

/** The day on which the sets were written. */
const TODAY = asDay('2026-11-25');

const readers: Readonly<Record<string, (text: string) => Understood<unknown>>> = {
  money: (text) => readMoney(text, words),
  phone: (text) => readPhone(text, words),
  number: (text) => readNumber(text, words),
  'tax-code': (text) => readTaxCode(text, words),
  date: (text) => readMoment(text, words, TODAY),
  'yes-no': (text) => readYesNo(text, words),
  place: (text) => {
    const heard = readPlace(text, words, places);
    return heard.understood ? { ...heard, value: `${heard.value.province}/${heard.value.unit ?? ''}` } : heard;
  },
};

const allows = (expected: string, heard: Understood<unknown>): boolean =>
  expected.split('|').some((each) => {
    if (each === '-') return !heard.understood;
    if (each === '?') return !heard.understood && (heard.candidates?.length ?? 0) > 1;
    return heard.understood && String(heard.value) === each;
  });

describe.each(['typed-1', 'typed-2', 'typed-3', 'typed-4'])('the set %s', (name) => {
  const lines = readFileSync(new URL(`./${name}.tsv`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line.includes('\t'))
    .map((line) => line.split('\t') as [string, string, string]);

  test.each(lines)('%s «%s» is %s', (kind, text, expected) => {
    const heard = readers[kind]!(text);
    expect(allows(expected, heard), JSON.stringify(heard)).toBe(true);
  });
});
