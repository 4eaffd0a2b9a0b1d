/**
 * The index over the FAQ entries: for each unit of meaning (a syllable, a pair of neighbouring syllables, a concept of
 * the lexicon) the entries that have it and how strongly. Built once when a content pack is loaded.
 */
import type { FaqEntry, Province } from '../content/index.ts';
import {
  buildSpeller,
  fold,
  soundOf,
  tokenize,
  type SearchWords,
  type Speller,
  type Token,
} from '../language/index.ts';
import { lexiconOf, type Lexicon } from './lexicon.ts';
import { findPhrases } from './phrases.ts';

/** Which parts take part; all do, except in the table that shows what each is worth. */
export interface Parts {
  readonly repair: boolean;
  readonly spelling: boolean;
  readonly pairs: boolean;
  readonly tones: boolean;
  readonly concepts: boolean;
  readonly courtesy: boolean;
}

export const ALL_PARTS: Parts = {
  repair: true,
  spelling: true,
  pairs: true,
  tones: true,
  concepts: true,
  courtesy: true,
};

export interface IndexedEntry {
  readonly entry: FaqEntry;
  /** Unit → weight, 0 … 1. */
  readonly units: ReadonlyMap<string, number>;
  /** The same of questions and keywords alone: what the entry is about, not what it mentions. */
  readonly heads: ReadonlySet<string>;
  /** One row of units for each way of asking. */
  readonly variants: readonly Variant[];
}

export interface Variant {
  readonly units: ReadonlyMap<string, number>;
  readonly norm: number;
}

interface Posting {
  readonly entries: number[];
  readonly weights: number[];
}

export interface FaqIndex {
  readonly entries: readonly IndexedEntry[];
  readonly postings: ReadonlyMap<string, Posting>;
  readonly lexicon: Lexicon;
  readonly parts: Parts;
  readonly speller: Speller;
  /** Folded words of the entries and the lexicon. */
  readonly vocabulary: ReadonlySet<string>;
  /** Pairs of neighbouring folded words of the entries, and by sound. */
  readonly pairs: ReadonlySet<string>;
  readonly pairsBySound: ReadonlyMap<string, string>;
  /** Rarity of a unit: about 0 for one that all entries share. */
  readonly rarity: (unit: string) => number;
}

export interface IndexOptions {
  readonly provinces?: Iterable<Province>;
  readonly parts?: Parts;
  /** Entries that are not searched but tell how common words are; a small folder says little about that. */
  readonly background?: Iterable<FaqEntry>;
}

export const FIELD = { title: 1.25, question: 0.8, keyword: 1, answer: 0.25 };

