/**
 * The desk: the staff's own pages over the same use-cases as the staff room. Here is decided what a person of the desk may
 * see; what they do goes to `staff.ts`, like a press in the room.
 */
import { dayOf, fileId, staffId, type CaseId } from '../base/index.ts';
import type { Case, Officer, StaffCommand } from '../casework/index.ts';
import type { Library } from '../conversation/index.ts';
import type { Texts } from '../texts/index.ts';
import { askableKeys, caseView, type CaseView } from './desk-case.ts';
import { kindOf, type SeenKind } from './desk-files.ts';
import { flipsFor, lawView, type LawView } from './desk-law.ts';
import { problemViews, unansweredViews, type ProblemView, type UnansweredView } from './desk-lists.ts';
import { deskLines, type DeskLine } from './desk-log.ts';
import { maySee } from './desk-people.ts';
import { queueView, type QueueAsk, type QueueView } from './desk-queue.ts';
import type { SignIn } from './desk-sign-in.ts';
import { createDeskStaff, type DeskStaff, type DeskStaffParts } from './desk-staff.ts';
import { deskVoice, type DeskLang, type DeskVoice, type Say } from './desk-voice.ts';
import type { Clock, FileRef, NewFile, NewId, StaffMember, Store } from './ports.ts';
import type { Commanded, Staff } from './staff.ts';

export * from './desk-bell.ts';
export type { CaseView, EntryLine, PaperLine } from './desk-case.ts';
export type { DeskFile, SeenKind } from './desk-files.ts';
export { lawView, type FlipGroup, type FlipView, type LawView } from './desk-law.ts';
export type { ProblemView, UnansweredView } from './desk-lists.ts';
export type { DeskBlock, DeskLine } from './desk-log.ts';
export * from './desk-people.ts';
export {
  caseStatuses,
  QUEUE_PAGE,
  queueTabs,
  type QueueAsk,
  type QueueLine,
  type QueueTab,
  type QueueView,
} from './desk-queue.ts';
export * from './desk-sign-in.ts';
export type { AccountView, DeskStaff, PeopleFault, PeopleView, PersonView } from './desk-staff.ts';
export type { ReasonLine, VerdictView } from './desk-verdict.ts';
export type { DeskLang, Option, Say, Stamp, Values } from './desk-voice.ts';

/** What a person of the desk may order; a hand-over names the colleague by id. */
export type DeskOrder = Exclude<StaffCommand, { kind: 'hand-over' | 'reply' }> | HandOver | Reply;
export interface HandOver {
  readonly kind: 'hand-over';
  readonly to: string;
  readonly reason?: string;
}
export interface Reply {
  readonly kind: 'reply';
  readonly text?: string;
  readonly files: readonly { readonly name: string; readonly type: string; readonly bytes: Uint8Array }[];
}

