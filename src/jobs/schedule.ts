/** What the service does by itself, and how often. What only one instance may do is done under a lease. */
import { addDays, addMs, dayOf } from '../base/index.ts';
import {
  fetchFiles,
  fireReminders,
  warnOfDrafts,
  type Deliverer,
  type EditNews,
  type FileParts,
  type LawJudging,
  type LawTelling,
  type LeftAloneParts,
  type ReminderParts,
  type Staff,
  type Store,
} from '../service/index.ts';
import { startLoop, type Loop } from './loop.ts';

export interface JobParts extends FileParts, ReminderParts, LeftAloneParts {
  readonly store: Pick<Store, 'prune' | 'takeLease'> &
    FileParts['store'] &
    ReminderParts['store'] &
    LeftAloneParts['store'];
  readonly receiver: FileParts['receiver'] & ReminderParts['receiver'] & LeftAloneParts['receiver'];
  readonly deliverer: Pick<Deliverer, 'poll' | 'renew'>;
  readonly staff: Pick<Staff, 'raiseOverdue' | 'fileLost'>;
  readonly judging: LawJudging;
  readonly telling: LawTelling;
  readonly editNews: EditNews;
}

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** Ids of inbound events are kept for longer than any platform delivers again. */
const INBOUND_DAYS = 8;
/** A conversation without consent is forgotten after this (contract, section 3). */
const IDLE_DAYS = 90;
/** Notices of rooms that were sent. */
const SENT_DAYS = 30;

/** Starts all loops. */
export function startJobs(parts: JobParts): Loop {
  const { store, deliverer, staff, clock, log } = parts;
  const underLease = async (name: string, ms: number, work: () => Promise<unknown>): Promise<void> => {
    const now = clock();
    // Not given back: the next turn is its end, whoever takes it.
    if (await store.takeLease(name, now, addMs(now, ms))) await work();
  };
  const loops = [
    startLoop({ name: 'outbox', everyMs: SECOND_MS, work: () => deliverer.poll(), log }),
    startLoop({ name: 'leases', everyMs: 3 * SECOND_MS, work: () => deliverer.renew(), log }),
    startLoop({ name: 'files', everyMs: SECOND_MS / 2, work: () => fetchFiles(parts), log }),
    startLoop({ name: 'reminders', everyMs: 5 * SECOND_MS, work: () => fireReminders(parts), log }),
    startLoop({
      name: 'raise',
      everyMs: MINUTE_MS,
      work: () => underLease('raise', MINUTE_MS, () => staff.raiseOverdue()),
      log,
    }),
    startLoop({ name: 'law', everyMs: SECOND_MS, work: () => parts.judging.look(), log }),
    startLoop({ name: 'law-telling', everyMs: 3 * SECOND_MS, work: () => parts.telling.tell(), log }),
    startLoop({ name: 'edits', everyMs: SECOND_MS, work: () => parts.editNews.look(), log }),
    startLoop({
      name: 'drafts',
      everyMs: HOUR_MS,
      work: () => underLease('drafts', HOUR_MS, () => warnOfDrafts(parts)),
      log,
    }),
    startLoop({ name: 'prune', everyMs: HOUR_MS, work: () => underLease('prune', HOUR_MS, () => prune(parts)), log }),
  ];
  return { stop: async () => void (await Promise.all(loops.map((loop) => loop.stop()))) };
}

function prune({ store, clock }: JobParts): Promise<unknown> {
  const now = clock();
  const today = dayOf(now);
  const sent = addMs(now, -SENT_DAYS * 24 * HOUR_MS);
  return store.prune({ inbound: addDays(today, -INBOUND_DAYS), idle: addDays(today, -IDLE_DAYS), sent });
}
