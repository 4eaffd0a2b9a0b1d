/** The rows of platform tokens in a real SQLite file. */
import { openStore } from '../../../src/storage/index.ts';
import type { Store } from '../../../src/service/ports.ts';
import { temporarySqlite } from '../../support/databases.ts';

export interface OpenedStore {
  readonly url: string;
  readonly store: Store;
  close(): Promise<void>;
}

let instances = 0;

export async function aStore(): Promise<OpenedStore> {
  const { url, drop } = await temporarySqlite();
  const store = await another(url);
  return {
    url,
    store,
    async close() {
      await store.close();
      await drop();
    },
  };
}

/** Another process on the same database. */
export const another = (url: string): Promise<Store> => openStore({ url, instance: `test-${(instances += 1)}` });
