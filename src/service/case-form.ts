/**
 * The registration sheet of one case, ready for print: every value in words, in the parts that the layout
 * (`content/forms/phieu-dang-ky.docx`) has places for. A request to the centre, not a legal filing; the layout says so.
 */
import { dayOf, provinceCode, type Instant } from '../base/index.ts';
import type { Case } from '../casework/index.ts';
import { labelOf, papersFor, PROJECT_FIELDS, sheetLines, type Answers } from '../dossier/index.ts';
import type { State } from '../conversation/index.ts';
import { answersOf, unitAsKept } from './case-voice.ts';
import { verdictView, type VerdictView } from './desk-verdict.ts';
import type { DeskVoice } from './desk-voice.ts';

export interface FormLine {
  readonly label: string;
  readonly value: string;
}

export interface FormMachine {
  readonly number: string;
  readonly name: string;
  readonly quantity: string;
  readonly price: string;
  readonly total: string;
}

/** What the layout may place, under these very names; every value is text, empty where nothing was said. */
export interface CaseForm {
  readonly code: string;
  readonly status: string;
  readonly centre: string;
  readonly openedOn: string;
  readonly printedOn: string;
  readonly officer: string;
  readonly applicantName: string;
  readonly representative: string;
  readonly enterprise: readonly FormLine[];
  readonly project: readonly FormLine[];
  readonly hasMachines: boolean;
  readonly machines: readonly FormMachine[];
  readonly papers: readonly FormLine[];
  readonly hasVerdict: boolean;
  readonly verdict: string;
  readonly verdictOn: string;
  readonly reasons: readonly { readonly mark: string; readonly words: string; readonly cites: string }[];
  readonly sources: readonly string[];
  readonly unchecked: readonly string[];
  readonly hasConsent: boolean;
  readonly consentOn: string;
}

export interface FormParts {
  readonly voice: DeskVoice;
  /** What was answered and stands on no sheet (the verdict looks at it too); null: it is gone. */
  readonly state: State | null;
  readonly now: Instant;
}

export function caseForm({ voice, state, now }: FormParts, one: Case): CaseForm {
  const { pack } = voice.library;
  const answers = answersOf(one);
  const lines = sheetLines(pack, answers, unitAsKept).filter(({ key }) => !/^(machines$|documents\.)/.test(key));
  const wordsOf = (wanted: boolean) =>
    lines
      .filter(({ key }) => PROJECT_FIELDS.includes(key) === wanted)
      .map(({ label, value }) => ({ label: voice.words(label), value: voice.words(value) }));
  const province = one.dossier.place?.province ?? one.province;
  const { fields, consent } = one.dossier;
  const known = (key: string) => (typeof fields[key] === 'string' ? fields[key] : '');
  const view = verdictView(voice, one, state);
  return {
    code: one.code,
    status: voice.say(`desk.status.${one.withdrawn === true ? 'withdrawn' : one.status}`),
    centre: province === null ? '' : (pack.provinces.get(provinceCode(province))?.centre.name ?? ''),
    openedOn: dayWords(dayOf(one.openedAt)),
    printedOn: dayWords(dayOf(now)),
    officer: one.officer?.name ?? '',
    applicantName: known('applicantName'),
    representative: known('representative'),
    enterprise: wordsOf(false),
    project: wordsOf(true),
    hasMachines: one.dossier.machines.length > 0,
    machines: machineLines(voice, one),
    papers: paperLines(voice, one, answers),
    ...verdictParts(view),
    hasConsent: consent !== undefined,
    consentOn: consent === undefined ? '' : dayWords(dayOf(consent.at)),
  };
}

const dayWords = (day: string): string => day.split('-').reverse().join('/');

function machineLines({ words }: DeskVoice, one: Case): readonly FormMachine[] {
  const money = (amount: number | undefined) =>
    amount === undefined ? '' : words({ key: 'sheet.value', values: { value: { money: amount } } });
  return one.dossier.machines.map(({ name, quantity = 1, price }, at) => ({
    number: String(at + 1),
    name,
    quantity: String(quantity),
    price: money(price),
    total: money(price === undefined ? undefined : price * quantity),
  }));
}

/** Papers that the wanted supports call for, and whatever else has come. */
function paperLines({ library: { pack }, words, say }: DeskVoice, one: Case, answers: Answers): readonly FormLine[] {
  const { documents } = one.dossier;
  const slots = one.about === 'question' ? [] : papersFor(pack, answers);
  return [...new Set([...slots, ...Object.keys(documents)])].map((slot) => ({
    label: words(labelOf(pack, `documents.${slot}`)),
    value: say(`desk.paper.${documents[slot]?.state ?? 'missing'}`),
  }));
}

const MARKS = { holds: '✓', fails: '✗', doubt: '?', open: '?' } as const;

function verdictParts(view: VerdictView | null) {
  const reasons = view?.reasons ?? [];
  return {
    hasVerdict: view !== null,
    verdict: view?.words ?? '',
    verdictOn: view?.on ?? '',
    reasons: reasons.map(({ mark, words, cites, certainty }) => ({
      mark: MARKS[mark],
      words: certainty === null ? words : `${words} (${certainty})`,
      cites: cites.join('; '),
    })),
    sources: [...new Set(reasons.flatMap(({ cites }) => cites))],
    unchecked: view?.unchecked ?? [],
  };
}
