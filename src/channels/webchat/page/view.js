// @ts-check
/**
 * Draws the conversation. Words of messages become text nodes, never HTML.
 *
 * @typedef {import('./connection.js').Message} Message
 * @typedef {import('./connection.js').Choice} Choice
 * @typedef {import('./connection.js').Run} Run
 * @typedef {import('./connection.js').Block} Block
 * @typedef {import('./connection.js').SentFile} SentFile
 */

/** @type {Record<string, string>} */
export const words = JSON.parse(document.getElementById('words')?.textContent ?? '{}');
const lang = document.documentElement.lang;

/**
 * Words by key, with `{{name}}` filled in.
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 */
export const say = (key, values = {}) =>
  (words[key] ?? key).replace(/\{\{(\w+)\}\}/g, (_, name) => String(values[name] ?? ''));

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {{ class?: string, text?: string }} [options]
 * @param {Node[]} [children]
 */
function make(tag, options = {}, children = []) {
  const element = document.createElement(tag);
  if (options.class !== undefined) element.className = options.class;
  if (options.text !== undefined) element.textContent = options.text;
  element.append(...children);
  return element;
}

/** @param {string} id */
export function byId(id) {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`No element ${id}`);
  return element;
}

const scroller = byId('scroll');
const log = byId('log');
const jump = byId('jump');

/** @param {string} at */
function timeOf(at) {
  const time = make('time', { text: new Date(at).toLocaleTimeString(lang, { hour: '2-digit', minute: '2-digit' }) });
  time.dateTime = at;
  return time;
}

/** @param {Run[]} runs */
function nodesOf(runs) {
  return runs.map(({ text, bold, quiet, href }) => {
    /** @type {Node} */
    let node = document.createTextNode(text);
    if (href !== undefined && /^(https?:|tel:|mailto:)/.test(href)) {
      const link = make('a', {}, [node]);
      link.href = href;
      link.rel = 'noopener noreferrer';
      if (href.startsWith('http')) link.target = '_blank';
      node = link;
    }
    if (bold === true) node = make('strong', {}, [node]);
    return quiet === true ? make('span', { class: 'quiet' }, [node]) : node;
  });
}

/** @param {Block} block */
const elementOf = (block) =>
  block.kind === 'paragraph'
    ? make('p', {}, nodesOf(block.runs))
    : make(
        'ul',
        {},
        block.items.map((item) => make('li', {}, nodesOf(item))),
      );

/** @param {SentFile} file */
function fileElement({ name, type, size, url }) {
  const link = make('a', { class: 'file' });
  link.href = url;
  link.target = '_blank';
  link.rel = 'noopener';
  if (/^image\/(jpeg|png|gif|webp)$/.test(type)) {
    const picture = make('img');
    picture.src = url;
    picture.alt = say('openFile', { name });
    picture.loading = 'lazy';
    link.append(picture);
  } else {
    link.textContent = `${name} (${Math.max(1, Math.round(size / 1024)).toLocaleString(lang)} kB)`;
    link.setAttribute('aria-label', say('openFile', { name }));
  }
  return make('div', {}, [link]);
}

let dayShown = '';

/** @param {string} at */
function showDay(at) {
  const day = new Date(at).toLocaleDateString(lang, { day: 'numeric', month: 'numeric', year: 'numeric' });
  if (day === dayShown) return;
  dayShown = day;
  const today = new Date().toLocaleDateString(lang, { day: 'numeric', month: 'numeric', year: 'numeric' });
  log.append(make('p', { class: 'day', text: day === today ? say('today') : day }));
}

/**
 * Draws a message; `onChoice` is called with a choice that is pressed on it.
 * @param {Message} message
 * @param {(choice: Choice) => void} onChoice
 */
export function showMessage(message, onChoice) {
  const wasAtEnd = isAtEnd();
  showDay(message.at);
  const who = { bot: say('bot'), staff: say('staff'), owner: say('you') }[message.from];
  const speaker = make('span', { class: message.from === 'staff' ? 'who' : 'hidden', text: `${who}: ` });
  const article = make('article', { class: message.from }, [
    speaker,
    ...message.blocks.map(elementOf),
    ...message.files.map(fileElement),
    make('span', { class: 'meta' }, [timeOf(message.at)]),
  ]);
  article.dataset['id'] = message.id;
  log.append(article);
  if (message.choices.length > 0) showChoices(message.choices, onChoice);
  if (message.from === 'owner' || wasAtEnd) scrollTo(article);
  else jump.hidden = false;
}

