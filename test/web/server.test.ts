import { request } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import { openLog } from '../../src/log.ts';
import type { Channel, WebhookRequest } from '../../src/service/ports.ts';
import { openMetrics, startWeb, type Readiness, type Web } from '../../src/web/index.ts';

const lines: string[] = [];
let web: Web | null = null;
let readiness: () => Promise<Readiness>;

afterEach(async () => {
  await web?.close();
  web = null;
  lines.length = 0;
});

function channel(handle: (request: WebhookRequest) => Promise<{ status: number; body?: string }>): Channel {
  return {
    name: 'telegram',
    capabilities: { maxText: 1, maxButtons: 1, maxLabel: 1, pull: false, maxFileBytes: 1 },
    start: async () => {},
    stop: async () => {},
    send: async () => ({ sent: true, platformIds: [] }),
    webhook: { path: 'telegram', handle },
  };
}

async function start(handle: Parameters<typeof channel>[0] = async () => ({ status: 200 })): Promise<string> {
  readiness = async () => ({ notReady: {}, warnings: [] });
  const metrics = openMetrics();
  metrics.meter.turn('webchat', 0.004);
  metrics.meter.duplicate('telegram');
  metrics.meter.send('telegram', 'throttled');
  web = await startWeb({
    host: '127.0.0.1',
    port: 0,
    channels: [channel(handle)],
    pages: [],
    log: openLog('debug', (line) => lines.push(line)),
    readiness: () => readiness(),
    metrics,
    gauges: async () => ({ outboxDepth: 3, outboxOldestSeconds: 12, handedOver: 1 }),
  });
  return `http://127.0.0.1:${web.port}`;
}

/** Posts in chunks, without `Content-Length`. */
function postChunked(url: string, chunks: readonly Buffer[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const call = request(url, { method: 'POST' }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    call.on('error', reject);
    for (const chunk of chunks) call.write(chunk);
    call.end();
  });
}

it('is alive, and ready when nothing is wrong', async () => {
  const base = await start();
  expect((await fetch(`${base}/healthz`)).status).toBe(200);
  const ready = await fetch(`${base}/readyz`);
  expect([ready.status, await ready.json()]).toEqual([200, { ok: true, warnings: [] }]);
});

it('names what is not ready with 503, and tells warnings apart', async () => {
  const base = await start();
  readiness = async () => ({ notReady: { database: 'no answer' }, warnings: ['old token'] });
  const answer = await fetch(`${base}/readyz`);
  expect(answer.status).toBe(503);
  expect(await answer.json()).toEqual({ ok: false, notReady: { database: 'no answer' }, warnings: ['old token'] });
});

it('counts turns, sends, duplicates, the outbox and handed-over cases', async () => {
  const base = await start();
  const text = await (await fetch(`${base}/metrics`)).text();
  for (const line of [
    'khuyencong_turns_total{channel="webchat"} 1',
    'khuyencong_turn_seconds_count{channel="webchat"} 1',
    'khuyencong_sends_total{channel="telegram",outcome="throttled"} 1',
    'khuyencong_duplicates_dropped_total{channel="telegram"} 1',
    'khuyencong_outbox_depth 3',
    'khuyencong_outbox_oldest_seconds 12',
    'khuyencong_handed_over_cases 1',
  ]) {
    expect(text).toContain(line);
  }
});

it('hands the raw body and the headers to the channel, and gives its answer back', async () => {
  const seen: WebhookRequest[] = [];
  const base = await start(async (given) => {
    seen.push(given);
    return { status: 401, body: 'no' };
  });
  const body = '{ "a" :  "\u1ec7" }';
  const answer = await fetch(`${base}/webhooks/telegram`, { method: 'POST', body, headers: { 'X-Secret': 's' } });
  expect([answer.status, await answer.text()]).toEqual([401, 'no']);
  expect(Buffer.from(seen[0]?.body ?? []).toString()).toBe(body);
  expect(seen[0]?.headers['x-secret']).toBe('s');
});

it('takes 262,144 bytes and refuses one more, with and without Content-Length', async () => {
  let calls = 0;
  const base = await start(async () => {
    calls += 1;
    return { status: 200 };
  });
  const url = `${base}/webhooks/telegram`;
  expect((await fetch(url, { method: 'POST', body: Buffer.alloc(262_144) })).status).toBe(200);
  expect((await fetch(url, { method: 'POST', body: Buffer.alloc(262_145) })).status).toBe(413);
  expect(await postChunked(url, [Buffer.alloc(262_144)])).toBe(200);
  expect(await postChunked(url, [Buffer.alloc(200_000), Buffer.alloc(62_145)])).toBe(413);
  expect(calls).toBe(2);
});

it('answers 404 to what it does not know, and 500 to a bug, without telling what it was', async () => {
  const base = await start(async () => {
    throw new Error('phone +84912345678');
  });
  expect((await fetch(`${base}/nowhere`)).status).toBe(404);
  expect((await fetch(`${base}/webhooks/zalo`, { method: 'POST' })).status).toBe(404);
  const answer = await fetch(`${base}/webhooks/telegram`, { method: 'POST', body: 'x' });
  expect([answer.status, await answer.text()]).toEqual([500, '{"error":"internal"}']);
  expect(lines.join('')).toContain('request-failed');
  expect(lines.join('')).not.toContain('8491');
});

it('sets headers that keep pages from being framed, sniffed or fed with foreign scripts', async () => {
  const { headers } = await fetch(`${await start()}/healthz`);
  expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('x-frame-options')).toBe('DENY');
});

it('writes no contents of a request into the log', async () => {
  const base = await start();
  await fetch(`${base}/webhooks/telegram?q=secret-word`, { method: 'POST', body: 'secret-word' });
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.join('')).not.toContain('secret-word');
});

it('keeps an idle connection for longer than a client does', async () => {
  const answer = await fetch(`${await start()}/healthz`);
  expect(answer.headers.get('keep-alive')).toBe('timeout=65');
});
