/** Several choices in one text: their numbers («1, 3») or their names («máy móc và nhãn hiệu»); `done` for «xong». */
import type { Question } from '../../content/index.ts';
import {
  notUnderstood,
  phraseAt,
  readYesNo,
  typedWords,
  understood,
  type Understood,
  type ValueWords,
} from '../../language/index.ts';
import { mentions, withoutCourtesy } from './choice.ts';
import { ordinalsIn } from './ordinal.ts';

/** The value of the choice that ends a multi-choice. */
export const DONE = 'done';

export function readMultiChoice(question: Question, text: string, words: ValueWords): Understood<readonly string[]> {
  const { choices } = question;
  const places = ordinalsIn(withoutDone(text, words), words, choices.length);
  if (places === 'out-of-range') return notUnderstood('no-such-number');
  if (places !== null) return understood(places.flatMap((place) => choices[place - 1]?.value ?? []));
  const typed = typedWords(text);
  if (typed.length === 0) return notUnderstood('empty');
  const asked = withoutCourtesy(typed, words);
  const says = (list: readonly string[]) =>
    list.some((phrase) => {
      const parts = typedWords(phrase);
      return (
        parts.length > 0 && [typed, asked].some((said) => said.length === parts.length && phraseAt(said, 0, parts))
      );
    });
  if (says(words.done)) return understood([DONE]);
  if (says(words.allOfThem))
    return understood(
      choices.map(({ value }) => value),
      false,
    );
  const named = mentions(choices, typed);
  if (named.some(({ denied }) => denied)) return notUnderstood('negated');
  if (/\?\s*$/.test(text)) return notUnderstood('question');
  if (named.length > 0) return understood(named.map(({ choice }) => choice.value));
  const yesNo = question.optional ? readYesNo(text, words) : null;
  return yesNo?.understood === true && yesNo.value === 'no' ? understood([DONE]) : notUnderstood('no-choice');
}

/** «1, 3 xong» is «1, 3». */
function withoutDone(text: string, words: ValueWords): string {
  const end = words.done.find((phrase) => text.trim().toLowerCase().endsWith(` ${phrase}`));
  return end === undefined ? text : text.trim().slice(0, -end.length);
}
