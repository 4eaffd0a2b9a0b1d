/** Schema of `content/lexicon/values.yaml`: word lists for reading typed values (the type is in `language`). */
import { z } from 'zod';
import { VALUE_WORD_LISTS, VALUE_WORD_TABLES, type ValueWords } from '../language/index.ts';

const forms = z.array(
  z
    .string()
    .min(1)
    .max(60)
    .transform((form) => form.normalize('NFC').toLowerCase()),
);
const list = forms.default([]);
const table = z.record(z.string(), forms).default({});

export const valueWordsFile = z
  .strictObject({
    ...Object.fromEntries(VALUE_WORD_LISTS.map((name) => [name, list])),
    ...Object.fromEntries(VALUE_WORD_TABLES.map((name) => [name, table])),
  })
  .transform((value) => value as unknown as ValueWords);
