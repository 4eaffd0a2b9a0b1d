/** «Tài khoản của tôi»: joining the messengers by which this person presses and replies under their own name. */
import type { Context, Hono } from 'hono';
import type { AccountView } from '../../service/desk.ts';
import type { Assets } from './assets.ts';
import type { DeskEnv, DeskWebParts, Visit } from './guard.ts';
import { Layout, Notice, sendPage } from './layout.tsx';

const PATH = '/staff/account';

export function accountPage(app: Hono<DeskEnv>, { desk }: DeskWebParts, assets: Assets): void {
  app.get(PATH, (c) => {
    const notice = c.req.query('done') === 'unlink' ? c.get('visit').say('desk.account.unlinked') : null;
    return show(c, { notice });
  });
  app.post(`${PATH}/code`, async (c) => show(c, { notice: null, code: await desk.people.code(c.get('visit').who) }));
  app.post(`${PATH}/unlink`, async (c) => {
    await desk.people.unlink(c.get('visit').who, c.get('form').text('channel', 20) ?? '');
    return c.redirect(`${PATH}?done=unlink`, 303);
  });

  async function show(c: Context<DeskEnv>, told: Told) {
    const visit = c.get('visit');
    const accounts = await desk.people.accounts(visit.who, visit.lang);
    return sendPage(c, <Page {...told} accounts={accounts} visit={visit} assets={assets} />);
  }
}

interface Told {
  readonly notice: string | null;
  /** Just made; shown this once. */
  readonly code?: string;
}

interface Props extends Told {
  readonly accounts: readonly AccountView[];
  readonly visit: Visit;
  readonly assets: Assets;
}

const Page = ({ accounts, visit, assets, notice, code }: Props) => {
  const { say, who } = visit;
  return (
    <Layout
      title={say('desk.account.title')}
      assets={assets}
      lang={visit.lang}
      say={say}
      visit={visit}
      here="account"
      path={PATH}
    >
      <div class="narrow">
        <h1>{say('desk.account.title')}</h1>
        <Notice words={notice} />
        <p>
          {who.name} · {say(`desk.role.${who.role}`)}
        </p>
        <h2>{say('desk.account.messengers')}</h2>
        {accounts.length === 0 ? <p>{say('desk.account.none')}</p> : <p>{say('desk.account.why')}</p>}
        {code === undefined ? null : <Code code={code} accounts={accounts} visit={visit} />}
        <ul class="cases">
          {accounts.map((account) => (
            <Account account={account} visit={visit} />
          ))}
        </ul>
        {accounts.length === 0 ? null : (
          <form class="act" method="post" action={`${PATH}/code`}>
            <input type="hidden" name="mark" value={visit.mark} />
            <button class="main" type="submit">
              {say('desk.account.make')}
            </button>
          </form>
        )}
      </div>
    </Layout>
  );
};

const Account = ({ account, visit: { say, mark } }: { account: AccountView; visit: Visit }) => (
  <li class="case">
    <p>
      <strong>{account.words}</strong>: {say(account.isLinked ? 'desk.account.linked' : 'desk.account.notLinked')}
    </p>
    {account.isLinked ? (
      <form class="act" method="post" action={`${PATH}/unlink`}>
        <input type="hidden" name="mark" value={mark} />
        <input type="hidden" name="channel" value={account.channel} />
        <button type="submit">{say('desk.account.unlink', { messenger: account.words })}</button>
      </form>
    ) : null}
  </li>
);

/** Telegram opens by a link that brings the code along; elsewhere it is typed. */
const Code = ({ code, accounts, visit: { say } }: { code: string; accounts: readonly AccountView[]; visit: Visit }) => {
  const bot = accounts.find(({ channel }) => channel === 'telegram')?.bot ?? null;
  return (
    <section class="card" aria-labelledby="code-title" role="status">
      <h2 id="code-title">{say('desk.account.code')}</h2>
      <pre tabindex={0}>{code}</pre>
      <p>{say('desk.account.typeIt', { list: { list: accounts.map(({ words }) => ({ words })) } })}</p>
      {bot === null ? null : (
        <p>
          <a class="button" href={`https://t.me/${bot}?start=${code}`} target="_blank" rel="noopener noreferrer">
            {say('desk.account.openTelegram', { bot })}
          </a>
        </p>
      )}
    </section>
  );
};
