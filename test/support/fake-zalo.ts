/**
 * The Open API, the OAuth host and the business host of Zalo in one server on loopback: keeps tokens that are used up,
 * validates what the real ones validate, fails in every way on demand, and lets people and colleagues write.
 */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FakeZaloPerson } from './fake-zalo-people.ts';

export type Json = Record<string, unknown>;

/** A call as it came, and what was answered. */
export interface ZaloCall {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Json;
  answer?: Json | string | 'cut';
  /** Whether it was carried out. */
  done?: boolean;
}

/** What goes wrong with the next call to a path. */
export type ZaloFault =
  | { readonly error: number; readonly message?: string }
  | { readonly status: number; readonly retryAfter?: number; readonly body?: string }
  /** Cut before the call is carried out, or after (the answer is lost). */
  | { readonly cut: 'before' | 'after' }
  /** This body is the answer; `done`: and the call was carried out all the same. */
  | { readonly answer: Json | string; readonly done?: true }
  /** Never answers; the call was carried out before, or never is. */
  | { readonly hangs: 'before' | 'after' }
  /** Answers only after so long. */
  | { readonly slowMs: number };

export interface ZaloMessage {
  readonly id: string;
  readonly text: string;
  readonly buttons: readonly { readonly title: string; readonly payload: string }[];
  readonly file?: { readonly name: string; readonly type: string; readonly size: number };
  readonly contact?: Json;
  readonly template?: Json;
}

const HOUR = 3_600_000;
/** So long after their last word a person may be written to. */
const WINDOW_MS = 7 * 24 * HOUR;

export class FakeZalo {
  readonly appId = '360846524940903967';
  readonly appSecret = 'app-secret-of-the-double';
  readonly oaId = '388613280878808645';
  readonly oaSecretKey = 'test-oa-secret-key';
  readonly calls: ZaloCall[] = [];
  /** Off where there are too many of them. */
  keepsCalls = true;
  readonly people = new Map<string, FakeZaloPerson>();
  /** Where events really go; the test sets it. */
  webhookTarget = '';
  latencyMs = 0;
  /** What events are dated by, ms; a story that runs on another day sets it. */
  clockMs: () => number = Date.now;
  /** Milliseconds that the access token given next lasts. */
  accessLastsMs = 25 * HOUR;
  access = 'AT-seed-0000';
  refresh = 'RT-seed-0000';
  accessEndsAt = Number.POSITIVE_INFINITY;
  refreshes = 0;
  /** Codes that the consent page gave, with the challenge that they were asked with. */
  readonly codes = new Map<string, string>();
  /** Asked before every call; a fault it answers befalls that call. */
  chance: ((call: ZaloCall) => ZaloFault | undefined) | null = null;
  /** The account's messages are echoed to the webhook, as Zalo does. */
  echoes = false;
  listParams: readonly Json[] = [{ name: 'noi_dung', require: true, type: 'STRING', maxLength: 400, minLength: 1 }];
  readonly media = new Map<string, { readonly type: string; readonly bytes: Uint8Array }>();
  private readonly server: Server;
  private readonly faults: { readonly path: string; readonly fault: ZaloFault }[] = [];
  private readonly uploads = new Map<string, { name: string; type: string; size: number }>();
  private readonly watchers = new Set<() => void>();
  private serial = 0;

  private constructor() {
    this.server = createServer((request, response) => {
      this.handle(request, response).catch(() => response.destroy());
    });
  }

