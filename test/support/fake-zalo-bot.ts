/** A Bot Platform on loopback: hands out one update a poll, or posts to the webhook; records what it is told to send. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Json } from './fake-zalo.ts';

export interface BotCallMade {
  readonly method: string;
  readonly body: Json;
}

export interface BotSent {
  readonly chat: string;
  readonly text: string;
  readonly photo?: string;
}

export type BotFault =
  | { readonly status: number; readonly body?: Json | string; readonly done?: true }
  /** Cut before the call is carried out, or after (the answer is lost). */
  | { readonly cut: 'before' | 'after' };

export class FakeZaloBot {
  readonly token = '12345689:fake-token-of-the-double';
  readonly calls: BotCallMade[] = [];
  /** Off where there are too many of them. */
  keepsCalls = true;
  readonly sent: BotSent[] = [];
  webhook: { readonly url: string; readonly secret_token: string } | null = null;
  webhookTarget = '';
  /** Ends an empty poll; short, so that tests do not wait half a minute. */
  pollMs = 300;
  /** What updates are dated by, ms. */
  clockMs: () => number = Date.now;
  /** Asked before every call; a fault it answers befalls that call. */
  chance: ((call: BotCallMade) => BotFault | undefined) | null = null;
  private readonly server: Server;
  private readonly chats = new Map<string, BotSent[]>();
  private readonly updates: Json[] = [];
  private readonly faults: { readonly method: string; readonly fault: BotFault }[] = [];
  private readonly watchers = new Set<() => void>();
  private waiting: (() => void) | null = null;
  private serial = 0;

  private constructor() {
    this.server = createServer((request, response) => {
      this.handle(request, response).catch(() => response.destroy());
    });
  }