/**
 * @param {Choice[]} choices
 * @param {(choice: Choice) => void} onChoice
 */
function showChoices(choices, onChoice) {
  removeChoices();
  const group = make('div', { class: 'choices' });
  group.setAttribute('role', 'group');
  group.setAttribute('aria-label', say('choices'));
  choices.forEach((choice, place) => {
    const button = make('button', {}, [
      make('span', { class: 'number', text: String(place + 1) }),
      make('span', { text: choice.label }),
    ]);
    button.type = 'button';
    if (choice.value !== undefined) button.dataset['value'] = choice.value;
    button.addEventListener('click', () => onChoice(choice));
    group.append(button);
  });
  log.append(group);
}

export function removeChoices() {
  for (const group of log.querySelectorAll('.choices')) group.remove();
}

/** @param {boolean} enabled */
export function enableChoices(enabled) {
  for (const button of log.querySelectorAll('.choices button')) {
    /** @type {HTMLButtonElement} */ (button).disabled = !enabled;
  }
}

/**
 * The owner's own line, before the server has it. Returns what changes how it looks.
 * @param {string} text
 * @param {() => void} onRetry
 */
export function showOwnLine(text, onRetry) {
  const at = new Date().toISOString();
  showDay(at);
  const status = make('span', { text: ` · ${say('sending')}` });
  const article = make('article', { class: 'owner' }, [
    make('span', { class: 'hidden', text: `${say('you')}: ` }),
    make('p', { text }),
    make('span', { class: 'meta' }, [timeOf(at), status]),
  ]);
  const progress = make('progress');
  progress.max = 1;
  const retry = make('button', { class: 'retry', text: say('retry') });
  retry.type = 'button';
  retry.addEventListener('click', onRetry);
  log.append(article);
  scrollTo(article);
  return {
    /** @param {number} share */
    progress(share) {
      progress.value = share;
      progress.setAttribute('aria-label', say('uploading', { name: text, percent: Math.round(share * 100) }));
      if (!progress.isConnected) article.append(progress);
    },
    sent() {
      article.classList.remove('unsent');
      progress.remove();
      retry.remove();
      status.textContent = ` · ${say('sent')}`;
    },
    /** @param {boolean} again */
    failed(again) {
      article.classList.add('unsent');
      progress.remove();
      status.textContent = ` · ${say('failed')}`;
      if (again) article.append(retry);
    },
    sending() {
      retry.remove();
      status.textContent = ` · ${say('sending')}`;
    },
  };
}

/**
 * Draws what was said before without a screen reader reading all of it aloud.
 * @param {() => void} draw
 */
export function quietly(draw) {
  log.setAttribute('aria-live', 'off');
  draw();
  setTimeout(() => log.setAttribute('aria-live', 'polite'), 500);
}

const isAtEnd = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 80;

/**
 * To the end; when what is new is higher than the screen, to its beginning.
 * @param {HTMLElement} first
 */
function scrollTo(first) {
  requestAnimationFrame(() => {
    const end = scroller.scrollHeight - scroller.clientHeight;
    scroller.scrollTop = Math.min(end, Math.max(scroller.scrollTop, first.offsetTop - scroller.offsetTop - 8));
  });
}

jump.addEventListener('click', () => {
  scroller.scrollTop = scroller.scrollHeight;
  jump.hidden = true;
});
scroller.addEventListener('scroll', () => {
  if (isAtEnd()) jump.hidden = true;
});

const noticeLine = byId('notice');

/**
 * A line above the input; null takes it away.
 * @param {string | null} text
 * @param {boolean} [alarm]
 */
export function showNotice(text, alarm = false) {
  noticeLine.hidden = text === null;
  noticeLine.textContent = text ?? '';
  noticeLine.classList.toggle('alarm', alarm);
}
