/** Fetching what owners sent: the channel names a file, its bytes come into the database, or the owner is told. */
import { addMs } from '../base/index.ts';
import type { Channel, ChannelName, Clock, PendingFile, Store } from './ports.ts';
import type { Receiver } from './receive.ts';
import type { Log } from './watch.ts';

/** Contract, section 3. */
export const FILE_MAX_BYTES = 10 * 1024 * 1024;

export interface FileParts {
  readonly store: Pick<Store, 'claimFiles' | 'settleFile'>;
  readonly channels: ReadonlyMap<ChannelName, Channel>;
  readonly receiver: Pick<Receiver, 'happen'>;
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

/** First the owner, whose turn is stored once; then the file, so that a crash in between repeats both harmlessly. */
async function giveUp(parts: FileParts, { ref, conversation }: PendingFile, why: 'too-large' | 'lost'): Promise<void> {
  const id = `file-failed:${ref.id}`;
  await parts.receiver.happen(conversation, { kind: 'file-failed', id, sentAt: parts.clock(), fileId: ref.id, why });
  await parts.store.settleFile(ref.id, { lost: true });
}
