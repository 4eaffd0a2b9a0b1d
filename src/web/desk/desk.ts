/** The staff desk at `/staff`: who may come in, and its pages. */
import { Hono } from 'hono';
import { accountPage } from './account.tsx';
import { serveAssets } from './assets.ts';
import { caseRoutes } from './case-routes.tsx';
import { readForm } from './form-body.ts';
import {
  giveSession,
  isMark,
  isOwnSite,
  keepLang,
  takeSession,
  sessionOf,
  visitOf,
  type DeskEnv,
  type DeskWebParts,
} from './guard.ts';
import { peoplePage } from './people.tsx';
import { lawPage } from './law.tsx';
import { problemsPage } from './problems.tsx';
import { queuePage } from './queue.tsx';
import { refusePage } from './refusals.tsx';
import { signInPages } from './sign-in.tsx';
import { unansweredPage } from './unanswered.tsx';

export type { DeskWebParts } from './guard.ts';
export { readDeskFiles } from './page-files.ts';

/** Everything under `/staff`. */
export function deskPages(parts: DeskWebParts): Hono {
  const app = new Hono<DeskEnv>();
  const assets = serveAssets(app, parts.page);
  const { desk, log, publicUrl } = parts;

  app.use('/staff/*', async (c, next) => {
    keepLang(c);
    const isOpen = /^\/staff\/sign-in(\/|$)/.test(c.req.path) || c.req.path.startsWith('/staff/page/');
    if (isOpen) return next();
    const visit = await visitOf(c, parts);
    if (visit === null) {
      if (sessionOf(c) !== undefined) takeSession(c);
      const wantsPage = /^(GET|HEAD)$/.test(c.req.method) && !/\/(stream|files)(\/|$)/.test(c.req.path);
      return wantsPage ? c.redirect('/staff/sign-in', 303) : c.text(desk.say('vi')('desk.signIn.needed'), 401);
    }
    c.set('visit', visit);
    return next();
  });

  // A change: from our own page only, with the mark of the person who sends it.
  app.use('/staff/*', async (c, next) => {
    const visit = c.get('visit') as DeskEnv['Variables']['visit'] | undefined;
    if (c.req.method === 'GET' || c.req.method === 'HEAD' || visit === undefined) return next();
    const refuse = (why: 'notOurs' | 'tooLarge', status: 403 | 413) => {
      log.warn({ staff: visit.who.id, why }, 'desk-refused');
      return refusePage(c, { assets, visit, status, why });
    };
    if (!isOwnSite(c, publicUrl)) return refuse('notOurs', 403);
    const form = await readForm(c);
    if (form === 'too-large') return refuse('tooLarge', 413);
    if (form === 'unreadable' || !isMark(form.text('mark', 200), visit.mark)) return refuse('notOurs', 403);
    c.set('form', form);
    return next();
  });

  // A page read with an old cookie takes a new one along.
  app.use('/staff/*', async (c, next) => {
    await next();
    const visit = c.get('visit') as DeskEnv['Variables']['visit'] | undefined;
    const isPage = c.req.method === 'GET' && c.res.headers.get('content-type')?.startsWith('text/html') === true;
    const fresh = visit !== undefined && isPage ? await desk.signIn.rotate(visit.session) : null;
    if (fresh !== null) giveSession(c, fresh, publicUrl);
  });

  signInPages(app, parts, assets);
  queuePage(app, parts, assets);
  caseRoutes(app, parts, assets);
  unansweredPage(app, parts, assets);
  problemsPage(app, parts, assets);
  lawPage(app, parts, assets);
  peoplePage(app, parts, assets);
  accountPage(app, parts, assets);
  app.all('/staff/*', (c) => {
    const visit = c.get('visit') as DeskEnv['Variables']['visit'] | undefined;
    if (visit === undefined) return c.redirect('/staff/sign-in', 303);
    return refusePage(c, { assets, visit, status: 404, why: 'noPage' });
  });
  return new Hono().route('/', app);
}