export function buildFaqIndex(entries: Iterable<FaqEntry>, words: SearchWords, options: IndexOptions = {}): FaqIndex {
  const parts = options.parts ?? ALL_PARTS;
  const lexicon = lexiconOf(words, options.provinces);
  const indexed = [...entries].map((entry) => indexEntry(entry, lexicon, parts));
  const postings = new Map<string, Posting>();
  for (const [at, { units }] of indexed.entries()) {
    for (const [unit, weight] of units) {
      const posting = postings.get(unit) ?? { entries: [], weights: [] };
      posting.entries.push(at);
      posting.weights.push(weight);
      postings.set(unit, posting);
    }
  }
  const others = [...(options.background ?? [])].map((entry) => indexEntry(entry, lexicon, parts).heads);
  const rarities = raritiesOf([...indexed.map(({ units }) => units), ...others]);
  const rarityOf = (having: number): number => rarityAmong(indexed.length + others.length, having);
  const unheard = rarityOf(1);
  const rarity = (unit: string): number => rarities.get(unit) ?? unheard;
  const bareStop = new Set([...lexicon.stopForms].map(fold));
  const pairs = new Set([...postings.keys()].filter((unit) => unit.includes(' ') && !unit.startsWith('!')));
  const vocabulary = new Set([...[...postings.keys()].filter((unit) => /^[^ #=!@]+$/.test(unit)), ...lexicon.known]);
  return {
    entries: indexed.map((each) => ({
      ...each,
      variants: each.variants.map((variant) => weigh(variant.units, rarity)),
    })),
    postings,
    lexicon,
    parts,
    speller: buildSpeller(vocabulary),
    vocabulary,
    pairs,
    pairsBySound: new Map(
      [...pairs]
        .filter((pair) => !pair.split(' ').some((word) => bareStop.has(word)))
        .map((pair) => [pair.split(' ').map(soundOf).join(' '), pair]),
    ),
    rarity,
  };
}

function raritiesOf(texts: readonly { keys(): Iterable<string> }[]): ReadonlyMap<string, number> {
  const having = new Map<string, number>();
  for (const text of texts) for (const unit of text.keys()) having.set(unit, (having.get(unit) ?? 0) + 1);
  return new Map([...having].map(([unit, count]) => [unit, rarityAmong(texts.length, count)]));
}

/** Rarity of a unit that so many of all texts have. */
const rarityAmong = (all: number, having: number): number => Math.log(1 + (all - having + 0.5) / (having + 0.5));

function weigh(units: ReadonlyMap<string, number>, rarity: (unit: string) => number): Variant {
  let sum = 0;
  for (const [unit, weight] of units) if (!/^[=!]/.test(unit)) sum += (weight * rarity(unit)) ** 2;
  return { units, norm: Math.sqrt(sum) };
}

function indexEntry(entry: FaqEntry, lexicon: Lexicon, parts: Parts): IndexedEntry {
  const sum = new Map<string, number>();
  const heads = new Set<string>();
  const add = (text: string, weight: number): Map<string, number> => {
    const units = unitsOf(text, lexicon, parts);
    for (const [unit, times] of units) {
      sum.set(unit, (sum.get(unit) ?? 0) + weight * times);
      if (weight > FIELD.answer) heads.add(unit);
    }
    return units;
  };
  const variants = entry.questions.map((question, at) => add(question, at === 0 ? FIELD.title : FIELD.question));
  for (const keyword of entry.keywords) add(keyword, FIELD.keyword);
  add(plain(entry.answer), FIELD.answer);
  const units = new Map([...sum].map(([unit, weight]) => [unit, weight / (weight + 0.5)]));
  return { entry, units, heads, variants: variants.map((each) => ({ units: each, norm: 0 })) };
}

const plain = (markdown: string): string => markdown.replace(/\]\([^)]*\)/g, ' ').replace(/[*_#>[\]]/g, ' ');

/** The units of a text of ours. */
function unitsOf(text: string, lexicon: Lexicon, parts: Parts): Map<string, number> {
  const tokens = tokenize(text, true);
  const units = new Map<string, number>();
  const add = (unit: string) => units.set(unit, Math.min(2, (units.get(unit) ?? 0) + 1));
  for (const [at, token] of tokens.entries()) {
    const before = tokens[at - 1];
    if (parts.pairs && before && !token.opens) add(`${before.key} ${token.key}`);
    add(token.key);
    add(`=${token.form}`);
  }
  for (const { id } of findPhrases(lexicon.outOfScope, tokens)) add(foreignUnit(id));
  for (const { id } of findPhrases(lexicon.provinces, tokens)) add(provinceUnit(id));
  if (parts.concepts)
    for (const id of new Set(findPhrases(lexicon.concepts, tokens).map((found) => found.id))) add(`#${id}`);
  return units;
}

/** The unit of a phrase of a neighbouring subject. */
export const foreignUnit = (phrase: string): string => `!${phrase}`;

/** The unit of a province, by whatever name: «Sài Gòn» is Thành phố Hồ Chí Minh, «Thái Bình» Hưng Yên. */
export const provinceUnit = (id: string): string => `@${id}`;

export const isStop = (token: Token, lexicon: Lexicon): boolean => lexicon.stopForms.has(token.form);
