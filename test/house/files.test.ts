/** Names, sizes and words of the sources; nothing secret and nothing of one machine in the project. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesOfProject, ROOT, sourcesBelow } from './sources.ts';

const files = filesOfProject();
const BINARY = /\.(png|jpe?g|webp|ico|docx|xlsx|pdf|woff2?|db)$/;
const textsOf = (skip: RegExp) =>
  files
    .filter((file) => !BINARY.test(file) && !skip.test(file))
    .flatMap((file) => {
      try {
        return [{ file, text: readFileSync(join(ROOT, file), 'utf8') }];
      } catch {
        return []; // removed and not yet committed
      }
    });

describe('file names', () => {
  it('are kebab-case ASCII, in folders that are too', () => {
    const named = files.filter((file) => /^(src|test|content|prisma|docs)\//.test(file));
    const fine = /^[a-z0-9]+([-_.][a-z0-9]+)*$/;
    const exempt = /(^|\/)(README\.md|CHANGELOG\.md|CONTRIBUTING\.md)$|^test\/.*\/fixtures\/|^prisma\/migrations\//;
    expect(named.filter((file) => !exempt.test(file) && !file.split('/').every((part) => fine.test(part)))).toEqual([]);
  });

  it('say what is inside', () => {
    const drawers = /(^|\/)(utils?|helpers?|common|misc|manager|shared)(\.tsx?|\/)/;
    expect(files.filter((file) => /^(src|test)\//.test(file) && drawers.test(file))).toEqual([]);
  });
});

describe('sources', () => {
  it('have at most 300 lines, unless the header says why', () => {
    const long = sourcesBelow('src').filter(({ text }) => text.split('\n').length > 301);
    const header = (text: string) => text.split('\n').slice(0, 25).join('\n');
    expect(
      long.filter(({ text }) => !/\b(300|table|tables|long because)\b/i.test(header(text))).map(({ file }) => file),
    ).toEqual([]);
  });

  it('hold no Vietnamese words: those are content', () => {
    // base and language know the letters and shapes of the language; the address data is read by its own words.
    const vietnamese = /[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]/i;
    const found = sourcesBelow('src')
      .filter(({ file }) => !/^src\/(base\/|language\/|content\/place-table\.ts$)/.test(file))
      .flatMap(({ file, code }) =>
        code.split('\n').flatMap((line, at) => (vietnamese.test(line) ? [`${file}:${at + 1} ${line.trim()}`] : [])),
      );
    expect(found).toEqual([]);
  });

  it('are not switched off from the compiler or the linter', () => {
    const off = /@ts-(ignore|expect-error|nocheck)|eslint-disable/;
    const loose = /\bas any\b|:\s*any\b|<any>/;
    const found = [...sourcesBelow('src'), ...sourcesBelow('test')]
      .filter(({ file }) => !file.startsWith('test/house/'))
      .flatMap(({ file, text, code }) => {
        const bare = code.split('\n');
        const isOff = (line: string, at: number) => off.test(line) || loose.test(bare[at] ?? '');
        return text.split('\n').flatMap((line, at) => (isOff(line, at) ? [`${file}:${at + 1} ${line.trim()}`] : []));
      });
    expect(found).toEqual([]);
  });
});

describe('tests', () => {
  it('all run, but those in a browser where there is none', () => {
    const asleep = /\b(it|test|describe)\.(only|todo|skip|fails)\b|\.skipIf\(|\bx(it|describe)\(/;
    const found = sourcesBelow('test')
      .filter(({ file }) => file !== 'test/house/files.test.ts' && !file.startsWith('test/browser/'))
      .flatMap(({ file, code }) =>
        code.split('\n').flatMap((line, at) => (asleep.test(line) ? [`${file}:${at + 1} ${line.trim()}`] : [])),
      );
    expect(found).toEqual([]);
  });
});

describe('the project', () => {
  it('holds no secrets', () => {
    const shapes = [
      /\b\d{8,10}:AA[A-Za-z0-9_-]{32,}\b/, // Telegram bot tokens
      /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
      /\b(ghp|gho|ghs|github_pat)_[A-Za-z0-9_]{20,}/,
      /\bAKIA[0-9A-Z]{16}\b/,
      /\bsk-[A-Za-z0-9]{32,}\b/,
      /\bxox[abprs]-[A-Za-z0-9-]{10,}/,
      /\bnpm_[A-Za-z0-9]{36}\b/,
      /\beyJ[A-Za-z0-9_-]{20,}\.eyJ[A-Za-z0-9_-]{20,}\./, // signed web tokens
    ];
    const found = textsOf(/^package-lock\.json$/).filter(({ text }) => shapes.some((shape) => shape.test(text)));
    expect(found.map(({ file }) => file)).toEqual([]);
  });

  it('holds no paths of one machine and no addresses of a registry', () => {
    const machine = /(^|[\s"'`(=])\/(root|home|work|Users)\/[a-z]/m;
    const found = textsOf(/^(test\/house\/|package-lock\.json$)/).filter(({ text }) => machine.test(text));
    expect(found.map(({ file }) => file)).toEqual([]);
    const lock = readFileSync(join(ROOT, 'package-lock.json'), 'utf8');
    expect(/"resolved":\s*"https?:/.test(lock)).toBe(false);
    const registry = textsOf(/^(test\/house\/|package-lock\.json$)/).filter(({ text }) =>
      /registry\.npmjs|npmmirror/.test(text),
    );
    expect(registry.map(({ file }) => file)).toEqual([]);
  });

  it('lists the environment as the program reads it', async () => {
    const { variableNames } = await import('../../src/config.ts');
    const listed = [...readFileSync(join(ROOT, '.env.example'), 'utf8').matchAll(/^#? ?([A-Z][A-Z0-9_]+)=/gm)];
    expect(listed.map((match) => match[1]).sort()).toEqual([...variableNames].sort());
  });

  it('explains each variable of the environment on the line above', () => {
    const lines = readFileSync(join(ROOT, '.env.example'), 'utf8').split('\n');
    const bare = lines.filter(
      (line, at) => /^#? ?[A-Z][A-Z0-9_]+=/.test(line) && !/^# ?[^A-Z=]*\S/.test(lines[at - 1] ?? ''),
    );
    expect(bare).toEqual([]);
  });
});
