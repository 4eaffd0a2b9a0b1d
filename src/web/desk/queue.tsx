/** The queue: three tabs, a search with filters, and one line a case. */
import type { Context, Hono } from 'hono';
import {
  caseStatuses,
  queueTabs,
  type Option,
  type QueueAsk,
  type QueueLine,
  type QueueView,
  type Say,
} from '../../service/desk.ts';
import type { Assets } from './assets.ts';
import type { DeskEnv, DeskWebParts, Visit } from './guard.ts';
import { Layout, sendPage, When } from './layout.tsx';

const SEARCH_MAX = 100;

export function queuePage(app: Hono<DeskEnv>, { desk }: DeskWebParts, assets: Assets): void {
  app.get('/staff', async (c) => {
    const visit = c.get('visit');
    const view = await desk.queue(visit.who, askOf(c), visit.lang);
    return sendPage(c, <QueuePage view={view} visit={visit} assets={assets} />);
  });
}

function askOf(c: Context): QueueAsk {
  const text = (name: string) => {
    const value = (c.req.query(name) ?? '').replaceAll('\0', '').trim().slice(0, SEARCH_MAX);
    return value === '' ? undefined : value;
  };
  const [province, support, search] = [text('province'), text('support'), text('q')];
  const status = caseStatuses.find((each) => each === text('status'));
  const page = Number(text('page') ?? '1');
  return {
    tab: queueTabs.find((each) => each === text('tab')) ?? 'new',
    ...(province === undefined ? {} : { province }),
    ...(support === undefined ? {} : { support }),
    ...(search === undefined ? {} : { search }),
    ...(status === undefined ? {} : { status }),
    page: Number.isInteger(page) && page > 0 ? page : 1,
  };
}

/** The address of the queue as asked, with something changed. */
function hrefOf(ask: QueueAsk, change: Partial<QueueAsk>): string {
  const { tab, province, status, support, search, page } = { ...ask, ...change };
  const query = new URLSearchParams({ tab });
  for (const [key, value] of Object.entries({ q: search, province, status, support })) {
    if (value !== undefined) query.set(key, value);
  }
  if (page > 1) query.set('page', String(page));
  return `/staff?${query.toString()}`;
}

const QueuePage = ({ view, visit, assets }: { view: QueueView; visit: Visit; assets: Assets }) => {
  const { say } = visit;
  const { ask } = view;
  return (
    <Layout
      title={say('desk.queue.title')}
      assets={assets}
      lang={visit.lang}
      say={say}
      visit={visit}
      here="queue"
      path={hrefOf(ask, {})}
    >
      <h1>{say('desk.queue.title')}</h1>
      <nav class="tabs" aria-label={say('desk.queue.tabs')}>
        {view.tabs.map(({ tab, count }) => (
          <a href={hrefOf({ tab, page: 1 }, {})} aria-current={tab === ask.tab ? 'page' : undefined}>
            {say(`desk.queue.tab.${tab}`)}
            {count === null ? null : <span class="count">{String(count)}</span>}
          </a>
        ))}
      </nav>
      <Filters view={view} say={say} />
      {view.lines.length === 0 ? (
        <p class="empty">{say('desk.queue.empty')}</p>
      ) : (
        <ul class="cases">
          {view.lines.map((line) => (
            <CaseLine line={line} say={say} />
          ))}
        </ul>
      )}
      <Pages view={view} say={say} />
    </Layout>
  );
};

const Filters = ({ view, say }: { view: QueueView; say: Say }) => {
  const { ask } = view;
  return (
    <form class="filters" method="get" action="/staff" role="search">
      <input type="hidden" name="tab" value={ask.tab} />
      <label>
        {say('desk.queue.search')}
        <input type="search" name="q" value={ask.search ?? ''} maxlength={SEARCH_MAX} />
      </label>
      <Select
        name="province"
        label={say('desk.queue.province')}
        any={say('desk.queue.any')}
        options={view.provinces}
        value={ask.province}
      />
      {ask.tab === 'new' ? null : (
        <Select
          name="status"
          label={say('desk.queue.status')}
          any={say('desk.queue.any')}
          options={view.statuses}
          value={ask.status}
        />
      )}
      <Select
        name="support"
        label={say('desk.queue.support')}
        any={say('desk.queue.any')}
        options={view.supports}
        value={ask.support}
      />
      <button type="submit">{say('desk.queue.find')}</button>
    </form>
  );
};

interface SelectProps {
  readonly name: string;
  readonly label: string;
  readonly any: string;
  readonly options: readonly Option[];
  readonly value: string | undefined;
}

const Select = ({ name, label, any, options, value }: SelectProps) => (
  <label>
    {label}
    <select name={name}>
      <option value="">{any}</option>
      {options.map((option) => (
        <option value={option.id} selected={option.id === value}>
          {option.label}
        </option>
      ))}
    </select>
  </label>
);

const CaseLine = ({ line, say }: { line: QueueLine; say: Say }) => (
  <li class={line.isLate ? 'case late' : 'case'}>
    <a class="code" href={`/staff/cases/${line.code}`}>
      <strong>{line.code}</strong> <span>{line.title}</span>
    </a>
    <p>
      <span class={`status ${line.status}`}>{line.statusWords}</span>{' '}
      {line.holder === null ? (
        <span class="holder">{say('desk.queue.nobody')}</span>
      ) : (
        <span class="holder">{say(line.isMine ? 'desk.queue.yours' : 'desk.queue.holder', { name: line.holder })}</span>
      )}
      {line.waited === null ? null : <span class="waited">{say('desk.queue.waits', { time: line.waited })}</span>}
    </p>
    <p class="quiet">
      {[
        line.about,
        line.province,
        line.supports,
        line.verdict,
        line.ready === null ? null : say('desk.queue.ready', { ready: line.ready }),
      ]
        .filter((part) => part !== null && part !== '')
        .join(' · ')}{' '}
      · <When at={line.opened} />
    </p>
  </li>
);

const Pages = ({ view: { ask, hasNext }, say }: { view: QueueView; say: Say }) =>
  ask.page === 1 && !hasNext ? null : (
    <nav class="pages" aria-label={say('desk.queue.pages')}>
      {ask.page > 1 ? (
        <a rel="prev" href={hrefOf(ask, { page: ask.page - 1 })}>
          {say('desk.queue.prev')}
        </a>
      ) : null}
      <span>{say('desk.queue.page', { page: ask.page })}</span>
      {hasNext ? (
        <a rel="next" href={hrefOf(ask, { page: ask.page + 1 })}>
          {say('desk.queue.next')}
        </a>
      ) : null}
    </nav>
  );
