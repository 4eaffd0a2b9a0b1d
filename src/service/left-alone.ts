/** Registrations that were begun and left alone: after eleven months their owners are told, a month before the end. */
import { addMs } from '../base/index.ts';
import { DRAFT_EXPIRED, DRAFT_EXPIRING } from '../conversation/index.ts';
import type { Clock, Store } from './ports.ts';
import type { Receiver } from './receive.ts';

export interface LeftAloneParts {
  readonly store: Pick<Store, 'draftsLeftAlone'>;
  readonly receiver: Pick<Receiver, 'happen'>;
  readonly clock: Clock;
}

/** Eleven months, at their shortest; the step gives the draft a last month. */
const ALONE_DAYS = 334;
const AT_ONCE = 50;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Tells the owners whose time has come, once each; answers how many. */
export async function warnOfDrafts({ store, receiver, clock }: LeftAloneParts): Promise<number> {
  const now = clock();
  const drafts = await store.draftsLeftAlone(addMs(now, -ALONE_DAYS * DAY_MS), DRAFT_EXPIRED, AT_ONCE);
  await Promise.all(
    drafts.map(({ conversation, changedAt }) => {
      // The id is made of what it is, so that a second telling is known as one.
      const id = `timer:${DRAFT_EXPIRING}:${changedAt}`;
      return receiver.happen(conversation, { kind: 'timer', name: DRAFT_EXPIRING, id, sentAt: now });
    }),
  );
  return drafts.length;
}
