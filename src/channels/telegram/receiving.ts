/** Takes updates, however they came: stores what they say, then lets the pressed buttons go. */
import type { Api } from 'grammy';
import type { Instant } from '../../base/index.ts';
import type { Hooks, Inbound } from '../../service/ports.ts';
import { TOAST_MAX } from './capabilities.ts';
import { decode, type Decoded } from './decode.ts';
import { NOT_IN_ROOM, type StaffRoom } from './staff-room.ts';
import { numberSchema, readUpdate } from './wire.ts';

export interface ReceivingParts {
  readonly api: Api;
  readonly hooks: Hooks;
  readonly room: StaffRoom;
  readonly now: () => Instant;
  readonly botName: () => string | undefined;
}

/**
 * Resolves with the number of the last update when all is stored. Rejects when it could not be: then the same updates
 * must come again (duplicates among them change nothing).
 */
export async function takeUpdates(parts: ReceivingParts, raw: readonly unknown[]): Promise<number | null> {
  const botName = parts.botName();
  const context = {
    staffChats: parts.room.chats,
    now: parts.now(),
    ...(botName === undefined ? {} : { botName }),
  };
  const updates = raw.map(readUpdate).filter((update) => update !== null);
  const decoded = updates.map((update) => decode(update, context));
  for (const item of decoded) await follow(parts, item);
  await Promise.all([takeInbounds(parts, decoded), takeActs(parts, decoded)]);
  const last = numberSchema.safeParse(raw.at(-1));
  return last.success ? last.data.update_id : null;
}

async function follow({ room, hooks }: ReceivingParts, item: Decoded): Promise<void> {
  if (item.kind === 'room-membership') hooks.warn('telegram-staff', item.member ? null : NOT_IN_ROOM);
  if (item.kind === 'moved' && room.move(item.from.chat, item.to.chat)) await hooks.roomMoved(item.from, item.to);
}

async function takeInbounds(parts: ReceivingParts, decoded: readonly Decoded[]): Promise<void> {
  const inbounds = markAlbums(decoded.flatMap((item) => (item.kind === 'inbound' ? [item.inbound] : [])));
  if (inbounds.length > 0) await parts.hooks.receive(inbounds);
  // Only now: nothing is answered that is not stored.
  for (const item of decoded) {
    if ((item.kind === 'inbound' || item.kind === 'ignored') && item.callback !== undefined) {
      void answerPress(parts.api, item.callback, '');
    }
  }
}

async function takeActs(parts: ReceivingParts, decoded: readonly Decoded[]): Promise<void> {
  for (const item of decoded) {
    if (item.kind !== 'act') continue;
    const answer = await parts.hooks.act(item.act);
    if (item.callback !== undefined) void answerPress(parts.api, item.callback, answer?.toast ?? '');
  }
}

/** Photos sent together come one by one: all but the last of a batch say that more follow. */
export function markAlbums(inbounds: readonly Inbound[]): readonly Inbound[] {
  return inbounds.map((inbound, index) => {
    const { event, address } = inbound;
    if (event.kind !== 'file' || event.album === undefined) return inbound;
    const { album } = event;
    const follows = inbounds
      .slice(index + 1)
      .some(
        (other) => other.address.chat === address.chat && other.event.kind === 'file' && other.event.album === album,
      );
    return follows ? { ...inbound, event: { ...event, more: true } } : inbound;
  });
}

/** A press that is too old to be answered is no trouble: its button stops waiting by itself. */
async function answerPress(api: Api, callback: string, text: string): Promise<void> {
  try {
    await api.answerCallbackQuery(callback, text === '' ? {} : { text: text.slice(0, TOAST_MAX) });
  } catch {
    // Nothing rests on it.
  }
}
