/** The sources as the house tests see them: paths, text, text without comments, imports with the room they lead to. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';

export const ROOT = join(import.meta.dirname, '../..');

export interface Source {
  /** From the root of the project, with `/`. */
  readonly file: string;
  readonly text: string;
  /** Comments blanked out, lines kept. */
  readonly code: string;
}

/** Strings are skipped over, so that `https://…` is no comment; comments become blanks. */
const STRING_OR_COMMENT = /('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`)|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g;
export const withoutComments = (text: string): string =>
  text.replace(STRING_OR_COMMENT, (whole, string: string | undefined) => string ?? whole.replace(/[^\n]/g, ' '));

/** Every TypeScript file below a folder, but what Prisma generates. */
export function sourcesBelow(folder: string): readonly Source[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => `${folder}/${path.split(sep).join('/')}`)
    .filter((file) => /\.tsx?$/.test(file) && !file.startsWith('src/storage/generated/'))
    .sort()
    .map((file) => {
      const text = readFileSync(join(ROOT, file), 'utf8');
      return { file, text, code: withoutComments(text) };
    });
}

/** Files that git keeps or would keep (not ignored), from the root. */
export function filesOfProject(): readonly string[] {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  return [...new Set(listed.split('\0').filter((file) => file !== ''))].sort();
}

export interface Import {
  readonly from: string;
  readonly line: number;
  /** As written. */
  readonly specifier: string;
  /** Names types only, and is gone at run time. */
  readonly typeOnly: boolean;
  /** For a relative import: the file it leads to, from the root. */
  readonly target: string | null;
}

const IMPORT =
  /\b(import|export)\s+(type\s+)?(?:[^'"`;]*?\sfrom\s+)?(['"])([^'"\n]+)\3|\bimport\s*\(\s*(['"])([^'"\n]+)\5/g;

export function importsOf({ file, code }: Source): readonly Import[] {
  return [...code.matchAll(IMPORT)].map((match) => {
    const specifier = match[4] ?? match[6] ?? '';
    const names = /\{([^}]*)\}\s+from/.exec(match[0])?.[1];
    const allTypes =
      names !== undefined && names.split(',').every((name) => name.trim() === '' || /^\s*type\s/.test(name));
    const target = specifier.startsWith('.') ? posix.normalize(posix.join(dirname(file), specifier)) : null;
    const line = code.slice(0, match.index).split('\n').length;
    return { from: file, line, specifier, typeOnly: match[2] !== undefined || allTypes, target };
  });
}

/** The package that a bare import means: `libphonenumber-js/max` is `libphonenumber-js`. */
export const packageOf = (specifier: string): string =>
  specifier.startsWith('node:')
    ? specifier
    : specifier
        .split('/')
        .slice(0, specifier.startsWith('@') ? 2 : 1)
        .join('/');

/** `src/channels/zalo/token.ts` lies in `channels/zalo`, `src/faq/rank.ts` in `faq`, `src/main.ts` in `main.ts`. */
export function roomOf(file: string): string {
  const parts = relative('src', file).split(sep);
  return parts[0] === 'channels' && parts.length > 2 ? `channels/${parts[1] ?? ''}` : (parts[0] ?? '');
}
