/**
 * A Bot API that stands in for Telegram's, over real HTTP on loopback: it keeps chats and messages, refuses what the
 * real one refuses (https://core.telegram.org/bots/api, read 2026-11-25), records every call, and lets people write.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FakeGroup, FakeUser } from './fake-telegram-people.ts';
import { ApiRefusal, methods } from './fake-telegram-methods.ts';
import { answer, readBody, readPayload } from './fake-telegram-wire.ts';
import type { Chat, FakeMessage, Json, SavedFile, Update, UpdateBody } from './fake-telegram-types.ts';

export type { FakeMessage, Update } from './fake-telegram-types.ts';

export interface Call {
  readonly method: string;
  readonly payload: Json;
  /** What was answered; absent while the call is under way or when the connection was cut. */
  result?: unknown;
  error?: { readonly code: number; readonly description: string };
}

/** What goes wrong with the next calls of a method. */
export type Fault =
  | { readonly status: number; readonly description: string; readonly parameters?: Json }
  /** Cut before the call is carried out, or after (the answer is lost). */
  | { readonly cut: 'before' | 'after' }
  | { readonly garbage: string }
  | { readonly never: true };

interface Waiting {
  readonly answer: (updates: readonly Update[]) => void;
  readonly refuse: (refusal: ApiRefusal) => void;
}

export class FakeTelegram {
  readonly token = '110201543:FAKE-token-of-the-test-double-only';
  readonly me = { id: 110201543, is_bot: true, first_name: 'Trợ lý khuyến công', username: 'khuyencong_test_bot' };
  readonly calls: Call[] = [];
  readonly chats = new Map<number, Chat>();
  readonly files = new Map<string, SavedFile>();
  readonly webhookAnswers: { readonly status: number; readonly body: string }[] = [];
  webhook: { readonly url: string; readonly secret?: string; readonly allowed?: readonly string[] } | null = null;
  /** Where webhook posts really go: the address that was registered need not exist. */
  webhookTarget: string | null = null;
  /** Milliseconds before every answer. */
  latencyMs = 0;
  /** What people's messages are dated by, ms; a story that runs on another day sets it. */
  clockMs: (() => number) | null = null;

  private readonly server: Server;
  private readonly faults = new Map<string, Fault[]>();
  private readonly watchers = new Set<() => void>();
  private updates: Update[] = [];
  private nextUpdateId = 700_000_001;
  private nextPersonId = 5_000_000_001; // beyond 32 bits, as real ids are
  private waiting: Waiting | null = null;
  allowedUpdates: readonly string[] | null = null;

  private constructor() {
    this.server = createServer((request, response) => {
      this.handle(request, response).catch(() => response.destroy());
    });
  }

