/** Wakes open case pages: rung for a conversation whenever something of it, or of a case of it, has been stored. */
import type { Store } from './ports.ts';

export interface DeskBell {
  /** Returns what ends the listening. */
  listen(conversation: string, wake: () => void): () => void;
  /** The same store, ringing. */
  on(store: Store): Store;
}

export function openDeskBell(): DeskBell {
  const listeners = new Map<string, Set<() => void>>();
  const ring = (conversations: readonly string[]) => {
    for (const conversation of new Set(conversations)) for (const wake of listeners.get(conversation) ?? []) wake();
  };
  return {
    listen(conversation, wake) {
      const those = listeners.get(conversation) ?? new Set();
      listeners.set(conversation, those.add(wake));
      return () => {
        those.delete(wake);
        if (those.size === 0) listeners.delete(conversation);
      };
    },
    on: (store) => ({
      ...store,
      async commit(turns) {
        const result = await store.commit(turns);
        ring(turns.map(({ conversation }) => conversation));
        return result;
      },
      async commitCases(change) {
        const result = await store.commitCases(change);
        ring(change.cases.map((write) => write.case.conversation));
        return result;
      },
    }),
  };
}
