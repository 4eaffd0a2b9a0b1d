// @ts-check
/** The page of the owner's chat: joins the connection, the view and the form. */
import { follow, forgetSession, keptSession, newMessageId, openSession, readMessages, send } from './connection.js';
import { byId, enableChoices, quietly, removeChoices, say, showMessage, showNotice, showOwnLine } from './view.js';

/**
 * @typedef {import('./connection.js').Message} Message
 * @typedef {import('./connection.js').Session} Session
 * @typedef {import('./connection.js').Content} Content
 * @typedef {{ id: string, content: Content, line: ReturnType<typeof showOwnLine>, state: 'waiting' | 'failed' }} Item
 */

const MAX_FILE_BYTES = 10_485_760;
const AGAIN_MS = 4000;
/** Keyboards and examples by what is asked; others get the full keyboard. */
const INPUT = /** @type {Record<string, { mode?: string, hint: string }>} */ ({
  number: { mode: 'numeric', hint: 'placeholderNumber' },
  money: { hint: 'placeholderMoney' },
  phone: { mode: 'tel', hint: 'placeholderPhone' },
  'tax-code': { mode: 'numeric', hint: 'placeholderNumber' },
  date: { hint: 'placeholderDate' },
  place: { hint: 'placeholderPlace' },
  file: { hint: 'placeholderFile' },
});

const form = /** @type {HTMLFormElement} */ (byId('form'));
const input = /** @type {HTMLTextAreaElement} */ (byId('input'));
const fileInput = /** @type {HTMLInputElement} */ (byId('file'));
const waiting = byId('waiting');

/** @type {Session | null} */
let session = null;
/** @type {Item[]} */
const queue = [];
let isSending = false;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let waitingTimer;

/** @param {boolean} shown */
function showWaiting(shown) {
  clearTimeout(waitingTimer);
  waiting.hidden = !shown;
  // A person of the centre may have the conversation: then no answer comes at once, and none is promised.
  if (shown) waitingTimer = setTimeout(() => showWaiting(false), 6000);
}

/** @param {Message} message */
function take(message) {
  if (message.from !== 'owner') showWaiting(false);
  showMessage(message, (choice) => post({ choice: choice.id }, choice.label));
  if (message.from === 'bot') fitKeyboard(message.ask?.kind);
}

/** @param {string | undefined} kind */
function fitKeyboard(kind) {
  const { mode = 'text', hint } = INPUT[kind ?? ''] ?? { hint: 'placeholder' };
  input.inputMode = mode;
  input.setAttribute('autocomplete', kind === 'phone' ? 'tel' : 'off');
  input.placeholder = say(hint);
  fitHeight();
}

/**
 * @param {Content} content
 * @param {string} shown
 */
function post(content, shown) {
  /** @type {Item} */
  const item = {
    id: newMessageId(),
    content,
    state: 'waiting',
    line: showOwnLine(shown, () => {
      item.state = 'waiting';
      item.line.sending();
      void sendAll();
    }),
  };
  queue.push(item);
  enableChoices(false);
  void sendAll();
}

/** Sends what waits, one after the other, so that the order stays. */
async function sendAll() {
  if (isSending || session === null) return;
  isSending = true;
  try {
    for (let item = queue[0]; item !== undefined && item.state === 'waiting'; item = queue[0]) {
      showWaiting(true);
      const { line, content } = item;
      const outcome = await send(session, item.id, content, (share) => 'file' in content && line.progress(share));
      if (outcome.ok) {
        queue.shift();
        line.sent();
        continue;
      }
      showWaiting(false);
      enableChoices(true);
      line.failed(outcome.again);
      if (outcome.message !== null) showNotice(outcome.message, true);
      if (outcome.again) {
        item.state = 'failed';
        setTimeout(retryFailed, AGAIN_MS);
      } else queue.shift();
    }
  } finally {
    isSending = false;
  }
}

function retryFailed() {
  if (!navigator.onLine) return;
  for (const item of queue) if (item.state === 'failed') item.state = 'waiting';
  void sendAll();
}

/** @param {boolean} up */
function showLine(up) {
  if (!up) showNotice(say('offline'), true);
  else if (byId('notice').textContent === say('offline')) showNotice(null);
  if (up) retryFailed();
}

async function start() {
  showNotice(say('connecting'));
  try {
    const kept = keptSession();
    let history = kept === null ? null : await readMessages(kept, { own: true });
    // Nothing at all: what was said there has been forgotten since, and a new session is greeted.
    if (history?.length === 0) history = null;
    session = history === null ? await openSession() : kept;
    if (session === null) throw new Error('no session');
    const restarted = kept !== null && history === null;
    history ??= (await readMessages(session, {})) ?? [];
    const drawn = history;
    if (kept === null || restarted) drawn.forEach(take);
    else quietly(() => drawn.forEach(take));
    showNotice(restarted ? say('restarted') : null);
    void sendAll();
    await follow(session, {
      after: drawn.at(-1)?.id ?? null,
      onMessage: take,
      onLine: showLine,
      onEnded: () => {
        forgetSession();
        location.reload();
      },
    });
  } catch {
    showNotice(say('startFailed'), true);
    setTimeout(() => void start(), AGAIN_MS);
  }
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  const text = input.value.trim();
  if (text === '') return;
  input.value = '';
  fitHeight();
  if (byId('notice').classList.contains('alarm') && navigator.onLine) showNotice(null);
  post({ text }, text);
});

input.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  form.requestSubmit();
});

function fitHeight() {
  input.style.height = 'auto';
  input.style.height = `${input.scrollHeight + 2}px`;
}
input.addEventListener('input', fitHeight);

byId('menu').addEventListener('click', () => post({ text: say('menuText') }, say('menu')));

fileInput.addEventListener('change', () => {
  for (const file of fileInput.files ?? []) {
    if (file.size > MAX_FILE_BYTES) showNotice(say('fileTooLarge'), true);
    else post({ file }, file.name);
  }
  fileInput.value = '';
});

addEventListener('offline', () => showLine(false));
addEventListener('online', () => showLine(true));

removeChoices();
void start();
