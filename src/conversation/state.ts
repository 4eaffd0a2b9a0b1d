/** What is kept of a conversation: plain JSON. Answers are the state; where a person stands is derived from them. */
import type { CaseId, Instant } from '../base/index.ts';
import type { FileRef } from '../content/index.ts';
import type { ToldVerdict } from '../policy/index.ts';
import type { CaseSeen } from './events.ts';
import type { Carried } from './joining.ts';

export const STATE_VERSION = 1;

/**
 * `value` null: passed over. `said`, what was literally typed, is kept only after consent (contract, section 3).
 * `turn`: when it was answered, so that «quay lại» knows which came last.
 */
export interface Answer {
  readonly value: AnswerValue;
  readonly said?: string;
  readonly at: Instant;
  readonly turn: number;
}

export type AnswerValue = null | string | number | readonly AnswerValue[] | { readonly [key: string]: unknown };

export type FlowName = 'eligibility' | 'registration';

/** The questionnaire under way. `focus`: a question asked out of turn; `editing`: its old answer stands until a new one. */
export interface Form {
  readonly flow: FlowName;
  readonly focus?: string;
  readonly editing?: true;
  /** Why staff ask for this field again, in their words. */
  readonly reason?: string;
  /** Where an edit leads back to. */
  readonly returnTo?: 'review' | 'case' | 'data' | 'staff';
  /** The turn in which the questionnaire was begun: «quay lại» goes no further back. */
  readonly since: number;
}

/** What the last message left open. */
export type Mode =
  /** `checked`: the result of a check stands on the screen, begun in that turn; «quay lại» leads into it again. */
  | { readonly kind: 'menu'; readonly checked?: number }
  | { readonly kind: 'asking'; readonly picked?: readonly string[] }
  /** A value is read back for a yes before it counts. */
  | { readonly kind: 'confirming'; readonly question: string; readonly value: AnswerValue }
  /** What is known already is shown before a registration goes on. */
  | { readonly kind: 'confirming-known' }
  | { readonly kind: 'consenting'; readonly to: 'registration' | 'staff' | 'send' }
  | { readonly kind: 'reviewing'; readonly picking?: true; readonly midway?: true } // midway: the form waits below
  | { readonly kind: 'browsing'; readonly node: string }
  | { readonly kind: 'wondering' } // invited to ask a question freely
  | { readonly kind: 'looking-up'; readonly code?: string } // waits for a case code, or for the digits that go with it
  | { readonly kind: 'seeing-data'; readonly erasing?: true; readonly picking?: true }
  | { readonly kind: 'withdrawing'; readonly caseId: CaseId }
  | { readonly kind: 'linking' } // waits for a code of «nối kênh»
  | { readonly kind: 'joining'; readonly key: string; readonly channel: string; readonly there: Carried }
  | { readonly kind: 'parting' }
  | { readonly kind: 'opening'; readonly about: 'registration' | 'question' | 'colleague' };

/** An address that speaks for a conversation: `key` says nothing here, `channel` names it in texts. */
export interface JoinedAddress {
  readonly key: string;
  readonly channel: string;
}

export interface State {
  readonly version: typeof STATE_VERSION;
  /** Number of steps taken; the store refuses a step that was made from another number. */
  readonly turn: number;
  readonly lang: string;
  readonly mode: Mode;
  readonly form: Form | null;
  readonly answers: Readonly<Record<string, Answer>>;
  /** Facts read from free words («làm bún» → the sector), offered when their question comes. */
  readonly hints: Readonly<Record<string, string>>;
  readonly consent?: { readonly version: string; readonly at: Instant };
  /** The choices on the last message that had any, so that «1» means what the person sees. */
  readonly shown: { readonly turn: number; readonly choices: readonly string[] };
  /** Texts not understood in a row. */
  readonly misses: number;
  readonly cases: readonly CaseSeen[];
  /** The case whose sheet the answers are, once it was sent. */
  readonly sheetOf?: CaseId;
  /** A person of the centre has the conversation until then; the bot keeps silent. */
  readonly handedOver?: { readonly caseId: CaseId; readonly until: Instant };
  /** Files whose paper is not known yet. */
  readonly loose?: readonly FileRef[];
  /** The paper that took the last file of an album, so that its other pages go there too. */
  readonly lastAlbum?: { readonly album: string; readonly key: string };
  /** The owner has been told that the draft, left alone, will be erased; any word of theirs keeps it. */
  readonly warned?: true;
  /** The verdict that was told or stands on the sheet, and a name of the answers that it was of; to be compared with later law. */
  readonly told?: ToldVerdict & { readonly facts: string };
  /** The change of law that was told last, so that it never is twice. */
  readonly lawTold?: string;
  /** What was answered before staff asked about the sheet of another case. */
  readonly aside?: Pick<State, 'form' | 'answers' | 'hints' | 'sheetOf'>;
  /** All addresses of a person who goes on in several places; absent: there was only ever one. */
  readonly joined?: readonly JoinedAddress[];
  readonly seenAt: Instant;
}

/** A conversation before its first step. */
export const newState = (now: Instant): State => ({
  version: STATE_VERSION,
  turn: 0,
  lang: 'vi',
  mode: { kind: 'menu' },
  form: null,
  answers: {},
  hints: {},
  shown: { turn: 0, choices: [] },
  misses: 0,
  cases: [],
  seenAt: now,
});
