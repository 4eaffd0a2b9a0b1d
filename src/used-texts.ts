/**
 * The keys of texts that the program names, read from its sources where they are at hand (a checkout has them): literals
 * such as `menu.title`, and patterns such as `refusal.*` where a part is put in while running. A literal that only looks
 * like a key does no harm: the check takes those whose first part is a file of `content/texts`.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownContentDir } from './content/files.ts';

const LITERAL = /(['"`])([a-z][A-Za-z0-9_-]*(?:\.(?:[A-Za-z0-9_-]|\$\{[^}]*\})+)+)\1/g;
const COMMENT = /\/\*[\s\S]*?\*\/|(^|[^:'"`])\/\/.*$/gm;

/** Named by rule or by a table rather than by a literal; tables name their folder here. */
const BY_RULE = ['check.*', 'format.*', 'cli.usage.*', 'cli.severity.*'];

/** Every key named in `source`; what is put in between `${…}` becomes `*`. */
export const keysNamedIn = (source: string): readonly string[] =>
  [...source.replace(COMMENT, '$1').matchAll(LITERAL)].map((match) => (match[2] ?? '').replace(/\$\{[^}]*\}/g, '*'));

/** null: the sources are not here. */
export function usedTexts(): readonly string[] | null {
  const src = join(ownContentDir(), '../src');
  if (!existsSync(src)) return null;
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.tsx?$/.test(file) && !file.startsWith('storage/generated'),
  );
  const named = files.flatMap((file) => keysNamedIn(readFileSync(join(src, file), 'utf8')));
  return [...new Set([...named, ...BY_RULE])].sort();
}
