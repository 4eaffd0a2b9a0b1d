/**
 * Reads an address: chooses which of its words are the commune, the old district and the province, so that all words are
 * accounted for. A word that is neither a name nor noise makes the text not understood: an unknown commune is never taken
 * for its province, nor for a unit elsewhere.
 */
import { hasMarks } from './marks.ts';
import type { PlaceIndex } from './place-index.ts';
import { longest, placePhrases, says } from './place-phrases.ts';
import { resolve, type Chosen, type PlaceReading } from './place-resolve.ts';
import { AGAINST, AGREES, EXACT, marksAt, placeSpans, placeTokens, type PlaceToken, type Span } from './place-spans.ts';
import type { Place } from './places.ts';
import { notUnderstood, understood, type Understood } from './understood.ts';
import type { ValueWords } from './value-words.ts';

/** So many readings can be offered as choices; more are asked for again. */
const MOST_CANDIDATES = 5;
const MOST_TOKENS = 40;
/** The search gives up behind so many steps: nobody writes such an address. */
const MOST_STEPS = 60_000;

/** A swallowed word costs 1, which always stays below the next: marks against a name, a typo, an unknown word. */
const SWALLOWED_COST = 1;
/** Small change: a word taken for courtesy that may be part of a name («Nam» for «nằm»), and an unusual order. */
const FILLER_COST = 0.01;
const ORDER_COST = 0.001;
const AGAINST_COST = 100;
const TYPO_COST = 1000;
const UNKNOWN_COST = 10_000;

export function readPlace(text: string, words: ValueWords, index: PlaceIndex): Understood<Place> {
  const tokens = placeTokens(text, index);
  if (tokens.length === 0) return notUnderstood('empty');
  if (tokens.length > MOST_TOKENS) return notUnderstood('too-long');
  const phrases = placePhrases(words);
  if (says(tokens, phrases.abroad)) return notUnderstood('abroad');
  if (says(tokens, phrases.nationwide)) return notUnderstood('whole-country');
  const strict = new Search(tokens, words, index, false).run();
  const found = strict.best === null ? new Search(tokens, words, index, true).run() : strict;
  if (found.best === null) return notUnderstood(found.sawName ? 'unknown-unit' : 'no-place');
  return settle(found.best, text, index);
}

interface Parse {
  readonly cost: number;
  readonly rank: number;
  readonly chosen: readonly Chosen[];
  readonly readings: readonly PlaceReading[];
  readonly others: readonly PlaceReading[];
  readonly noisy: boolean;
}

class Search {
  private readonly tokens: readonly PlaceToken[];
  private readonly index: PlaceIndex;
  /** At each token: number of words of noise, of courtesy, of a type. */
  private readonly noiseAt: readonly number[];
  private readonly fillerAt: readonly number[];
  private readonly markAt: readonly number[];
  private readonly spansAt: readonly (readonly Span[])[];
  private best: Parse | null = null;
  private sawName = false;
  private steps = 0;

  constructor(tokens: readonly PlaceToken[], words: ValueWords, index: PlaceIndex, loose: boolean) {
    this.tokens = tokens;
    this.index = index;
    const phrases = placePhrases(words);
    this.noiseAt = tokens.map((_, at) => longest(tokens, at, phrases.noise));
    this.fillerAt = tokens.map((_, at) => longest(tokens, at, phrases.fillers));
    this.markAt = tokens.map((_, at) => marksAt(tokens, at, words).length);
    const spans = placeSpans(tokens, words, index, loose);
    this.spansAt = tokens.map((_, at) =>
      spans.filter(({ start }) => start === at).sort((one, other) => other.end - one.end),
    );
  }

  run(): { readonly best: Parse | null; readonly sawName: boolean } {
    this.walk(0, [], [], 0);
    return { best: this.best, sawName: this.sawName };
  }

  /** Goes on from a token with what was chosen, the unknown words so far, and the cost of noise and typos. */
  private walk(at: number, chosen: readonly Chosen[], unknown: readonly number[], cost: number): void {
    this.steps += 1;
    if (this.steps > MOST_STEPS) return;
    if (this.best !== null && cost + (unknown.length > 0 ? UNKNOWN_COST : 0) > this.best.cost) return;
    if (at >= this.tokens.length) {
      this.judge(chosen, unknown, cost);
      return;
    }
    for (const span of this.spansAt[at] ?? []) {
      for (const level of levelsOf(span, chosen, this.index))
        this.walk(span.end, [...chosen, { span, level }], unknown, cost + spanCost(span, level));
    }
    const noise = this.noiseAt[at] ?? 0;
    if (noise > 0) this.swallow(at + noise, chosen, unknown, cost);
    const filler = this.fillerAt[at] ?? 0;
    const mark = this.markAt[at] ?? 0;
    if (filler > 0) this.walk(at + filler, chosen, unknown, cost + FILLER_COST);
    else if (noise === 0) this.walk(at + 1, chosen, [...unknown, at], cost + (mark > 0 ? SWALLOWED_COST : 0));
  }

