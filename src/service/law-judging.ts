/**
 * When the law in the content or the day has changed, every profile is judged again: conversations with consent whose verdict was told
 * or stands on their sheet. What differs is written down for staff, who hear of it once. Nobody else is told anything here.
 */
import { addMs, dayOf, digestOf, type ConversationId, type Day } from '../base/index.ts';
import { flipOfState, type Library } from '../conversation/index.ts';
import { placeOf } from '../dossier/index.ts';
import { NATIONAL, type ToldVerdict } from '../policy/index.ts';
import type { Texts } from '../texts/index.ts';
import { foundMessage } from './law-news.ts';
import type { Address, Clock, LawFlip, OutboxRow, Store, StoredConversation } from './ports.ts';
import { roomSaying } from './room-saying.ts';
import type { Log } from './watch.ts';

export interface LawJudgingParts {
  readonly store: Pick<
    Store,
    | 'consented'
    | 'sheetVerdicts'
    | 'addFlips'
    | 'dropOpenFlips'
    | 'flips'
    | 'countFlips'
    | 'setting'
    | 'setSetting'
    | 'takeLease'
    | 'dropLease'
    | 'enqueue'
  >;
  /** As it is now: asked anew for each batch. */
  readonly content: () => { readonly library: Library; readonly texts: Texts };
  readonly rooms: () => readonly Address[];
  readonly clock: Clock;
  readonly log: Log;
  readonly send: (rows: readonly OutboxRow[]) => void;
}

/** Under which the law and the day that were judged last are kept, for all instances. */
const JUDGED = 'law-judged';
const LEASE = 'law-judging';
/** Longer than any batch takes; kept alive from batch to batch. */
const LEASE_MS = 60_000;
/** So few that owners' turns in between do not wait. */
const BATCH = 25;
/** Flips that are read for the words of the notice. */
const READ_FOR_NOTICE = 200;

/** Names a flip of one conversation. */
export const flipIdOf = (conversation: ConversationId, ownerFlip: string): string =>
  digestOf(`${conversation} ${ownerFlip}`);

export interface LawJudging {
  /** Judges when there is something new to judge by; answers whether to look again at once. */
  look(): Promise<boolean>;
}

export function createLawJudging(parts: LawJudgingParts): LawJudging {
  const { store, content, clock, log } = parts;
  /** What this instance knows to be judged. Another instance may work with other content; neither undoes the other's. */
  let judged: string | null = null;
  const renew = () => store.takeLease(LEASE, clock(), addMs(clock(), LEASE_MS));
  return {
    async look() {
      const by = benchOf(parts);
      if (by.change === judged) return false;
      if ((await store.setting(JUDGED)) !== by.change) {
        if (!(await renew())) return false;
        try {
          const found = await judgeAll(parts, by, renew);
          if (found === null) return true;
          await tellRooms(parts, by.change);
          await store.setSetting(JUDGED, by.change);
          log.info({ ...found, change: by.change.slice(-10) }, 'law-judged');
        } finally {
          await store.dropLease(LEASE);
        }
      }
      judged = by.change;
      return benchOf({ content, clock }).change !== judged;
    },
  };
}

/** What profiles are judged by. */
interface Bench {
  readonly library: Library;
  readonly today: Day;
  readonly change: string;
}

function benchOf({ content, clock }: Pick<LawJudgingParts, 'content' | 'clock'>): Bench {
  const { library } = content();
  const today = dayOf(clock());
  return { library, today, change: `${lawNameOf(library.pack)} ${today}` };
}

const named = new WeakMap<Library['pack'], string>();

/** Of what verdicts are made of: an edit of an answer or of a text is no change of law. */
function lawNameOf(pack: Library['pack']): string {
  const known = named.get(pack);
  if (known !== undefined) return known;
  const { programmes, provinces, legal } = pack;
  const name = digestOf(JSON.stringify([programmes, provinces, legal].map((part) => [...part.entries()])));
  named.set(pack, name);
  return name;
}

/** null: the content or the day changed on the way, or another instance took over. */
async function judgeAll(
  parts: LawJudgingParts,
  by: Bench,
  renew: () => Promise<boolean>,
): Promise<{ readonly profiles: number; readonly turned: number } | null> {
  const { store } = parts;
  let profiles = 0;
  let turned = 0;
  for (let after: ConversationId | null = null; ;) {
    const batch: readonly StoredConversation[] = await store.consented(after, BATCH);
    const flips = await flipsIn(parts, batch, by);
    await store.dropOpenFlips(
      batch.map(({ id }) => id),
      flips.map(({ id }) => id),
    );
    turned += await store.addFlips(flips);
    profiles += batch.length;
    after = batch.at(-1)?.id ?? null;
    if (batch.length < BATCH) return { profiles, turned };
    if (benchOf(parts).change !== by.change || !(await renew())) return null;
    // SQLite answers without letting go: owners' turns come in here.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function flipsIn(
  { store, clock }: LawJudgingParts,
  batch: readonly StoredConversation[],
  by: Bench,
): Promise<readonly LawFlip[]> {
  const kept = await keptVerdicts(store, batch);
  return batch.flatMap(({ id, state }): readonly LawFlip[] => {
    const before = state?.told ?? kept.get(id);
    const flip = state === null ? null : flipOfState(state, by, before);
    if (state === null || before === undefined || flip === null) return [];
    const values = Object.fromEntries(Object.entries(state.answers).map(([key, { value }]) => [key, value]));
    return [
      {
        id: flipIdOf(id, flip.id),
        conversation: id,
        caseId: state.sheetOf ?? null,
        province: placeOf(values)?.province ?? null,
        change: by.change,
        turned: flip.turned,
        toldOn: before.on,
        why: flip.why,
        since: flip.since,
        instruments: flip.instruments,
        status: 'open',
        foundAt: clock(),
        decidedBy: null,
        decidedAt: null,
      },
    ];
  });
}

/** Verdicts of sheets, for the conversations from before verdicts were remembered. */
export async function keptVerdicts(
  store: Pick<Store, 'sheetVerdicts'>,
  conversations: readonly Pick<StoredConversation, 'id' | 'state'>[],
): Promise<ReadonlyMap<string, ToldVerdict>> {
  const ids = conversations.filter(({ state }) => state !== null && state.told === undefined).map(({ id }) => id);
  const found = ids.length === 0 ? [] : [...(await store.sheetVerdicts(ids))];
  return new Map(found.map(([id, { kind, on }]) => [id, { on, kinds: { [NATIONAL]: kind } }]));
}

/** One notice of a change in each room. A crash between it and the mark behind it is the one way to see it twice. */
async function tellRooms(parts: LawJudgingParts, change: string): Promise<void> {
  const { store, content, rooms, clock, send } = parts;
  const found = { change, statuses: ['open'] } as const;
  const count = await store.countFlips(found);
  if (count === 0 || rooms().length === 0) return;
  const { library, texts } = content();
  const message = foundMessage({ library, texts }, count, await store.flips(found, READ_FOR_NOTICE));
  const key = `law:${digestOf(`${change} ${clock()}`)}`;
  send(
    await store.enqueue(
      rooms().map((room, at) => roomSaying(`${key}.${at}`, room, message)),
      clock(),
    ),
  );
}
