/** What a judgement says. Four values, never a boolean; doubt is `review`, which goes to staff. */
import type { Day, LegalId, ProgrammeId } from '../base/index.ts';
import type { Certainty, Cite } from '../content/index.ts';
import type { FactKey } from './facts.ts';

export type VerdictKind = 'likely' | 'review' | 'unlikely' | 'unknown';

/** One condition looked at: `holds` null is «not known, or for a person to look at». */
export interface Reason {
  /** Id of the condition in the programme file. */
  readonly condition: string;
  readonly holds: boolean | null;
  /** Null because an answer is missing, not because a person has to look. */
  readonly open: boolean;
  /** Plain words for the owner, from the programme file. */
  readonly because: string;
  readonly cites: readonly Cite[];
  readonly certainty: Certainty;
  /** The answers that the condition looks at, the deciding one first. */
  readonly facts: readonly FactKey[];
}

/** One answer that, changed, would turn the verdict to `to`. */
export interface Turn {
  readonly fact: FactKey;
  readonly value: string;
  readonly to: 'likely' | 'review';
  /** «If … it would fit», from the programme file. */
  readonly words: string;
}

export interface ProgrammeVerdict {
  readonly id: ProgrammeId;
  readonly verdict: VerdictKind;
  readonly reasons: readonly Reason[];
  /** Absent facts that can still change this verdict, the most deciding first. */
  readonly missing: readonly FactKey[];
  readonly wouldTurn: readonly Turn[];
  /** Conditions that cannot be checked by asking, in plain words from the programme file. */
  readonly unchecked: readonly string[];
  /** A local programme of a former province that is not the owner's: it hardly concerns them. */
  readonly elsewhere?: true;
}

export interface Judgement {
  readonly on: Day;
  readonly national: {
    /** The khuyến công decrees that govern on the day, base first. */
    readonly instruments: readonly LegalId[];
    /** How sure it is that these govern on the day. */
    readonly certainty: Certainty;
    readonly verdict: VerdictKind;
  };
  /** The national programmes, then the local ones that may still be for this owner. */
  readonly programmes: readonly ProgrammeVerdict[];
  /** The fact to ask next; null when nothing can change any verdict. */
  readonly next: FactKey | null;
}
