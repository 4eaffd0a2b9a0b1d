/**
 * Word lists of `content/lexicon/values.yaml`, which reading typed values needs. Words stand there with full diacritics;
 * the readers accept them without, and with the residue of Telex or VNI.
 */

/** Plain lists of words or short phrases. */
export const VALUE_WORD_LISTS = [
  'ten', // mười, mươi
  'tens', // chục
  'dozen',
  'hundred',
  'odd', // linh, lẻ: between hundred and unit
  'half', // rưỡi: half of the unit before it
  'halfOf', // nửa: half of the unit behind it
  'point', // phẩy
  'dong',
  'percent',
  'currency',
  'negative',
  'operators',
  'negation',
  'vague',
  'range',
  'bounds',
  'approximators',
  'each',
  'every',
  'year',
  'month',
  'day',
  'from',
  'week',
  'quarter',
  'partsOfMonth',
  'first',
  'middle',
  'last',
  'weekday',
  'weekdayNames',
  'lunar',
  'solar',
  'perPeriod',
  'hour',
  'measures',
  'titles',
  'parents',
  'nobody',
  'alone',
  'courtesy',
  'emphasis',
  'yes',
  'polite',
  'no',
  'unsure',
  'questions',
  'indefinite', // question words that behind a denial ask nothing
  'future',
  'but',
  'either', // between a yes and a no that do not go together
  'ordinalMarks',
  'firstOne',
  'lastOne',
  'joiners',
  'done',
  'allOfThem',
  'provinceMarks',
  'placeNoise',
  'placeFillers',
  'abroad',
  'nationwide',
] as const;

/** Lists by the value that their words stand for (the key is a whole number, a word, or a unit type). */
export const VALUE_WORD_TABLES = [
  'digits',
  'endings', // mốt, tư, lăm: only behind a ten or a unit
  'shortTens', // hăm = 20
  'units', // by their đồng: 1000, 1000000 …
  'slangUnits', // never taken without asking
  'relativeYears',
  'relativeMonths',
  'relativeDays',
  'shortForms', // by the full word
  'unitMarks', // by unit type
  'districtMarks',
] as const;

export type ValueWordList = (typeof VALUE_WORD_LISTS)[number];
export type ValueWordTable = (typeof VALUE_WORD_TABLES)[number];

export type ValueWords = { readonly [name in ValueWordList]: readonly string[] } & {
  readonly [name in ValueWordTable]: Readonly<Record<string, readonly string[]>>;
};
