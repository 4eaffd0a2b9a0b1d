/**
 * A question as typed → weighted units that the index knows. Repairs, corrects spelling by the neighbours of a word, sets
 * aside courtesy and little words, finds concepts, and trusts the clause that asks more than the tale around it.
 */
import { isFoldedSyllable, repair, soundOf, tokenize, type Token } from '../language/index.ts';
import { isStop, provinceUnit, type FaqIndex } from './faq-index.ts';
import { findPhrases, type Found } from './phrases.ts';

export interface QueryUnit {
  readonly unit: string;
  readonly weight: number;
  /** The unit of the exact form, when the asker typed diacritics. */
  readonly form?: string;
  /** Positions of the words it covers. */
  readonly at: readonly number[];
}

export interface Query {
  readonly words: readonly Token[];
  /** By position: what the word counts, 0 for courtesy and little words. */
  readonly weights: readonly number[];
  readonly units: readonly QueryUnit[];
  /** Phrases of neighbouring subjects. */
  readonly foreign: readonly string[];
  readonly provinces: readonly string[];
  /** Share of the words that spelling had to guess. */
  readonly guessed: number;
}

export const WEIGHTS = {
  word: 1,
  pair: 0.15,
  mixedPair: 0.25,
  little: 0.4,
  littlePair: 0.1,
  thing: 1.6,
  province: 1,
  ask: 0.9,
  looseNumber: 0.25,
  tale: 0.75,
  longTale: 22,
  /** A concept found by one word typed without diacritics: it may be another word. */
  bareWord: 0.5,
};

export function readQuery(text: string, index: FaqIndex): Query {
  const { lexicon, parts } = index;
  const typed = tokenize(parts.repair ? repair(text, lexicon.words) : text);
  const { tokens, trust } = parts.spelling ? spell(typed, index) : { tokens: typed, trust: typed.map(() => 1) };
  const { polite, little } = setAside(tokens, index);
  const clauses = clauseWeights(tokens, index);
  const weights = tokens.map((token, at) =>
    polite.has(at) || little.has(at)
      ? 0
      : (trust[at] ?? 1) * (clauses[at] ?? 1) * (isLooseNumber(tokens, at, index) ? WEIGHTS.looseNumber : 1),
  );
  const places = findPhrases(lexicon.provinces, tokens);
  return {
    words: tokens,
    weights,
    units: [
      ...unitsOf({ tokens, weights, clauses, polite }, index),
      ...places.map(({ id, at, strength }) => ({ unit: provinceUnit(id), weight: WEIGHTS.province * strength, at })),
    ],
    foreign: findPhrases(lexicon.outOfScope, tokens)
      .filter(({ strength }) => strength === 1)
      .map(({ id }) => id),
    provinces: [...new Set(places.map(({ id }) => id))],
    guessed: tokens.length === 0 ? 0 : trust.filter((each) => each < 1).length / tokens.length,
  };
}

interface Read {
  readonly tokens: readonly Token[];
  readonly weights: readonly number[];
  readonly clauses: readonly number[];
  readonly polite: ReadonlySet<number>;
}

function unitsOf({ tokens, weights, clauses, polite }: Read, index: FaqIndex): QueryUnit[] {
  const { lexicon, parts } = index;
  const units = new Map<string, QueryUnit>();
  const add = (unit: QueryUnit) => {
    const kept = units.get(unit.unit);
    if (!kept || kept.weight < unit.weight) units.set(unit.unit, { ...unit, at: [...(kept?.at ?? []), ...unit.at] });
  };
  for (const [at, token] of tokens.entries()) {
    if (polite.has(at)) continue;
    const weight = weights[at] ?? 0;
    const form = parts.tones && token.exact ? { form: `=${token.form}` } : {};
    add({ unit: token.key, weight: weight === 0 ? WEIGHTS.little : weight * WEIGHTS.word, at: [at], ...form });
    if (!parts.pairs || at === 0 || token.opens || polite.has(at - 1)) continue;
    add({
      unit: `${tokens[at - 1]?.key} ${token.key}`,
      weight: pairWeight(weight, weights[at - 1] ?? 0),
      at: [at - 1, at],
    });
  }
  if (!parts.concepts) return [...units.values()];
  const found = findPhrases(lexicon.concepts, tokens);
  for (const { id, at, strength } of found.filter((each) => isMeant(each, found, { tokens, weights }))) {
    const kind = lexicon.asks.has(id) ? WEIGHTS.ask : WEIGHTS.thing;
    const bare = at.length === 1 && tokens[at[0] ?? 0]?.exact === false ? WEIGHTS.bareWord : 1;
    add({ unit: `#${id}`, weight: kind * bare * strength * (clauses[at[0] ?? 0] ?? 1), at });
  }
  return [...units.values()];
}

