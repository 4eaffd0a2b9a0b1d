/**
 * Results that the law has turned, as staff see them before anybody is told: who, from what to what, which condition with
 * its article, and the very message that the owner would get.
 */
import { dayOf, programmeId, type Instant } from '../base/index.ts';
import { causeLabel, flipOfState, type State } from '../conversation/index.ts';
import { NATIONAL, type KindChange, type ToldVerdict } from '../policy/index.ts';
import type { Texts } from '../texts/index.ts';
import { plainWords } from './desk-log.ts';
import { reasonLine, type ReasonLine } from './desk-verdict.ts';
import { provinceWords, stampOf, type DeskVoice, type Stamp } from './desk-voice.ts';
import { flipIdOf, keptVerdicts } from './law-judging.ts';
import { causeOf } from './law-news.ts';
import { isWithStaff } from './law-telling.ts';
import type { FlipFilter, FlipStatus, LawFlip, RenderedMessage, StaffMember, Store } from './ports.ts';
import { openScript, type Script } from './script.ts';

export interface FlipView {
  readonly id: string;
  /** null: nothing was sent to the centre yet. */
  readonly code: string | null;
  readonly name: string;
  readonly province: string;
  readonly changes: readonly string[];
  readonly reasons: readonly ReasonLine[];
  /** What the owner would get, in their language; buttons by their labels. */
  readonly lang: string;
  readonly message: readonly string[];
  readonly choices: readonly string[];
  /** A person of the centre has the conversation: it would be told after. */
  readonly waits: boolean;
}

export interface FlipGroup {
  readonly change: string;
  readonly cause: string;
  readonly found: Stamp | null;
  /** More than are shown, where they are many. */
  readonly count: number;
  readonly flips: readonly FlipView[];
}

export interface LawView {
  readonly counts: readonly { readonly status: FlipStatus; readonly words: string; readonly count: number }[];
  readonly groups: readonly FlipGroup[];
}

export interface LawViewParts {
  readonly store: Pick<
    Store,
    'flips' | 'countFlips' | 'flipChanges' | 'settleFlip' | 'loadConversation' | 'loadCases' | 'sheetVerdicts'
  >;
  readonly voice: DeskVoice;
  readonly texts: Texts;
  readonly now: Instant;
}

/** So many changes, and so many results of each, fit on a page. */
const SHOWN = { changes: 5, flips: 20 };
const COUNTED = ['open', 'approved', 'told', 'dismissed'] as const;

/** The provinces that a person may see, as a filter of flips. */
export const flipsFor = ({ provinces }: Pick<StaffMember, 'provinces'>): FlipFilter =>
  provinces.length === 0 ? {} : { provinces };

export async function lawView(
  parts: LawViewParts,
  who: Pick<StaffMember, 'provinces'>,
  shown = SHOWN,
): Promise<LawView> {
  const { store, voice } = parts;
  const open = { ...flipsFor(who), statuses: ['open'] } as const;
  const groups: FlipGroup[] = [];
  for (const { change } of (await store.flipChanges(open)).slice(0, shown.changes)) {
    const group = await groupView(parts, { ...open, change }, shown.flips);
    if (group !== null) groups.push(group);
  }
  const counts = COUNTED.map(async (status) => ({
    status,
    words: voice.say(`law.desk.status.${status}`),
    count: await store.countFlips({ ...flipsFor(who), statuses: [status] }),
  }));
  return { counts: await Promise.all(counts), groups };
}

/** null: all of it turned out to be no longer so. */
async function groupView(
  parts: LawViewParts,
  filter: FlipFilter & { readonly change: string },
  most: number,
): Promise<FlipGroup | null> {
  const { store, voice } = parts;
  const flips = await store.flips(filter, most);
  const script = openScript(voice.library, parts.texts);
  const codes = await codesOf(store, flips);
  const views = await Promise.all(flips.map((flip) => flipView(parts, script, flip, codes)));
  const count = await store.countFlips(filter);
  if (count === 0) return null;
  const [first] = flips;
  return {
    change: filter.change,
    cause: voice.words(causeLabel(voice, causeOf(flips))),
    found: first === undefined ? null : stampOf(first.foundAt),
    count,
    flips: views.filter((view) => view !== null),
  };
}

async function codesOf(store: LawViewParts['store'], flips: readonly LawFlip[]): Promise<ReadonlyMap<string, string>> {
  const ids = flips.flatMap(({ caseId }) => (caseId === null ? [] : [caseId]));
  return new Map((await store.loadCases(ids)).map(({ id, code }) => [id, code]));
}

/** null: it is no longer so, which is noted. */
async function flipView(
  { store, voice, now }: LawViewParts,
  script: Script,
  { id, conversation, caseId, province, turned }: LawFlip,
  codes: ReadonlyMap<string, string>,
): Promise<FlipView | null> {
  const state = (await store.loadConversation(conversation))?.state ?? null;
  const kept = (await keptVerdicts(store, [{ id: conversation, state }])).get(conversation);
  const flip = state === null ? null : flipOfState(state, { library: voice.library, today: dayOf(now) }, kept);
  if (state === null || flip === null || flipIdOf(conversation, flip.id) !== id) {
    await store.settleFlip(id, 'dropped');
    return null;
  }
  const name = state.answers['applicantName']?.value;
  const message = preview(script, { state, flip: flip.id, now, ...(kept === undefined ? {} : { kept }) });
  return {
    id,
    code: caseId === null ? null : (codes.get(caseId) ?? null),
    name: typeof name === 'string' ? name : voice.say('desk.noName'),
    province: provinceWords(voice, province),
    changes: turned.map((change) => changeWords(voice, change)),
    reasons: flip.reasons.map((reason) => reasonLine(voice, reason)),
    lang: state.lang,
    message: message.flatMap(({ blocks }) => blocks.map((block) => plainWords([block]))),
    choices: message.flatMap(({ choices }) => choices.map(({ label }) => label)),
    waits: isWithStaff(state, now),
  };
}

interface Previewing {
  readonly state: State;
  readonly flip: string;
  readonly now: Instant;
  readonly kept?: ToldVerdict;
}

/** The step as it will be taken, without storing it; as if nobody of the centre had the conversation. */
function preview(script: Script, { state, flip, now, kept }: Previewing): readonly RenderedMessage[] {
  const { handedOver: _person, ...alone } = state;
  const event = { kind: 'law-changed', id: 'preview', sentAt: now, flip } as const;
  const { state: after, effects } = script.step(alone, kept === undefined ? event : { ...event, kept }, now);
  return effects.flatMap((effect) =>
    effect.kind === 'say' ? [script.render(effect.message, after.lang, after.turn)] : [],
  );
}

function changeWords({ say, library }: DeskVoice, { programme, before, after }: KindChange): string {
  const kind = (of: KindChange['before']) => say(of === null ? 'law.desk.notNamed' : `desk.verdict.${of}`);
  const title = library.pack.programmes.get(programmeId(programme))?.title ?? programme;
  const change = { before: kind(before), after: kind(after) };
  return programme === NATIONAL
    ? say('law.desk.change', change)
    : say('law.desk.changeLocal', { ...change, title: { label: { words: title } } });
}
