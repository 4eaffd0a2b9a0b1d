/**
 * A registration sheet ↔ its rows: one row of columns, its machines and papers. A part without a column (of a later
 * version, or a value that does not fit) goes to `rest`, so that a sheet always comes back as it was stored.
 */
import type { Dossier, FieldValue, Machine, Paper } from '../dossier/index.ts';
import type { VerdictKind } from '../policy/index.ts';
import type { SqlValue } from './sql.ts';
import { fromJson, storable, toJson } from './text.ts';

type Kind = 'text' | 'list' | 'int' | 'money';

/** The columns that are field keys of the contract, section 7. */
export const FIELD_COLUMNS = {
  applicantName: 'text',
  legalForm: 'text',
  sector: 'text',
  craftVillage: 'text',
  supportWanted: 'list',
  workers: 'int',
  annualRevenue: 'money',
  totalCapital: 'money',
  alreadyBought: 'text',
  fundedBefore: 'text',
  priority: 'list',
  taxCode: 'text',
  representative: 'text',
  phone: 'text',
  addressDetail: 'text',
  products: 'text',
  projectName: 'text',
  objective: 'text',
  totalCost: 'money',
  requestedSupport: 'money',
  ownCapital: 'money',
  startDate: 'text',
  endDate: 'text',
} as const satisfies Record<string, Kind>;

const INT_MAX = 2_147_483_647;

/** The column's value; undefined when the field's value does not fit it. */
function toColumn(kind: Kind, value: FieldValue): SqlValue | undefined {
  if (kind === 'text') return typeof value === 'string' ? storable(value) : undefined;
  if (kind === 'list') {
    const fits = Array.isArray(value) && value.length > 0 && value.every((item) => /^[^,]+$/.test(String(item)));
    return fits ? storable((value as readonly string[]).join(',')) : undefined;
  }
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) return undefined;
  if (kind === 'money') return BigInt(value);
  return Math.abs(value) <= INT_MAX ? value : undefined;
}

function fromColumn(kind: Kind, value: SqlValue): FieldValue {
  if (kind === 'list') return String(value).split(',');
  return kind === 'text' ? String(value) : Number(value);
}

interface Rest {
  readonly fields?: Record<string, FieldValue>;
  readonly place?: object;
  readonly verdict?: object;
  readonly readiness?: object;
  readonly more?: object;
}

export interface MachineRow {
  readonly place: number;
  readonly name: string;
  readonly quantity: number | null;
  readonly price: bigint | null;
  readonly rest: string;
}

export interface PaperRow {
  readonly slot: string;
  readonly state: string;
  readonly files: readonly PaperFileRow[];
}

export interface PaperFileRow {
  readonly place: number;
  readonly fileId: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
}

/** The sheet's own row by column, without id, conversation and time. */
export function sheetColumns(dossier: Dossier): Record<string, SqlValue> {
  const { fields, place, machines: _machines, documents: _documents, verdict, consent, readiness, ...more } = dossier;
  const columns: Record<string, SqlValue> = {};
  const other: Record<string, FieldValue> = {};
  for (const column of Object.keys(FIELD_COLUMNS)) columns[column] = null;
  for (const [key, value] of Object.entries(fields)) {
    const kind = (FIELD_COLUMNS as Record<string, Kind>)[key];
    const fitted = kind === undefined ? undefined : toColumn(kind, value);
    if (fitted === undefined) other[key] = value;
    else columns[key] = fitted;
  }
  const { province = null, unitType = null, unit = null, formerProvince = null, ...placeRest } = place ?? {};
  const { kind = null, holds = null, of = null, on = null, ...verdictRest } = verdict ?? {};
  const { done, of: readyOf, missing, ...readinessRest } = readiness;
  const rest: Rest = {
    fields: other,
    ...(hasAny(placeRest) && { place: placeRest }),
    ...(hasAny(verdictRest) && { verdict: verdictRest }),
    ...(hasAny(readinessRest) && { readiness: readinessRest }),
    ...(hasAny(more) && { more }),
  };
  return {
    ...columns,
    province,
    unitType,
    unit,
    formerProvince,
    verdict: kind,
    verdictHolds: holds,
    verdictOf: of,
    verdictOn: on,
    consentVersion: consent?.version ?? null,
    consentAt: consent?.at ?? null,
    ready: done,
    readyOf,
    missing: missing.join(','),
    rest: toJson(rest),
  };
}

const hasAny = (part: object): boolean => Object.keys(part).length > 0;

export const machineRows = (dossier: Dossier): MachineRow[] =>
  dossier.machines.map(({ name, quantity, price, ...more }, place) => {
    const fits = quantity === undefined || Math.abs(quantity) <= INT_MAX;
    return {
      place,
      name: storable(name),
      quantity: fits ? (quantity ?? null) : null,
      price: price === undefined ? null : BigInt(price),
      rest: toJson(fits ? more : { ...more, quantity }),
    };
  });

export const paperRows = (dossier: Dossier): PaperRow[] =>
  Object.entries(dossier.documents).map(([slot, paper]) => ({
    slot,
    state: paper.state,
    files: paper.files.map(({ id, name, type, size }, place) => ({
      place,
      fileId: id,
      name: storable(name),
      type,
      size,
    })),
  }));

/** A registration as Prisma reads it, with its machines and papers. */
export type SheetRow = Readonly<Record<string, unknown>> & {
  readonly machines: readonly MachineRow[];
  readonly papers: readonly PaperRow[];
};

/** The sheet that was stored. */
export function readSheet(row: SheetRow): Dossier {
  const rest = fromJson<Rest>(String(row['rest']));
  const fields: Record<string, FieldValue> = { ...rest.fields };
  for (const [key, kind] of Object.entries(FIELD_COLUMNS)) {
    const value = row[key] as SqlValue;
    if (value !== null) fields[key] = fromColumn(kind, value);
  }
  const text = (key: string): string | null => row[key] as string | null;
  const province = text('province');
  const verdict = text('verdict');
  const consentVersion = text('consentVersion');
  const missing = String(row['missing']);
  return {
    fields,
    ...(province !== null && {
      place: {
        province,
        unitType: text('unitType'),
        unit: text('unit'),
        ...(text('formerProvince') !== null && { formerProvince: String(row['formerProvince']) }),
        ...rest.place,
      },
    }),
    machines: [...row.machines].sort(byPlace).map(readMachine),
    documents: Object.fromEntries(row.papers.map((paper) => [paper.slot, readPaper(paper)])),
    ...(verdict !== null && {
      verdict: {
        kind: verdict as VerdictKind,
        holds: Number(row['verdictHolds']),
        of: Number(row['verdictOf']),
        on: String(row['verdictOn']),
        ...rest.verdict,
      },
    }),
    ...(consentVersion !== null && { consent: { version: consentVersion, at: String(row['consentAt']) } }),
    readiness: {
      next: null,
      done: Number(row['ready']),
      of: Number(row['readyOf']),
      missing: missing === '' ? [] : missing.split(','),
      ...rest.readiness,
    },
    ...rest.more,
  };
}

const byPlace = (a: { readonly place: number }, b: { readonly place: number }): number => a.place - b.place;

const readMachine = ({ name, quantity, price, rest }: MachineRow): Machine => ({
  name,
  ...(quantity !== null && { quantity }),
  ...(price !== null && { price: Number(price) }),
  ...fromJson<object>(rest),
});

const readPaper = (paper: PaperRow): Paper => ({
  state: paper.state as Paper['state'],
  files: [...paper.files].sort(byPlace).map(({ fileId, name, type, size }) => ({ id: fileId, name, type, size })),
});
