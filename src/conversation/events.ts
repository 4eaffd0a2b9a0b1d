/** What can happen to a conversation. Nothing of any channel is in an event; each could be read aloud by a colleague. */
import type { CaseId, Instant } from '../base/index.ts';
import type { FileRef } from '../content/index.ts';
import type { CaseStatus } from '../casework/index.ts';
import type { Brought, Carried } from './joining.ts';
import type { JoinedAddress } from './state.ts';
import type { ToldVerdict } from '../policy/index.ts';

/** `id`: the channel's own id of the message, unique within its chat (ours where the channel has none). */
interface Happened {
  readonly id: string;
  /** When it was sent (not when it reached us). */
  readonly sentAt: Instant;
  /** Where it comes from, as `State.joined` has it; only of a person who goes on in several places. */
  readonly from?: string;
}

export type ConversationEvent = Happened &
  (
    | { readonly kind: 'started'; readonly payload?: string } // opened the chat, pressed Start (of a link: with its payload), followed the account
    | { readonly kind: 'stopped' } // blocked the bot or unfollowed
    | { readonly kind: 'text'; readonly text: string }
    | { readonly kind: 'choice'; readonly token: string } // pressed a button
    | { readonly kind: 'contact'; readonly phone: string; readonly name?: string; readonly place?: string } // shared
    // `album`: files sent together carry the same mark; `more`: another of them is known to follow, so one answer is enough
    | {
        readonly kind: 'file';
        readonly file: FileRef;
        readonly caption?: string;
        readonly album?: string;
        readonly more?: true;
      }
    | { readonly kind: 'file-failed'; readonly fileId: string; readonly why: 'too-large' | 'lost' } // could not be fetched
    | { readonly kind: 'unsupported'; readonly what: string } // sticker, voice …: answered politely
    | { readonly kind: 'timer'; readonly name: string } // a reminder that the conversation asked for
    // answers of the world to an effect, stepped in the same commit
    | {
        readonly kind: 'case-opened';
        readonly caseId: CaseId;
        readonly code: string;
        readonly answerBy?: Instant;
        readonly staffed: boolean;
      }
    | { readonly kind: 'case-looked-up'; readonly found: CaseSeen | null }
    | { readonly kind: 'link-code'; readonly code: string } // eight digits
    // `key` names the code that was right; `channel`, where it was made
    | { readonly kind: 'link-found'; readonly key: string; readonly channel: string; readonly there: Carried }
    | { readonly kind: 'link-refused'; readonly why: 'wrong' | 'late' | 'used' | 'own' | 'too-many' }
    // another conversation of the same person has ended in this one
    | {
        readonly kind: 'joined';
        readonly here: JoinedAddress;
        readonly there: JoinedAddress;
        readonly brought: Brought;
      }
    // from staff
    | {
        readonly kind: 'staff-replied';
        readonly caseId: CaseId;
        readonly speaker: string;
        readonly text?: string;
        readonly files: readonly FileRef[];
      }
    | {
        readonly kind: 'case-changed';
        readonly case: CaseSeen;
        readonly change: 'taken' | 'handed-back' | 'closed' | 'reopened' | 'forwarded' | 'raised';
      }
    // one field or paper again; `sheet`: what stands on the sheet of that case, by question
    | {
        readonly kind: 'staff-asked';
        readonly caseId: CaseId;
        readonly field: string;
        readonly reason: string;
        readonly sheet?: Readonly<Record<string, unknown>>;
      }
    | { readonly kind: 'erasure-ordered' } // the centre erases the person at their request
    | { readonly kind: 'colleague-answered' } // a person answered in the platform's own inbox
    // the verdict that was told is another now, and staff want the owner to know; `kept`: that of the sheet, where none is remembered
    | { readonly kind: 'law-changed'; readonly flip: string; readonly kept?: ToldVerdict }
  );

/** What an owner may be told of a case. */
export interface CaseSeen {
  readonly id: CaseId;
  readonly code: string;
  readonly status: CaseStatus;
  readonly officer?: string;
  readonly outcome?: string;
  /** The office that the case lies with now. */
  readonly forwardedTo?: string;
  readonly answerBy?: Instant;
  /** When it was opened there was nobody to take it. */
  readonly unstaffed?: true;
}
