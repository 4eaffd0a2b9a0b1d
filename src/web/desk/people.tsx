/** «Cán bộ»: who works at the desk. For admins; a sign-in link is shown once, on the answer to the press that made it. */
import type { Context, Hono } from 'hono';
import type { Option, PeopleFault, PeopleView, PersonView, Say } from '../../service/desk.ts';
import type { Assets } from './assets.ts';
import { isSecure, type DeskEnv, type DeskWebParts, type Visit } from './guard.ts';
import { Layout, Notice, sendPage } from './layout.tsx';
import { refusePage } from './refusals.tsx';

const NAME_MAX = 100;
const PATH = '/staff/people';
const DONE = ['add', 'change', 'remove'];

export function peoplePage(app: Hono<DeskEnv>, parts: DeskWebParts, assets: Assets): void {
  const { people } = parts.desk;

  app.get(PATH, (c) => {
    const done = c.req.query('done') ?? '';
    const { say } = c.get('visit');
    return show(c, { notice: DONE.includes(done) ? say(`desk.people.done.${done}`) : null });
  });

  app.post(`${PATH}/:action`, async (c) => {
    const { who } = c.get('visit');
    const form = c.get('form');
    const id = form.text('id', 100) ?? '';
    const draft = { role: form.text('role', 20) ?? 'officer', provinces: form.all('province', 100) };
    switch (c.req.param('action')) {
      case 'add':
        return answer(c, 'add', await people.add(who, { name: form.text('name', NAME_MAX + 1) ?? '', ...draft }));
      case 'change':
        return answer(c, 'change', await people.change(who, id, draft));
      case 'remove':
        return answer(c, 'remove', await people.remove(who, id));
      case 'link': {
        const made = await people.link(who, id);
        if (!made.done) return refused(c, made.why);
        return show(c, { link: { name: made.value.name, url: `${originOf(c, parts)}${made.value.path}` } });
      }
      default:
        return refusePage(c, { assets, visit: c.get('visit'), status: 404, why: 'noAction' });
    }
  });

  type Outcome = { readonly done: true } | { readonly done: false; readonly why: PeopleFault };
  const answer = (c: Context<DeskEnv>, action: string, outcome: Outcome) =>
    outcome.done ? c.redirect(`${PATH}?done=${action}`, 303) : refused(c, outcome.why);
  const refused = (c: Context<DeskEnv>, why: PeopleFault) => {
    const visit = c.get('visit');
    parts.log.warn({ staff: visit.who.id, why }, 'desk-refused');
    return show(c, { refused: visit.say(`desk.people.refused.${why}`) });
  };

  async function show(c: Context<DeskEnv>, told: Told) {
    const visit = c.get('visit');
    const view = await people.people(visit.who, visit.lang);
    if (view === null) return refusePage(c, { assets, visit, status: 403, why: 'notAdmin' });
    return sendPage(
      c,
      <Page {...told} view={view} visit={visit} assets={assets} />,
      told.refused === undefined ? 200 : 409,
    );
  }
}

/** The public address; else the one by which this request came. */
function originOf(c: Context, { publicUrl }: DeskWebParts): string {
  const { host } = new URL(c.req.url);
  return publicUrl ?? `${isSecure(c, publicUrl) ? 'https' : 'http'}://${host}`;
}

interface Told {
  readonly notice?: string | null;
  readonly refused?: string;
  readonly link?: { readonly name: string; readonly url: string };
}

const Page = ({
  view,
  visit,
  assets,
  notice = null,
  refused,
  link,
}: Told & { view: PeopleView; visit: Visit; assets: Assets }) => {
  const { say } = visit;
  return (
    <Layout
      title={say('desk.people.title')}
      assets={assets}
      lang={visit.lang}
      say={say}
      visit={visit}
      here="people"
      path={PATH}
    >
      <h1>{say('desk.people.title')}</h1>
      <Notice words={refused ?? null} alarm />
      <Notice words={notice} />
      {link === undefined ? null : (
        <section class="card" aria-labelledby="made" role="status">
          <h2 id="made">{say('desk.people.linkFor', { name: link.name })}</h2>
          <p>{say('desk.people.linkOnce')}</p>
          <pre tabindex={0}>{link.url}</pre>
        </section>
      )}
      <ul class="cases">
        {view.people.map((person) => (
          <Person person={person} view={view} visit={visit} />
        ))}
      </ul>
      <section aria-labelledby="new-title">
        <h2 id="new-title">{say('desk.people.new')}</h2>
        <form class="act" method="post" action={`${PATH}/add`}>
          <input type="hidden" name="mark" value={visit.mark} />
          <label>
            {say('desk.people.name')}
            <input name="name" required maxlength={NAME_MAX} autocomplete="off" />
          </label>
          <Role say={say} role="officer" />
          <Provinces say={say} options={view.provinces} chosen={[]} isAll={view.mayGiveAll} />
          <button class="main" type="submit">
            {say('desk.people.add')}
          </button>
        </form>
      </section>
    </Layout>
  );
};

const Person = ({ person, view, visit }: { person: PersonView; view: PeopleView; visit: Visit }) => {
  const { say, mark } = visit;
  const form = (action: string, children: unknown) => (
    <form class="act" method="post" action={`${PATH}/${action}`}>
      <input type="hidden" name="mark" value={mark} />
      <input type="hidden" name="id" value={person.id} />
      {children}
    </form>
  );
  return (
    <li class="case">
      <h2>
        {person.name} {person.isSelf ? <span class="quiet">{say('desk.people.you')}</span> : null}
      </h2>
      <p class="quiet">
        {[say(`desk.role.${person.role}`), person.provinces, ...person.accounts].join(' · ')}
        {person.hasSignedIn ? null : ` · ${say('desk.people.neverIn')}`}
      </p>
      <div class="row">
        {form('link', <button type="submit">{say('desk.people.link', { name: person.name })}</button>)}
      </div>
      {person.isSelf ? null : (
        <details class="more">
          <summary>{say('desk.people.change', { name: person.name })}</summary>
          {form(
            'change',
            <>
              <Role say={say} role={person.role} />
              <Provinces say={say} options={view.provinces} chosen={person.provinceIds} isAll={view.mayGiveAll} />
              <button type="submit">{say('desk.people.save')}</button>
            </>,
          )}
          {form(
            'remove',
            <>
              <p>{say('desk.people.removeWhy')}</p>
              <button type="submit">{say('desk.people.remove', { name: person.name })}</button>
            </>,
          )}
        </details>
      )}
    </li>
  );
};

const Role = ({ say, role }: { say: Say; role: string }) => (
  <label>
    {say('desk.people.role')}
    <select name="role">
      {['officer', 'admin'].map((each) => (
        <option value={each} selected={each === role}>
          {say(`desk.role.${each}`)}
        </option>
      ))}
    </select>
  </label>
);

interface ProvincesProps {
  readonly say: Say;
  readonly options: readonly Option[];
  readonly chosen: readonly string[];
  readonly isAll: boolean;
}

const Provinces = ({ say, options, chosen, isAll }: ProvincesProps) => (
  <fieldset>
    <legend>{say(isAll ? 'desk.people.provincesOrAll' : 'desk.people.provinces')}</legend>
    <div class="ticks">
      {options.map(({ id, label }) => (
        <label class="tick">
          <input type="checkbox" name="province" value={id} checked={chosen.includes(id)} /> {label}
        </label>
      ))}
    </div>
  </fieldset>
);
