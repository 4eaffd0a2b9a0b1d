/** What did not reach an owner, why, and what can be done about it. */
import type { Hono } from 'hono';
import type { ProblemView } from '../../service/desk.ts';
import type { Assets } from './assets.ts';
import type { DeskEnv, DeskWebParts, Visit } from './guard.ts';
import { Layout, Notice, sendPage, When } from './layout.tsx';
import { refusePage } from './refusals.tsx';

export function problemsPage(app: Hono<DeskEnv>, { desk }: DeskWebParts, assets: Assets): void {
  app.get('/staff/problems', async (c) => {
    const visit = c.get('visit');
    const views = await desk.problems(visit.who, visit.lang);
    const done = c.req.query('done');
    const notice = done === 'retry' || done === 'drop' ? visit.say(`desk.problems.done.${done}`) : null;
    return sendPage(c, <Page views={views} visit={visit} assets={assets} notice={notice} />);
  });
  app.post('/staff/problems/:how', async (c) => {
    const visit = c.get('visit');
    const how = c.req.param('how') === 'drop' ? 'drop' : 'retry';
    const isTheirs = await desk.settleProblem(visit.who, c.get('form').text('id', 300) ?? '', how);
    if (!isTheirs) return refusePage(c, { assets, visit, status: 404, why: 'noAction' });
    return c.redirect(`/staff/problems?done=${how}`, 303);
  });
}

interface Props {
  readonly views: readonly ProblemView[];
  readonly visit: Visit;
  readonly assets: Assets;
  readonly notice: string | null;
}

const Page = ({ views, visit, assets, notice }: Props) => {
  const { say } = visit;
  return (
    <Layout
      title={say('desk.problems.title')}
      assets={assets}
      lang={visit.lang}
      say={say}
      visit={visit}
      here="problems"
      path="/staff/problems"
    >
      <h1>{say('desk.problems.title')}</h1>
      <Notice words={notice} />
      {views.length === 0 ? <p class="empty">{say('desk.problems.none')}</p> : null}
      {views.map((view) => (
        <Problem view={view} visit={visit} />
      ))}
    </Layout>
  );
};

const Problem = ({ view, visit: { say, mark } }: { view: ProblemView; visit: Visit }) => (
  <section class="card">
    <h2>
      {view.title} · {view.channel}
    </h2>
    <p>
      <strong>{view.statusWords}</strong>: {view.why}.
    </p>
    {view.words === '' ? null : <p class="said">«{view.words}»</p>}
    <p class="quiet">
      {view.codes.map((code) => (
        <>
          <a href={`/staff/cases/${code}`}>{code}</a>{' '}
        </>
      ))}
      · <When at={view.at} /> · {say('desk.problems.attempts', { count: view.attempts })}
      {view.next === null ? null : (
        <>
          {' '}
          · {say('desk.problems.next')} <When at={view.next} />
        </>
      )}
    </p>
    <div class="row">
      {(['retry', 'drop'] as const).map((how) => (
        <form method="post" action={`/staff/problems/${how}`}>
          <input type="hidden" name="mark" value={mark} />
          <input type="hidden" name="id" value={view.id} />
          <button type="submit">{say(`desk.problems.${how}`)}</button>
        </form>
      ))}
    </div>
  </section>
);