  /** A hamlet or street takes at least one word behind it, and no break. */
  private swallow(from: number, chosen: readonly Chosen[], unknown: readonly number[], cost: number): void {
    let at = from;
    while (at < this.tokens.length && (at === from || !this.tokens[at]?.afterBreak)) {
      if (at === from && this.tokens[at]?.afterBreak === true) break;
      at += 1;
      this.walk(at, chosen, unknown, cost + (at - from) * SWALLOWED_COST);
    }
  }

  private judge(chosen: readonly Chosen[], unknown: readonly number[], cost: number): void {
    if (chosen.length === 0) return;
    this.sawName = true;
    const total = cost + unknown.length * UNKNOWN_COST + ORDER_COST * turns(chosen);
    if (!this.areDetails(unknown, chosen) || this.isVillageOnly(chosen) || isOneLooseWord(chosen)) return;
    const noisy = Math.floor(cost) % AGAINST_COST > 0;
    const rank = rankOf(chosen);
    if (this.best !== null && (total > this.best.cost || (total === this.best.cost && rank > this.best.rank))) return;
    const { readings, others } = resolve(chosen, this.index);
    if (readings.length === 0) return;
    const same = this.best !== null && this.best.cost === total && this.best.rank === rank ? this.best : null;
    this.best = {
      cost: total,
      rank,
      chosen: same?.chosen ?? chosen,
      readings: [...(same?.readings ?? []), ...readings],
      others: [...(same?.others ?? []), ...others],
      noisy,
    };
  }

  /** Unknown words are hamlet and street only before a commune whose type was typed, and not behind a type themselves. */
  private areDetails(unknown: readonly number[], chosen: readonly Chosen[]): boolean {
    if (unknown.length === 0) return true;
    const unit = chosen.find(({ span, level }) => level === 'unit' && span.marks.length > 0 && !span.typo)?.span;
    if (unit === undefined) return false;
    return unknown.every((at) => {
      const behindType = (this.markAt[at] ?? 0) > 0;
      return at < unit.start && !behindType && !this.isBehindType(at);
    });
  }

  /** «làng nghề Bát Tràng, Gia Lâm» is the commune of that name in the old district; without a district who knows. */
  private isVillageOnly(chosen: readonly Chosen[]): boolean {
    const behindNoise = ({ start }: Span) => [1, 2].some((back) => this.noiseAt[start - back] === back);
    return (
      chosen.some(({ span, level }) => level === 'unit' && span.marks.length === 0 && behindNoise(span)) &&
      !chosen.some(({ level }) => level === 'district')
    );
  }

  private isBehindType(at: number): boolean {
    return [1, 2].some((back) => at >= back && this.markAt[at - back] === back);
  }
}

/** «ở quê» is not the old town of Quế: one syllable alone must carry the marks of the name. */
const isOneLooseWord = ([only, ...others]: readonly Chosen[]): boolean =>
  only?.level === 'unit' &&
  others.length === 0 &&
  only.span.marks.length === 0 &&
  only.span.end - only.span.start === 1 &&
  only.span.hits.every(({ named, marks }) => marks !== EXACT && !named.name.includes(' '));

/** How often a greater place stands before a smaller one. */
const turns = (chosen: readonly Chosen[]): number =>
  chosen.slice(1).filter(({ level }, at) => SIZE[level] < SIZE[chosen[at]?.level ?? level]).length;

const SIZE = { unit: 0, district: 1, province: 2 };

/** The levels that a span may take beside what was chosen: two communes (old and new), one district, two provinces. */
function levelsOf(span: Span, chosen: readonly Chosen[], index: PlaceIndex): Chosen['level'][] {
  const taken = (level: Chosen['level']) => chosen.filter((each) => each.level === level).length;
  const has = (...kinds: string[]) => span.hits.some(({ named }) => kinds.includes(named.kind));
  const typed = (level: Chosen['level']) => span.marks.length === 0 || span.marks.some((mark) => mark.level === level);
  const levels: Chosen['level'][] = [];
  if (typed('unit') && has('unit', 'old') && taken('unit') < 2 && fitsMarks(span, 'unit')) levels.push('unit');
  if (typed('district') && has('district') && taken('district') < 1) levels.push('district');
  if (typed('province') && has('province') && taken('province') < 2 && isProvinceType(span, index))
    levels.push('province');
  return levels;
}

