/** The queue: which cases a person sees, found and ordered, each as one line. */
import { CASE_STATUSES, OPEN_STATUSES, type CaseStatus } from '../casework/index.ts';
import type { Instant } from '../base/index.ts';
import { maySee } from './desk-people.ts';
import {
  choiceWords,
  provinceWords,
  sinceWords,
  stampOf,
  type DeskVoice,
  type Option,
  type Stamp,
} from './desk-voice.ts';
import type { CaseFilter, CaseLine, StaffMember, Store } from './ports.ts';

export const queueTabs = ['new', 'mine', 'all'] as const;
export type QueueTab = (typeof queueTabs)[number];

export const caseStatuses = CASE_STATUSES;
export const QUEUE_PAGE = 25;
/** Beyond this a page number only costs time: the search finds what lies there. */
const PAGES_AT_MOST = 400;
/** A case that nobody took for so long stands out; ms. */
const LATE_AFTER_MS = 24 * 60 * 60 * 1000;

/** What was asked of the queue; whatever is unknown counts as absent. */
export interface QueueAsk {
  readonly tab: QueueTab;
  readonly province?: string;
  readonly status?: CaseStatus;
  readonly support?: string;
  readonly search?: string;
  /** From 1. */
  readonly page: number;
}

export interface QueueLine {
  readonly code: string;
  readonly title: string;
  readonly about: string;
  readonly province: string;
  readonly supports: string;
  readonly status: CaseStatus;
  readonly statusWords: string;
  readonly verdict: string | null;
  readonly ready: string | null;
  readonly holder: string | null;
  readonly isMine: boolean;
  readonly opened: Stamp;
  /** null: nobody waits (it is closed). */
  readonly waited: string | null;
  readonly isLate: boolean;
}

export interface QueueView {
  readonly ask: QueueAsk;
  readonly tabs: readonly { readonly tab: QueueTab; readonly count: number | null }[];
  readonly lines: readonly QueueLine[];
  readonly hasNext: boolean;
  readonly provinces: readonly Option[];
  readonly statuses: readonly Option[];
  readonly supports: readonly Option[];
}

export interface QueueParts {
  readonly store: Pick<Store, 'listCases' | 'countCases'>;
  readonly voice: DeskVoice;
  readonly now: Instant;
}

export async function queueView(parts: QueueParts, who: StaffMember, ask: QueueAsk): Promise<QueueView> {
  const { store, voice } = parts;
  const filter = filterOf(who, ask);
  const page = Math.min(ask.page, PAGES_AT_MOST);
  const [found, fresh, mine] = await Promise.all([
    filter === null
      ? []
      : store.listCases({
          ...filter,
          order: ask.tab === 'all' ? 'newest' : 'waiting',
          limit: QUEUE_PAGE + 1,
          offset: (page - 1) * QUEUE_PAGE,
        }),
    store.countCases({ ...scopeOf(who), statuses: ['new'] }),
    store.countCases({ ...scopeOf(who), statuses: OPEN_STATUSES, officer: who.id }),
  ]);
  const counts: Readonly<Record<QueueTab, number | null>> = { new: fresh, mine, all: null };
  return {
    ask: { ...ask, page },
    tabs: queueTabs.map((tab) => ({ tab, count: counts[tab] })),
    lines: found.slice(0, QUEUE_PAGE).map((line) => lineOf(parts, who, line)),
    hasNext: found.length > QUEUE_PAGE && page < PAGES_AT_MOST,
    provinces: [...voice.library.pack.provinces.values()]
      .filter(({ id }) => maySee(who, id))
      .map(({ id, name }) => ({ id, label: name }))
      .sort((a, b) => a.label.localeCompare(b.label, 'vi')),
    statuses: caseStatuses.map((id) => ({ id, label: voice.say(`desk.status.${id}`) })),
    supports: supportOptions(voice),
  };
}

const scopeOf = ({ provinces }: StaffMember): Pick<CaseFilter, 'provinces'> =>
  provinces.length === 0 ? {} : { provinces };

/** null: what was asked for is nobody's here, so nothing is found. */
function filterOf(who: StaffMember, ask: QueueAsk): Omit<CaseFilter, 'order' | 'limit' | 'offset'> | null {
  const { tab, province, status, support, search } = ask;
  if (province !== undefined && !maySee(who, province)) return null;
  const statuses: readonly CaseStatus[] | undefined =
    status !== undefined ? [status] : tab === 'mine' ? OPEN_STATUSES : undefined;
  if (tab === 'new' && status !== undefined && status !== 'new') return null;
  return {
    ...scopeOf(who),
    ...(province === undefined ? {} : { province }),
    ...(tab === 'new' ? { statuses: ['new'] } : statuses === undefined ? {} : { statuses }),
    ...(tab === 'mine' ? { officer: who.id } : {}),
    ...(support === undefined ? {} : { support }),
    ...(search === undefined ? {} : { search }),
  };
}

function lineOf({ voice, now }: QueueParts, who: StaffMember, line: CaseLine): QueueLine {
  const { say } = voice;
  const waitsSince = line.status === 'new' ? line.openedAt : line.changedAt;
  const { done, of } = line.readiness;
  return {
    code: line.code,
    title: line.title === '' ? say('desk.noName') : line.title,
    about: say(`desk.about.${line.about}`),
    province: provinceWords(voice, line.province),
    supports: line.supports.map((id) => choiceWords(voice, 'supportWanted', id)).join(', '),
    status: line.status,
    statusWords: say(line.withdrawn ? 'desk.status.withdrawn' : `desk.status.${line.status}`),
    verdict: line.verdict === null ? null : say(`desk.verdict.${line.verdict}`),
    ready: of === 0 ? null : `${done}/${of}`,
    holder: line.officer?.name ?? null,
    isMine: line.officer?.id === who.id,
    opened: stampOf(line.openedAt),
    waited: line.status === 'closed' ? null : sinceWords(voice, waitsSince, now),
    isLate: line.status === 'new' && Date.parse(now) - Date.parse(line.openedAt) >= LATE_AFTER_MS,
  };
}

function supportOptions({ library }: DeskVoice): readonly Option[] {
  const question = [...library.pack.questions.values()].find(({ id }) => id === 'supportWanted');
  return (question?.choices ?? []).map(({ value, label }) => ({ id: value, label }));
}
