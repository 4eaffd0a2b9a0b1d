/**
 * Results that differ since the law or the content has changed: who, from what to what, why, and the very message that the
 * owner would get. Nobody is told before a person has approved it here.
 */
import type { Hono } from 'hono';
import type { FlipChoice, FlipGroup, FlipView, LawView } from '../../service/desk.ts';
import type { Assets } from './assets.ts';
import type { Posted } from './form-body.ts';
import type { DeskEnv, DeskWebParts, Visit } from './guard.ts';
import { Layout, Notice, sendPage, When } from './layout.tsx';
import { Reasons } from './reasons.tsx';
import { refusePage } from './refusals.tsx';

const DECISIONS = { approve: 'approved', dismiss: 'dismissed' } as const;
type Verb = keyof typeof DECISIONS;
const verbs = Object.keys(DECISIONS) as readonly Verb[];

export function lawPage(app: Hono<DeskEnv>, { desk, log }: DeskWebParts, assets: Assets): void {
  app.get('/staff/law', async (c) => {
    const visit = c.get('visit');
    const view = await desk.law(visit.who, visit.lang);
    const done = verbs.find((verb) => verb === c.req.query('done'));
    const count = Number(c.req.query('count') ?? 0);
    const notice =
      done === undefined || !Number.isInteger(count) ? null : visit.say(`law.desk.done.${done}`, { count });
    return sendPage(c, <Page view={view} visit={visit} assets={assets} notice={notice} />);
  });
  app.post('/staff/law/:verb', async (c) => {
    const visit = c.get('visit');
    const verb = verbs.find((each) => each === c.req.param('verb'));
    const which = choiceOf(c.get('form'));
    if (verb === undefined || which === null) return refusePage(c, { assets, visit, status: 404, why: 'noAction' });
    const count = await desk.decideLaw(visit.who, which, DECISIONS[verb]);
    log.info({ staff: visit.who.id, verb, count }, 'law-decided');
    return c.redirect(`/staff/law?done=${verb}&count=${count}`, 303);
  });
}

/** One result, or all of one change; null: neither is named. */
function choiceOf(form: Posted): FlipChoice | null {
  const id = form.text('id', 100);
  const change = form.text('change', 200);
  return id !== undefined ? { ids: [id] } : change !== undefined ? { change } : null;
}

interface Props {
  readonly view: LawView;
  readonly visit: Visit;
  readonly assets: Assets;
  readonly notice: string | null;
}

const Page = ({ view, visit, assets, notice }: Props) => {
  const { say } = visit;
  const title = say('law.desk.title');
  return (
    <Layout title={title} assets={assets} lang={visit.lang} say={say} visit={visit} here="law" path="/staff/law">
      <h1>{title}</h1>
      <Notice words={notice} />
      <p>{say('law.desk.why')}</p>
      <p class="quiet">{view.counts.map(({ words, count }) => `${words}: ${count}`).join(' · ')}</p>
      {view.groups.length === 0 ? <p class="empty">{say('law.desk.none')}</p> : null}
      {view.groups.map((group, at) => (
        <Group group={group} visit={visit} at={at} />
      ))}
    </Layout>
  );
};

const Group = ({ group, visit, at }: { group: FlipGroup; visit: Visit; at: number }) => {
  const { say } = visit;
  const { change, cause, count, found, flips } = group;
  return (
    <section aria-labelledby={`change${at}`}>
      <h2 id={`change${at}`}>{cause}</h2>
      <p class="quiet">
        {say('law.desk.count', { count })}
        {found === null ? null : (
          <>
            {' '}
            · {say('law.desk.found')} <When at={found} />
          </>
        )}
      </p>
      {flips.map((flip) => (
        <Flip flip={flip} visit={visit} />
      ))}
      {count > flips.length ? <p class="quiet">{say('law.desk.more', { count: count - flips.length })}</p> : null}
      {count < 2 ? null : <Decide visit={visit} name="change" value={change} words="All" count={count} />}
    </section>
  );
};

const Flip = ({ flip, visit }: { flip: FlipView; visit: Visit }) => {
  const { say } = visit;
  return (
    <section class="card" id={flip.id}>
      <h3>
        {flip.name}
        {flip.code === null ? null : (
          <>
            {' '}
            · <a href={`/staff/cases/${flip.code}`}>{flip.code}</a>
          </>
        )}{' '}
        · {flip.province}
      </h3>
      {flip.changes.map((words) => (
        <p>
          <strong>{words}</strong>
        </p>
      ))}
      {flip.reasons.length === 0 ? null : <Reasons reasons={flip.reasons} say={say} />}
      {flip.waits ? <p class="trouble">{say('law.desk.waits')}</p> : null}
      <details class="more" open>
        <summary>{say('law.desk.message')}</summary>
        <article class="line bot" lang={flip.lang}>
          {flip.message.map((words) => (
            <p class="said">{words}</p>
          ))}
          {flip.choices.length === 0 ? null : (
            <p class="quiet">{flip.choices.map((label) => `[${label}]`).join(' ')}</p>
          )}
        </article>
      </details>
      <Decide visit={visit} name="id" value={flip.id} words="One" count={1} />
    </section>
  );
};

interface DecideProps {
  readonly visit: Visit;
  readonly name: 'id' | 'change';
  readonly value: string;
  readonly words: 'One' | 'All';
  readonly count: number;
}

const Decide = ({ visit: { say, mark }, name, value, words, count }: DecideProps) => (
  <div class="row">
    {verbs.map((verb) => (
      <form method="post" action={`/staff/law/${verb}`}>
        <input type="hidden" name="mark" value={mark} />
        <input type="hidden" name={name} value={value} />
        <button class={verb === 'approve' ? 'main' : undefined} type="submit">
          {say(`law.desk.${verb}${words}`, { count })}
        </button>
      </form>
    ))}
  </div>
);
