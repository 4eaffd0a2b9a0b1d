/** Chats of members of the staff who linked their account on a channel without groups: each is a small staff room. */
import type { Address, ChannelName, Store } from './ports.ts';

export interface LinkedRooms {
  /** As they were known last; looks again behind the caller's back when that is a while ago. */
  list(): readonly Address[];
  refresh(): Promise<void>;
}

export interface LinkedRoomsParts {
  readonly store: Pick<Store, 'staff' | 'accountsOf'>;
  readonly channel: ChannelName;
  /** A steady clock in milliseconds. */
  readonly nowMs: () => number;
}

/** Another process may link or remove somebody. */
const LOOK_EVERY_MS = 15_000;

export async function openLinkedRooms({ store, channel, nowMs }: LinkedRoomsParts): Promise<LinkedRooms> {
  let rooms: readonly Address[] = [];
  let readAt = nowMs();
  const refresh = async (): Promise<void> => {
    readAt = nowMs();
    const accounts = await Promise.all((await store.staff()).map(({ id }) => store.accountsOf(id)));
    rooms = accounts
      .flat()
      .filter((account) => account.channel === channel)
      .map(({ userId }) => ({ channel, chat: userId }));
  };
  await refresh();
  return {
    list() {
      if (nowMs() - readAt > LOOK_EVERY_MS) void refresh().catch(() => undefined); // the old list serves
      return rooms;
    },
    refresh,
  };
}
