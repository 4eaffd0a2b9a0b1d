/** How a case is put into words for staff: the pack, the texts and the language, with the few shapes all notices share. */
import type { Case } from '../casework/index.ts';
import type { Label, Pack, Province, RenderedBlock, Run, Values } from '../content/index.ts';
import { sheetLines, type Answers } from '../dossier/index.ts';
import type { Texts } from '../texts/index.ts';
import type { RenderedChoice, RenderedMessage } from './ports.ts';
import { writePress, type RoomVerb } from './staff-token.ts';

/** Taken anew for each change, since the content may be swapped between two. */
export interface Voice {
  readonly pack: Pack;
  readonly texts: Texts;
  readonly lang: string;
}

/** A text of `staff.yaml`. */
export const staffRuns = ({ texts, lang }: Voice, key: string, values: Values = {}): readonly Run[] =>
  texts.runs({ key: `staff.${key}`, values }, lang);

export const staffWords = ({ texts, lang }: Voice, key: string, values: Values = {}): string =>
  texts.label({ key: `staff.${key}`, values }, lang);

/** One paragraph of several lines: a card is read at a glance. Empty lines are left out. */
export function linesOf(...lines: readonly (readonly Run[])[]): RenderedBlock {
  const shown = lines.filter((line) => line.length > 0);
  return { kind: 'paragraph', runs: shown.flatMap((line, at) => (at === 0 ? line : [{ text: '\n' }, ...line])) };
}

/** Parts of one line, set apart by a dot. */
export const dotted = (parts: readonly (readonly Run[])[]): readonly Run[] =>
  parts.filter((part) => part.length > 0).flatMap((part, at) => (at === 0 ? part : [{ text: ' · ' }, ...part]));

export const roomMessage = (
  blocks: readonly RenderedBlock[],
  choices: readonly RenderedChoice[] = [],
): RenderedMessage => ({ from: 'bot', blocks, choices });

export const roomButton = (voice: Voice, one: Case, verb: RoomVerb): RenderedChoice => ({
  id: writePress({ verb, caseId: one.id }),
  label: staffWords(voice, `button.${verb}`),
});

/** A person without a name on the platform still is somebody. */
export const nameOf = (voice: Voice, name: string): string =>
  name.trim() === '' ? staffWords(voice, 'nameless') : name;

/** Provinces to whose centre a case may be forwarded, in the order of the alphabet. */
export const otherCentres = (pack: Pack, province: string | null): readonly Province[] =>
  [...pack.provinces.values()].filter(({ id }) => id !== province).sort((a, b) => a.name.localeCompare(b.name, 'vi'));

/** The sheet keeps the name of the unit where the answers have its code. */
export const unitAsKept = (name: string): string => name;

/** The sheet's values as the answers from which the dossier makes its words. */
export function answersOf({ dossier }: Pick<Case, 'dossier'>): Answers {
  const { fields, machines, documents, place } = dossier;
  const papers = Object.fromEntries(Object.entries(documents).map(([slot, paper]) => [`documents.${slot}`, paper]));
  const located = place === undefined ? {} : { place: withUnit(place) };
  return { ...fields, ...(machines.length === 0 ? {} : { machines }), ...papers, ...located };
}

export const withUnit = <Place extends { readonly unit: string | null }>(place: Place) => ({
  ...place,
  ...(place.unit === null ? {} : { unitCode: place.unit }),
});

/** Lines of the sheet, «tên: giá trị»; only those keys when some are named. */
export function sheetItems(
  voice: Voice,
  one: Pick<Case, 'dossier'>,
  only?: readonly string[],
): readonly (readonly Run[])[] {
  const lines = sheetLines(voice.pack, answersOf(one), unitAsKept);
  const shown = only === undefined ? lines : lines.filter(({ key }) => only.includes(key));
  return shown.map(({ label, value }) => staffRuns(voice, 'whole.line', { label: { label }, value: { label: value } }));
}

export const textLabel = (key: string): { readonly label: Label } => ({ label: { key } });
