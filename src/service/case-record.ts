/** A case as plain data under the keys of the contract, section 7: what `case show`, exports and a person's own copy give. */
import type { Case } from '../casework/index.ts';

/** Fields of the contract, section 7, that hold one value; they are shown also where nothing was said. */
export const FIELD_KEYS = [
  'applicantName',
  'legalForm',
  'sector',
  'craftVillage',
  'supportWanted',
  'workers',
  'annualRevenue',
  'totalCapital',
  'alreadyBought',
  'fundedBefore',
  'priority',
  'taxCode',
  'representative',
  'phone',
  'addressDetail',
  'products',
  'projectName',
  'objective',
  'totalCost',
  'requestedSupport',
  'ownCapital',
  'startDate',
  'endDate',
] as const;

/** The keys of the contract, section 7, and how the case stands. Money in đồng, phones E.164; null where nothing was said. */
export function recordOf(one: Case): Record<string, unknown> {
  const { code, about, status, officer, outcome, openedAt, changedAt, dossier, question } = one;
  const { fields, place, machines, documents, consent, verdict, readiness } = dossier;
  const known = Object.fromEntries(FIELD_KEYS.map((key) => [key, fields[key] ?? null]));
  return {
    code,
    about,
    status,
    officer: officer?.name ?? null,
    outcome: outcome ?? null,
    withdrawn: one.withdrawn === true,
    openedAt,
    changedAt,
    question: question ?? null,
    verdict: verdict ?? null,
    readiness,
    ...known,
    ...fields,
    province: place?.province ?? one.province,
    place: place ?? null,
    machines: machines.map(({ name, quantity = null, price = null }) => ({ name, quantity, price })),
    documents: Object.fromEntries(
      Object.entries(documents).map(([slot, { state, files }]) => [slot, { state, files }]),
    ),
    consent: consent === undefined ? null : 'yes',
    consentVersion: consent?.version ?? null,
    consentAt: consent?.at ?? null,
  };
}
