/**
 * The Telegram channel: owners in private chats, the staff in their group. Translates, sends, polls or takes webhooks;
 * decides nothing. Made by `main.ts`, which hands down the clock and the words.
 */
import { Api } from 'grammy';
import { type Instant, pause } from '../../base/index.ts';
import type {
  Address,
  Channel,
  Failure,
  Hooks,
  OutgoingPayload,
  SendContext,
  SendResult,
} from '../../service/ports.ts';
import { capabilities } from './capabilities.ts';
import { download } from './download.ts';
import { encode } from './encode.ts';
import { failureOf } from './failures.ts';
import { openFetch } from './lean-fetch.ts';
import { backoffMs, poll } from './polling.ts';
import { type ReceivingParts, takeUpdates } from './receiving.ts';
import { sendCalls, type SendingParts } from './sending.ts';
import { NOT_IN_ROOM, StaffRoom } from './staff-room.ts';
import { answerWebhook } from './webhook.ts';
import { allowedUpdates } from './wire.ts';

export interface TelegramOptions {
  readonly token: string;
  readonly apiRoot: string;
  /** `webhook`: Telegram calls `url` (PUBLIC_URL with `/webhooks/telegram`) and shows the secret. */
  readonly mode:
    { readonly kind: 'polling' } | { readonly kind: 'webhook'; readonly url: string; readonly secret: string };
  /** Id of the staff group as it is now (the configured one, or what it has become). */
  readonly staffChat: string | null;
  /** Wall clock, for what Telegram sends without a time. */
  readonly now: () => Instant;
  /** A steady clock in milliseconds, for pacing. */
  readonly nowMs: () => number;
  /** Shown by Telegram beside the text field; names without `/`. */
  readonly commands?: readonly { readonly command: string; readonly description: string }[];
  /** Several instances on one database: true while this one may poll. */
  readonly mayPoll?: () => Promise<boolean>;
}

/** Enough for a paper of 10 MB on a slow line and for a poll, which may hang 25 s. */
const CALL_SECONDS = 60;

export class TelegramChannel implements Channel {
  readonly name = 'telegram';
  readonly capabilities = capabilities;
  readonly webhook?: NonNullable<Channel['webhook']>;
  private readonly api: Api;
  private readonly apiRoot: string;
  private readonly room: StaffRoom;
  private readonly stopping = new AbortController();
  /** Chats where our keyboard for sharing the phone number may still lie. */
  private readonly keyboards = new Set<string>();
  private botName: string | undefined;
  private answeredAtMs = Number.NEGATIVE_INFINITY;
  private hooks: Hooks | null = null;
  private loop: Promise<void> = Promise.resolve();

  constructor(private readonly options: TelegramOptions) {
    this.apiRoot = options.apiRoot.replace(/\/+$/, '');
    this.api = new Api(options.token, { apiRoot: this.apiRoot, timeoutSeconds: CALL_SECONDS, fetch: openFetch() });
    this.api.config.use(async (call, method, payload, signal) => {
      const answer = await call(method, payload, signal);
      this.answeredAtMs = options.nowMs();
      return answer;
    });
    this.room = new StaffRoom(this.api, options.staffChat, options.nowMs);
    const { mode } = options;
    if (mode.kind === 'webhook') {
      const handle: NonNullable<Channel['webhook']>['handle'] = async (request) => {
        const parts = this.receivingParts();
        if (parts === null) return { status: 503 };
        return answerWebhook(request, mode.secret, (update) => takeUpdates(parts, [update]));
      };
      this.webhook = { path: 'telegram', handle };
    }
  }

  /** Resolves once Telegram has taken our way of getting updates; tries on, with a warning, while it cannot. */
  async start(hooks: Hooks): Promise<void> {
    this.hooks = hooks;
    await this.register(hooks);
    void this.introduce(hooks);
    if (this.options.mode.kind === 'polling') this.loop = poll(this.pollingParts(hooks), this.stopping.signal);
  }

  publicName(): string | null {
    return this.botName ?? null;
  }

