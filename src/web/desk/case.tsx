/** The page of one case. Parts with `data-live` are replaced while the page is open; without scripts a reload does it. */
import type { Child } from 'hono/jsx';
import type { CaseView, EntryLine, PaperLine, Say, VerdictView } from '../../service/desk.ts';
import { Actions } from './actions.tsx';
import type { Assets } from './assets.ts';
import { FileCard, Lines } from './conversation.tsx';
import type { Visit } from './guard.ts';
import { Layout, Notice, When } from './layout.tsx';
import { Reasons } from './reasons.tsx';

export interface CasePageProps {
  readonly view: CaseView;
  readonly visit: Visit;
  readonly assets: Assets;
  readonly nonce: string;
  readonly notice?: string | null;
  readonly refused?: string;
  /** What was typed into a reply that was refused. */
  readonly typed?: string;
}

export const CasePage = ({ view, visit, assets, nonce, notice = null, refused, typed }: CasePageProps) => {
  const { say } = visit;
  const path = `/staff/cases/${view.code}`;
  const lastSeq = view.lines.at(-1)?.seq ?? 0;
  return (
    <Layout title={view.code} assets={assets} lang={visit.lang} say={say} visit={visit} path={path}>
      <div
        class="page"
        id="case"
        data-stream={`${path}/stream`}
        data-version={String(view.version)}
        data-after={String(lastSeq)}
      >
        <Notice words={refused ?? null} alarm />
        <Notice words={refused === undefined ? notice : null} />
        <p id="changed" class="notice" role="status" hidden>
          {say('desk.case.changed')} <a href={path}>{say('desk.case.reload')}</a>
        </p>
        <Head view={view} say={say} />
        <div class="columns">
          <div class="facts">
            {view.question === null ? null : (
              <Part id="question" title={say('desk.case.question')} live>
                <p class="said">{view.question}</p>
              </Part>
            )}
            <Sheet view={view} say={say} />
            {view.verdict === null ? null : <Verdict verdict={view.verdict} say={say} />}
            <Papers papers={view.papers} code={view.code} say={say} />
            <History entries={view.entries} say={say} />
            <p class="printed">{say('desk.case.printed', { code: view.code, time: view.asOf.words })}</p>
          </div>
          <div class="work">
            <section aria-labelledby="talk-title">
              <h2 id="talk-title">{say('desk.case.talk')}</h2>
              <div id="talk" class="talk" role="log" tabindex={0} aria-labelledby="talk-title">
                <Lines lines={view.lines} code={view.code} say={say} />
              </div>
            </section>
            <section id="actions" class="actions" aria-labelledby="actions-title">
              <h2 id="actions-title">{say('desk.case.actions')}</h2>
              <Actions
                view={view}
                say={say}
                mark={visit.mark}
                nonce={nonce}
                {...(typed === undefined ? {} : { typed })}
              />
            </section>
          </div>
        </div>
      </div>
    </Layout>
  );
};

const Part = ({
  id,
  title,
  live = false,
  children,
}: {
  id: string;
  title: string;
  live?: boolean;
  children: Child;
}) => (
  <section id={id} data-live={live ? '' : undefined} aria-labelledby={`${id}-title`}>
    <h2 id={`${id}-title`}>{title}</h2>
    {children}
  </section>
);

const Head = ({ view, say }: { view: CaseView; say: Say }) => (
  <div id="head" data-live="">
    <h1>
      <span class="code">{view.code}</span> {view.title}
    </h1>
    <p>
      <span class={`status ${view.status}`}>{view.statusWords}</span>{' '}
      <span class="holder">
        {view.holder === null
          ? say('desk.queue.nobody')
          : say(view.isMine ? 'desk.queue.yours' : 'desk.queue.holder', { name: view.holder })}
      </span>
      {view.waited === null ? null : <span class="waited">{say('desk.queue.waits', { time: view.waited })}</span>}
    </p>
    <p class="quiet">
      {view.about} · {view.province} · {say('desk.case.opened')} <When at={view.opened} />
      {view.answerBy === null ? null : (
        <>
          {' '}
          · {say('desk.case.promised')} <When at={view.answerBy} />
        </>
      )}
    </p>
    {view.isWithStaff ? <p class="notice">{say('desk.case.botSilent')}</p> : null}
    {view.phone === null ? null : (
      <p class="screen">
        <a class="button" href={`tel:${view.phone}`}>
          {say('desk.case.call', { phone: { phone: view.phone } })}
        </a>
      </p>
    )}
  </div>
);

const Sheet = ({ view, say }: { view: CaseView; say: Say }) => (
  <Part id="sheet" title={say('desk.case.sheet')} live>
    {view.ready === null ? null : <p>{say('desk.case.ready', { done: view.ready.done, of: view.ready.of })}</p>}
    {view.missing.length === 0 ? null : <p>{say('desk.case.missing', { list: view.missing.join(', ') })}</p>}
    {view.sheet.length === 0 ? (
      <p>{say('desk.case.noSheet')}</p>
    ) : (
      <dl lang="vi">
        {view.sheet.map(({ label, value }) => (
          <>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </>
        ))}
      </dl>
    )}
  </Part>
);

const Verdict = ({ verdict, say }: { verdict: VerdictView; say: Say }) => (
  <Part id="verdict" title={say('desk.case.verdict')} live>
    <p>
      <strong>{verdict.words}</strong> ·{' '}
      {say('desk.case.holds', { holds: verdict.holds, of: verdict.of, day: verdict.on })}
    </p>
    {verdict.now === null ? null : <p class="trouble">{say('desk.case.nowOtherwise', { verdict: verdict.now })}</p>}
    <Reasons reasons={verdict.reasons} say={say} />
    {verdict.turns.map((words) => (
      <p lang="vi">{words}</p>
    ))}
    {verdict.unchecked.length === 0 ? null : (
      <p class="quiet">{say('desk.case.unchecked', { list: verdict.unchecked.join('; ') })}</p>
    )}
    {verdict.local.length === 0 ? null : <p>{say('desk.case.local', { list: verdict.local.join('; ') })}</p>}
    <p class="quiet">{say('desk.case.preliminary')}</p>
  </Part>
);

const Papers = ({ papers, code, say }: { papers: readonly PaperLine[]; code: string; say: Say }) =>
  papers.length === 0 ? (
    <div id="papers" data-live=""></div>
  ) : (
    <Part id="papers" title={say('desk.case.papers')} live>
      <ul class="papers">
        {papers.map(({ label, state, files }) => (
          <li>
            <strong lang="vi">{label}</strong>: {state}
            {files.map((file) => (
              <FileCard file={file} code={code} say={say} />
            ))}
          </li>
        ))}
      </ul>
    </Part>
  );

const History = ({ entries, say }: { entries: readonly EntryLine[]; say: Say }) => (
  <Part id="history" title={say('desk.case.history')} live>
    <ol class="history">
      {entries.map(({ at, by, what, text, isNote }) => (
        <li class={isNote ? 'note' : ''}>
          <p class="meta">
            <When at={at} /> · <strong>{by}</strong> · {what}
          </p>
          {isNote ? <p class="inside">{say('desk.act.noteInside')}</p> : null}
          {text === null ? null : (
            <p class="said" lang="vi">
              {text}
            </p>
          )}
        </li>
      ))}
    </ol>
  </Part>
);
