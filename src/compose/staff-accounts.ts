/** Codes by which members of the staff join their account on a messenger; whatever else comes in is an owner's. */
import {
  linkByCode,
  type Address,
  type Clock,
  type Deliverer,
  type Inbound,
  type LinkedRooms,
  type NewId,
  type StaffId,
  type Store,
} from '../service/index.ts';
import type { ContentInUse } from './live-content.ts';

export interface StaffAccountParts {
  readonly store: Store;
  readonly linked: Pick<LinkedRooms, 'refresh'>;
  readonly deliverer: Pick<Deliverer, 'send'>;
  readonly content: () => ContentInUse;
  readonly clock: Clock;
  readonly newId: NewId;
}

/** Uses up the codes among them and answers with the rest, in order. */
export async function takeStaffCodes(
  parts: StaffAccountParts,
  inbounds: readonly Inbound[],
): Promise<readonly Inbound[]> {
  const rest: Inbound[] = [];
  for (const inbound of inbounds) {
    const joined = await linkByCode(parts.store, inbound, parts.clock());
    if (joined === null) rest.push(inbound);
    else await welcome(parts, inbound.address, joined);
  }
  return rest;
}

async function welcome(parts: StaffAccountParts, to: Address, joined: StaffId): Promise<void> {
  const { store, linked, deliverer, content, clock, newId } = parts;
  await linked.refresh();
  const name = (await store.staff()).find(({ id }) => id === joined)?.name ?? '';
  const text = content().texts.label({ key: `staff.linked.${to.channel}`, values: { name } }, 'vi');
  const row = {
    id: `linked:${newId()}`,
    to,
    queue: `${to.channel}:${to.chat}`,
    payload: {
      kind: 'say',
      message: { from: 'bot', blocks: [{ kind: 'paragraph', runs: [{ text }] }], choices: [] },
    },
    priority: 0,
  } as const;
  deliverer.send(await store.enqueue([row], clock()));
}
