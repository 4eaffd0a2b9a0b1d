/**
 * Cases as an owner's turn touches them: opened and added to, in the same commit as the turn. Makes the rows and the
 * writes; the receiver stores them.
 */
import { provinceCode, type Instant } from '../base/index.ts';
import {
  act,
  answerBy,
  caseCode,
  codeSeries,
  openCase,
  type Case,
  type NewCase,
  type OwnerNews,
} from '../casework/index.ts';
import type { Pack } from '../content/index.ts';
import type { CaseSeen } from '../conversation/index.ts';
import type { Address, CaseWrite, LogMessage, Outgoing } from './ports.ts';
import { nameOf, type Voice } from './case-voice.ts';
import type { Notices } from './notices.ts';

export interface CaseDesk {
  /** The series that a new case is numbered in (`Store.nextCaseNumber`). */
  series(province: string | null, now: Instant): string;
  open(opening: Opening): OpenedCase;
  /** `write` null: the case itself is as it was, only the rooms hear of it. */
  hear(one: Case, news: OwnerNews, at: { readonly now: Instant; readonly key: string }): HeardNews;
  /** What an owner may be told of a case. */
  seen(one: Case): CaseSeen;
}

export interface Opening extends Omit<NewCase, 'code' | 'answerBy'> {
  readonly series: string;
  readonly number: number;
  readonly now: Instant;
  /** Makes the ids of the rows: unique to the turn. */
  readonly key: string;
  /** The conversation up to here, shown for a case that is a question. */
  readonly soFar?: readonly LogMessage[];
}

export interface OpenedCase {
  readonly write: CaseWrite;
  readonly outgoing: readonly Outgoing[];
  /** For the event `case-opened`: no time is named where nobody is there to keep it. */
  readonly answerBy?: Instant;
  readonly staffed: boolean;
}

export interface HeardNews {
  readonly write: CaseWrite | null;
  readonly outgoing: readonly Outgoing[];
}

export interface CaseDeskParts {
  readonly voice: () => Voice;
  readonly notices: Notices;
  readonly rooms: () => readonly Address[];
  /** Somebody may answer although there is no room (the desk has people). */
  readonly deskStaffed?: () => boolean;
}

export function createCaseDesk({ voice, notices, rooms, deskStaffed }: CaseDeskParts): CaseDesk {
  return {
    series: (province, now) => codeSeries(provinceOf(voice().pack, province), now),
    open: ({ series, number, now, key, soFar, ...opening }) => {
      const staffed = rooms().length > 0 || deskStaffed?.() === true;
      const due = staffed ? answerBy(now, provinceOf(voice().pack, opening.province)) : undefined;
      const promise = due === undefined ? {} : { answerBy: due };
      const one = openCase({ ...opening, code: caseCode(series, number), ...promise }, now);
      const log = opening.about === 'question' ? soFar : undefined;
      return { write: { case: one, readVersion: 0 }, outgoing: notices.opened(one, key, log), staffed, ...promise };
    },
    hear: (one, news, { now, key }) => {
      const acted = act(one, { kind: 'owner-news', news }, { kind: 'owner' }, now);
      if (!acted.ok) throw new Error(`An owner's news refused: ${acted.error.kind}`);
      const { case: after, effects } = acted.value;
      const write = after === one ? null : { case: after, readVersion: one.version };
      return { write, outgoing: notices.changed(after, effects, key) };
    },
    seen: (one) => caseSeen(voice(), one),
  };
}

export const provinceOf = (pack: Pack, province: string | null) =>
  province === null ? undefined : pack.provinces.get(provinceCode(province));

export function caseSeen(voice: Voice, one: Case): CaseSeen {
  const { id, code, status, officer, outcome, forwardedTo, answerBy: due } = one;
  return {
    id,
    code,
    status,
    ...(officer === null ? {} : { officer: nameOf(voice, officer.name) }),
    ...(outcome === undefined ? {} : { outcome }),
    ...(forwardedTo === undefined ? {} : { forwardedTo }),
    ...(due === undefined ? {} : { answerBy: due }),
  };
}
