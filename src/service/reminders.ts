/** Reminders that conversations asked for: when their time has come they happen, once, whoever fires them. */
import type { Clock, Store } from './ports.ts';
import type { Receiver } from './receive.ts';

export interface ReminderParts {
  readonly store: Pick<Store, 'dueReminders' | 'dropReminder'>;
  readonly receiver: Pick<Receiver, 'happen'>;
  readonly clock: Clock;
}

const AT_ONCE = 50;

/** Fires what is due; answers whether there may be more. */
export async function fireReminders({ store, receiver, clock }: ReminderParts): Promise<boolean> {
  const now = clock();
  const due = await store.dueReminders(now, AT_ONCE);
  await Promise.all(
    due.map(async (reminder) => {
      const { conversation, name, at } = reminder;
      // The id is made of what it is, so that a second firing is known as one.
      const event = { kind: 'timer', name, id: `timer:${name}:${at}`, sentAt: now } as const;
      if ((await receiver.happen(conversation, event)) !== 'stored') await store.dropReminder(reminder);
    }),
  );
  return due.length === AT_ONCE;
}
