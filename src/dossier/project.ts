/** Derives the sheet from the answers: pure, so that an answer changed is a sheet changed. */
import type { Pack } from '../content/index.ts';
import { type Answers, MACHINES, PAPER_PREFIX, fieldOf, machinesOf, paperOf, placeOf, toMachine } from './answers.ts';
import type { Dossier, FieldValue, Paper, Readiness, SheetPlace } from './dossier.ts';
import { type SheetStep, sheetSteps } from './steps.ts';

export interface ProjectExtras {
  /** Name of a present-day unit by its code. */
  readonly unitName: (code: string) => string | undefined;
  readonly verdict?: Dossier['verdict'];
  readonly consent?: Dossier['consent'];
}

export function projectDossier(pack: Pack, answers: Answers, extras: ProjectExtras): Dossier {
  const steps = sheetSteps(pack, answers);
  const fields: Record<string, FieldValue> = {};
  const documents: Record<string, Paper> = {};
  let machines = machinesOf(answers).map(toMachine);
  for (const { key } of steps) {
    const value = fieldOf(answers, key);
    if (value !== undefined && key !== MACHINES) fields[key] = value;
    const paper = key.startsWith(PAPER_PREFIX) ? paperOf(answers, key.slice(PAPER_PREFIX.length)) : undefined;
    if (paper !== undefined) documents[key.slice(PAPER_PREFIX.length)] = paper;
  }
  if (!steps.some(({ key }) => key === MACHINES)) machines = [];
  const place = sheetPlace(answers, extras.unitName);
  return {
    fields,
    ...(place === undefined ? {} : { place }),
    machines,
    documents,
    ...(extras.verdict === undefined ? {} : { verdict: extras.verdict }),
    ...(extras.consent === undefined ? {} : { consent: extras.consent }),
    readiness: readinessOf(steps, answers),
  };
}

function sheetPlace(answers: Answers, unitName: ProjectExtras['unitName']): SheetPlace | undefined {
  const place = placeOf(answers);
  if (place === undefined) return undefined;
  const unit = place.unitCode === undefined ? undefined : unitName(place.unitCode);
  return {
    province: place.province,
    unitType: place.unitType,
    unit: unit ?? null,
    ...(place.formerProvince === undefined ? {} : { formerProvince: place.formerProvince }),
  };
}

function isFilled(key: string, answers: Answers): boolean {
  if (key === MACHINES) return machinesOf(answers).length > 0;
  if (key.startsWith(PAPER_PREFIX)) return paperOf(answers, key.slice(PAPER_PREFIX.length))?.state === 'sent';
  if (key === 'place') return placeOf(answers)?.unitCode !== undefined;
  const value = answers[key];
  return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);
}

/** How far the sheet has come: over the steps that count. */
export function readinessOf(steps: readonly SheetStep[], answers: Answers): Readiness {
  const counted = steps.filter(({ counts }) => counts);
  const open = counted.filter(({ key }) => !isFilled(key, answers));
  return {
    done: counted.length - open.length,
    of: counted.length,
    missing: steps.filter(({ key, needed }) => needed && !isFilled(key, answers)).map(({ key }) => key),
    next: open[0]?.key ?? null,
  };
}
