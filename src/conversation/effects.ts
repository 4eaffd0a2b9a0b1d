/** What a step wants done: small documents, past the point of decision. The list is all the bot can do to the world. */
import type { CaseId, Instant, ProvinceCode } from '../base/index.ts';
import type { FileRef } from '../content/index.ts';
import type { Dossier } from '../dossier/index.ts';
import type { Message } from './message.ts';

export type Effect =
  | { readonly kind: 'say'; readonly message: Message }
  /** Opens a case; the service names and numbers it, and steps on with `case-opened` in the same commit. */
  | {
      readonly kind: 'open-case';
      readonly about: 'registration' | 'question';
      readonly province: ProvinceCode | null;
      readonly dossier: Dossier;
      /** The question in the owner's words, for a hand-over without a registration. */
      readonly question?: string;
    }
  /** Keeps the file that this event brought; without it nothing of the file is stored. */
  | { readonly kind: 'keep-file'; readonly file: FileRef }
  /** Keeps the registration draft as it stands now. */
  | { readonly kind: 'keep-draft'; readonly dossier: Dossier }
  /** The draft goes, with its papers and with what was said about it; what belongs to a case of the staff stays. */
  | { readonly kind: 'drop-draft' }
  /** Something of the owner for the staff of a case: a line, a paper, a changed sheet, a withdrawal. */
  | { readonly kind: 'tell-case'; readonly caseId: CaseId; readonly what: CaseNews }
  /** Looks a case up by its code and the last four digits of the phone; answered by `case-looked-up`. */
  | { readonly kind: 'look-up-case'; readonly code: string; readonly lastDigits: string }
  /** Makes the code by which the person goes on elsewhere; an earlier one dies. Answered by `link-code`. */
  | { readonly kind: 'make-link-code' }
  /** Looks what conversation a code is of; answered by `link-found` or `link-refused`. */
  | { readonly kind: 'try-link-code'; readonly code: string }
  /** Ends this conversation in that of the code, where `joined` is stepped instead; `link-refused` when it cannot be. */
  | { readonly kind: 'join'; readonly key: string }
  /** Said at other addresses of the person, by their keys; `parting`: not where there is a page of this conversation. */
  | {
      readonly kind: 'say-elsewhere';
      readonly to: readonly string[];
      readonly message: Message;
      readonly parting?: true;
    }
  /** These addresses no longer speak for the conversation: each begins anew. */
  | { readonly kind: 'part'; readonly keys: readonly string[] }
  /** Keeps an unanswered or unhelpful question for the editors, without the person. */
  | {
      readonly kind: 'note-question';
      readonly words: string;
      readonly why: 'unknown' | 'unhelpful';
      readonly faq?: string;
    }
  | { readonly kind: 'remind-at'; readonly name: string; readonly at: Instant }
  | { readonly kind: 'cancel-reminder'; readonly name: string }
  /** Erases all that is kept of the person, after this turn's messages have been said. */
  | { readonly kind: 'erase-person' };

export type CaseNews =
  | { readonly kind: 'line'; readonly text: string }
  | { readonly kind: 'file'; readonly file: FileRef; readonly slot: string | null }
  | { readonly kind: 'sheet'; readonly dossier: Dossier; readonly changed: readonly string[]; readonly only?: true } // only: nothing else of it is new
  | { readonly kind: 'withdrawn' }
  /** A colleague has answered in the platform's own inbox: staff may hand the owner back to the bot. */
  | { readonly kind: 'colleague' };