  static async start(): Promise<FakeZaloBot> {
    const fake = new FakeZaloBot();
    await new Promise<void>((resolve) => fake.server.listen(0, '127.0.0.1', resolve));
    return fake;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  get root(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  fail(method: string, ...faults: readonly BotFault[]): void {
    this.faults.push(...faults.map((fault) => ({ method, fault })));
  }

  callsOf(method: string): readonly BotCallMade[] {
    return this.calls.filter((call) => call.method === method);
  }

  /** An update as the platform makes it; handed out by the next poll. */
  update(chat: string, name: string, more: Json = {}, from: Json = {}): Json {
    const message = {
      message_id: `b${(this.serial += 1)}`,
      date: this.clockMs(),
      chat: { id: chat, chat_type: 'PRIVATE' },
      from: { id: chat, display_name: 'Nguyễn Thị Lan', is_bot: false, ...from },
      ...more,
    };
    return { event_name: `message.${name}.received`, message };
  }

  says(chat: string, text: string): void {
    this.push(this.update(chat, 'text', { text }));
  }

  /** Hands an update to the next poll. */
  push(update: Json): void {
    this.updates.push(update);
    this.waiting?.();
  }

  /** Updates that no poll has taken. */
  get untaken(): number {
    return this.updates.length;
  }

  /** Whether it is asked at all. */
  get isPolled(): boolean {
    return this.callsOf('getUpdates').length > 0;
  }

  /** Calls the webhook with an update, signed with the secret that was set. */
  deliver(update: Json): Promise<number> {
    const headers = { 'content-type': 'application/json', 'x-bot-api-secret-token': this.webhook?.secret_token ?? '' };
    return this.post(JSON.stringify(update), headers);
  }

  async post(body: string, headers: Record<string, string> = {}): Promise<number> {
    const response = await fetch(this.webhookTarget, { method: 'POST', headers, body });
    await response.arrayBuffer();
    return response.status;
  }

  until<T>(what: string, find: () => T | undefined | false, withinMs = 10_000): Promise<T> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`Never came: ${what}`)), withinMs);
      const watch = () => {
        const found = find();
        if (found === undefined || found === false) return;
        clearTimeout(timer);
        this.watchers.delete(watch);
        resolve(found);
      };
      this.watchers.add(watch);
      watch();
    });
  }

  wake(): void {
    for (const watch of [...this.watchers]) watch();
  }

  hears(chat: string, words: string): Promise<{ readonly text: string }> {
    return this.until(words, () => this.sent.find((one) => one.chat === chat && one.text.includes(words)));
  }

  /** What has come to a chat, in order. */
  sentTo(chat: string): readonly BotSent[] {
    return this.chats.get(chat) ?? [];
  }

  private note(sent: BotSent): void {
    this.sent.push(sent);
    const chat = this.chats.get(sent.chat) ?? [];
    chat.push(sent);
    this.chats.set(sent.chat, chat);
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk as Uint8Array);
    const [, token = '', method = ''] = /^\/bot([^/]+)\/(\w+)$/.exec(request.url ?? '') ?? [];
    const body = JSON.parse(Buffer.concat(chunks).toString('utf8') || '{}') as Json;
    if (this.keepsCalls) this.calls.push({ method, body });
    const at = this.faults.findIndex((one) => one.method === method);
    const fault = at === -1 ? this.chance?.({ method, body }) : this.faults.splice(at, 1)[0]?.fault;
    const silent = () => undefined;
    const isDone = fault !== undefined && ('cut' in fault ? fault.cut === 'after' : fault.done === true);
    if (isDone && token === this.token) this.answer(method, body, silent, silent);
    if (fault !== undefined && 'cut' in fault) {
      this.wake();
      return void response.destroy();
    }
    const json = (answer: Json | string, status = 200) =>
      response
        .writeHead(status, { 'content-type': 'application/json' })
        .end(typeof answer === 'string' ? answer : JSON.stringify(answer));
    const refuse = (code: number, description: string, status = code) =>
      json({ ok: false, description, error_code: code }, status);
    if (fault !== undefined) json(fault.body ?? '', fault.status);
    else if (token !== this.token) refuse(401, 'Unauthorized', 200);
    else if (method === 'getUpdates') await this.poll(response, json, refuse);
    else this.answer(method, body, json, refuse);
    this.wake();
  }

  private async poll(
    response: ServerResponse,
    json: (answer: Json) => void,
    refuse: (code: number, description: string) => void,
  ): Promise<void> {
    if (this.webhook !== null) return refuse(400, 'Webhook is active');
    if (this.updates.length === 0) {
      await new Promise<void>((resolve) => {
        this.waiting = resolve;
        setTimeout(resolve, this.pollMs);
      });
    }
    // Whoever asked may be gone.
    if (response.destroyed) return;
    const update = this.updates.shift();
    if (update === undefined) return refuse(408, 'Request timeout');
    json({ ok: true, result: update });
  }

  private answer(
    method: string,
    body: Json,
    json: (answer: Json) => void,
    refuse: (code: number, description: string, status?: number) => void,
  ): void {
    const text = typeof body['text'] === 'string' ? body['text'] : '';
    switch (method) {
      case 'getMe':
        return json({
          ok: true,
          result: { id: '1459232241454765289', account_name: 'bot.kc', can_join_groups: false },
        });
      case 'setWebhook':
        this.webhook = body as unknown as { url: string; secret_token: string };
        return json({ ok: true, result: { url: body['url'], updated_at: Date.now() } });
      case 'deleteWebhook':
        if (this.webhook === null) return refuse(404, 'Not Found');
        this.webhook = null;
        return json({ ok: true, result: {} });
      case 'sendMessage':
        if (text === '' || [...text].length > 2000) return refuse(400, 'text is invalid', 200);
        this.note({ chat: String(body['chat_id']), text });
        return json({ ok: true, result: { message_id: `s${(this.serial += 1)}`, date: Date.now() } });
      case 'sendPhoto':
        this.note({ chat: String(body['chat_id']), text: String(body['caption']), photo: String(body['photo']) });
        return json({ ok: true, result: { message_id: `s${(this.serial += 1)}`, date: Date.now() } });
      default:
        return refuse(404, 'Not Found');
    }
  }
}
