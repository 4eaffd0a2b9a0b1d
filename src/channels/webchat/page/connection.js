// @ts-check
/**
 * Talks to the chat API: the session, the stream of messages with polling as a fallback, and sending.
 *
 * @typedef {{ id: string, kind: string }} Ask
 * @typedef {{ id: string, label: string, value?: string }} Choice
 * @typedef {{ text: string, bold?: boolean, quiet?: boolean, href?: string }} Run
 * @typedef {{ kind: 'paragraph', runs: Run[] } | { kind: 'list', items: Run[][] }} Block
 * @typedef {{ id: string, name: string, type: string, size: number, url: string }} SentFile
 * @typedef {{ id: string, from: 'bot' | 'staff' | 'owner', text: string, blocks: Block[], ask?: Ask,
 *   choices: Choice[], files: SentFile[], at: string }} Message
 * @typedef {{ sessionId: string, token: string }} Session
 * @typedef {{ text: string } | { choice: string } | { file: File }} Content
 * @typedef {{ ok: true } | { ok: false, again: boolean, message: string | null }} Outcome
 */

const KEPT = 'khuyencong-session';
const POLL_MS = 3000;
const STREAM_AGAIN_MS = 15000;

/** @returns {Session | null} */
export function keptSession() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT) ?? 'null');
    return typeof kept?.token === 'string' ? kept : null;
  } catch {
    return null; // storage is closed to us: the session lasts as long as the page
  }
}

/** @param {Session | null} session */
function keep(session) {
  try {
    if (session === null) localStorage.removeItem(KEPT);
    else localStorage.setItem(KEPT, JSON.stringify(session));
  } catch {
    // as above
  }
}

/** @returns {Promise<Session>} */
export async function openSession() {
  const answer = await fetch('/chat/sessions', { method: 'POST' });
  if (answer.status !== 201) throw new Error(String(answer.status));
  const session = /** @type {Session} */ (await answer.json());
  keep(session);
  return session;
}

export const forgetSession = () => keep(null);

/** @param {Session} session */
const headersOf = (session) => ({ Authorization: `Bearer ${session.token}` });

/**
 * Messages after one; null when the session is no longer good.
 * @param {Session} session
 * @param {{ after?: string | null, own?: boolean }} options
 * @returns {Promise<Message[] | null>}
 */
export async function readMessages(session, { after = null, own = false }) {
  const query = new URLSearchParams();
  if (after !== null) query.set('after', after);
  if (own) query.set('own', '1');
  const answer = await fetch(`/chat/messages?${query}`, { headers: headersOf(session) });
  if (answer.status === 401) return null;
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()).messages;
}

/**
 * Follows the conversation for as long as the page is open: a stream where it works, polling where it does not.
 * @param {Session} session
 * @param {{ after: string | null, onMessage: (message: Message) => void, onLine: (up: boolean) => void,
 *   onEnded: () => void }} options
 */
export async function follow(session, { after, onMessage, onLine, onEnded }) {
  let last = after;
  /** @param {Message} message */
  const take = (message) => {
    if (last !== null && Number(message.id) <= Number(last)) return;
    last = message.id;
    onMessage(message);
  };
  let streamAgainAt = 0;
  for (;;) {
    try {
      if (performance.now() >= streamAgainAt) {
        streamAgainAt = performance.now() + STREAM_AGAIN_MS;
        await readStream(session, last, take, () => onLine(true));
      }
      const messages = await readMessages(session, { after: last });
      if (messages === null) return onEnded();
      onLine(true);
      messages.forEach(take);
    } catch {
      onLine(navigator.onLine && performance.now() < streamAgainAt - STREAM_AGAIN_MS + POLL_MS);
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/**
 * Reads server-sent events by `fetch`, since `EventSource` cannot send the header. Ends when the line does.
 * @param {Session} session
 * @param {string | null} after
 * @param {(message: Message) => void} take
 * @param {() => void} onOpen
 */
async function readStream(session, after, take, onOpen) {
  const silence = new AbortController();
  let watch = setTimeout(() => silence.abort(), 60_000);
  try {
    const answer = await fetch(`/chat/stream${after === null ? '' : `?after=${after}`}`, {
      headers: headersOf(session),
      signal: silence.signal,
    });
    if (!answer.ok || answer.body === null) return;
    onOpen();
    const reader = answer.body.getReader();
    const decoder = new TextDecoder();
    let rest = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      clearTimeout(watch); // a heartbeat comes every 20 s: a minute of silence means that the line is dead
      watch = setTimeout(() => silence.abort(), 60_000);
      rest += decoder.decode(value, { stream: true });
      const events = rest.split('\n\n');
      rest = events.pop() ?? '';
      for (const event of events) {
        const data = event
          .split('\n')
          .filter((line) => line.startsWith('data:'))
          .map((line) => line.slice(5).trim())
          .join('\n');
        if (data !== '') take(JSON.parse(data));
      }
    }
  } finally {
    clearTimeout(watch);
  }
}

/** An id of our own for a message, so that sending it again has no second effect. Works without https, too. */
export function newMessageId() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Sends one message. `onProgress` gets shares from 0 to 1 (only `XMLHttpRequest` tells them).
 * @param {Session} session
 * @param {string} clientMessageId
 * @param {Content} content
 * @param {(share: number) => void} onProgress
 * @returns {Promise<Outcome>}
 */
export function send(session, clientMessageId, content, onProgress) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/chat/messages');
    request.setRequestHeader('Authorization', headersOf(session).Authorization);
    request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 1 : loaded / total);
    request.onerror = () => resolve({ ok: false, again: true, message: null });
    request.onload = () => {
      if (request.status === 202) return resolve({ ok: true });
      let message = null;
      try {
        message = JSON.parse(request.responseText).message ?? null;
      } catch {
        // an answer of something in between
      }
      resolve({ ok: false, again: request.status >= 500 || request.status === 429, message });
    };
    if ('file' in content) {
      const form = new FormData();
      form.set('clientMessageId', clientMessageId);
      form.set('file', content.file);
      request.send(form);
    } else {
      request.setRequestHeader('Content-Type', 'application/json');
      request.send(JSON.stringify({ clientMessageId, ...content }));
    }
  });
}
