/** The page of one case: what the owner answered, what the law says to it, the papers, what was done and what may be done. */
import type { Instant } from '../base/index.ts';
import type { Pack } from '../content/index.ts';
import { outcomes, type Case, type CaseEntry } from '../casework/index.ts';
import { labelOf, papersFor, sheetLines, sheetSteps } from '../dossier/index.ts';
import { answersOf, otherCentres, unitAsKept } from './case-voice.ts';
import { deskFiles, type DeskFile } from './desk-files.ts';
import { deskLines, type DeskLine } from './desk-log.ts';
import { maySee } from './desk-people.ts';
import { verdictView, type VerdictView } from './desk-verdict.ts';
import { provinceWords, sinceWords, stampOf, type DeskVoice, type Option, type Stamp } from './desk-voice.ts';
import type { FileRef, StaffMember, Store } from './ports.ts';

export interface PaperLine {
  readonly label: string;
  readonly state: string;
  readonly files: readonly DeskFile[];
}

export interface EntryLine {
  readonly at: Stamp;
  readonly by: string;
  readonly what: string;
  readonly text: string | null;
  /** Not for the owner's eyes. */
  readonly isNote: boolean;
}

/** What may be done now. A case with somebody else may still be worked on: leave and sickness stop nothing. */
export interface Allowed {
  readonly take: boolean;
  readonly work: boolean;
  readonly reply: boolean;
  readonly handBack: boolean;
  readonly ask: boolean;
  readonly close: boolean;
  readonly forward: boolean;
  readonly reopen: boolean;
}

export interface CaseView {
  readonly code: string;
  readonly version: number;
  readonly title: string;
  readonly about: string;
  readonly province: string;
  readonly status: Case['status'];
  readonly statusWords: string;
  readonly holder: string | null;
  readonly isMine: boolean;
  readonly opened: Stamp;
  /** When the page was made. */
  readonly asOf: Stamp;
  readonly waited: string | null;
  readonly answerBy: Stamp | null;
  readonly isWithStaff: boolean;
  readonly question: string | null;
  readonly phone: string | null;
  readonly sheet: readonly { readonly label: string; readonly value: string }[];
  readonly ready: { readonly done: number; readonly of: number } | null;
  readonly missing: readonly string[];
  readonly verdict: VerdictView | null;
  readonly papers: readonly PaperLine[];
  readonly entries: readonly EntryLine[];
  readonly lines: readonly DeskLine[];
  readonly may: Allowed;
  readonly colleagues: readonly Option[];
  readonly askable: readonly Option[];
  readonly outcomes: readonly Option[];
  /** Offices that a case may be forwarded to; any other may be named too. */
  readonly places: readonly string[];
}

export interface CaseViewParts {
  readonly store: Pick<Store, 'loadConversation' | 'messages' | 'fileHeads' | 'staff'>;
  readonly voice: DeskVoice;
  readonly now: Instant;
}

export async function caseView(parts: CaseViewParts, who: StaffMember, one: Case): Promise<CaseView> {
  const { store, voice, now } = parts;
  const [conversation, lines, papers, staff] = await Promise.all([
    store.loadConversation(one.conversation),
    deskLines(store, voice, { conversation: one.conversation, after: 0 }),
    paperLines(parts, one),
    store.staff(),
  ]);
  const { say } = voice;
  const { readiness, fields } = one.dossier;
  const may = allowed(one);
  return {
    code: one.code,
    version: one.version,
    title: titleOf(voice, one),
    about: say(`desk.about.${one.about}`),
    province: provinceWords(voice, one.province),
    status: one.status,
    statusWords: statusOf(voice, one),
    holder: one.officer?.name ?? null,
    isMine: one.officer?.id === who.id,
    opened: stampOf(one.openedAt),
    asOf: stampOf(now),
    waited: one.status === 'closed' ? null : sinceWords(voice, waitsSince(one), now),
    answerBy: one.status === 'new' && one.answerBy !== undefined ? stampOf(one.answerBy) : null,
    isWithStaff: one.withStaff === true,
    question: one.question ?? null,
    phone: typeof fields['phone'] === 'string' ? fields['phone'] : null,
    sheet: sheetOf(voice, one),
    ready: readiness.of === 0 ? null : { done: readiness.done, of: readiness.of },
    missing: missingOf(voice, one),
    verdict: verdictView(voice, one, conversation?.state ?? null),
    papers,
    entries: [...one.entries].reverse().map((entry) => entryLine(voice, entry)),
    lines,
    may,
    colleagues: staff
      .filter((member) => member.id !== one.officer?.id && maySee(member, one.province))
      .map(({ id, name }) => ({ id, label: name })),
    askable: may.ask ? askable(voice, one) : [],
    places: may.forward ? otherCentres(voice.library.pack, one.province).map(({ centre }) => centre.name) : [],
    outcomes: outcomes.map((id) => ({ id, label: say(`outcome.${id}`) })),
  };
}

