/** The frame of every page: head, navigation, who is signed in, the two languages. */
import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import type { Say } from '../../service/desk.ts';
import type { Assets } from './assets.ts';
import type { Visit } from './guard.ts';

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; " +
  "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

export interface Frame {
  readonly title: string;
  readonly assets: Assets;
  readonly lang: string;
  readonly say: Say;
  /** null: nobody is signed in. */
  readonly visit: Visit | null;
  /** Which entry of the navigation this page is. */
  readonly here?: 'queue' | 'unanswered' | 'problems' | 'law' | 'people' | 'account';
  /** Address of this page, for the language switch. */
  readonly path: string;
  readonly children: Child;
}

/** A whole page as HTML, with its policy. */
export async function sendPage(c: Context, page: Child, status: 200 | 403 | 404 | 409 | 410 | 413 = 200) {
  return c.html(`<!doctype html>${String(await page)}`, status, {
    'Content-Security-Policy': POLICY,
    // With `no-referrer` browsers would send `Origin: null` with our own forms.
    'Referrer-Policy': 'same-origin',
    'Cache-Control': 'no-store',
  });
}

export const Layout = ({ title, assets, lang, say, visit, here, path, children }: Frame) => (
  <html lang={lang}>
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="robots" content="noindex" />
      <title>{`${title} · ${say('desk.name')}`}</title>
      <link rel="icon" href="data:," />
      <link rel="stylesheet" href={assets.css} />
      <script src={assets.js} defer></script>
    </head>
    <body>
      <a class="skip" href="#main">
        {say('desk.skip')}
      </a>
      <header class="top">
        <a class="home" href="/staff">
          {say('desk.name')}
        </a>
        {visit === null ? null : <Navigation say={say} here={here} visit={visit} />}
        <LangSwitch lang={lang} path={path} say={say} />
      </header>
      <main id="main" tabindex={-1}>
        {visit === null || visit.trouble === null ? null : (
          <Notice words={say('law.desk.refusedEdit', { what: visit.trouble })} alarm />
        )}
        {children}
      </main>
    </body>
  </html>
);

const Navigation = ({ say, here, visit }: { say: Say; here: Frame['here']; visit: Visit }) => {
  const entry = (name: 'queue' | 'unanswered' | 'problems' | 'law' | 'people', href: string) => (
    <a href={href} aria-current={here === name ? 'page' : undefined}>
      {say(`desk.nav.${name}`)}
    </a>
  );
  return (
    <>
      <nav aria-label={say('desk.nav.label')}>
        {entry('queue', '/staff')}
        {entry('unanswered', '/staff/unanswered')}
        {entry('problems', '/staff/problems')}
        {entry('law', '/staff/law')}
        {visit.who.role === 'admin' ? entry('people', '/staff/people') : null}
      </nav>
      <form class="leave" method="post" action="/staff/sign-out">
        <input type="hidden" name="mark" value={visit.mark} />
        <a class="me" href="/staff/account" aria-current={here === 'account' ? 'page' : undefined}>
          {visit.who.name} <span class="hidden">({say('desk.account.title')})</span>
        </a>
        <button type="submit">{say('desk.signOut')}</button>
      </form>
    </>
  );
};

const LangSwitch = ({ lang, path, say }: { lang: string; path: string; say: Say }) => {
  const other = lang === 'en' ? 'vi' : 'en';
  const [bare = '/staff', query = ''] = path.split('?');
  const asked = new URLSearchParams(query);
  asked.set('lang', other);
  return (
    <a class="lang" href={`${bare}?${asked.toString()}`} lang={other} hreflang={other}>
      {say(`desk.lang.${other}`)}
    </a>
  );
};

export const When = ({ at }: { at: { iso: string; words: string } }) => <time datetime={at.iso}>{at.words}</time>;

/** A message above the page; `alarm` when something was refused. */
export const Notice = ({ words, alarm = false }: { words: string | null; alarm?: boolean }) =>
  words === null ? null : (
    <p class={alarm ? 'notice alarm' : 'notice'} role={alarm ? 'alert' : 'status'}>
      {words}
    </p>
  );