/**
 * A phrase of one word is easily found by chance: not in a little word without diacritics («co» is «có», not «cò»), nor
 * inside a longer phrase («điều kiện» is no «kiện»).
 */
function isMeant(
  { id, at }: Found,
  all: readonly Found[],
  { tokens, weights }: Pick<Read, 'tokens' | 'weights'>,
): boolean {
  const [only = 0] = at;
  if (at.length > 1) return true;
  if (weights[only] === 0 && tokens[only]?.exact === false) return false;
  return !all.some(
    (other) => other.id !== id && other.strength === 1 && other.at.length > 1 && other.at.includes(only),
  );
}

/** Two words of meaning, one and a little word («làm nghề»), or two little ones («một mình»). */
function pairWeight(one: number, other: number): number {
  if (one > 0 && other > 0) return Math.min(one, other) * WEIGHTS.pair;
  return one + other > 0 ? Math.max(one, other) * WEIGHTS.mixedPair : WEIGHTS.littlePair;
}

/** Positions of courtesy, which counts nothing, and of little words, which count a little. */
function setAside(
  tokens: readonly Token[],
  { lexicon, parts }: FaqIndex,
): { polite: Set<number>; little: Set<number> } {
  if (!parts.courtesy) return { polite: new Set(), little: new Set() };
  const courtesy = findPhrases(lexicon.courtesy, tokens).filter(({ strength }) => strength === 1);
  const stops = tokens.flatMap((token, at) => (isStop(token, lexicon) || isBareStop(token, lexicon) ? [at] : []));
  return { polite: new Set(courtesy.flatMap(({ at }) => at)), little: new Set(stops) };
}

const bareStops = new WeakMap<ReadonlySet<string>, ReadonlySet<string>>();

/** Typed without diacritics, and a little word in every reading that is common. */
function isBareStop(token: Token, { stopForms }: FaqIndex['lexicon']): boolean {
  if (token.exact) return false;
  let bare = bareStops.get(stopForms);
  if (!bare) {
    bare = new Set([...stopForms].map((form) => tokenize(form, true)[0]?.key ?? ''));
    bareStops.set(stopForms, bare);
  }
  return bare.has(token.key);
}

/** A number counts in full only where it names something the entries know (a decree, a year). */
const isLooseNumber = (tokens: readonly Token[], at: number, { postings }: FaqIndex): boolean =>
  /^\d/.test(tokens[at]?.key ?? '') && !postings.has(tokens[at]?.key ?? '');

/** In a long message the clauses that ask weigh more than those that tell. */
function clauseWeights(tokens: readonly Token[], { lexicon }: FaqIndex): number[] {
  if (tokens.length < WEIGHTS.longTale) return tokens.map(() => 1);
  const asking = new Set<number>();
  let clause = 0;
  const clauseAt = tokens.map((token, at) => (clause += token.opens && at > 0 ? 1 : 0));
  for (const { id, at } of findPhrases(lexicon.concepts, tokens)) {
    if (lexicon.asks.has(id)) asking.add(clauseAt[at[0] ?? 0] ?? 0);
  }
  return asking.size === 0 ? tokens.map(() => 1) : clauseAt.map((each) => (asking.has(each) ? 1 : WEIGHTS.tale));
}