export interface ServedFile {
  readonly name: string;
  readonly kind: SeenKind;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface Desk {
  readonly signIn: SignIn;
  readonly people: DeskStaff;
  say(lang: DeskLang): Say;
  queue(who: StaffMember, ask: QueueAsk, lang: DeskLang): Promise<QueueView>;
  /** null: there is no such case for that person. So are all below. */
  page(who: StaffMember, code: string, lang: DeskLang): Promise<CaseView | null>;
  /** For a page that stays open: where to listen, and how the case stands. */
  watch(who: StaffMember, code: string): Promise<{ readonly conversation: string; readonly version: number } | null>;
  lines(who: StaffMember, code: string, after: number, lang: DeskLang): Promise<readonly DeskLine[] | null>;
  file(who: StaffMember, code: string, id: string): Promise<ServedFile | null>;
  /** `once` makes it happen once however often it is sent. */
  order(who: StaffMember, code: string, order: DeskOrder, once: string): Promise<Commanded | null>;
  unanswered(lang: DeskLang): Promise<readonly UnansweredView[]>;
  closeUnanswered(ids: readonly string[]): Promise<void>;
  problems(who: StaffMember, lang: DeskLang): Promise<readonly ProblemView[]>;
  /** Sends again, or no more; false: it is none of that person's. */
  settleProblem(who: StaffMember, id: string, how: 'retry' | 'drop'): Promise<boolean>;
  /** Results that the law has turned, of the provinces that the person may see. */
  law(who: StaffMember, lang: DeskLang): Promise<LawView>;
  /** Those named, or all of one change, are told to their owners, or are not; answers how many it still could be decided of. */
  decideLaw(who: StaffMember, which: FlipChoice, how: 'approved' | 'dismissed'): Promise<number>;
  /** What an admin should know on every page: an edit of the content that was refused. null: nothing. */
  trouble(who: StaffMember): string | null;
  /** A name for one sending of a form. */
  nonce(): string;
}

/** Some by their ids, or all of one change. */
export type FlipChoice = { readonly ids: readonly string[] } | { readonly change: string };

export interface DeskParts {
  readonly store: Store;
  readonly staff: Pick<Staff, 'command'>;
  readonly signIn: SignIn;
  /** Asked anew for each page. */
  readonly content: () => { readonly library: Library; readonly texts: Texts };
  readonly clock: Clock;
  readonly newId: NewId;
  /** What was waiting may go now. */
  readonly wake?: () => void;
  /** Something was approved that owners are to be told. */
  readonly approved?: () => void;
  /** The first mistake of an edit of the content that was refused. */
  readonly refusedEdit?: () => string | null;
  readonly log: DeskStaffParts['log'];
  readonly messengers: DeskStaffParts['messengers'];
  /** Who is of the desk has changed. */
  readonly peopleChanged?: () => void;
}

export function createDesk(parts: DeskParts): Desk {
  const { store, clock, newId } = parts;
  const voice = (lang: DeskLang): DeskVoice => {
    const { library, texts } = parts.content();
    return deskVoice(library, texts, lang);
  };
  const find = async (who: StaffMember, code: string): Promise<Case | null> => {
    const one = await store.findCase(code);
    return one !== null && maySee(who, one.province) ? one : null;
  };
  return {
    signIn: parts.signIn,
    people: createDeskStaff({
      ...parts,
      voice,
      ...(parts.peopleChanged === undefined ? {} : { changed: parts.peopleChanged }),
    }),
    say: (lang) => voice(lang).say,
    queue: (who, ask, lang) => queueView({ store, voice: voice(lang), now: clock() }, who, ask),
    async page(who, code, lang) {
      const one = await find(who, code);
      return one === null ? null : caseView({ store, voice: voice(lang), now: clock() }, who, one);
    },
    async watch(who, code) {
      const one = await find(who, code);
      return one === null ? null : { conversation: one.conversation, version: one.version };
    },
    async lines(who, code, after, lang) {
      const one = await find(who, code);
      return one === null ? null : deskLines(store, voice(lang), { conversation: one.conversation, after });
    },
    file: async (who, code, id) => serve(store, await find(who, code), id),
    async order(who, code, order, once) {
      const one = await find(who, code);
      return one === null ? null : place(parts, { who, one, order, once: `desk:${who.id}:${once}` });
    },
    unanswered: (lang) => unansweredViews(store, voice(lang), dayOf(clock())),
    async closeUnanswered(ids) {
      for (const id of ids) await store.closeNotedQuestion(id);
    },
    problems: (who, lang) => problemViews(store, voice(lang), who),
    async settleProblem(who, id, how) {
      const theirs = (await problemViews(store, voice('vi'), who)).some((problem) => problem.id === id);
      if (!theirs) return false;
      await (how === 'retry' ? store.retryOutbox([id]) : store.dropOutbox([id]));
      parts.wake?.();
      return true;
    },
    law: (who, lang) => lawView({ store, voice: voice(lang), texts: parts.content().texts, now: clock() }, who),
    async decideLaw(who, which, how) {
      const count = await store.decideFlips({ ...which, ...flipsFor(who) }, { status: how, by: who.name, at: clock() });
      if (how === 'approved' && count > 0) parts.approved?.();
      return count;
    },
    trouble: ({ role }) => (role === 'admin' ? (parts.refusedEdit?.() ?? null) : null),
    nonce: newId,
  };
}

/** A file of the case's own conversation, with what it really is. */
async function serve(store: Pick<Store, 'fileHeads' | 'readFile'>, one: Case | null, id: string) {
  if (one === null) return null;
  const head = (await store.fileHeads([id])).get(id);
  if (head === undefined || head.conversation !== one.conversation) return null;
  const found = await store.readFile(fileId(id));
  if (found === null || found.bytes === null) return null;
  const bytes = new Uint8Array(found.bytes);
  return { name: found.ref.name, kind: kindOf(bytes.subarray(0, 16)), bytes };
}

interface Placing {
  readonly who: StaffMember;
  readonly one: Case;
  readonly order: DeskOrder;
  readonly once: string;
}

async function place(parts: DeskParts, { who, one, order, once }: Placing): Promise<Commanded> {
  const actor = { kind: 'officer', officer: { id: who.id, name: who.name } } as const;
  const common = { caseId: one.id as CaseId, actor, once };
  if (order.kind === 'hand-over') {
    const to = await colleague(parts.store, one, order.to);
    if (to === null) return { done: false, why: { kind: 'not-allowed' } };
    const { reason } = order;
    return parts.staff.command({
      ...common,
      command: { kind: 'hand-over', to, ...(reason === undefined ? {} : { reason }) },
    });
  }
  if (order.kind === 'ask-again' && !askableKeys(parts.content().library.pack, one).includes(order.field)) {
    return { done: false, why: { kind: order.field === '' ? 'empty' : 'not-allowed' } };
  }
  if (order.kind !== 'reply') return parts.staff.command({ ...common, command: order });
  const files = order.files.map((file): NewFile => {
    const ref: FileRef = { id: parts.newId(), name: file.name, type: file.type, size: file.bytes.byteLength };
    return { ref, conversation: one.conversation, bytes: file.bytes, channel: 'webchat' };
  });
  const said = order.text === undefined ? {} : { text: order.text };
  const command = { kind: 'reply', ...said, files: files.map(({ ref }) => ref) } as const;
  return parts.staff.command({ ...common, command, files });
}

/** Somebody of the desk who may see the case. */
async function colleague(store: Pick<Store, 'staff'>, one: Case, id: string): Promise<Officer | null> {
  const found = (await store.staff()).find((member) => member.id === staffId(id) && maySee(member, one.province));
  return found === undefined ? null : { id: found.id, name: found.name };
}
