/** A case ↔ its row; the sheet and the entries have rows of their own. */
import { caseId, conversationId, provinceCode, staffId } from '../base/index.ts';
import type { Case, CaseEntry, CaseStatus } from '../casework/index.ts';
import type { Dossier } from '../dossier/index.ts';
import { foldWords } from '../language/index.ts';
import type { VerdictKind } from '../policy/index.ts';
import type { CaseLine } from '../service/store.ts';
import type { Case as CaseRow, CaseEntry as EntryRow } from './generated/sqlite/client.ts';
import { fromJson, storable, toJson } from './text.ts';

export function caseRow(value: Case): CaseRow {
  const {
    officer,
    dossier,
    entries,
    question = null,
    outcome = null,
    raisedAt = null,
    withdrawn,
    id,
    code,
    about,
    province,
    conversation,
    status,
    openedAt,
    changedAt,
    version,
    ...more
  } = value;
  const text = (key: string): string => (typeof dossier.fields[key] === 'string' ? String(dossier.fields[key]) : '');
  const supports = dossier.fields['supportWanted'];
  const title = text('applicantName') || text('representative');
  return {
    id,
    code,
    about,
    province,
    conversation,
    status,
    officerId: officer?.id ?? null,
    officerName: officer === null ? null : storable(officer.name),
    question: question === null ? null : storable(question),
    openedAt,
    changedAt,
    outcome: outcome === null ? null : storable(outcome),
    withdrawn: withdrawn === true,
    raisedAt,
    version,
    entryCount: entries.length,
    title: storable(title),
    search: searchText([title, text('representative'), code, text('phone'), dossier.place?.unit ?? '']),
    supports: Array.isArray(supports) && supports.length > 0 ? `,${supports.join(',')},` : '',
    verdict: dossier.verdict?.kind ?? null,
    ready: dossier.readiness.done,
    readyOf: dossier.readiness.of,
    rest: toJson(more),
  };
}

/** Words without diacritics; a phone also as it is written at home, `0912…`, and a code also without dashes. */
function searchText(parts: readonly string[]): string {
  const phone = (part: string): string => (/^\+84\d+$/.test(part) ? `${part} 0${part.slice(3)}` : part);
  const words = parts.map((part) => foldWords(phone(storable(part)))).filter((part) => part !== '');
  return ` ${words.join(' ')} `;
}

export const readEntry = ({ at, by, what, text, rest }: EntryRow): CaseEntry => ({
  at,
  by,
  what,
  ...(text !== null && { text }),
  ...fromJson<object>(rest),
});

export function entryRow(case_: string, place: number, { at, by, what, text, ...more }: CaseEntry): EntryRow {
  const said = text === undefined ? null : storable(text);
  return { caseId: case_, place, at, by: storable(by), what, text: said, rest: toJson(more) };
}

const NO_SHEET: Dossier = {
  fields: {},
  machines: [],
  documents: {},
  readiness: { done: 0, of: 0, missing: [], next: null },
};

export function readCase(row: CaseRow & { readonly entries: readonly EntryRow[] }, dossier: Dossier | undefined): Case {
  return {
    id: caseId(row.id),
    code: row.code,
    about: row.about as Case['about'],
    province: row.province === null ? null : provinceCode(row.province),
    conversation: conversationId(row.conversation),
    status: row.status as CaseStatus,
    officer: officerOf(row),
    dossier: dossier ?? NO_SHEET,
    ...(row.question !== null && { question: row.question }),
    openedAt: row.openedAt,
    changedAt: row.changedAt,
    ...(row.outcome !== null && { outcome: row.outcome }),
    ...(row.withdrawn && { withdrawn: true as const }),
    ...(row.raisedAt !== null && { raisedAt: row.raisedAt }),
    version: row.version,
    entries: [...row.entries].sort((a, b) => a.place - b.place).map(readEntry),
    ...fromJson<object>(row.rest),
  };
}

const officerOf = (row: CaseRow): Case['officer'] =>
  row.officerId === null ? null : { id: staffId(row.officerId), name: row.officerName ?? '' };

export const readLine = (row: CaseRow): CaseLine => ({
  id: caseId(row.id),
  code: row.code,
  about: row.about as Case['about'],
  province: row.province === null ? null : provinceCode(row.province),
  status: row.status as CaseStatus,
  officer: officerOf(row),
  title: row.title,
  supports: row.supports.split(',').filter((each) => each !== ''),
  verdict: row.verdict as VerdictKind | null,
  readiness: { done: row.ready, of: row.readyOf },
  openedAt: row.openedAt,
  changedAt: row.changedAt,
  withdrawn: row.withdrawn,
});
