/** The staff rooms of this deployment: which there are, and what became of one that got a new id. */
import type { Address, Store } from './ports.ts';

export interface Rooms {
  /** Where notices go now; empty: nobody is there, and the bot says so. */
  list(): readonly Address[];
  /** Rooms whose configured id is no longer theirs: an operator should write the new one down. */
  moves(): readonly { readonly from: Address; readonly to: Address }[];
  /** The room has a new id: what was queued, and the setting, follow. Resolves when that is stored. */
  moved(from: Address, to: Address): Promise<void>;
}

/** Key under which the store keeps a room's new id (`Store.moveRoom` writes it). */
const movedKey = ({ channel, chat }: Address) => `room-moved:${channel}:${chat}`;

/** A room may have moved more than once; a ring of ids would be a fault of the platform's. */
const MOVES_AT_MOST = 10;

/** Follows each configured room to where it lives now. */
export async function openRooms(
  store: Pick<Store, 'setting' | 'moveRoom'>,
  configured: readonly Address[],
): Promise<Rooms> {
  let rooms = await Promise.all(configured.map((room) => follow(store, room)));
  return {
    list: () => rooms,
    moves: () =>
      configured.flatMap((from, at) => {
        const to = rooms[at];
        return to === undefined || to.chat === from.chat ? [] : [{ from, to }];
      }),
    moved: async (from, to) => {
      await store.moveRoom(from, to);
      rooms = rooms.map((room) => (room.channel === from.channel && room.chat === from.chat ? to : room));
    },
  };
}

async function follow(store: Pick<Store, 'setting'>, configured: Address): Promise<Address> {
  let room = configured;
  for (let moves = 0; moves < MOVES_AT_MOST; moves += 1) {
    const chat = await store.setting(movedKey(room));
    if (chat === null) return room;
    room = { ...room, chat };
  }
  return room;
}
