import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { questionId } from '../../src/base/index.ts';
import { parseFiles } from '../../src/content/parse.ts';
import { foldWords } from '../../src/language/index.ts';
import { factKeys, factValues } from '../../src/policy/index.ts';

const folder = join(import.meta.dirname, '../../content/questions');
const { draft } = parseFiles(
  readdirSync(folder).map((name) => ({ file: `questions/${name}`, bytes: readFileSync(join(folder, name)) })),
);
/** The question about the place gives these. */
const fromPlace = ['province', 'formerProvince', 'unitType', 'districtType'];
const kinds = { one: 'choice', list: 'multi-choice' } as const;

describe('the questions about facts', () => {
  for (const key of factKeys.filter((each) => !fromPlace.includes(each))) {
    it(`${key}: offers exactly the values that the fact may have`, () => {
      const values = factValues[key];
      const question = draft.questions.get(questionId(key))?.item;
      if (question === undefined) throw new Error(`no question for ${key}`);
      if (values.kind === 'one' || values.kind === 'list') {
        expect(question.kind).toBe(kinds[values.kind]);
        expect(question.choices.map(({ value }) => value).sort()).toEqual([...values.of].sort());
      } else expect(['number', 'money']).toContain(question.kind);
      expect(question.personal).toBe(false);
    });

    it(`${key}: takes no typed word for two choices`, () => {
      const words = (draft.questions.get(questionId(key))?.item.choices ?? []).flatMap(({ label, also }) => [
        ...new Set([label, ...(also ?? [])].map(foldWords)),
      ]);
      expect(words.filter((word, at) => words.indexOf(word) !== at)).toEqual([]);
    });
  }

  it('place is asked once for all that follows from it', () => {
    expect(draft.questions.get(questionId('place'))?.item.kind).toBe('place');
    for (const key of fromPlace) expect(draft.questions.has(questionId(key))).toBe(false);
  });
});
