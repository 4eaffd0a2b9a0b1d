/**
 * Word lists of `content/lexicon` that reading and searching need. They speak of the language and of the subject, not of
 * one set of entries, and are edited like all content. A phrase is words between spaces; `…` in a phrase of a concept or
 * a wish stands for up to three words of any kind.
 */

/** «mô» → «đâu», «kc» → «khuyến công»: what was said and what it means, by the words around it. The first that fits wins. */
export interface Rewriting {
  /** One to four words, lower case, compared as typed (diacritics count). */
  readonly said: string;
  readonly means: string;
  /** Only when one of these words (folded) is within five words. */
  readonly near?: readonly string[];
  /** Only when (never when) the next word, folded, is one of these; `#` stands for any number. */
  readonly before?: readonly string[];
  readonly notBefore?: readonly string[];
  /** Only when (never when) the word before, folded, is one of these. */
  readonly after?: readonly string[];
  readonly notAfter?: readonly string[];
}

/** One notion and the ways in which people say it. */
export interface Concept {
  readonly id: string;
  /** `ask`: what is asked about a thing (how much, where, when); `thing`: what it is about. */
  readonly kind: 'thing' | 'ask';
  readonly said: readonly string[];
}

/** A wish directed at the bot itself, recognised when the words are little else. */
export interface Wish {
  readonly id: string;
  readonly said: readonly string[];
}

export interface SearchWords {
  readonly abbreviations: readonly Rewriting[];
  readonly dialect: readonly Rewriting[];
  /** Words of other languages that look like leftover Telex keys («test», «max»). */
  readonly foreign: readonly string[];
  /** Phrases without meaning for the search: greetings, politeness. */
  readonly courtesy: readonly string[];
  /** Little words that carry no subject. */
  readonly stopWords: readonly string[];
  readonly concepts: readonly Concept[];
  /** Phrases of neighbouring subjects (khuyến nông, vay ngân hàng …): unexplained, they forbid an answer. */
  readonly outOfScope: readonly string[];
  readonly wishes: readonly Wish[];
  /** Words that may stand around a wish («muốn», «giúp», «bot») without making it a question. */
  readonly wishFillers: readonly string[];
}

export const noSearchWords: SearchWords = {
  abbreviations: [],
  dialect: [],
  foreign: [],
  courtesy: [],
  stopWords: [],
  concepts: [],
  outOfScope: [],
  wishes: [],
  wishFillers: [],
};
