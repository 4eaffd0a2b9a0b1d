/** The clock, chance and the environment are read in the composition root and handed down. */
import { describe, expect, it } from 'vitest';
import { sourcesBelow, withoutComments } from './sources.ts';

const CLOCK_AND_CHANCE =
  /\bDate\.now\b|\bnew Date\(\s*\)|\bDate\(\s*\)|\bMath\.random\b|\brandomUUID\b|\bgetRandomValues\b/;
const ENVIRONMENT = /\bprocess\s*\.\s*env\b|\bprocess\s*\[|import\.meta\.env/;

const ROOTS = ['src/main.ts', 'src/cli/main.ts'];
/** The migrations run in a child process with an entry of its own. */
const ENVIRONMENT_ROOTS = [...ROOTS, 'src/config.ts', 'src/storage/migrate-child.ts'];

function linesWith(pattern: RegExp, allowed: readonly string[]): readonly string[] {
  return sourcesBelow('src')
    .filter(({ file }) => !allowed.includes(file))
    .flatMap(({ file, code }) =>
      code.split('\n').flatMap((line, at) => (pattern.test(line) ? [`${file}:${at + 1} ${line.trim()}`] : [])),
    );
}

describe('clock, chance and environment', () => {
  it('are read only where the program is put together', () => {
    expect(linesWith(CLOCK_AND_CHANCE, ROOTS)).toEqual([]);
    expect(linesWith(ENVIRONMENT, ENVIRONMENT_ROOTS)).toEqual([]);
  });

  it.each(['const t = Date.now();', 'new Date()', 'Math.random()', "import { randomUUID } from 'node:crypto';"])(
    'would be seen: %s',
    (line) => expect(CLOCK_AND_CHANCE.test(withoutComments(line))).toBe(true),
  );

  it.each(['new Date(0)', '// Date.now()', 'asDay("2026-11-25")'])(
    'would not be seen where it is not read: %s',
    (line) => expect(CLOCK_AND_CHANCE.test(withoutComments(line))).toBe(false),
  );
});
