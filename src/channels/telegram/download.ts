/** Fetches a file that somebody sent to the bot (https://core.telegram.org/bots/api#getfile), at most `maxBytes`. */
import type { Failure } from '../../service/ports.ts';

const DOWNLOAD_MS = 120_000;

type Fetched = { readonly bytes: Uint8Array } | { readonly failure: Failure };

export async function download(url: string, maxBytes: number): Promise<Fetched> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(DOWNLOAD_MS) });
    if (!response.ok || response.body === null) {
      await response.body?.cancel();
      return { failure: statusFailure(response.status) };
    }
    return await readWithin(response.body, maxBytes);
  } catch {
    // The address holds the token: what fetch says about it goes nowhere.
    return { failure: { kind: 'unreachable' } };
  }
}

function statusFailure(status: number): Failure {
  if (status === 401) return { kind: 'bad-credentials' };
  if (status === 429) return { kind: 'throttled', scope: 'channel' };
  return status >= 500 ? { kind: 'unreachable' } : { kind: 'refused', code: `file ${status}` };
}

async function readWithin(body: ReadableStream<Uint8Array>, maxBytes: number): Promise<Fetched> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return { bytes: Buffer.concat(chunks) };
    size += value.length;
    if (size > maxBytes) {
      await reader.cancel();
      return { failure: { kind: 'too-large' } };
    }
    chunks.push(value);
  }
}
