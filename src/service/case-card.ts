/** The card of a case (the one message that names its code) and its whole sheet (which does not). */
import { provinceCode } from '../base/index.ts';
import type { Case } from '../casework/index.ts';
import type { Label, RenderedBlock, Run } from '../content/index.ts';
import { describe, labelOf, papersFor, placeLabel } from '../dossier/index.ts';
import {
  answersOf,
  dotted,
  linesOf,
  nameOf,
  roomButton,
  roomMessage,
  sheetItems,
  staffRuns,
  textLabel,
  unitAsKept,
  withUnit,
  type Voice,
} from './case-voice.ts';
import type { RenderedChoice, RenderedMessage } from './ports.ts';

const MISSING_SHOWN = 4;
/** Of the owner's own words on the card; the thread and the sheet have them whole. */
const QUESTION_SHOWN = 300;

export const cardMessage = (voice: Voice, one: Case): RenderedMessage =>
  roomMessage(
    [linesOf(headLine(voice, one), askLine(voice, one), verdictLine(voice, one), stateLine(voice, one))],
    cardButtons(voice, one),
  );

/** What stays of the card when the person was erased. */
export const erasedCardMessage = (voice: Voice, code: string): RenderedMessage =>
  roomMessage([linesOf(staffRuns(voice, 'erased', { code }))]);

export function sheetMessage(voice: Voice, one: Case): RenderedMessage {
  const { readiness } = one.dossier;
  const items = sheetItems(voice, one);
  const question = one.question === undefined ? [] : staffRuns(voice, 'card.question', { question: one.question });
  const ready = readiness.of === 0 ? [] : staffRuns(voice, 'whole.ready', { done: readiness.done, of: readiness.of });
  const list: RenderedBlock =
    items.length === 0 ? linesOf(staffRuns(voice, 'whole.empty')) : { kind: 'list', items: [...items] };
  return roomMessage([
    linesOf(staffRuns(voice, 'whole.title'), question),
    list,
    linesOf(ready, verdictLine(voice, one)),
  ]);
}

function headLine(voice: Voice, one: Case): readonly Run[] {
  const icon = textLabel(`staff.icon.${one.withdrawn === true ? 'withdrawn' : one.status}`);
  const place = placeOf(voice, one);
  const values = { icon, code: one.code, who: whoOf(voice, one) };
  return place === null
    ? staffRuns(voice, 'card.head', values)
    : staffRuns(voice, 'card.headPlace', { ...values, place: { label: place } });
}

function whoOf(voice: Voice, one: Case): string | { readonly label: Label } {
  const { applicantName, representative } = one.dossier.fields;
  for (const name of [applicantName, representative]) if (typeof name === 'string' && name !== '') return name;
  return { label: describe(voice.pack, answersOf(one), 'legalForm', unitAsKept) ?? { key: 'staff.card.noName' } };
}

function placeOf({ pack }: Voice, one: Case): Label | null {
  const { place } = one.dossier;
  if (place !== undefined) return placeLabel(pack, withUnit(place), unitAsKept);
  const province = one.province === null ? undefined : pack.provinces.get(provinceCode(one.province));
  return province === undefined ? null : { words: province.name };
}

function askLine(voice: Voice, one: Case): readonly Run[] {
  if (one.question !== undefined) {
    const { question } = one;
    const shown = question.length <= QUESTION_SHOWN ? question : `${question.slice(0, QUESTION_SHOWN)}…`;
    return staffRuns(voice, 'card.question', { question: shown });
  }
  if (one.about === 'question') return staffRuns(voice, 'card.wantsPerson');
  const said = (key: string) => describe(voice.pack, answersOf(one), key, unitAsKept);
  const wanted = said('supportWanted');
  const amount = said('requestedSupport');
  return dotted([
    wanted === null ? [] : voice.texts.runs(wanted, voice.lang),
    machineRuns(voice, one),
    amount === null ? [] : staffRuns(voice, 'card.requested', { amount: { label: amount } }),
  ]);
}

/** Shorter than on the sheet: «máy sấy 250 triệu đồng». */
function machineRuns(voice: Voice, one: Case): readonly Run[] {
  const list = one.dossier.machines.map(({ name, quantity = 1, price }): Label => {
    const key = `staff.card.machine${quantity === 1 ? '' : 's'}${price === undefined ? '' : 'Priced'}`;
    return { key, values: { name, quantity, ...(price === undefined ? {} : { price: { money: price } }) } };
  });
  return list.length === 0 ? [] : staffRuns(voice, 'card.machineList', { list: { list } });
}

function verdictLine(voice: Voice, one: Case): readonly Run[] {
  const { verdict } = one.dossier;
  // Of a bare question nothing was judged yet.
  const said =
    verdict === undefined || (one.about === 'question' && verdict.kind === 'unknown')
      ? []
      : staffRuns(voice, 'card.verdict', {
          verdict: textLabel(`staff.verdict.${verdict.kind}`),
          holds: verdict.holds,
          of: verdict.of,
        });
  const missing = missingOf(voice, one);
  if (missing.length === 0) return said;
  const shown = missing.slice(0, MISSING_SHOWN);
  const more = missing.length - shown.length;
  const list = more > 0 ? [...shown, { key: 'staff.card.more', values: { count: more } }] : shown;
  return dotted([said, staffRuns(voice, 'card.missing', { list: { list } })]);
}

/** Needed lines without a value, and papers that have not come. */
function missingOf({ pack }: Voice, one: Case): readonly Label[] {
  if (one.about === 'question') return [];
  const { readiness, documents } = one.dossier;
  const papers = papersFor(pack, answersOf(one)).filter((slot) => documents[slot]?.state !== 'sent');
  return [...readiness.missing, ...papers.map((slot) => `documents.${slot}`)].map((key) => labelOf(pack, key));
}

function stateLine(voice: Voice, one: Case): readonly Run[] {
  if (one.status === 'new') return [];
  if (one.withdrawn === true) return staffRuns(voice, 'state.withdrawn');
  return staffRuns(voice, `state.${one.status}`, {
    officer: nameOf(voice, one.officer?.name ?? ''),
    outcome: textLabel(`outcome.${one.outcome ?? 'other'}`),
    to: one.forwardedTo ?? '',
  });
}

function cardButtons(voice: Voice, one: Case): readonly RenderedChoice[] {
  const button = (verb: Parameters<typeof roomButton>[2]) => roomButton(voice, one, verb);
  if (one.withdrawn === true) return [button('sheet')];
  if (one.status === 'closed') return [button('sheet'), button('reopen')];
  // A colleague answers in the platform's own inbox: the bot is silent although nobody has taken the case.
  const back = one.withStaff === true ? [button('back')] : [];
  if (one.officer === null) return [button('take'), button('sheet'), ...back];
  const onward = button(one.status === 'forwarded' ? 'reopen' : 'forward');
  return [button('sheet'), button('back'), onward, button('close')];
}