const waitsSince = (one: Case): Instant => (one.status === 'new' ? one.openedAt : one.changedAt);

function titleOf({ say }: DeskVoice, { dossier: { fields } }: Case): string {
  for (const name of [fields['applicantName'], fields['representative']])
    if (typeof name === 'string' && name !== '') return name;
  return say('desk.noName');
}

function statusOf({ say }: DeskVoice, one: Case): string {
  if (one.withdrawn === true) return say('desk.status.withdrawn');
  if (one.status === 'closed' && one.outcome !== undefined) {
    return say('desk.closedWith', { outcome: say(`outcome.${one.outcome}`) });
  }
  if (one.status === 'forwarded' && one.forwardedTo !== undefined) {
    return say('desk.forwardedTo', { to: one.forwardedTo });
  }
  return say(`desk.status.${one.status}`);
}

function sheetOf({ library, words }: DeskVoice, one: Case): CaseView['sheet'] {
  return sheetLines(library.pack, answersOf(one), unitAsKept)
    .filter(({ key }) => !key.startsWith('documents.'))
    .map(({ label, value }) => ({ label: words(label), value: words(value) }));
}

/** Needed lines without a value, and papers that have not come. */
function missingOf({ library: { pack }, words }: DeskVoice, one: Case): readonly string[] {
  if (one.about === 'question') return [];
  const { readiness, documents } = one.dossier;
  const papers = papersFor(pack, answersOf(one)).filter((slot) => documents[slot]?.state !== 'sent');
  return [...readiness.missing, ...papers.map((slot) => `documents.${slot}`)].map((key) => words(labelOf(pack, key)));
}

async function paperLines({ store, voice }: CaseViewParts, one: Case): Promise<readonly PaperLine[]> {
  const { documents } = one.dossier;
  const { pack } = voice.library;
  const slots = one.about === 'question' ? Object.keys(documents) : papersFor(pack, answersOf(one));
  const all = [...new Set([...slots, ...Object.keys(documents)])];
  const refs: readonly FileRef[] = all.flatMap((slot) => documents[slot]?.files ?? []);
  const files = await deskFiles(store, refs);
  return all.map((slot) => ({
    label: voice.words(labelOf(pack, `documents.${slot}`)),
    state: voice.say(`desk.paper.${documents[slot]?.state ?? 'missing'}`),
    files: (documents[slot]?.files ?? []).flatMap(({ id }) => files.get(id) ?? []),
  }));
}

const OWNER_ACTS = ['opened', 'answered', 'sent-file', 'changed-sheet', 'withdrew'];

function entryLine(voice: DeskVoice, { at, by, what, text, detail }: CaseEntry): EntryLine {
  const { say } = voice;
  const known = by === 'owner' && OWNER_ACTS.includes(what) ? 'owner' : by === 'program' ? 'program' : null;
  const values = { detail: what === 'closed' && detail !== undefined ? say(`outcome.${detail}`) : (detail ?? '') };
  const key = detail === undefined ? `desk.entry.${what}` : `desk.entryWith.${what}`;
  return {
    at: stampOf(at),
    by: known === null ? by : say(`desk.by.${known}`),
    what: say(key, values),
    text: text === undefined || text === '' ? null : entryText(voice, what, text),
    isNote: what === 'noted',
  };
}

/** Field keys become the names that the sheet has for them. */
function entryText({ library: { pack }, words }: DeskVoice, what: string, text: string): string {
  const name = (key: string) => words(labelOf(pack, key));
  if (what === 'changed-sheet') return text.split(', ').map(name).join(', ');
  if (what === 'sent-file') return name(`documents.${text}`);
  const [, field = '', reason = ''] = what === 'asked' ? (/^([\w.-]+): (.*)$/s.exec(text) ?? []) : [];
  return field === '' ? text : `${name(field)}: ${reason}`;
}

function allowed(one: Case): Allowed {
  const closed = one.status === 'closed';
  const gone = one.outcome === 'erased';
  return {
    take: !closed && one.officer === null,
    work: !closed && !gone,
    reply: !gone && one.withdrawn !== true,
    handBack: one.withStaff === true && !gone,
    ask: !closed && one.about === 'registration',
    close: !closed,
    forward: !closed && !gone,
    reopen: (closed || one.status === 'forwarded') && one.withdrawn !== true && !gone,
  };
}

function askable({ library: { pack }, words }: DeskVoice, one: Case): readonly Option[] {
  return askableKeys(pack, one).map((key) => ({ id: key, label: words(labelOf(pack, key)) }));
}

/** Lines and papers of the sheet that its owner can be asked for again. */
export const askableKeys = (pack: Pack, one: Case): readonly string[] =>
  sheetSteps(pack, answersOf(one)).map(({ key }) => key);
