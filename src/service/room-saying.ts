/** A message to a staff room that stands in no case's thread. */
import type { Address, Outgoing, RenderedMessage } from './ports.ts';

/** `id`: unique for all time. */
export const roomSaying = (id: string, room: Address, message: RenderedMessage): Outgoing => ({
  id,
  to: room,
  queue: `${room.channel}:${room.chat}`,
  payload: { kind: 'say', message },
  priority: 0,
});
