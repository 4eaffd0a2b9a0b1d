/** What `/readyz` and `/metrics` say, asked of the parts when they are read. */
import type { Clock, Gauges, Store } from '../service/index.ts';
import type { Readiness } from '../web/index.ts';
import type { LiveContent } from './live-content.ts';
import type { Warnings } from './warnings.ts';

export interface ReadinessParts {
  readonly store: Pick<Store, 'ping'>;
  readonly content: LiveContent;
  readonly warnings: Warnings;
  /** Names of the channels that have not started yet. */
  readonly starting: ReadonlySet<string>;
}

/** A database that says nothing for so long is not there; ms. */
const PING_MS = 3_000;

export async function readinessOf({ store, content, warnings, starting }: ReadinessParts): Promise<Readiness> {
  const database = await answers(store.ping());
  const refusal = content.refusal();
  return {
    notReady: {
      ...(database === null ? {} : { database }),
      ...Object.fromEntries([...starting].map((name) => [name, 'starting'])),
    },
    warnings: [...warnings.all(), ...(refusal === null ? [] : [`content: ${refusal.first}`])],
  };
}

/** null when it does; else why not, without the database's own words, which may hold an address or a password. */
async function answers(ping: Promise<void>): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve('no answer'), PING_MS);
  });
  const asked = ping.then(
    () => null,
    () => 'refused',
  );
  const outcome = await Promise.race([asked, late]);
  clearTimeout(timer);
  return outcome;
}

export async function gaugesOf(store: Pick<Store, 'outboxDepth' | 'countCases'>, clock: Clock): Promise<Gauges> {
  const { pending, oldest } = await store.outboxDepth();
  return {
    outboxDepth: pending,
    outboxOldestSeconds: oldest === null ? 0 : Math.max(0, (Date.parse(clock()) - Date.parse(oldest)) / 1000),
    handedOver: await store.countCases({ statuses: ['taken', 'waiting-for-enterprise'] }),
  };
}
