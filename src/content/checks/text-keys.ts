/**
 * The bot's own words: what the program names is there, Vietnamese first; other languages have the same keys and the same
 * places for values. A missing translation falls back to Vietnamese and says so, and one whose Vietnamese is gone is
 * shown to nobody: only warnings.
 */
import { questionId } from '../../base/index.ts';
import type { Draft } from '../draft.ts';
import { findingsIn, type Finding } from '../finding.ts';
import { textsWithin } from '../markup.ts';
import { nearest } from '../nearest.ts';
import type { Check } from './check.ts';

interface Text {
  readonly file: string;
  readonly line: number;
  readonly words: string;
}

const SOURCE = 'vi';

/** Keys of a language; `x_one` and `x_other` are the plural forms of `x`. */
function keysOf(draft: Draft, lang: string): ReadonlyMap<string, Text> {
  const keys = new Map<string, Text>();
  for (const [name, { file, item, lineOf }] of Object.entries(draft.texts[lang] ?? {})) {
    for (const [path, words] of textsWithin(item)) {
      const key = [name, ...path].join('.').replace(/_(zero|one|two|few|many|other)$/, '');
      keys.set(key, { file, line: lineOf(path), words });
    }
  }
  return keys;
}

const places = (words: string) =>
  [...new Set([...words.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map((match) => match[1] ?? ''))].sort().join(', ');

export const textKeys: Check = ({ draft, usedTexts }) => {
  const source = keysOf(draft, SOURCE);
  const others = Object.keys(draft.texts).filter((lang) => lang !== SOURCE);
  return [
    ...others.flatMap((lang) => compare(source, keysOf(draft, lang), lang, { draft, usedTexts })),
    ...(usedTexts === undefined || source.size === 0 ? [] : compareUsed(source, usedTexts, draft)),
  ];
};

function compare(
  source: ReadonlyMap<string, Text>,
  other: ReadonlyMap<string, Text>,
  lang: string,
  { draft, usedTexts = [] }: { readonly draft: Draft; readonly usedTexts: readonly string[] | undefined },
): readonly Finding[] {
  const used = usedTexts.filter((key) => key.includes('*')).map(toPattern);
  const isBroken = (language: string, key: string) => draft.broken.has(`texts/${language}/${key.split('.')[0] ?? ''}`);
  const findings: Finding[] = [];
  for (const [key, text] of source) {
    const theirs = other.get(key);
    const { error, warning } = findingsIn(theirs?.file ?? text.file);
    if (theirs === undefined) {
      if (!isBroken(lang, key)) findings.push(warning('missing-translation', text.line, { key, lang }));
    } else if (places(text.words) !== places(theirs.words)) {
      const values = { key, source: places(text.words) || '–', other: places(theirs.words) || '–' };
      findings.push(error('text-places-differ', theirs.line, values));
    }
  }
  for (const [key, text] of other) {
    if (source.has(key) || isBroken(SOURCE, key)) continue;
    // One of a family that the program names by a pattern («status.*»): only the other language tells that it is missing.
    const { error, warning } = findingsIn(text.file);
    const say = used.some((pattern) => pattern.test(key)) ? error : warning;
    findings.push(say('missing-text', text.line, { key, near: nearest(key, source.keys()) }));
  }
  return findings;
}

function compareUsed(source: ReadonlyMap<string, Text>, used: readonly string[], draft: Draft): readonly Finding[] {
  const names = new Set([...source.keys()].map((key) => key.split('.')[0] ?? ''));
  const isText = (key: string) => names.has(key.split('.')[0] ?? '') && !draft.questions.has(questionId(key));
  const exact = new Set(used.filter((key) => !key.includes('*') && isText(key)));
  const patterns = used.filter((key) => key.includes('*')).map(toPattern);
  // A key with keys below it names them all: the program goes on from there.
  const hasBelow = new Set(
    [...source.keys()].flatMap((key) => key.split('.').map((_, at, parts) => parts.slice(0, at).join('.'))),
  );
  const missing = [...exact]
    .filter(
      (key) =>
        !hasBelow.has(key) && !source.has(key) && !draft.broken.has(`texts/${SOURCE}/${key.split('.')[0] ?? ''}`),
    )
    .map((key) => {
      const file = `texts/${SOURCE}/${key.split('.')[0] ?? ''}.yaml`;
      return findingsIn(file).error('missing-text', 1, { key, near: nearest(key, source.keys()) });
    });
  const unused = [...source]
    .filter(([key]) => !exact.has(key) && !patterns.some((pattern) => pattern.test(key)))
    .filter(([key]) => !key.split('.').some((_, at, parts) => at > 0 && exact.has(parts.slice(0, at).join('.'))))
    .map(([key, { file, line }]) => findingsIn(file).warning('unused-text', line, { key }));
  return [...missing, ...unused];
}

/** `refusal.*` names every key below; a `*` within a name stands for what the program puts there. */
const toPattern = (key: string) =>
  new RegExp(
    `^${key
      .split('*')
      .map((part) => part.replace(/[.\\]/g, '\\$&'))
      .join('.+')}$`,
  );
