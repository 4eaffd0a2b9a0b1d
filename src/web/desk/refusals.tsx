/** Pages that say no: what is not there for this person, and requests that did not come from our own page. */
import type { Context } from 'hono';
import type { Assets } from './assets.ts';
import type { Visit } from './guard.ts';
import { Layout, sendPage } from './layout.tsx';

export interface Refusal {
  readonly assets: Assets;
  readonly visit: Visit;
  readonly status: 403 | 404 | 413;
  readonly why: 'noCase' | 'noFile' | 'noAction' | 'noPage' | 'notOurs' | 'notAdmin' | 'tooLarge';
}

export const refusePage = (c: Context, { assets, visit, status, why }: Refusal) =>
  sendPage(
    c,
    <Layout
      title={visit.say('desk.refusedTitle')}
      assets={assets}
      lang={visit.lang}
      say={visit.say}
      visit={visit}
      path="/staff"
    >
      <div class="narrow">
        <h1>{visit.say('desk.refusedTitle')}</h1>
        <p role="alert">{visit.say(`desk.refusedPage.${why}`)}</p>
        <p>
          <a href="/staff">{visit.say('desk.toQueue')}</a>
        </p>
      </div>
    </Layout>,
    status,
  );
