/** Fetches what a person sent, by the address that Zalo named, at most `maxBytes`; such addresses expire soon. */
import { readLimited } from '../../base/index.ts';
import type { Failure } from '../../service/ports.ts';

const DOWNLOAD_MS = 60_000;

export async function download(
  url: string,
  maxBytes: number,
): Promise<{ readonly bytes: Uint8Array } | { readonly failure: Failure }> {
  if (!/^https?:\/\//i.test(url)) return { failure: { kind: 'refused', code: 'address' } };
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(DOWNLOAD_MS) });
    if (!response.ok) {
      await response.body?.cancel();
      return { failure: statusFailure(response.status) };
    }
    const announced = Number(response.headers.get('content-length') ?? 0);
    if (announced > maxBytes) {
      await response.body?.cancel();
      return { failure: { kind: 'too-large' } };
    }
    const bytes = await readLimited(response.body, maxBytes);
    return bytes === null ? { failure: { kind: 'too-large' } } : { bytes };
  } catch {
    return { failure: { kind: 'unreachable' } };
  }
}

function statusFailure(status: number): Failure {
  if (status === 429) return { kind: 'throttled', scope: 'channel' };
  return status >= 500 || status === 408 ? { kind: 'unreachable' } : { kind: 'refused', code: `file ${status}` };
}
