/**
 * What happens to conversations: read, stepped, stored, and only then answered for (`rounds.ts`). Events come from the
 * channels, from staff, and from the program itself.
 */
import type { ConversationId } from '../base/index.ts';
import type { ConversationEvent } from '../conversation/index.ts';
import type { Also } from './happening.ts';
import type { Address, Inbound } from './ports.ts';
import { Rounds, type ReceiverParts, type Told } from './rounds.ts';
import type { ConversationSteps } from './staff.ts';

export type { ReceiverParts } from './rounds.ts';

export interface Receiver extends ConversationSteps {
  /** `Hooks.receive`: resolves when all are stored (or known duplicates). */
  receive(inbounds: readonly Inbound[]): Promise<void>;
  /** An event of ours: a reminder, a file that could not be fetched. `unknown`: there is no such person any more. */
  happen(conversation: ConversationId, event: ConversationEvent): Promise<Told>;
  /** After a link or an erasure: what was remembered of it is not read again. */
  forget(conversation: ConversationId, address?: Address): void;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

export function createReceiver(parts: ReceiverParts): Receiver {
  const rounds = new Rounds(parts);
  const inside = (conversation: ConversationId, event: ConversationEvent, also?: Also): Promise<Told> =>
    rounds.add({ from: { conversation }, event, ...(also !== undefined && { also }) });
  return {
    async receive(inbounds) {
      const told = inbounds.map(({ address, event, file }) =>
        rounds.add({ from: { address }, event, ...(file !== undefined && { file }) }),
      );
      // All are waited for, so that a failure of one does not hide what became of the others.
      const failed = (await Promise.allSettled(told)).find((each) => each.status === 'rejected');
      if (failed !== undefined) throw failed.reason;
    },
    happen: (conversation, event) => inside(conversation, event),
    stepConversation: (conversation, event, also) => inside(conversation, event, also),
    forget: (conversation, address) => rounds.cache.forget(conversation, address),
    idle: () => rounds.idle(),
  };
}