/** Replaces words that nobody uses by the nearest that somebody does; the neighbours decide between several. */
function spell(typed: readonly Token[], index: FaqIndex): { tokens: Token[]; trust: number[] } {
  const tokens: Token[] = [];
  const trust: number[] = [];
  for (const token of typed) {
    const parts = index.vocabulary.has(token.key) ? null : unglue(token, index);
    for (const part of parts ?? [token]) {
      tokens.push(part);
      trust.push(1);
    }
  }
  for (const [at, token] of tokens.entries()) {
    if (index.vocabulary.has(token.key)) {
      mendPair(tokens, trust, at, index);
      continue;
    }
    if (/\d/.test(token.key)) continue;
    const before = tokens[at - 1]?.key;
    const after = tokens[at + 1]?.key;
    const paired = (word: string) => index.pairs.has(`${before} ${word}`) || index.pairs.has(`${word} ${after}`);
    const odd = !isFoldedSyllable(token.key);
    const best = index
      .speller(token.key)
      .map(({ word, penalty }) => ({ word, cost: penalty - (paired(word) ? 0.25 : 0), paired: paired(word) }))
      .sort((a, b) => a.cost - b.cost)[0];
    if (!best || best.cost > (odd ? SPELLING.odd : SPELLING.syllable) || !(odd || best.paired)) continue;
    tokens[at] = { ...token, form: best.word, key: best.word, exact: false };
    trust[at] = 1 - Math.max(0.1, Math.min(0.6, best.cost + 0.1));
  }
  return { tokens, trust };
}

/** How unlike a word may be: one that is no syllable was surely mistyped, one that is may just be new to us. */
const SPELLING = { odd: 0.34, syllable: 0.15 };

/** Two known words whose pair nobody uses, but whose pair sounds like one that is used: «sử lý» → «xử lý». */
function mendPair(tokens: Token[], trust: number[], at: number, index: FaqIndex): void {
  const token = tokens[at];
  const before = tokens[at - 1];
  if (!token || !before || token.opens || index.pairs.has(`${before.key} ${token.key}`)) return;
  const pair = index.pairsBySound.get(`${soundOf(before.key)} ${soundOf(token.key)}`);
  const [first, second] = pair?.split(' ') ?? [];
  if (first === undefined || second === undefined) return;
  // A word that makes sense with its other neighbour was meant as it stands.
  if (first !== before.key && index.pairs.has(`${tokens[at - 2]?.key} ${before.key}`)) return;
  if (second !== token.key && index.pairs.has(`${token.key} ${tokens[at + 1]?.key}`)) return;
  const mend = (position: number, old: Token, word: string) => {
    if (old.key === word) return;
    tokens[position] = { ...old, form: word, key: word, exact: false };
    trust[position] = 0.8;
  };
  mend(at - 1, before, first);
  mend(at, token, second);
}

/** «khuyencong» → «khuyen», «cong»: syllables written as one, when each is known and neighbours are used as a pair. */
function unglue(token: Token, index: FaqIndex): Token[] | null {
  if (token.key.length < 5 || /\d/.test(token.key)) return null;
  const cuts = cutWord(token.key, index, 4);
  return cuts && cuts.length > 1
    ? cuts.map((key, at) => ({ form: key, key, exact: false, opens: at === 0 && token.opens }))
    : null;
}

function cutWord(rest: string, index: FaqIndex, most: number, before?: string): string[] | null {
  if (rest === '') return [];
  if (most === 0) return null;
  for (let end = Math.min(7, rest.length); end >= 2; end -= 1) {
    const head = rest.slice(0, end);
    if (!index.vocabulary.has(head) || (before !== undefined && !index.pairs.has(`${before} ${head}`))) continue;
    const tail = cutWord(rest.slice(end), index, most - 1, head);
    if (tail) return [head, ...tail];
  }
  return null;
}
