/**
 * A question as it may be kept for the editors: the words that the pack itself uses, the rest as «…». Names, numbers and
 * whatever else tells of a person are no words of the pack. Before consent not even the wording is kept, only its words.
 */
import { fold } from '../language/index.ts';
import type { Library } from './library.ts';

const HIDDEN = '…';
const YEAR = /^(?:19|20)\d\d$/;

export function redacted({ faq }: Library, text: string, consented: boolean): string {
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  const kept = words.map((word) => (YEAR.test(word) || isKnown(word) ? word.toLowerCase() : HIDDEN));
  const short = kept.filter((word, at) => word !== HIDDEN || kept[at - 1] !== HIDDEN);
  return short.join(consented ? ' ' : ' · ');

  function isKnown(word: string): boolean {
    const bare = fold(word);
    return !/\d{3}/.test(word) && (faq.vocabulary.has(bare) || faq.lexicon.stopForms.has(bare));
  }
}
