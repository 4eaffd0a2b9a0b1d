/**
 * Cases as a table for a spreadsheet: one row a case, one column a key of the contract, section 7, with how the case stands.
 * Values are those of `case show`: choice ids, integers of đồng, phones E.164. Documents write it in a format.
 */
import type { CaseId } from '../base/index.ts';
import type { Case } from '../casework/index.ts';
import type { Pack, Value } from '../content/index.ts';
import { labelOf } from '../dossier/index.ts';
import { FIELD_KEYS } from './case-record.ts';
import type { CaseFilter, Store } from './ports.ts';

/** `words` were typed by a person; `code` comes from the program or the content; `instant` is ISO text in UTC. */
export type CellKind = 'words' | 'code' | 'integer' | 'money' | 'instant';

/** null: nothing was said. */
export type Cell = string | number | null;

export interface Column {
  readonly key: string;
  /** What it is called by people. */
  readonly label: string;
  readonly kind: CellKind;
}

export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
}

/** How a table names its columns; `values` as in `Texts`. */
export type Naming = (key: string, values?: Readonly<Record<string, Value>>) => string;

type Draft = Omit<Column, 'label'> & { readonly read: (one: Case) => Cell };

/** Several values stand in one cell. */
const BETWEEN = '; ';

const WORDS = ['applicantName', 'representative', 'addressDetail', 'products', 'projectName', 'objective'];
const MONEY = ['annualRevenue', 'totalCapital', 'totalCost', 'requestedSupport', 'ownCapital'];

const PAGE = 200;

/** Reads all cases of a filter, page by page. */
export async function casesFor(
  store: Pick<Store, 'listCases' | 'loadCases'>,
  filter: Omit<CaseFilter, 'limit' | 'offset'>,
): Promise<readonly Case[]> {
  const found: Case[] = [];
  for (let offset = 0; ; offset += PAGE) {
    const lines = await store.listCases({ ...filter, limit: PAGE, offset });
    found.push(...(await store.loadCases(lines.map(({ id }): CaseId => id))));
    if (lines.length < PAGE) return found;
  }
}

/** `name` puts the columns that are no question into words; the others have the names of their questions. */
export function caseTable(pack: Pack, cases: readonly Case[], name: Naming): Table {
  const drafts = [...standing, ...said, ...placed, ...machinery, ...papersOf(pack, cases), ...agreed];
  const columns = drafts.map(({ key, kind }) => ({ key, kind, label: labelFor(pack, key, name) }));
  return { columns, rows: cases.map((one) => drafts.map(({ read }) => read(one))) };
}

function labelFor(pack: Pack, key: string, name: Naming): string {
  const label = labelOf(pack, key);
  if ('words' in label && label.words !== key && label.words !== key.replace('documents.', '')) return label.words;
  return key.startsWith('documents.') ? key : name(`export.column.${key}`);
}

const column = (key: string, kind: CellKind, read: Draft['read']): Draft => ({ key, kind, read });

const standing: readonly Draft[] = [
  column('code', 'code', ({ code }) => code),
  column('about', 'code', ({ about }) => about),
  column('status', 'code', ({ status }) => status),
  column('officer', 'words', ({ officer }) => officer?.name ?? null),
  column('outcome', 'code', ({ outcome }) => outcome ?? null),
  column('withdrawn', 'code', ({ withdrawn }) => (withdrawn === true ? 'yes' : null)),
  column('openedAt', 'instant', ({ openedAt }) => openedAt),
  column('changedAt', 'instant', ({ changedAt }) => changedAt),
  column('question', 'words', ({ question }) => question ?? null),
  column('verdict', 'code', ({ dossier }) => dossier.verdict?.kind ?? null),
  column('verdictOn', 'code', ({ dossier }) => dossier.verdict?.on ?? null),
  column('readyDone', 'integer', ({ dossier }) => dossier.readiness.done),
  column('readyOf', 'integer', ({ dossier }) => dossier.readiness.of),
];

const said: readonly Draft[] = FIELD_KEYS.map((key) =>
  column(key, kindOf(key), ({ dossier }) => {
    const value = dossier.fields[key];
    if (value === undefined) return null;
    return typeof value === 'object' ? value.join(BETWEEN) : value;
  }),
);

function kindOf(key: string): CellKind {
  if (WORDS.includes(key)) return 'words';
  if (MONEY.includes(key)) return 'money';
  return key === 'workers' ? 'integer' : 'code';
}

/** The place in words a person reads, then its parts. */
const placed: readonly Draft[] = [
  column('place', 'words', ({ dossier: { place } }) =>
    place === undefined ? null : [place.unit, place.province].filter((part) => part !== null).join(', '),
  ),
  column('province', 'code', ({ dossier, province }) => dossier.place?.province ?? province),
  column('unitType', 'code', ({ dossier }) => dossier.place?.unitType ?? null),
  column('unit', 'words', ({ dossier }) => dossier.place?.unit ?? null),
  column('formerProvince', 'code', ({ dossier }) => dossier.place?.formerProvince ?? null),
];

/** One machine keeps its number a number; of several the values stand one after another, as do their names. */
const machine = (key: 'quantity' | 'price', kind: CellKind): Draft =>
  column(`machines.${key}`, kind, ({ dossier: { machines } }) => {
    const [only] = machines;
    if (only === undefined) return null;
    if (machines.length === 1) return only[key] ?? null;
    return machines.map((each) => each[key] ?? '').join(BETWEEN);
  });

const machinery: readonly Draft[] = [
  column('machines.name', 'words', ({ dossier: { machines } }) =>
    machines.length === 0 ? null : machines.map(({ name }) => name).join(BETWEEN),
  ),
  machine('quantity', 'integer'),
  machine('price', 'money'),
];

/** Slots of the pack, and those of papers that came before the pack was changed: `sent`, `later` or `none`. */
function papersOf(pack: Pack, cases: readonly Case[]): readonly Draft[] {
  const known = pack.papers.map(({ id }) => id);
  const kept = cases.flatMap(({ dossier }) => Object.keys(dossier.documents));
  return [...new Set([...known, ...kept])].map((slot) =>
    column(`documents.${slot}`, 'code', ({ dossier }) => dossier.documents[slot]?.state ?? null),
  );
}

const agreed: readonly Draft[] = [
  column('consent', 'code', ({ dossier: { consent } }) => (consent === undefined ? null : 'yes')),
  column('consentVersion', 'code', ({ dossier }) => dossier.consent?.version ?? null),
  column('consentAt', 'instant', ({ dossier }) => dossier.consent?.at ?? null),
];
