/**
 * The keys of texts that the program names, read from its sources where they are at hand (a checkout has them): literal
 * keys, and patterns such as `refusal.*` where a part is put in while running.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownContentDir } from '../content/files.ts';

const NAMED = [
  // { key: 'menu.title' }, key: `refusal.${why}`
  /\bkey:\s*(['"`])([A-Za-z0-9_.${}()[\]-]+?)\1/g,
  // words('cli.bug'), text('…'), say(`…`): functions that take a key first
  /\b(?:words|text|say|label|phrase|t|key|keyed|line)\(\s*(['"`])([a-z][A-Za-z0-9_-]*\.[A-Za-z0-9_.${}()[\]-]*?)\1/g,
];

/** Every key named in `source`; what is put in between `${…}` becomes `*`. */
export function keysNamedIn(source: string): readonly string[] {
  return NAMED.flatMap((pattern) => [...source.matchAll(pattern)])
    .map((match) => (match[2] ?? '').replace(/\$\{[^}]*\}/g, '*'))
    .filter((key) => /^[a-z][A-Za-z0-9_-]*\.[A-Za-z0-9_.*-]+$/.test(key));
}

/** null: the sources are not here. */
export function usedTexts(): readonly string[] | null {
  const src = join(ownContentDir(), '../src');
  if (!existsSync(src)) return null;
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file));
  const named = files.flatMap((file) => keysNamedIn(readFileSync(join(src, file), 'utf8')));
  return [...new Set([...named, ...ALWAYS])].sort();
}

/** Named by rule, or by a table, rather than by a literal. */
const ALWAYS = ['check.*', 'format.*', 'cli.usage.*', 'cli.severity.*', 'web.*'];
