/** How much more than its limit is read and thrown away, so that an ordinary sender gets to read our refusal. */
const PATIENCE_BYTES = 64 * 1024 * 1024;

/**
 * Reads a body up to a limit, counted as it arrives, so that a sender without `Content-Length` cannot fill the memory.
 * Returns null when it is longer. What is over is read on without being kept, since many clients look for an answer only
 * after they have sent all, and closing on them would lose it; a sender who goes on and on is cut off.
 */
export async function readLimited(
  body: ReadableStream<Uint8Array> | null,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  if (body === null) return new Uint8Array(0);
  const reader = body.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.byteLength;
    if (length <= maxBytes) parts.push(value);
    else parts.length = 0;
    if (length > maxBytes + PATIENCE_BYTES) {
      reader.cancel().catch(() => undefined); // the sender may be gone already
      return null;
    }
  }
  return length > maxBytes ? null : joined(parts, length);
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole;
}