  static async start(): Promise<FakeZalo> {
    const fake = new FakeZalo();
    await new Promise<void>((resolve) => fake.server.listen(0, '127.0.0.1', resolve));
    return fake;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  /** The value for all three roots. */
  get root(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  person(): FakeZaloPerson {
    this.serial += 1;
    const person = new FakeZaloPerson(this, `24684588352919${String(7000 + this.serial)}`);
    this.people.set(person.id, person);
    return person;
  }

  /** The next call whose path ends so goes wrong; several are used up one by one. */
  fail(path: string, ...faults: readonly ZaloFault[]): void {
    this.faults.push(...faults.map((fault) => ({ path, fault })));
  }

  expireAccess(): void {
    this.accessEndsAt = 0;
  }

  callsTo(path: string): readonly ZaloCall[] {
    return this.calls.filter((call) => call.path.endsWith(path));
  }

  host(type: string, bytes: Uint8Array, ending: string): string {
    const name = `/media/m${(this.serial += 1)}.${ending}`;
    this.media.set(name, { type, bytes });
    return this.root + name;
  }

  nextId(): string {
    return `63ecf43f0df7dba8${String((this.serial += 1)).padStart(6, '0')}`;
  }

  /** Resolves when `find` answers something; looked at after every call and event. */
  until<T>(what: string, find: () => T | undefined | false, withinMs = 12_000): Promise<T> {
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

  // ---------------------------------------------------------------------------------------------------------- events

  sign(body: Uint8Array, timestamp: string): string {
    const mac = createHash('sha256').update(this.appId).update(body).update(timestamp).update(this.oaSecretKey);
    return mac.digest('hex');
  }

  /** Posts an event as Zalo does; answers the status. */
  async post(event: Json, headers: Record<string, string> = {}): Promise<number> {
    const body = new TextEncoder().encode(JSON.stringify(event));
    const timestamp = String(event['timestamp'] ?? '');
    const signature = `mac=${this.sign(body, timestamp)}`;
    const all = { 'content-type': 'application/json', 'x-zevent-signature': signature, ...headers };
    const response = await fetch(this.webhookTarget, { method: 'POST', headers: all, body });
    await response.arrayBuffer();
    this.wake();
    return response.status;
  }

  // ----------------------------------------------------------------------------------------------------------- calls

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://fake');
    const media = this.media.get(url.pathname);
    if (media !== undefined) return this.hand(url.pathname, media, response);
    if (url.pathname.startsWith('/media/')) return void response.writeHead(404).end();
    const call: ZaloCall = {
      method: request.method ?? '',
      path: url.pathname,
      headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
      body: await readBody(request, url),
    };
    if (this.keepsCalls) this.calls.push(call);
    const at = this.faults.findIndex(({ path }) => call.path.endsWith(path));
    const fault = at === -1 ? this.chance?.(call) : this.faults.splice(at, 1)[0]?.fault;
    const wait = (fault !== undefined && 'slowMs' in fault ? fault.slowMs : 0) + this.latencyMs;
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    this.answer(call, fault, response);
    this.wake();
  }

  /** What a person sent, by its address. */
  private hand(path: string, media: { readonly type: string; readonly bytes: Uint8Array }, to: ServerResponse): void {
    const fault = this.chance?.({ method: 'GET', path, headers: {}, body: {} });
    if (fault !== undefined && 'cut' in fault) return void to.destroy();
    if (fault !== undefined && 'hangs' in fault) return;
    if (fault !== undefined) return void to.writeHead('status' in fault ? fault.status : 500).end();
    to.writeHead(200, { 'content-type': media.type }).end(media.bytes);
  }

  private answer(call: ZaloCall, fault: ZaloFault | undefined, response: ServerResponse): void {
    const json = (body: Json | string, status = 200, headers: Record<string, string> = {}) => {
      call.answer = body;
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      const standard = {
        'content-type': 'application/json',
        'x-ratelimit-limit': '4000',
        'x-ratelimit-remain': '3999',
      };
      response.writeHead(status, { ...standard, ...headers }).end(text);
    };
    if (fault !== undefined && 'cut' in fault) {
      if (fault.cut === 'after') this.carryOut(call);
      call.answer = 'cut';
      return void response.destroy();
    }
    if (fault !== undefined && 'hangs' in fault) {
      if (fault.hangs === 'after') this.carryOut(call);
      return;
    }
    if (fault !== undefined && 'error' in fault)
      return json({ error: fault.error, message: fault.message ?? 'Failed by the test' });
    if (fault !== undefined && 'status' in fault) {
      const retry = fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) };
      return json(fault.body ?? '', fault.status, retry as Record<string, string>);
    }
    if (fault !== undefined && 'answer' in fault) {
      if (fault.done === true) this.carryOut(call);
      return json(fault.answer);
    }
    json(this.carryOut(call));
  }

