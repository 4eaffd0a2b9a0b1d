/** Fetching what was sent: the channel names a file, its bytes come into the database, or whoever sent it is told. */
import { addMs } from '../base/index.ts';
import type { Channel, ChannelName, Clock, PendingFile, Store } from './ports.ts';
import type { Receiver } from './receive.ts';
import type { Staff } from './staff.ts';
import type { Log } from './watch.ts';

/** Contract, section 3. */
export const FILE_MAX_BYTES = 10 * 1024 * 1024;

export interface FileParts {
  readonly store: Pick<Store, 'claimFiles' | 'settleFile' | 'messages'>;
  readonly channels: ReadonlyMap<ChannelName, Channel>;
  readonly receiver: Pick<Receiver, 'happen'>;
  readonly staff: Pick<Staff, 'fileLost'>;
  readonly clock: Clock;
  readonly log: Log;
}

const FETCHES_AT_ONCE = 8;
/** With growing waits some ten minutes; platforms keep their links for an hour or more. */
const ATTEMPTS_AT_MOST = 8;
const waitAfter = (attempts: number): number => 2_000 * 2 ** Math.min(attempts - 1, 7);

/** Fetches what waits; answers whether there may be more. */
export async function fetchFiles(parts: FileParts): Promise<boolean> {
  const files = await parts.store.claimFiles(parts.clock(), FETCHES_AT_ONCE);
  await Promise.all(files.map((file) => fetchOne(parts, file)));
  return files.length === FETCHES_AT_ONCE;
}

async function fetchOne(parts: FileParts, file: PendingFile): Promise<void> {
  const { store, channels, clock, log } = parts;
  const fetchFile = channels.get(file.channel)?.fetchFile?.bind(channels.get(file.channel));
  if (fetchFile === undefined) return giveUp(parts, file, 'lost');
  const fetched = await fetchFile(file.remote, FILE_MAX_BYTES).catch((error: unknown) => {
    log.error({ err: error, file: file.ref.id, channel: file.channel }, 'fetch threw');
    return { failure: { kind: 'unreachable' as const } };
  });
  if ('bytes' in fetched) return store.settleFile(file.ref.id, fetched);
  const { kind } = fetched.failure;
  if (kind === 'too-large') return giveUp(parts, file, 'too-large');
  const isLost = kind === 'refused' || kind === 'recipient-gone' || file.attempts >= ATTEMPTS_AT_MOST;
  if (isLost) return giveUp(parts, file, 'lost');
  await store.settleFile(file.ref.id, { notBefore: addMs(clock(), waitAfter(file.attempts)) });
}

/** First whoever sent it (an owner's turn is stored once), then the file, so that a crash in between repeats both harmlessly. */
async function giveUp(parts: FileParts, { ref, conversation }: PendingFile, why: 'too-large' | 'lost'): Promise<void> {
  const { store, receiver, staff, clock } = parts;
  const id = `file-failed:${ref.id}`;
  if (await isOfStaff(parts, ref.id, conversation)) await staff.fileLost(conversation, why);
  else await receiver.happen(conversation, { kind: 'file-failed', id, sentAt: clock(), fileId: ref.id, why });
  await store.settleFile(ref.id, { lost: true });
}

async function isOfStaff(
  { store }: FileParts,
  id: string,
  conversation: PendingFile['conversation'],
): Promise<boolean> {
  const lines = await store.messages(conversation, 0);
  return lines.some(
    ({ from, message }) =>
      from === 'staff' && message.blocks.some((block) => block.kind === 'file' && block.file.id === id),
  );
}
