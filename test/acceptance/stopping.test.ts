/** SIGTERM (contract, section 3): within 10 s, with 0, whatever is open; and what an operator watches. */
import { afterEach, expect, it } from 'vitest';
import { ChatClient } from '../support/chat-client.ts';
import { FakeTelegram } from '../support/fake-telegram.ts';
import { start, type Started } from './rig.ts';

let service: Started | null = null;
let fake: FakeTelegram | null = null;
afterEach(async () => {
  await service?.stop();
  service = null;
  await fake?.stop();
  fake = null;
});

it('ends with 0 although streams are open, a poll waits, and an answer is on its way', async () => {
  fake = await FakeTelegram.start();
  const environment = { TELEGRAM_BOT_TOKEN: fake.token, TELEGRAM_API_ROOT: fake.root, WEB_CHAT: 'on' };
  const started = await start({ environment });
  service = started;
  const clients = await Promise.all(Array.from({ length: 12 }, () => ChatClient.open(started.base)));
  const streams = await Promise.all(clients.map(({ headers }) => fetch(`${started.base}/chat/stream`, { headers })));
  expect(streams.map(({ status }) => status)).toEqual(clients.map(() => 200));
  await fake.until('a poll', () => fake?.callsOf('getUpdates').length);
  fake.fail('sendMessage', { never: true }, 100);
  await fake.user('Lan').start();
  const posted = clients.map((client) => client.post({ text: 'khuyến công là gì' }).catch(() => null));
  await Promise.all(posted);
  started.child.kill('SIGTERM');
  expect(await started.exit).toBe(0);
  await Promise.all(streams.map(({ body }) => body?.cancel().catch(() => undefined)));
}, 90_000);

it('says how it is at /healthz, /readyz and /metrics', async () => {
  const started = await start();
  service = started;
  const health = await fetch(`${started.base}/healthz`);
  expect(health.status).toBe(200);
  const ready = await fetch(`${started.base}/readyz`);
  expect(await ready.json()).toMatchObject({ ok: true, warnings: expect.any(Array) });
  const client = await ChatClient.open(started.base);
  await client.post({ text: 'chào' }, 'the-same');
  await client.post({ text: 'chào' }, 'the-same');
  await client.next();
  const metrics = await fetch(`${started.base}/metrics`);
  const text = await metrics.text();
  expect(metrics.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  for (const counted of [
    /^khuyencong_turns_total\{channel="webchat"\} [1-9]/m,
    /^khuyencong_turn_seconds_bucket\{le="0\.1",channel="webchat"\} \d/m,
    /^khuyencong_duplicates_dropped_total\{channel="webchat"\} 1$/m,
    /^khuyencong_outbox_depth 0$/m,
    /^khuyencong_outbox_oldest_seconds 0$/m,
    /^khuyencong_handed_over_cases 0$/m,
    /^# TYPE khuyencong_sends_total counter$/m,
  ])
    expect(text).toMatch(counted);
}, 60_000);