  static async start(): Promise<FakeTelegram> {
    const fake = new FakeTelegram();
    await new Promise<void>((resolve) => fake.server.listen(0, '127.0.0.1', resolve));
    return fake;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  /** The value for TELEGRAM_API_ROOT. */
  get root(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  // ------------------------------------------------------------------------------------------------------- people

  user(name = 'Lan'): FakeUser {
    return new FakeUser(this, { id: this.nextPersonId++, is_bot: false, first_name: name, language_code: 'vi' });
  }

  /** The private chat of somebody who is known already, such as a member of a group. */
  userOf(person: FakeUser['person']): FakeUser {
    return new FakeUser(this, person);
  }

  group(options: { readonly supergroup?: boolean; readonly forum?: boolean; readonly id?: number } = {}): FakeGroup {
    const supergroup = options.supergroup === true || options.forum === true;
    const id = options.id ?? (supergroup ? -1_001_900_000_000 - this.nextPersonId++ : -this.nextPersonId++);
    const chat = this.chat(id, supergroup ? 'supergroup' : 'group');
    chat.title = 'Trung tâm Khuyến công';
    chat.forum = options.forum === true;
    return new FakeGroup(this, chat);
  }

  /** The chat with this id, made when it is new. */
  chat(id: number, type: Chat['type']): Chat {
    const known = this.chats.get(id);
    if (known !== undefined) return known;
    const chat: Chat = { id, type, messages: new Map(), nextMessageId: 1, topics: new Map(), forum: false };
    this.chats.set(id, chat);
    return chat;
  }

  // ------------------------------------------------------------------------------------------------------ updates

  /** Something happened: handed to the waiting poll, or posted to the webhook. Resolves once it is on its way. */
  async push(body: UpdateBody): Promise<Update> {
    const update: Update = { update_id: this.nextUpdateId++, ...this.dated(body) };
    await this.deliver([update]);
    return update;
  }

  private dated(body: UpdateBody): UpdateBody {
    if (this.clockMs === null) return body;
    const date = Math.floor(this.clockMs() / 1000);
    const happened = Object.entries(body).map(([kind, what]) => {
      const edited = kind === 'edited_message' ? { edit_date: date } : {};
      return [kind, kind === 'callback_query' ? what : { ...(what as Json), date, ...edited }];
    });
    return Object.fromEntries(happened) as UpdateBody;
  }

  /** Several at once, so that one poll takes them as a batch. */
  async pushAll(bodies: readonly UpdateBody[]): Promise<readonly Update[]> {
    const updates = bodies.map((body) => ({ update_id: this.nextUpdateId++, ...this.dated(body) }));
    await this.deliver(updates);
    return updates;
  }

  /** The same update once more, as Telegram does when an answer was lost. */
  async again(update: Update): Promise<void> {
    await this.deliver([update]);
  }

  private async deliver(updates: readonly Update[]): Promise<void> {
    if (this.webhook !== null) {
      for (const update of updates) await this.post(update);
      return;
    }
    this.updates.push(...updates);
    const waiting = this.waiting;
    this.waiting = null;
    waiting?.answer(this.pending());
  }

  /** Posts a body to the webhook as Telegram does; `secret` overrides the registered one. */
  async post(body: unknown, secret = this.webhook?.secret): Promise<{ status: number; body: string }> {
    const url = this.webhookTarget ?? this.webhook?.url;
    if (url === undefined) throw new Error('No webhook is set');
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(secret === undefined ? {} : { 'x-telegram-bot-api-secret-token': secret }),
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    const answer = { status: response.status, body: await response.text() };
    this.webhookAnswers.push(answer);
    return answer;
  }

  /** Updates that no poll has confirmed. */
  unconfirmed(): readonly Update[] {
    return this.updates;
  }

  private pending(limit = 100): readonly Update[] {
    const allowed = this.allowedUpdates;
    const wanted = this.updates.filter(
      (update) => allowed === null || Object.keys(update).some((key) => allowed.includes(key)),
    );
    return wanted.slice(0, limit);
  }

  /** getUpdates: what is there at once, else what comes within `timeout` seconds. */
  poll(payload: Json): Promise<readonly Update[]> {
    if (this.webhook !== null)
      throw new ApiRefusal(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook");
    this.waiting?.refuse(new ApiRefusal(409, 'Conflict: terminated by other getUpdates request'));
    this.waiting = null;
    if (Array.isArray(payload['allowed_updates'])) this.allowedUpdates = payload['allowed_updates'].map(String);
    const offset = Number(payload['offset'] ?? 0);
    this.updates = this.updates.filter((update) => update.update_id >= offset);
    const limit = Number(payload['limit'] ?? 100);
    const ready = this.pending(limit);
    if (ready.length > 0 || Number(payload['timeout'] ?? 0) === 0) return Promise.resolve(ready);
    return new Promise((resolve, reject) => {
      const waiting = { answer: resolve, refuse: reject };
      this.waiting = waiting;
      const end = () => {
        if (this.waiting === waiting) this.waiting = null;
        resolve([]);
      };
      setTimeout(end, Number(payload['timeout']) * 1000).unref();
    });
  }

  // -------------------------------------------------------------------------------------------------------- looking

  callsOf(method: string): readonly Call[] {
    return this.calls.filter((call) => call.method === method);
  }

  /** What the bot has in a chat, oldest first, as it stands now. */
  messagesIn(chatId: number): readonly FakeMessage[] {
    const me = this.me.id;
    return [...(this.chats.get(chatId)?.messages.values() ?? [])].filter((message) => message.from?.id === me);
  }

  /** Resolves with the first thing that `find` finds, looking again after each call; fails after `ms`. */
  async until<T>(what: string, find: () => T | undefined | null | false, ms = 15_000): Promise<T> {
    const found = find();
    if (found) return found;
    return new Promise<T>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.watchers.delete(look);
        const last = this.calls
          .slice(-12)
          .map((call) => `${call.method} ${JSON.stringify(call.payload).slice(0, 200)}`);
        reject(new Error(`Never seen: ${what}\nlast calls:\n${last.join('\n')}`));
      }, ms);
      const look = () => {
        const seen = find();
        if (!seen) return;
        clearTimeout(timer);
        this.watchers.delete(look);
        resolve(seen);
      };
      this.watchers.add(look);
    });
  }

  // ------------------------------------------------------------------------------------------------------- faults

  /** The next `times` calls of `method` (`*`: of any but getUpdates) go wrong. */
  fail(method: string, fault: Fault, times = 1): void {
    const list = this.faults.get(method) ?? [];
    for (let i = 0; i < times; i += 1) list.push(fault);
    this.faults.set(method, list);
  }

  private takeFault(method: string): Fault | undefined {
    return this.faults.get(method)?.shift() ?? (method === 'getUpdates' ? undefined : this.faults.get('*')?.shift());
  }

  // ----------------------------------------------------------------------------------------------------------- wire

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', this.root).pathname;
    const download = /^\/file\/bot([^/]+)\/(.+)$/.exec(path);
    if (download !== null) return this.download(download[1] ?? '', download[2] ?? '', response);
    const match = /^\/bot([^/]+)\/([A-Za-z]+)$/.exec(path);
    const body = await readBody(request);
    if (match === null) return answer(response, 404, { ok: false, error_code: 404, description: 'Not Found' });
    if (match[1] !== this.token)
      return answer(response, 401, { ok: false, error_code: 401, description: 'Unauthorized' });
    await this.call(match[2] ?? '', await readPayload(request, body, (file) => this.save(file)), response);
  }

  private async call(method: string, payload: Json, response: ServerResponse): Promise<void> {
    const call: Call = { method, payload };
    this.calls.push(call);
    const fault = this.takeFault(method);
    if (this.latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, this.latencyMs));
    try {
      if (fault !== undefined && 'never' in fault) return;
      if (fault !== undefined && 'cut' in fault && fault.cut === 'before') return void response.destroy();
      if (fault !== undefined && 'garbage' in fault) return void response.writeHead(200).end(fault.garbage);
      if (fault !== undefined && 'status' in fault)
        throw new ApiRefusal(fault.status, fault.description, fault.parameters);
      const run = methods[method];
      if (run === undefined) throw new ApiRefusal(404, 'Not Found: method not found');
      const underWay = run(this, payload);
      this.look();
      const result = await underWay;
      call.result = result;
      if (fault !== undefined) return void response.destroy();
      answer(response, 200, { ok: true, result });
    } catch (error) {
      if (!(error instanceof ApiRefusal)) throw error;
      call.error = { code: error.code, description: error.message };
      const parameters = error.parameters === undefined ? {} : { parameters: error.parameters };
      answer(response, error.code, { ok: false, error_code: error.code, description: error.message, ...parameters });
    } finally {
      this.look();
    }
  }

  private look(): void {
    for (const look of [...this.watchers]) look();
  }

  private download(token: string, path: string, response: ServerResponse): void {
    const fault = this.takeFault('download');
    if (fault !== undefined && 'status' in fault) return void response.writeHead(fault.status).end(fault.description);
    const file = [...this.files.values()].find((candidate) => candidate.path === path);
    if (token !== this.token || file === undefined) return void response.writeHead(404).end('{"ok":false}');
    response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(file.bytes);
  }

  /** Keeps bytes that a person sends. */
  keep(bytes: Uint8Array): SavedFile {
    const number = this.files.size + 1;
    const file: SavedFile = {
      id: `AgACfile${number}`,
      unique: `AQADu${number}`,
      path: `documents/file_${number}`,
      bytes,
    };
    this.files.set(file.id, file);
    return file;
  }

  private async save(upload: File): Promise<{ file_id: string; name: string; size: number }> {
    const file = this.keep(new Uint8Array(await upload.arrayBuffer()));
    return { file_id: file.id, name: upload.name, size: file.bytes.length };
  }
}
