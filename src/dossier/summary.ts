/** The sheet in words: a line per field, as review, staff and receipts show it. */
import { type Day, provinceCode, questionId } from '../base/index.ts';
import type { Label, Pack, Value } from '../content/index.ts';
import { type Answers, MACHINES, PAPER_PREFIX, fieldOf, machinesOf, paperOf, placeOf } from './answers.ts';
import { sheetSteps } from './steps.ts';

export interface SheetLine {
  readonly key: string;
  readonly label: Label;
  readonly value: Label;
}

/** The name of a line: the question's own label, or the paper's. */
export function labelOf(pack: Pack, key: string): Label {
  if (key.startsWith(PAPER_PREFIX)) {
    const slot = key.slice(PAPER_PREFIX.length);
    return { words: pack.papers.find(({ id }) => id === slot)?.label ?? slot };
  }
  const question = pack.questions.get(questionId(key === MACHINES ? 'machines.name' : key));
  return question === undefined ? { words: key } : { words: question.label };
}

/** Lines for keys in a given order; those without a value are left out. */
export function linesFor(
  pack: Pack,
  answers: Answers,
  keys: readonly string[],
  unitName: (code: string) => string | undefined,
): readonly SheetLine[] {
  return keys.flatMap((key) => {
    const value = describe(pack, answers, key, unitName);
    return value === null ? [] : [{ key, label: labelOf(pack, key), value }];
  });
}

/** The lines that have a value, in the order of the sheet. */
export function sheetLines(
  pack: Pack,
  answers: Answers,
  unitName: (code: string) => string | undefined,
): readonly SheetLine[] {
  const keys = sheetSteps(pack, answers).map(({ key }) => key);
  return linesFor(pack, answers, keys, unitName);
}

const text = (value: Value): Label => ({ key: 'sheet.value', values: { value } });

/** What was answered to a question, in words; null when it was not answered or passed over. */
export function describe(
  pack: Pack,
  answers: Answers,
  key: string,
  unitName: (code: string) => string | undefined,
): Label | null {
  if (key === MACHINES) return describeMachines(answers);
  if (key.startsWith(PAPER_PREFIX)) return describePaper(answers, key.slice(PAPER_PREFIX.length));
  if (key === 'place') return describePlace(pack, answers, unitName);
  const value = fieldOf(answers, key);
  if (value === undefined) return null;
  const question = pack.questions.get(questionId(key));
  const choiceLabel = (one: string): Label => ({
    words: question?.choices.find((choice) => choice.value === one)?.label ?? one,
  });
  if (typeof value === 'object') return value.length === 0 ? null : text({ list: value.map(choiceLabel) });
  if (typeof value === 'number') return text(question?.kind === 'money' ? { money: value } : value);
  if (question?.kind === 'phone') return text({ phone: value });
  if (question?.kind === 'date') return text(value.length === 7 ? { month: value } : { day: value as Day });
  if (question !== undefined && question.choices.length > 0) return choiceLabel(value);
  return text(value);
}

function describeMachines(answers: Answers): Label | null {
  const machines = machinesOf(answers);
  if (machines.length === 0) return null;
  const lines = machines.map(({ name, quantity, price }): Label => {
    const values = { name, quantity: quantity ?? 1, ...(typeof price === 'number' ? { price: { money: price } } : {}) };
    return { key: typeof price === 'number' ? 'sheet.machine' : 'sheet.machineWithoutPrice', values };
  });
  return text({ list: lines });
}

function describePaper(answers: Answers, slot: string): Label | null {
  const paper = paperOf(answers, slot);
  if (paper === undefined) return null;
  return paper.state === 'sent'
    ? { key: 'sheet.paperSent', values: { count: paper.files.length } }
    : { key: paper.state === 'none' ? 'sheet.paperNone' : 'sheet.paperLater' };
}

function describePlace(pack: Pack, answers: Answers, unitName: (code: string) => string | undefined): Label | null {
  const place = placeOf(answers);
  return place === undefined ? null : placeLabel(pack, place, unitName);
}

/** «Xã Nga Sơn, Thanh Hóa»: the unit's name has its kind, since the law hangs on it. */
export function placeLabel(
  pack: Pack,
  place: { readonly province: string; readonly unitType: string | null; readonly unitCode?: string },
  unitName: (code: string) => string | undefined,
): Label {
  const province = pack.provinces.get(provinceCode(place.province));
  const unit = place.unitCode === undefined ? undefined : unitName(place.unitCode);
  const provinceName = province?.name ?? place.province;
  if (unit === undefined) return { key: 'sheet.provinceOnly', values: { province: provinceName } };
  return {
    key: 'sheet.place',
    values: { unit, province: provinceName },
  };
}
