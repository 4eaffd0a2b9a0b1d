/**
 * Pieces that the schemas of content files are made of. A failing piece names its rule (`not-a-day` …), whose words
 * stand in `content/texts/<lang>/check.yaml`.
 */
import { z } from 'zod';
import { isDay, provinceCode, type Day } from '../base/index.ts';
import { isSafeHref } from './light-markdown.ts';

export const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** Removes from an object type the `undefined` that zod adds to optional keys. */
type Present<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** An object with exactly these keys; what is absent, or left empty, is absent in the result too. */
export const entry = <S extends z.ZodRawShape>(shape: S) =>
  z.strictObject(shape).transform((value) => {
    const present = Object.entries(value as object).filter(([, each]) => each !== undefined);
    return Object.fromEntries(present) as Present<z.output<z.ZodObject<S>>>;
  });

/** A key that may be left out, or left empty as in `validTo:`. */
export const maybe = <S extends z.ZodType>(schema: S) =>
  schema.nullish().transform((value) => (value === null || value === undefined ? undefined : (value as z.output<S>)));

/** A list that may be left out: then it is empty. */
export const listOf = <S extends z.ZodType>(schema: S) =>
  z
    .array(schema)
    .nullish()
    .transform((value): readonly z.output<S>[] => value ?? []);

export const text = z.string().refine((value) => value.trim() !== '', { error: 'empty-text' });

export const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, { error: 'not-a-day', abort: true })
  .refine(isDay, { error: 'not-a-day' })
  .transform((value) => value as Day);

export const kebab = z.string().regex(KEBAB, { error: 'not-an-id' });

export const url = z
  .string()
  .refine((value) => isSafeHref(value) && value.startsWith('https:'), { error: 'not-a-url' });

export const certainty = z.enum(['official', 'reported', 'unconfirmed']);

/** `<instrument id>` with, after `#`, `<điều>[.<khoản>[.<điểm>]]`; đ is written `dd`. */
export const CITE = /^[a-z0-9]+(-[a-z0-9]+)*(#[0-9]+[a-z]?(\.([0-9]+[a-z]?|[a-z]{1,2}))*)?$/;
export const cite = z.string().regex(CITE, { error: 'not-a-cite' });

export const province = kebab.transform((value) => provinceCode(value));
