/** What can be done to a case, by whom, and what a case wants done in turn: small documents, like the conversation's. */
import type { Instant } from '../base/index.ts';
import type { FileRef } from '../content/index.ts';
import type { Dossier } from '../dossier/index.ts';
import type { Officer } from './case.ts';

export type Actor =
  | { readonly kind: 'officer'; readonly officer: Officer }
  | { readonly kind: 'owner' }
  /** The program itself: reminders. */
  | { readonly kind: 'program' };

/** Commands of the staff, the same from a group's button, a reply, the desk and the command line. */
export type StaffCommand =
  | { readonly kind: 'take' }
  | { readonly kind: 'hand-over'; readonly to: Officer; readonly reason?: string }
  | { readonly kind: 'reply'; readonly text?: string; readonly files: readonly FileRef[] }
  /** For colleagues only; never reaches the owner. */
  | { readonly kind: 'note'; readonly text: string }
  /** One field or one paper (`documents.<slot>`) again. */
  | { readonly kind: 'ask-again'; readonly field: string; readonly reason: string }
  /** The bot may talk again. */
  | { readonly kind: 'hand-back' }
  /** To another office; `to` is what it is called, and the owner reads it. The reason is for colleagues. */
  | { readonly kind: 'forward'; readonly to: string; readonly reason?: string }
  | { readonly kind: 'close'; readonly outcome: string; readonly reason?: string }
  | { readonly kind: 'reopen'; readonly reason?: string };

export type CaseCommand =
  | StaffCommand
  | { readonly kind: 'owner-news'; readonly news: OwnerNews }
  | { readonly kind: 'raise'; readonly answerBy?: Instant };

/** What an owner adds to a case: a line, a paper, a changed sheet, a withdrawal. */
export type OwnerNews =
  | { readonly kind: 'line'; readonly text: string }
  | { readonly kind: 'file'; readonly file: FileRef; readonly slot: string | null }
  /** `only`: of the sheet nothing counts but what has changed, and how complete it is now. */
  | { readonly kind: 'sheet'; readonly dossier: Dossier; readonly changed: readonly string[]; readonly only?: true }
  | { readonly kind: 'withdrawn' }
  /** A colleague has answered the owner in the platform's own inbox. */
  | { readonly kind: 'colleague' };

export type OwnerChange = 'taken' | 'handed-back' | 'closed' | 'reopened' | 'forwarded' | 'raised';

export type CaseEffect =
  /** The owner learns what became of the case. */
  | { readonly kind: 'tell-owner'; readonly change: OwnerChange; readonly answerBy?: Instant }
  /** A word of the staff goes to the owner. */
  | {
      readonly kind: 'pass-on';
      readonly speaker: string;
      readonly text?: string;
      readonly files: readonly FileRef[];
    }
  | { readonly kind: 'ask-owner'; readonly field: string; readonly reason: string }
  /** Every room's card shows the case as it is now. */
  | { readonly kind: 'show-card' }
  /** Every room's thread tells it. */
  | { readonly kind: 'tell-rooms'; readonly news: RoomNews };

/** What a thread tells; never the code, which stands on the card alone. */
export type RoomNews =
  | OwnerNews
  | { readonly kind: 'raised' }
  | {
      readonly kind: 'replied';
      readonly by: string;
      readonly text?: string;
      readonly files: readonly FileRef[];
    }
  | { readonly kind: 'note'; readonly by: string; readonly text: string }
  | { readonly kind: 'asked'; readonly by: string; readonly field: string; readonly reason: string }
  | { readonly kind: 'handed-over'; readonly by: string; readonly to: string }
  | { readonly kind: 'forwarded'; readonly by: string; readonly to: string; readonly reason?: string };

export type Refusal =
  | { readonly kind: 'taken-by'; readonly officer: Officer }
  | { readonly kind: 'yours-already' }
  | { readonly kind: 'closed' }
  | { readonly kind: 'not-closed' }
  | { readonly kind: 'not-with-staff' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'unknown-outcome' }
  | { readonly kind: 'not-allowed' }
  /** The owner erased everything: there is nobody to answer. */
  | { readonly kind: 'person-gone' }
  | { readonly kind: 'not-due' };

/** Outcomes that staff may choose, in the order shown; their words are `outcome.<id>` of the texts. */
export const outcomes = [
  'supported',
  'guided',
  'next-plan',
  'not-eligible',
  'elsewhere',
  'duplicate',
  'unreachable',
  'other',
] as const;
export type Outcome = (typeof outcomes)[number];

/** What an owner's own withdrawal leaves as outcome. */
export const WITHDRAWN = 'withdrawn';
/** What erasing the person leaves (`Store.erase` writes it). */
export const ERASED = 'erased';
