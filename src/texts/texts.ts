/**
 * The words of the bot: a text is named by key and language, found by i18next (with its plurals), read as light Markdown,
 * and only then filled with values. So a value typed by a person is never read as markup.
 */
import { createInstance, type i18n } from 'i18next';
import type { Block, Label, RenderedBlock, Run, TextTree, Values } from '../content/index.ts';
import { fillRuns, type Filler } from './fill.ts';
import { writeValue, type WordFinder } from './formats.ts';
import { readInline, readMarkdown, type MarkdownBlock } from './markdown.ts';

/** The language in which everything is written first. */
export const SOURCE_LANGUAGE = 'vi';

export interface Texts {
  /** A label as plain text, for buttons and the command line: no markup, one look. */
  label(label: Label, lang: string): string;
  /** A label as runs, for a line of a list. */
  runs(label: Label, lang: string): readonly Run[];
  /** Blocks of a message as paragraphs, lists and files. */
  blocks(blocks: readonly Block[], lang: string): readonly RenderedBlock[];
  /** True when the key has words in the source language. */
  has(key: string): boolean;
}

interface Found {
  readonly template: string;
  /** The words are of the bot, so their line breaks count; words of a content item are folded like Markdown. */
  readonly keepsLines: boolean;
  /** They stand in the source language though another was asked for. */
  readonly fallback: boolean;
  /** The template as one line, and as paragraphs; read when first asked for. */
  readonly line: () => readonly Run[];
  readonly parts: () => readonly MarkdownBlock[];
}

/** Makes the texts of a pack (`pack.texts`). Costs a few milliseconds: make it once a pack. */
export function createTexts(trees: Readonly<Record<string, TextTree>>): Texts {
  const i18n = startI18next(trees);
  const known = new Map<string, Found>();
  /** A text is looked up and read once a pack, unless its words depend on a number. */
  const find = (label: Label, lang: string): Found => {
    if ('words' in label || label.values?.['count'] !== undefined) return findTemplate(i18n, label, lang);
    const name = `${lang} ${label.key}`;
    const found = known.get(name) ?? findTemplate(i18n, label, lang);
    known.set(name, found);
    return found;
  };
  const word: WordFinder = (key, lang) => find({ key }, lang).template;
  const filler = (values: Values | undefined, lang: string): Filler => {
    return (name) => {
      const value = values?.[name];
      return value === undefined ? null : writeValue(value, { lang, word, label: (inner) => plain(inner, lang) });
    };
  };
  const valuesOf = (label: Label) => ('key' in label ? label.values : undefined);

  function runs(label: Label, lang: string): readonly Run[] {
    const found = find(label, lang);
    return mark(found, fillRuns(found.line(), filler(valuesOf(label), lang)), word, lang);
  }
  const plain = (label: Label, lang: string): string =>
    runs(label, lang)
      .map((run) => run.text)
      .join('');

  function textBlock(block: Extract<Block, { kind: 'text' }>, lang: string, marksWords: boolean): RenderedBlock[] {
    const named = find(block.text, lang);
    const found = 'words' in block.text && marksWords ? { ...named, fallback: true } : named;
    const fill = filler(valuesOf(block.text), lang);
    const look = (line: readonly Run[]) => inTone(fillRuns(line, fill), block.tone);
    return found
      .parts()
      .map((part, at) => renderPart(part, (line) => (at === 0 ? mark(found, look(line), word, lang) : look(line))));
  }

  return {
    runs,
    label: plain,
    has: (key) => i18n.exists(key, { lng: SOURCE_LANGUAGE }),
    blocks: (blocks, lang) => {
      // Words of content exist in the source language only; the first of them in a message says so for all.
      const firstWords = lang === SOURCE_LANGUAGE ? undefined : blocks.find(isWords);
      return blocks.flatMap((block): RenderedBlock[] => {
        if (block.kind === 'file') return [block];
        if (block.kind === 'text') return textBlock(block, lang, block === firstWords);
        const items = block.items.map((item, at) => {
          const inWords = runs(item, lang);
          return inTone(block === firstWords && at === 0 ? markedAsWords(inWords, word, lang) : inWords, block.tone);
        });
        if (items.length === 0) return [];
        return [block.as === undefined ? { kind: 'list', items } : lines(items, block.as === 'numbers')];
      });
    },
  };
}

/** Items one under the other in a paragraph, numbered or with the marks that they bring. */
const lines = (items: readonly (readonly Run[])[], numbered: boolean): RenderedBlock => ({
  kind: 'paragraph',
  runs: items.flatMap((item, at) => [
    ...(at === 0 ? [] : [{ text: '\n' }]),
    ...(numbered ? [{ text: `${at + 1}. ` }] : []),
    ...item,
  ]),
});

const isWords = (block: Block): boolean =>
  block.kind === 'text' ? 'words' in block.text : block.kind === 'list' && block.items.some(hasWords);

/** A line of a list is of words when it is made of them: a condition, the short name of a question. */
const hasWords = (label: Label): boolean =>
  'words' in label ||
  Object.values(label.values ?? {}).some(
    (value) => typeof value === 'object' && 'label' in value && 'words' in value.label,
  );

function startI18next(trees: Readonly<Record<string, TextTree>>): i18n {
  const instance = createInstance();
  void instance.init({
    initAsync: false,
    lng: SOURCE_LANGUAGE,
    fallbackLng: SOURCE_LANGUAGE,
    resources: Object.fromEntries(Object.entries(trees).map(([lang, tree]) => [lang, { translation: tree }])),
    returnNull: false,
  });
  return instance;
}

/** A key without any words is a fault of the pack (`content check` names it); the key itself then shows. */
function findTemplate(i18n: i18n, label: Label, lang: string): Found {
  if ('words' in label) return foundOf(label.words.trim(), false, false);
  const count = label.values?.['count'];
  const options = { lng: lang, skipInterpolation: true, ...(typeof count === 'number' ? { count } : {}) };
  const template: unknown = i18n.t(label.key, options);
  const fallback = lang !== SOURCE_LANGUAGE && !i18n.exists(label.key, { ...options, fallbackLng: false });
  return foundOf(typeof template === 'string' ? template.trim() : label.key, true, fallback);
}

function foundOf(template: string, keepsLines: boolean, fallback: boolean): Found {
  let line: readonly Run[] | undefined;
  let parts: readonly MarkdownBlock[] | undefined;
  return {
    template,
    keepsLines,
    fallback,
    line: () => (line ??= readInline(template)),
    parts: () => (parts ??= readMarkdown(template, { keepLines: keepsLines })),
  };
}

/** Words that had to fall back to the source language say so. */
function mark(found: Found, runs: readonly Run[], word: WordFinder, lang: string): readonly Run[] {
  return found.fallback ? markedAsWords(runs, word, lang) : runs;
}

const markedAsWords = (runs: readonly Run[], word: WordFinder, lang: string): readonly Run[] => [
  { text: `${word('format.fallback', lang)} `, quiet: true },
  ...runs,
];

function inTone(runs: readonly Run[], tone: 'bold' | 'quiet' | undefined): readonly Run[] {
  if (tone === undefined) return runs;
  return runs.map((run) => (tone === 'bold' ? { ...run, bold: true } : { ...run, quiet: true }));
}

function renderPart(part: MarkdownBlock, look: (line: readonly Run[]) => readonly Run[]): RenderedBlock {
  return part.kind === 'list'
    ? { kind: 'list', items: part.items.map(look) }
    : { kind: 'paragraph', runs: look(part.runs) };
}
