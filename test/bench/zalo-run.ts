/**
 * A service in a fresh process on a fresh database, in front of an Official Account as cheap as can be, so that the service
 * is measured and not it. People's events go to the webhook, signed; their answers come in by `message/cs`.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, createServer, request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processorMs, residentMb } from './one-run.ts';

const APP = '360846524940903967';
const OA = '388613280878808645';
const KEY = 'a-key-of-the-benchmark-only';
const root = join(import.meta.dirname, '../..');

export interface ZaloBench {
  /** Sends a text of a person; resolves with the milliseconds until the webhook answered 200. */
  say(person: string, text: string): Promise<number>;
  /** Resolves when the next message to that person has come. */
  answered(person: string): Promise<void>;
  /** Resident memory of the service, MB. */
  memoryMb(): number;
  /** Processor time that the service has used, ms. */
  processorMs(): number;
  stop(): Promise<void>;
}

export async function openZaloBench(): Promise<ZaloBench> {
  const waiting = new Map<string, () => void>();
  let serial = 0;
  const api = createServer((incoming, response) => {
    void read(incoming).then((body) => {
      const user = /"user_id":"(\d+)"/.exec(body)?.[1] ?? '';
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(`{"data":{"message_id":"m${(serial += 1)}","user_id":"${user}"},"error":0,"message":"Success"}`);
      const done = waiting.get(user);
      waiting.delete(user);
      done?.();
    });
  });
  api.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
  const apiRoot = `http://127.0.0.1:${(api.address() as AddressInfo).port}`;

  const folder = mkdtempSync(join(tmpdir(), 'khuyencong-zalo-bench-'));
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, [join(root, 'dist/main.js')], {
    cwd: folder,
    env: {
      PATH,
      HOME,
      PORT: '0',
      DATABASE_URL: `file:${join(folder, 'ours.db')}`,
      CONTENT_DIR: join(root, 'content'),
      APP_SECRET: 'a-secret-of-the-benchmark-only',
      LOG_LEVEL: 'warn',
      ZALO_APP_ID: APP,
      ZALO_APP_SECRET: 'x-of-the-benchmark',
      ZALO_OA_ID: OA,
      ZALO_OA_SECRET_KEY: KEY,
      ZALO_ACCESS_TOKEN: 'AT-of-the-benchmark',
      ZALO_REFRESH_TOKEN: 'RT-of-the-benchmark',
      ZALO_API_ROOT: apiRoot,
      ZALO_OAUTH_ROOT: apiRoot,
      ZALO_BUSINESS_ROOT: apiRoot,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = new Promise((resolve) => child.once('exit', resolve));
  const port = await new Promise<number>((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      const found = /http:\/\/127\.0\.0\.1:(\d+)/.exec((said += chunk.toString()));
      if (found !== null) resolve(Number(found[1]));
    });
    void gone.then(() => reject(new Error('The service has ended')));
  });
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });

  const post = (body: Buffer, timestamp: string): Promise<number> =>
    new Promise((resolve, reject) => {
      const mac = createHash('sha256').update(APP).update(body).update(timestamp).update(KEY).digest('hex');
      const headers = {
        'content-type': 'application/json',
        'content-length': body.length,
        'x-zevent-signature': `mac=${mac}`,
      };
      const options = { host: '127.0.0.1', port, path: '/webhooks/zalo', method: 'POST', headers, agent };
      const call = request(options, (response) => {
        response.resume().on('end', () => resolve(response.statusCode ?? 0));
      });
      call.on('error', reject).end(body);
    });

  return {
    async say(person, text) {
      const timestamp = String(Date.now());
      const event = {
        app_id: APP,
        sender: { id: person },
        recipient: { id: OA },
        event_name: 'user_send_text',
        message: { msg_id: `in${(serial += 1)}`, text },
        timestamp,
      };
      const begun = performance.now();
      const status = await post(Buffer.from(JSON.stringify(event)), timestamp);
      if (status !== 200) throw new Error(`The webhook answered ${status}`);
      return performance.now() - begun;
    },
    answered: (person) => new Promise((resolve) => waiting.set(person, resolve)),
    memoryMb: () => residentMb(child.pid ?? 0),
    processorMs: () => processorMs(child.pid ?? 0),
    async stop() {
      child.kill('SIGTERM');
      await gone;
      agent.destroy();
      api.closeAllConnections();
      api.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function read(incoming: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of incoming) text += String(chunk);
  return text;
}
