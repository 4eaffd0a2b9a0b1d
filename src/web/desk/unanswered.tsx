/** The worklist of editors: what owners asked and nobody could answer, each with a file that lacks only the answer. */
import type { Hono } from 'hono';
import type { UnansweredView } from '../../service/desk.ts';
import type { Assets } from './assets.ts';
import type { DeskEnv, DeskWebParts, Visit } from './guard.ts';
import { Layout, Notice, sendPage, When } from './layout.tsx';

export function unansweredPage(app: Hono<DeskEnv>, { desk }: DeskWebParts, assets: Assets): void {
  app.get('/staff/unanswered', async (c) => {
    const visit = c.get('visit');
    const views = await desk.unanswered(visit.lang);
    const notice = c.req.query('done') === 'closed' ? visit.say('desk.unanswered.closed') : null;
    return sendPage(c, <Page views={views} visit={visit} assets={assets} notice={notice} />);
  });
  app.post('/staff/unanswered', async (c) => {
    const ids = (c.get('form').text('ids', 40_000) ?? '').split(',').filter((id) => id !== '');
    await desk.closeUnanswered(ids);
    return c.redirect('/staff/unanswered?done=closed', 303);
  });
}

interface Props {
  readonly views: readonly UnansweredView[];
  readonly visit: Visit;
  readonly assets: Assets;
  readonly notice: string | null;
}

const Page = ({ views, visit, assets, notice }: Props) => {
  const { say } = visit;
  return (
    <Layout
      title={say('desk.unanswered.title')}
      assets={assets}
      lang={visit.lang}
      say={say}
      visit={visit}
      here="unanswered"
      path="/staff/unanswered"
    >
      <h1>{say('desk.unanswered.title')}</h1>
      <Notice words={notice} />
      <p>{say('desk.unanswered.how')}</p>
      {views.length === 0 ? <p class="empty">{say('desk.unanswered.none')}</p> : null}
      {views.map((view, at) => (
        <section class="card" aria-labelledby={`q${at}`}>
          <h2 id={`q${at}`} lang="vi">
            {view.words[0]}
          </h2>
          <p class="quiet">
            {say('desk.unanswered.times', { count: view.times })} · {view.why}
            {view.faq === null ? null : ` (${view.faq})`} · <When at={view.last} />
          </p>
          {view.words.length < 2 ? null : (
            <ul>
              {view.words.slice(1, 8).map((words) => (
                <li>{words}</li>
              ))}
            </ul>
          )}
          {view.nearest.length === 0 ? null : (
            <p class="quiet">
              {say('desk.unanswered.nearest')} <span lang="vi">{view.nearest.join('; ')}</span>
            </p>
          )}
          <details class="more">
            <summary>{say('desk.unanswered.file')}</summary>
            <p>
              <code>{view.file.name}</code>
            </p>
            <pre tabindex={0}>{view.file.text}</pre>
          </details>
          <form method="post" action="/staff/unanswered">
            <input type="hidden" name="mark" value={visit.mark} />
            <input type="hidden" name="ids" value={view.ids.join(',')} />
            <button type="submit">{say('desk.unanswered.close')}</button>
          </form>
        </section>
      ))}
    </Layout>
  );
};