/** A commune whose marks speak against every name is another, unknown one. */
const fitsMarks = (span: Span, kind: 'unit'): boolean =>
  span.hits.some(({ named, marks }) => (named.kind === kind || named.kind === 'old') && marks < AGAINST);

/** «TP Thanh Hóa» is the old city in the province, not the province. */
function isProvinceType(span: Span, index: PlaceIndex): boolean {
  const types = span.marks.filter(({ level }) => level === 'province').map(({ type }) => type);
  if (!types.includes('thanh-pho') || types.includes('tinh')) return true;
  return span.hits.some(({ named }) => named.kind === 'province' && index.provinces[named.at]?.city === true);
}

function spanCost(span: Span, level: Chosen['level']): number {
  const kinds = level === 'unit' ? ['unit', 'old'] : [level];
  const best = Math.min(...span.hits.filter(({ named }) => kinds.includes(named.kind)).map(({ marks }) => marks));
  return (span.typo ? TYPO_COST : 0) + (best > AGREES ? AGAINST_COST : 0);
}

/** Which of two full explanations is preferred: a lone name is a province before a commune; else the commune. */
function rankOf(chosen: readonly Chosen[]): number {
  const has = (level: Chosen['level']) => chosen.some((each) => each.level === level);
  if (chosen.length === 1) return has('province') ? 0 : has('unit') ? 1 : 2;
  if (has('unit')) return chosen.filter(({ level }) => level === 'unit').length > 1 ? 2 : has('province') ? 0 : 1;
  return has('district') ? 3 : 4;
}

function settle(parse: Parse, text: string, index: PlaceIndex): Understood<Place> {
  const hasUnit = parse.readings.some(({ unit }) => unit !== null);
  if (!hasUnit && parse.noisy) return notUnderstood('no-unit');
  const best = bestMarks([...parse.readings, ...parse.others], text);
  const readings = parse.readings.filter(({ marks }) => marks <= best);
  const others = parse.others.filter(({ marks }) => marks <= best);
  const typed = readings.length > 0 ? readings : others;
  const places = distinct(typed, index);
  const elsewhere = (readings.length > 0 ? distinct(others, index) : []).filter(
    (other) => !places.some((place) => place.unitCode === other.unitCode),
  );
  const named = parse.chosen.some(({ level }) => level !== 'unit');
  const all = named ? places : [...places, ...elsewhere];
  const [only] = all;
  if (all.length > 1 || only === undefined) {
    const district = parse.chosen.every(({ level }) => level !== 'unit') ? 'district-only' : 'many-places';
    return all.length > MOST_CANDIDATES ? notUnderstood(district) : notUnderstood('ambiguous-place', all);
  }
  const sure = named && elsewhere.length === 0 && typed.every(({ old, marks }) => old === undefined && marks <= AGREES);
  const isSure = sure && !parse.chosen.some(({ span }) => span.typo);
  if (elsewhere.length === 0) return understood(only, isSure);
  return { understood: true, value: only, sure: isSure, others: elsewhere.slice(0, MOST_CANDIDATES) };
}

/** Marks decide where they were typed: only the readings that they fit best remain. */
function bestMarks(readings: readonly PlaceReading[], text: string): number {
  const best = Math.min(...readings.map(({ marks }) => marks));
  return hasMarks(text) ? best : Math.max(best, 2 * AGREES);
}

function distinct(readings: readonly PlaceReading[], index: PlaceIndex): Place[] {
  const places = new Map<string, Place>();
  for (const reading of readings) {
    const key = `${reading.unit}|${reading.unit === null ? reading.province : ''}`;
    if (!places.has(key)) places.set(key, placeOf(reading, index));
  }
  return [...places.values()];
}

function placeOf({ unit, province, old, former }: PlaceReading, index: PlaceIndex): Place {
  const known = unit === null ? undefined : index.units[unit];
  const before = old === undefined ? undefined : index.oldUnits[old];
  const district = before === undefined ? undefined : index.districts[before.district];
  const formerly = before === undefined ? undefined : `${lowerFirst(before.name)}, ${lowerFirst(district?.name ?? '')}`;
  return {
    province,
    unitType: known?.type ?? null,
    unit: known?.name ?? null,
    ...(known === undefined ? {} : { unitCode: known.code }),
    ...(former === undefined ? {} : { formerProvince: former }),
    ...(formerly === undefined ? {} : { formerly }),
  };
}

const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);
