/** Reads a typed text as the answer to a question: one reader for each kind. */
import { exhaustive, type Day } from '../../base/index.ts';
import type { Question } from '../../content/index.ts';
import {
  notUnderstood,
  readMoment,
  readMoney,
  readNumber,
  readPhone,
  readPlace,
  readTaxCode,
  type Place,
  type PlaceIndex,
  type Understood,
  type ValueWords,
} from '../../language/index.ts';
import type { AnswerValue } from '../state.ts';
import { readChoice } from './choice.ts';
import { readFreeText } from './free-text.ts';
import { readMultiChoice } from './multi-choice.ts';

export interface AnswerContext {
  readonly words: ValueWords;
  readonly places: PlaceIndex;
  readonly today: Day;
}

/**
 * What a text is taken for as an answer to the question. Values: choice → its value; multi-choice → list of values, or
 * `['done']`; money → đồng; phone → E.164; date → `YYYY-MM-DD` or `YYYY-MM`; place → a `Place`.
 */
export function readAnswer(question: Question, text: string, context: AnswerContext): Understood<AnswerValue> {
  const { words } = context;
  switch (question.kind) {
    case 'choice':
      return readChoice(question, text, words);
    case 'multi-choice':
      return readMultiChoice(question, text, words);
    case 'text':
      return readFreeText(text);
    case 'number':
      return readNumber(text, words);
    case 'money':
      return readMoney(text, words);
    case 'phone':
      return readPhone(text, words);
    case 'tax-code':
      return readTaxCode(text, words);
    case 'date':
      return readMoment(text, words, context.today);
    case 'place':
      return asRecord(readPlace(text, words, context.places));
    case 'file':
      return notUnderstood('send-file');
    default:
      return exhaustive(question.kind);
  }
}

/** A place as plain JSON, as answers are kept. */
function asRecord(place: Understood<Place>): Understood<AnswerValue> {
  if (!place.understood)
    return notUnderstood(
      place.why,
      (place.candidates ?? []).map((each) => ({ ...each })),
    );
  const { value, sure, others } = place;
  const plain = { understood: true as const, value: { ...value }, sure };
  return others === undefined ? plain : { ...plain, others: others.map((each) => ({ ...each })) };
}
