/** Conditions of a verdict, each with its mark, its words and its articles. */
import type { ReasonLine, Say } from '../../service/desk.ts';

const MARKS = { holds: '\u2713', fails: '\u2717', doubt: '?', open: '\u2026' } as const;

export const Reasons = ({ reasons, say }: { reasons: readonly ReasonLine[]; say: Say }) => (
  <ul class="reasons">
    {reasons.map(({ mark, words, cites, certainty }) => (
      <li class={mark}>
        <span aria-hidden="true">{MARKS[mark]}</span> <span class="hidden">{say(`desk.mark.${mark}`)}: </span>
        <span lang="vi">{words}</span>
        {cites.length === 0 ? null : <span class="quiet"> — {cites.join('; ')}</span>}
        {certainty === null ? null : <span class="quiet"> ({certainty})</span>}
      </li>
    ))}
  </ul>
);