  /** Resolves when the batch in hand is stored. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.loop;
  }

  async send(to: Address, payload: OutgoingPayload, context: SendContext): Promise<SendResult> {
    const keyboardShown = payload.kind === 'say' && this.keyboards.has(to.chat);
    const calls = encode(payload, { keyboardShown });
    const result = await sendCalls({ parts: this.sendingParts(), to, payload, context }, calls);
    if (payload.kind !== 'say') this.noteRoom(result);
    else if (result.sent && payload.message.contact !== undefined) this.keyboards.add(to.chat);
    else if (result.sent) this.keyboards.delete(to.chat);
    return result;
  }

  private noteRoom(result: SendResult): void {
    if (result.sent) this.hooks?.warn('telegram-staff', null);
    else if (result.failure.kind === 'recipient-gone') this.hooks?.warn('telegram-staff', NOT_IN_ROOM);
  }

  async fetchFile(
    remote: string,
    maxBytes: number,
  ): Promise<{ readonly bytes: Uint8Array } | { readonly failure: Failure }> {
    try {
      const file = await this.api.getFile(remote);
      if ((file.file_size ?? 0) > maxBytes) return { failure: { kind: 'too-large' } };
      if (file.file_path === undefined) return { failure: { kind: 'refused', code: 'no file_path' } };
      return await download(`${this.apiRoot}/file/bot${this.options.token}/${file.file_path}`, maxBytes);
    } catch (error) {
      return { failure: failureOf(error) };
    }
  }

  // -------------------------------------------------------------------------------------------------------- starting

  private async register(hooks: Hooks): Promise<void> {
    for (let failures = 1; !this.stopping.signal.aborted; failures += 1) {
      const failure = await this.trySetUpdates();
      hooks.warn('telegram', failure === null ? null : startTrouble(failure));
      if (failure === null) return;
      const asked = failure.kind === 'throttled' ? failure.retryAfterMs : undefined;
      await pause(asked ?? backoffMs(failures), this.stopping.signal);
    }
  }

  private async trySetUpdates(): Promise<Failure | null> {
    const { mode } = this.options;
    try {
      if (mode.kind === 'polling') await this.api.deleteWebhook({ drop_pending_updates: false });
      else await this.api.setWebhook(mode.url, { secret_token: mode.secret, allowed_updates: [...allowedUpdates] });
      return null;
    } catch (error) {
      return failureOf(error);
    }
  }

  /** A look at the staff group, the bot's own name, its list of commands. Work goes on without them. */
  private async introduce(hooks: Hooks): Promise<void> {
    try {
      if (!(await this.room.isReachable())) hooks.warn('telegram-staff', NOT_IN_ROOM);
      this.botName = (await this.api.getMe()).username;
      const { commands } = this.options;
      if (commands !== undefined && commands.length > 0) await this.api.setMyCommands([...commands]);
    } catch {
      // Nothing rests on it.
    }
  }

  // ----------------------------------------------------------------------------------------------------------- parts

  private receivingParts(): ReceivingParts | null {
    const { api, hooks, room } = this;
    return hooks === null ? null : { api, hooks, room, now: this.options.now, botName: () => this.botName };
  }

  private pollingParts(hooks: Hooks): Parameters<typeof poll>[0] {
    const { api, room } = this;
    const parts: ReceivingParts = { api, room, hooks, now: this.options.now, botName: () => this.botName };
    return {
      ask: (offset, limit, seconds, signal) => {
        const from = offset === null ? {} : { offset };
        const request = { limit, timeout: seconds, allowed_updates: [...allowedUpdates], ...from };
        // grammY declares the signal of a polyfill; Node's own is what arrives.
        return this.api.getUpdates(request, signal as Parameters<Api['getUpdates']>[1]);
      },
      store: (updates) => takeUpdates(parts, updates),
      mayPoll: this.options.mayPoll ?? (() => Promise.resolve(true)),
      clearWebhook: async () => void (await this.api.deleteWebhook()),
      warn: (text) => hooks.warn('telegram', text),
      wait: (ms) => pause(ms, this.stopping.signal),
      nowMs: this.options.nowMs,
    };
  }

  private sendingParts(): SendingParts {
    const { api, room } = this;
    return {
      api,
      isAnswering: () => this.options.nowMs() - this.answeredAtMs < CALL_SECONDS * 1000,
      pace: (chat, call) => room.waitFor(chat, call),
      resolve: (chat) => room.resolve(chat),
      moved: async (from, to) => {
        if (!room.move(from, to)) return;
        await this.hooks?.roomMoved({ channel: 'telegram', chat: from }, { channel: 'telegram', chat: to });
      },
      topicFor: (chat, payload) => room.topicFor(chat, payload),
    };
  }
}

function startTrouble(failure: Failure): string {
  if (failure.kind === 'bad-credentials') return 'Telegram refuses TELEGRAM_BOT_TOKEN';
  return `Telegram ${failure.kind === 'refused' ? `refuses the start: ${failure.code}` : `cannot be reached (${failure.kind})`}`;
}
