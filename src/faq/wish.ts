/**
 * Wishes for the bot itself («cho gặp cán bộ», «chào», «xóa dữ liệu»), told from questions that mention the same words
 * («nộp hồ sơ ở đâu»): a wish is there when nothing of weight stands around it.
 */
import { repair, tokenize, type SearchWords } from '../language/index.ts';
import { lexiconOf, type Lexicon } from './lexicon.ts';
import { findPhrases } from './phrases.ts';

const lexicons = new WeakMap<SearchWords, Lexicon>();

/** The id of the wish in a text, or null when it is something else. Of several the one said in the most words. */
export function findIntent(text: string, words: Lexicon | SearchWords): string | null {
  const lexicon = 'known' in words ? words : lexiconFor(words);
  const tokens = tokenize(repair(text.slice(0, 300), lexicon.words));
  const found = findPhrases(lexicon.wishes, tokens).filter(({ strength }) => strength === 1);
  if (found.length === 0) return null;
  const around = [lexicon.courtesy, lexicon.fillers].flatMap((book) => findPhrases(book, tokens));
  const covered = new Set([...found, ...around].flatMap(({ at }) => at));
  if (tokens.some(({ key }, at) => !covered.has(at) && !/^[a-z]*\d+$/.test(key))) return null;
  return [...found].sort((a, b) => b.at.length - a.at.length || (a.at[0] ?? 0) - (b.at[0] ?? 0))[0]?.id ?? null;
}

function lexiconFor(words: SearchWords): Lexicon {
  const lexicon = lexicons.get(words) ?? lexiconOf(words);
  lexicons.set(words, lexicon);
  return lexicon;
}
