/** Words fit the tightest channel: answers, questions, labels of buttons. */
import { findingsIn, type Finding } from '../finding.ts';
import type { Check } from './check.ts';

/** The length as it is shown: marks of bold and addresses of links are not. */
const shownLength = (markdown: string) => markdown.replace(/\*\*/g, '').replace(/\]\([^)]*\)/g, ']').length;

export const answerLength: Check = ({ draft, limits }) => {
  const answers = [...draft.faq.values()].flatMap(({ file, item, lineOf }): readonly Finding[] => {
    const length = shownLength(item.answer);
    const { error, warning } = findingsIn(file);
    const line = lineOf(['answer']);
    const values = (max: number) => ({ length: String(length), max: String(max) });
    if (length > limits.answerMax) return [error('answer-too-long', line, values(limits.answerMax))];
    return length > limits.answerLong ? [warning('answer-long', line, values(limits.answerLong))] : [];
  });
  const questions = [...draft.questions.values()].flatMap(({ file, item, lineOf }) => {
    const { error, warning } = findingsIn(file);
    const long = (['wording', 'help', 'why'] as const)
      .filter((key) => item[key].length > limits.questionMax)
      .map((key) => warning('text-long', lineOf([key]), { key, max: String(limits.questionMax) }));
    const labels = item.choices.flatMap(({ label }, at) =>
      label.length > limits.labelMax
        ? [error('label-too-long', lineOf(['choices', at, 'label']), { label, max: String(limits.labelMax) })]
        : [],
    );
    return [...long, ...labels];
  });
  return [...answers, ...questions];
};
