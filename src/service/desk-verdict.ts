/**
 * The preliminary verdict of a case with each condition and its article: judged again on the day of the stored verdict,
 * from the sheet as it stands and, for what no sheet has, from the answers of the conversation.
 */
import { isDay } from '../base/index.ts';
import type { Case } from '../casework/index.ts';
import { shortCite, type State } from '../conversation/index.ts';
import {
  factKeys,
  judge,
  type Facts,
  type FactKey,
  type FactValue,
  type Reason,
  type VerdictKind,
} from '../policy/index.ts';
import type { DeskVoice } from './desk-voice.ts';

export interface ReasonLine {
  /** `open`: an answer is missing; `doubt`: a person has to look. */
  readonly mark: 'holds' | 'fails' | 'doubt' | 'open';
  readonly words: string;
  readonly cites: readonly string[];
  /** null: the source is official. */
  readonly certainty: string | null;
}

export interface VerdictView {
  readonly kind: VerdictKind;
  readonly words: string;
  readonly holds: number;
  readonly of: number;
  readonly on: string;
  readonly reasons: readonly ReasonLine[];
  readonly turns: readonly string[];
  readonly unchecked: readonly string[];
  /** Local programmes that may be for this owner. */
  readonly local: readonly string[];
  /** Judged again it is no longer what the sheet was sent with: the content or an answer has changed since. */
  readonly now: string | null;
}

export function verdictView(voice: DeskVoice, one: Case, state: State | null): VerdictView | null {
  const { verdict } = one.dossier;
  if (verdict === undefined || !isDay(verdict.on)) return null;
  const { pack } = voice.library;
  const judgement = judge(factsOf(one, state), pack, verdict.on);
  const [national, ...local] = judgement.programmes;
  const again = judgement.national.verdict;
  return {
    kind: verdict.kind,
    words: voice.say(`desk.verdict.${verdict.kind}`),
    holds: verdict.holds,
    of: verdict.of,
    on: verdict.on.split('-').reverse().join('/'),
    reasons: [...(national?.reasons ?? [])].sort(byMark).map((reason) => reasonLine(voice, reason)),
    turns: (national?.wouldTurn ?? []).map(({ words }) => words),
    unchecked: national?.unchecked ?? [],
    local: local
      .filter(({ verdict: kind, elsewhere }) => elsewhere !== true && (kind === 'likely' || kind === 'review'))
      .map(({ id }) => pack.programmes.get(id)?.title ?? id),
    now: again === verdict.kind ? null : voice.say(`desk.verdict.${again}`),
  };
}

/** The sheet comes first: it is what was sent, and what staff had corrected. */
function factsOf({ dossier }: Case, state: State | null): Facts {
  const facts: Partial<Record<FactKey, FactValue>> = {};
  for (const key of factKeys) {
    const value = dossier.fields[key] ?? state?.answers[key]?.value;
    if (typeof value === 'string' || typeof value === 'number') facts[key] = value;
    else if (Array.isArray(value) && value.every((item) => typeof item === 'string')) facts[key] = value;
  }
  const { place } = dossier;
  if (place === undefined) return facts;
  const { province, formerProvince, unitType } = place;
  return {
    ...facts,
    province,
    ...(formerProvince === undefined ? {} : { formerProvince }),
    ...(unitType === null ? {} : { unitType }),
  };
}

const markOf = ({ holds, open }: Reason): ReasonLine['mark'] =>
  holds === null ? (open ? 'open' : 'doubt') : holds ? 'holds' : 'fails';
const ORDER = ['fails', 'doubt', 'open', 'holds'];
const byMark = (a: Reason, b: Reason) => ORDER.indexOf(markOf(a)) - ORDER.indexOf(markOf(b));

export const reasonLine = (voice: DeskVoice, reason: Reason): ReasonLine => ({
  mark: markOf(reason),
  words: reason.because,
  cites: reason.cites
    .map((cite) => shortCite(voice.library, cite))
    .filter((cite) => cite !== null)
    .map(voice.words),
  certainty: reason.certainty === 'official' ? null : voice.say(`desk.certainty.${reason.certainty}`),
});