  private carryOut(call: ZaloCall): Json {
    const outcome = this.route(call);
    call.done = outcome['error'] === undefined || outcome['error'] === 0;
    return outcome;
  }

  private route(call: ZaloCall): Json {
    if (call.path === '/v4/oa/access_token') return this.giveTokens(call);
    const refused = this.checkToken(call);
    if (refused !== null) return refused;
    switch (call.path) {
      case '/v3.0/oa/message/cs':
        return this.consult(call);
      case '/v3.0/oa/message/template':
        return this.template(call, String(call.body['user_id']), 'message_id');
      case '/message/template':
        return this.byPhone(call);
      case '/template/info/v2':
        return ok({ templateId: call.body['template_id'], listParams: this.listParams });
      case '/v2.0/oa/upload/image':
        return this.upload(call, ['image/jpeg', 'image/png'], 1024 * 1024, 'attachment_id');
      case '/v2.0/oa/upload/file':
        return this.upload(call, FILE_TYPES, 5 * 1024 * 1024, 'token');
      case '/v2.0/oa/getoa':
        return ok({ oaid: this.oaId, name: 'Khuyến công' });
      default:
        return refuse(-209, 'Not supported this api');
    }
  }

  /** Whether it shows a token that is good now. */
  takes(call: ZaloCall): boolean {
    return this.checkToken(call) === null;
  }

  private checkToken({ headers }: ZaloCall): Json | null {
    if (headers['authorization'] !== undefined) return refuse(-216, 'Access token is invalid');
    if (headers['access_token'] !== this.access) return refuse(-216, 'Access token is invalid');
    return Date.now() >= this.accessEndsAt ? refuse(-220, 'access_token is expired or removed') : null;
  }

  /** A refresh token works once. */
  private giveTokens({ headers, body, method }: ZaloCall): Json {
    const fault = (name: string, error?: number): Json => ({
      error_name: name,
      error_reason: name,
      error_description: name,
      ...(error === undefined ? {} : { error }),
    });
    const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
    if (method !== 'POST' || !isForm || headers['secret_key'] !== this.appSecret)
      return fault('Invalid secret key', -14004);
    if (body['app_id'] !== this.appId) return fault('Invalid appId', -14002);
    if (body['grant_type'] === 'refresh_token') {
      if (body['refresh_token'] !== this.refresh) return fault('Invalid refresh token.', -14014);
    } else {
      const challenge = this.codes.get(String(body['code']));
      const given = createHash('sha256').update(String(body['code_verifier'])).digest('base64url');
      if (challenge === undefined || given !== challenge) return fault('Invalid authorization code', -14019);
      this.codes.delete(String(body['code']));
    }
    this.refreshes += 1;
    this.access = `AT-${this.refreshes}-of-the-double`;
    this.refresh = `RT-${this.refreshes}-of-the-double`;
    this.accessEndsAt = Date.now() + this.accessLastsMs;
    return { access_token: this.access, refresh_token: this.refresh, expires_in: '90000' };
  }

  private upload(call: ZaloCall, types: readonly string[], maxBytes: number, key: string): Json {
    const file = call.body['file'] as { name: string; type: string; size: number } | undefined;
    if (file === undefined) return refuse(-201, 'file is invalid!');
    if (!types.includes(file.type)) return refuse(-201, 'file is invalid!');
    if (file.size > maxBytes) return refuse(-210, 'Parameter exceeds allowable limit');
    const id = `up${(this.serial += 1)}`;
    this.uploads.set(id, file);
    return ok({ [key]: id });
  }

  private consult(call: ZaloCall): Json {
    const { recipient, message } = call.body as { recipient?: { user_id?: unknown }; message?: Json };
    const person = this.people.get(String(recipient?.user_id));
    if (person === undefined || typeof recipient?.user_id !== 'string') return refuse(-201, 'user_id is invalid!');
    if (person.blocked) return refuse(-213, 'User has not followed OA');
    if (person.outsideWindow || this.clockMs() - person.wroteAt > WINDOW_MS)
      return refuse(-230, 'User has not interacted with the OA in the past 7 days');
    const read = this.readMessage(message ?? {});
    if (typeof read === 'number') return refuse(read, 'refused by the double');
    const id = this.nextId();
    person.messages.push({ ...read, id });
    if (this.echoes) void person.echo(id, read.text);
    const quota = { quota_type: 'reply', remain: '8', total: '8' };
    return ok({ quota, message_id: id, user_id: person.id, sent_time: String(Date.now()) });
  }

