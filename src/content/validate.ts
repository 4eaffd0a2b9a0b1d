/** Holds plain data against a schema; each mistake becomes a finding with its line and the nearest right name. */
import type { z } from 'zod';
import { findingsIn, type Finding } from './finding.ts';
import { nearest } from './nearest.ts';
import type { Path, ReadYaml } from './read-yaml.ts';

/** What the schema says about a mistake besides zod's own fields: the names it would have taken; whether it was absent. */
interface Aside {
  readonly known?: readonly string[];
  readonly missing?: boolean;
}

type RawIssue = z.core.$ZodRawIssue;
type ZodIssue = z.core.$ZodIssue;

/** Carried through zod in the message of the issue, since nothing else of the raw issue survives. */
function aside(raw: RawIssue): string {
  const shape = (raw.inst as { def?: { shape?: object } } | undefined)?.def?.shape;
  const note: Aside = {
    ...(shape === undefined ? {} : { known: Object.keys(shape) }),
    ...(raw.input === undefined ? { missing: true } : {}),
  };
  return JSON.stringify(note);
}

const readAside = (message: string): Aside => (message.startsWith('{') ? (JSON.parse(message) as Aside) : {});
/** A piece of a schema that has a rule of its own (`not-a-day`) names it in its message. */
const ownRule = (message: string) => (/^[a-z]+(-[a-z]+)*$/.test(message) ? message : 'wrong-value');

export type Validated<T> = { readonly value: T } | { readonly findings: readonly Finding[] };

/** Parses `read.value`, or collects what is wrong with it. */
export function validate<S extends z.ZodType>(file: string, read: ReadYaml, schema: S): Validated<z.output<S>> {
  const parsed = schema.safeParse(read.value ?? {}, { error: aside });
  if (parsed.success) return { value: parsed.data };
  return { findings: parsed.error.issues.flatMap((issue) => toFindings(file, read, issue, [])) };
}

function toFindings(file: string, read: ReadYaml, issue: ZodIssue, outer: Path): readonly Finding[] {
  const path = [...outer, ...issue.path];
  const { error } = findingsIn(file);
  const at = (last?: PropertyKey) => read.lineOf(last === undefined ? path : [...path, last]);
  const note = readAside(issue.message);
  const key = path.map(String).join('.');
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((each) =>
        error('unknown-key', at(each), { key: each, near: nearest(each, note.known ?? []), known: list(note.known) }),
      );
    case 'invalid_value':
      if (note.missing) return [error('missing-key', at(), { key })];
      return [wrongValue(file, at(), key, valueAt(read.value, path), issue.values.map(String))];
    case 'invalid_union':
      return fromUnion(file, read, issue, path);
    case 'invalid_type':
      return note.missing
        ? [error('missing-key', at(), { key })]
        : [error('wrong-type', at(), { key, expected: issue.expected, value: shown(valueAt(read.value, path)) })];
    case 'invalid_key': {
      const [inner] = issue.issues;
      return [error(ownRule(inner?.message ?? ''), at(), { key, value: String(issue.path.at(-1)) })];
    }
    default:
      return [error(ownRule(issue.message), at(), { key, value: shown(valueAt(read.value, path)) })];
  }
}

function wrongValue(file: string, line: number, key: string, value: unknown, known: readonly string[]): Finding {
  const typed = shown(value);
  return findingsIn(file).error('wrong-value', line, {
    key,
    value: typed,
    near: nearest(typed, known),
    known: list(known),
  });
}

type UnionIssue = Extract<ZodIssue, { code: 'invalid_union' }>;

/** Of the branches of a union the one that fits best speaks: the fewest mistakes, and those deepest inside. */
function fromUnion(file: string, read: ReadYaml, issue: UnionIssue, path: Path): readonly Finding[] {
  const options = (issue as { options?: readonly unknown[] }).options;
  if (issue.errors.length === 0) {
    const value = valueAt(read.value, path);
    const key = path.map(String).join('.');
    if (value === undefined) return [findingsIn(file).error('missing-key', read.lineOf(path), { key })];
    return [wrongValue(file, read.lineOf(path), key, value, (options ?? []).map(String))];
  }
  const depth = (issues: readonly ZodIssue[]) => Math.max(...issues.map((each) => each.path.length));
  // A branch that takes another type altogether (a number for a text) knows least of what was meant.
  const otherType = (issues: readonly ZodIssue[]) =>
    issues.filter(({ code, path: at }) => code === 'invalid_type' && at.length === 0).length;
  const branches = [...issue.errors].sort(
    (one, two) => depth(two) - depth(one) || otherType(one) - otherType(two) || one.length - two.length,
  );
  return (branches[0] ?? []).flatMap((each) => toFindings(file, read, each, path));
}

function valueAt(value: unknown, path: Path): unknown {
  let at = value;
  for (const step of path)
    at = typeof at === 'object' && at !== null ? (at as Record<PropertyKey, unknown>)[step] : undefined;
  return at;
}

const shown = (value: unknown) => {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
};
const list = (names: readonly string[] | undefined) => (names ?? []).slice(0, 20).join(', ');
