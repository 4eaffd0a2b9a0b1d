/**
 * Tells owners what staff have approved. Each profile is looked at once more: who changed their answers, was told meanwhile
 * or is judged as before again hears nothing; who is with a person of the centre hears it when they are handed back.
 */
import { dayOf } from '../base/index.ts';
import { flipOfState, type Library, type State } from '../conversation/index.ts';
import { flipIdOf, keptVerdicts } from './law-judging.ts';
import type { Clock, LawFlip, Store } from './ports.ts';
import type { Receiver } from './receive.ts';
import type { Log } from './watch.ts';

export interface LawTellingParts {
  readonly store: Pick<Store, 'flips' | 'settleFlip' | 'loadConversation' | 'sheetVerdicts'>;
  readonly receiver: Pick<Receiver, 'happen'>;
  readonly content: () => { readonly library: Library };
  readonly clock: Clock;
  readonly log: Log;
}

export interface LawTelling {
  /** Tells all that is approved and can be told now. */
  tell(): Promise<void>;
}

const AT_ONCE = 50;

export function createLawTelling(parts: LawTellingParts): LawTelling {
  let telling: Promise<void> | null = null;
  // Approved while it runs: found by the next run, which the jobs begin soon.
  return { tell: () => (telling ??= tellAll(parts).finally(() => (telling = null))) };
}

async function tellAll(parts: LawTellingParts): Promise<void> {
  const { store, log } = parts;
  let waiting = 0;
  for (;;) {
    const flips = await store.flips({ statuses: ['approved'] }, AT_ONCE, waiting);
    for (const flip of flips) {
      const fate = await tellOne(parts, flip);
      if (fate === 'waits') waiting += 1;
      else {
        await store.settleFlip(flip.id, fate);
        log.info({ flip: flip.id, conversation: flip.conversation, fate }, 'law-flip');
      }
    }
    if (flips.length < AT_ONCE) return;
  }
}

async function tellOne(parts: LawTellingParts, { id, conversation }: LawFlip): Promise<'told' | 'dropped' | 'waits'> {
  const { store, receiver, content, clock } = parts;
  const state = (await store.loadConversation(conversation))?.state ?? null;
  if (state === null) return 'dropped';
  const now = clock();
  const isTold = ({ lawTold }: State) => lawTold !== undefined && flipIdOf(conversation, lawTold) === id;
  if (isTold(state)) return 'told';
  if (isWithStaff(state, now)) return 'waits';
  const kept = (await keptVerdicts(store, [{ id: conversation, state }])).get(conversation);
  const flip = flipOfState(state, { library: content().library, today: dayOf(now) }, kept);
  if (flip === null || flipIdOf(conversation, flip.id) !== id) return 'dropped';
  // Named by the turn that it was judged on: of two instances one tells; after a turn in between it is looked at anew.
  const event = { kind: 'law-changed', id: `law:${id}:${state.turn}`, sentAt: now, flip: flip.id } as const;
  await receiver.happen(conversation, kept === undefined ? event : { ...event, kept });
  const after = (await store.loadConversation(conversation))?.state ?? null;
  if (after === null) return 'dropped';
  if (isTold(after)) return 'told';
  return isWithStaff(after, clock()) ? 'waits' : 'dropped';
}

export const isWithStaff = ({ handedOver }: State, now: string): boolean =>
  handedOver !== undefined && now < handedOver.until;