  /** The message, or the code with which Zalo refuses it. */
  private readMessage(message: Json): Omit<ZaloMessage, 'id'> | number {
    const text = typeof message['text'] === 'string' ? message['text'] : '';
    if ([...text].length > 2000) return -210;
    const attachment = message['attachment'] as { type?: string; payload?: Json } | undefined;
    if (attachment === undefined) return text === '' ? -201 : { text, buttons: [] };
    const payload = attachment.payload ?? {};
    if (attachment.type === 'file') {
      const file = this.uploads.get(String(payload['token']));
      return file === undefined ? -100 : { text, buttons: [], file };
    }
    if (attachment.type !== 'template') return -201;
    const elements = (payload['elements'] ?? []) as Json[];
    if (payload['template_type'] === undefined) return readButtons(text, payload);
    if (payload['template_type'] === 'media') {
      const file = this.uploads.get(String(elements[0]?.['attachment_id']));
      return file === undefined ? -100 : { text, buttons: [], file };
    }
    if (payload['template_type'] !== 'request_user_info' || elements.length !== 1) return -233;
    const [card = {}] = elements;
    const fits = String(card['title']).length <= 100 && String(card['subtitle']).length <= 500;
    return fits && typeof card['image_url'] === 'string' ? { text: '', buttons: [], contact: card } : -201;
  }

  private template(call: ZaloCall, user: string, key: string): Json {
    const person = this.people.get(user);
    const data = call.body['template_data'] as Json | undefined;
    if (person === undefined) return refuse(-201, 'user_id is invalid!');
    if (data === undefined || this.listParams.some(({ name }) => data[String(name)] === undefined))
      return refuse(-201, 'template_data is invalid!');
    const id = this.nextId();
    person.messages.push({ id, text: Object.values(data).join(' '), buttons: [], template: call.body });
    return ok({ [key]: id, user_id: user, sent_time: String(Date.now()) });
  }

  private byPhone(call: ZaloCall): Json {
    const phone = String(call.body['phone']);
    const tracking = call.body['tracking_id'];
    if (!/^84\d{9}$/.test(phone)) return refuse(-108, 'Phone number is invalid');
    if (typeof tracking !== 'string' || tracking.length > 48) return refuse(-1121, 'tracking_id is invalid');
    const person = [...this.people.values()].find((one) => one.phone === phone);
    return person === undefined ? refuse(-118, 'Zalo account not existed') : this.template(call, person.id, 'msg_id');
  }
}

const FILE_TYPES = [
  'application/pdf',
  'application/msword',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
];

const ok = (data: Json): Json => ({ data, error: 0, message: 'Success' });
const refuse = (error: number, message: string): Json => ({ error, message });

function readButtons(text: string, payload: Json): Omit<ZaloMessage, 'id'> | number {
  const buttons = (payload['buttons'] ?? []) as { title: string; type: string; payload: string }[];
  if (text === '' || buttons.length === 0 || buttons.length > 5) return -201;
  const fine = buttons.every(
    ({ title, type, payload: query }) =>
      [...title].length >= 1 &&
      [...title].length <= 100 &&
      /^oa\.query\.(show|hide)$/.test(type) &&
      query.length <= 1000,
  );
  return fine ? { text, buttons } : -210;
}

async function readBody(request: IncomingMessage, url: URL): Promise<Json> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk as Uint8Array);
  const bytes = Buffer.concat(chunks);
  if (request.method === 'GET') return Object.fromEntries(url.searchParams);
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('multipart/')) {
    const form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
    const file = form.get('file');
    if (file === null || typeof file === 'string') return {};
    return { file: { name: file.name, type: file.type, size: file.size } };
  }
  if (type.startsWith('application/x-www-form-urlencoded'))
    return Object.fromEntries(new URLSearchParams(bytes.toString('utf8')));
  try {
    return JSON.parse(bytes.toString('utf8')) as Json;
  } catch {
    return {};
  }
}
