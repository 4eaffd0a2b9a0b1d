/** Routes of one case: its page, its live lines, its files, and the orders. A case of another province is not there. */
import type { Context, Hono } from 'hono';
import type { DeskOrder } from '../../service/desk.ts';
import { PLACE_MAX, REASON_MAX, TEXT_MAX } from './actions.tsx';
import type { Assets } from './assets.ts';
import { CasePage } from './case.tsx';
import { Lines } from './conversation.tsx';
import { sendFile } from './file-answer.ts';
import type { Posted } from './form-body.ts';
import type { DeskEnv, DeskWebParts } from './guard.ts';
import { sendPage } from './layout.tsx';
import { refusePage } from './refusals.tsx';
import { streamCase } from './stream.ts';

/** How an action is read from its form; null: something is missing in it. */
const ACTIONS: Readonly<Record<string, (form: Posted) => DeskOrder | null>> = {
  take: () => ({ kind: 'take' }),
  'hand-back': () => ({ kind: 'hand-back' }),
  note: (form) => ({ kind: 'note', text: form.text('text', TEXT_MAX) ?? '' }),
  reply: (form) => {
    const text = form.text('text', TEXT_MAX);
    return { kind: 'reply', files: form.files, ...(text === undefined ? {} : { text }) };
  },
  ask: (form) => ({
    kind: 'ask-again',
    field: form.text('field', 100) ?? '',
    reason: form.text('reason', REASON_MAX) ?? '',
  }),
  'hand-over': (form) => {
    const to = form.text('to', 100);
    return to === undefined ? null : { kind: 'hand-over', to, ...reasonIn(form) };
  },
  forward: (form) => ({ kind: 'forward', to: form.text('to', PLACE_MAX) ?? '', ...reasonIn(form) }),
  close: (form) => ({ kind: 'close', outcome: form.text('outcome', 100) ?? '', ...reasonIn(form) }),
  reopen: (form) => ({ kind: 'reopen', ...reasonIn(form) }),
};

const reasonIn = (form: Posted) => {
  const reason = form.text('reason', REASON_MAX);
  return reason === undefined ? {} : { reason };
};

export function caseRoutes(app: Hono<DeskEnv>, parts: DeskWebParts, assets: Assets): void {
  const { desk } = parts;

  app.get('/staff/cases/:code', async (c) => {
    const visit = c.get('visit');
    const view = await desk.page(visit.who, c.req.param('code'), visit.lang);
    if (view === null) return refusePage(c, { assets, visit, status: 404, why: 'noCase' });
    const done = c.req.query('done');
    const notice = done !== undefined && Object.hasOwn(ACTIONS, done) ? visit.say(`desk.done.${done}`) : null;
    return sendPage(c, <CasePage view={view} visit={visit} assets={assets} nonce={desk.nonce()} notice={notice} />);
  });

  app.get('/staff/cases/:code/files/:id', async (c) => {
    const visit = c.get('visit');
    const { code, id } = c.req.param();
    const file = await desk.file(visit.who, code, id);
    return file === null ? refusePage(c, { assets, visit, status: 404, why: 'noFile' }) : sendFile(c, file);
  });

  app.get('/staff/cases/:code/stream', async (c) => {
    const { who, session, lang, say } = c.get('visit');
    const code = c.req.param('code');
    const asked = c.req.header('last-event-id') ?? c.req.query('after') ?? '0';
    const watched = await desk.watch(who, code);
    if (watched === null || !/^\d{1,15}$/.test(asked)) return c.body(null, 404);
    const body = streamCase({
      after: Number(asked),
      signal: parts.stopping,
      listen: (wake) => parts.listen(watched.conversation, wake),
      async read(after) {
        // Asked anew each time: a person who was removed, or whose provinces changed, sees no more.
        const still = await desk.signIn.who(session);
        const now = still === null ? null : await desk.watch(still, code);
        const lines = still === null || now === null ? null : await desk.lines(still, code, after, lang);
        if (now === null || lines === null) return null;
        const html = lines.length === 0 ? '' : String(await (<Lines lines={lines} code={code} say={say} />));
        return { version: now.version, last: lines.at(-1)?.seq ?? after, html };
      },
    });
    return c.body(body, 200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store, no-transform',
      'X-Accel-Buffering': 'no',
    });
  });

  app.post('/staff/cases/:code/:action', (c) => act(c));

  async function act(c: Context<DeskEnv>) {
    const visit = c.get('visit');
    const form = c.get('form');
    const { code = '', action = '' } = c.req.param();
    const read = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
    const order = read?.(form) ?? null;
    if (order === null) return refusePage(c, { assets, visit, status: 404, why: 'noAction' });
    const commanded = await desk.order(visit.who, code, order, form.text('nonce', 100) ?? desk.nonce());
    if (commanded === null) return refusePage(c, { assets, visit, status: 404, why: 'noCase' });
    if (commanded.done) return c.redirect(`/staff/cases/${commanded.case.code}?done=${action}`, 303);
    const { why } = commanded;
    parts.log.info({ staff: visit.who.id, action, why: why.kind }, 'desk-order-refused');
    const view = await desk.page(visit.who, code, visit.lang);
    if (view === null) return refusePage(c, { assets, visit, status: 404, why: 'noCase' });
    const refused = visit.say(`desk.refused.${why.kind}`, why.kind === 'taken-by' ? { name: why.officer.name } : {});
    const typed = order.kind === 'reply' && order.text !== undefined ? { typed: order.text } : {};
    return sendPage(
      c,
      <CasePage view={view} visit={visit} assets={assets} nonce={desk.nonce()} refused={refused} {...typed} />,
      409,
    );
  }
}
