// @ts-check
/**
 * An open case page: lines of the conversation come in as they are said, and the parts that changed are replaced. A form
 * that somebody is writing in is never touched. Without this script a reload does the same.
 */

const box = document.getElementById('case');
if (box !== null) watchCase(box);

for (const form of document.querySelectorAll('form.act')) {
  // A second press of an impatient hand sends nothing; the server would see to it anyway.
  form.addEventListener('submit', () =>
    setTimeout(() => form.querySelectorAll('button').forEach((button) => (button.disabled = true))),
  );
}

/** @param {HTMLElement} page */
function watchCase(page) {
  const talk = document.getElementById('talk');
  if (talk === null) return;
  talk.scrollTop = talk.scrollHeight;
  const source = new EventSource(`${page.dataset['stream']}?after=${page.dataset['after']}`);
  source.addEventListener('lines', (event) => {
    const wasAtEnd = talk.scrollHeight - talk.scrollTop - talk.clientHeight < 80;
    talk.append(fragmentOf(JSON.parse(event.data)));
    if (wasAtEnd) talk.scrollTop = talk.scrollHeight;
  });
  source.addEventListener('version', (event) => {
    if (event.data !== page.dataset['version']) void refresh(page, event.data);
  });
  source.addEventListener('gone', () => {
    source.close();
    location.reload();
  });
}

/** HTML of our own server, whose words are escaped already; the page's policy runs nothing in it. @param {string} html */
function fragmentOf(html) {
  const template = document.createElement('template');
  template.innerHTML = html;
  return template.content;
}

/**
 * @param {HTMLElement} page
 * @param {string} version
 */
async function refresh(page, version) {
  const answer = await fetch(location.pathname, { headers: { Accept: 'text/html' } });
  if (!answer.ok || answer.redirected) return location.reload();
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
  for (const part of document.querySelectorAll('[data-live]')) {
    const now = fresh.getElementById(part.id);
    if (now !== null && now.innerHTML !== part.innerHTML) part.replaceWith(document.adoptNode(now));
  }
  page.dataset['version'] = version;
  const actions = document.getElementById('actions');
  const freshActions = fresh.getElementById('actions');
  if (actions === null || freshActions === null) return;
  const changed = document.getElementById('changed');
  if (isInUse(actions)) {
    if (changed !== null) changed.hidden = false;
  } else {
    actions.replaceWith(document.adoptNode(freshActions));
  }
}

/** Somebody writes there, has written, or has a file chosen. @param {Element} actions */
function isInUse(actions) {
  if (actions.contains(document.activeElement)) return true;
  const fields = /** @type {NodeListOf<HTMLTextAreaElement | HTMLInputElement>} */ (
    actions.querySelectorAll('textarea, input[type="file"]')
  );
  return [...fields].some((field) => field.value !== '') || actions.querySelector('details[open]') !== null;
}
