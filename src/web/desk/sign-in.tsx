/**
 * Signing in by a one-time link. Opening it in a browser signs in at once. What only looks at links (previews of messengers,
 * prefetching, HEAD) gets a page with a button instead, so that it does not use the link up; see docs/adr/0012.
 */
import type { Context, Hono } from 'hono';
import type { Say } from '../../service/desk.ts';
import type { Assets } from './assets.ts';
import {
  giveSession,
  isOwnSite,
  langOf,
  sessionOf,
  takeSession,
  visitOf,
  type DeskEnv,
  type DeskWebParts,
} from './guard.ts';
import { Layout, Notice, sendPage } from './layout.tsx';

/** Programs that open links to show what is behind them. */
const PREVIEWER =
  /bot\b|bot\/|crawl|spider|preview|facebookexternalhit|whatsapp|zalo(?!browser)\S*(bot|preview)|telegram|slack|discord|skype|viber|embed|curl-preview|link-?check/i;

export function isPreview(c: Context): boolean {
  const purpose = `${c.req.header('sec-purpose') ?? ''} ${c.req.header('purpose') ?? ''} ${c.req.header('x-moz') ?? ''}`;
  return (
    c.req.method === 'HEAD' || /prefetch|preview/i.test(purpose) || PREVIEWER.test(c.req.header('user-agent') ?? '')
  );
}

const LINK = /^[0-9a-f]{64}$/;

export function signInPages(app: Hono<DeskEnv>, parts: DeskWebParts, assets: Assets): void {
  const { desk, publicUrl, log } = parts;
  const frame = (c: Context) => {
    const lang = langOf(c);
    return { assets, lang, say: desk.say(lang), visit: null, path: c.req.path } as const;
  };

  app.get('/staff/sign-in', async (c) => {
    if ((await visitOf(c, parts)) !== null) return c.redirect('/staff', 303);
    return sendPage(c, <HowToSignIn {...frame(c)} wasRefused={false} />);
  });

  app.get('/staff/sign-in/:link', async (c) => {
    const link = c.req.param('link');
    if (isPreview(c)) return sendPage(c, <PressToSignIn {...frame(c)} link={link} />);
    return enter(c, link);
  });

  app.post('/staff/sign-in/:link', async (c) => {
    if (!isOwnSite(c, publicUrl)) {
      log.warn({ why: 'cross-site' }, 'desk-refused');
      return sendPage(c, <HowToSignIn {...frame(c)} wasRefused />, 403);
    }
    return enter(c, c.req.param('link'));
  });

  app.post('/staff/sign-out', async (c) => {
    await desk.signIn.leave(c.get('visit').session);
    takeSession(c);
    return c.redirect('/staff/sign-in', 303);
  });

  async function enter(c: Context, link: string) {
    const entered = LINK.test(link) ? await desk.signIn.enter(link, sessionOf(c)) : null;
    if (entered === null) return sendPage(c, <HowToSignIn {...frame(c)} wasRefused />, 410);
    giveSession(c, entered.session, publicUrl);
    return c.redirect('/staff', 303);
  }
}

interface Shown {
  readonly assets: Assets;
  readonly lang: string;
  readonly say: Say;
  readonly visit: null;
  readonly path: string;
}

const HowToSignIn = ({ wasRefused, ...shown }: Shown & { wasRefused: boolean }) => (
  <Layout {...shown} path="/staff/sign-in" title={shown.say('desk.signIn.title')}>
    <div class="narrow">
      <h1>{shown.say('desk.signIn.title')}</h1>
      <Notice words={wasRefused ? shown.say('desk.signIn.refused') : null} alarm />
      <p>{shown.say('desk.signIn.how')}</p>
      <p>{shown.say('desk.signIn.admin')}</p>
      <pre>npm run --silent cli -- staff link</pre>
    </div>
  </Layout>
);

const PressToSignIn = ({ link, ...shown }: Shown & { link: string }) => (
  <Layout {...shown} path="/staff/sign-in" title={shown.say('desk.signIn.title')}>
    <div class="narrow">
      <h1>{shown.say('desk.signIn.title')}</h1>
      <form method="post" action={`/staff/sign-in/${link}`}>
        <button class="main" type="submit">
          {shown.say('desk.signIn.press')}
        </button>
      </form>
    </div>
  </Layout>
);
