/**
 * The channel of the Zalo Bot Platform: owners in private chats, and members of the staff who linked theirs, each chat a
 * small staff room of its own. There are no buttons, no replies and no files out: numbers, codes and links stand in.
 */
import { type CaseId, type Instant, pause } from '../../base/index.ts';
import type {
  Address,
  Channel,
  FileRef,
  Hooks,
  OutgoingPayload,
  SendContext,
  SendResult,
} from '../../service/ports.ts';
import { openBotApi, type BotApi } from './bot-api.ts';
import { decodeBot } from './bot-decode.ts';
import { encodeBot, type BotCall } from './bot-encode.ts';
import { backoffMs, describe, pollBot } from './bot-polling.ts';
import { answerBotWebhook } from './bot-webhook.ts';
import { botCapabilities } from './capabilities.ts';
import { openHttp, type Http } from './client.ts';
import { download } from './download.ts';
import type { Words } from './encode.ts';
import { failureOf, type Outcome } from './failures.ts';
import { readBotUpdate } from './wire.ts';

export interface ZaloBotOptions {
  readonly token: string;
  readonly apiRoot: string;
  /** With a secret the platform calls `url`; else we ask. */
  readonly mode:
    { readonly kind: 'polling' } | { readonly kind: 'webhook'; readonly url: string; readonly secret: string };
  readonly clock: () => Instant;
  /** A steady clock in milliseconds. */
  readonly nowMs: () => number;
  readonly words: Words;
  readonly linkTo: (file: FileRef) => string | null;
  /** Whether this chat is that of a linked member of the staff. */
  readonly isStaff: (chat: string) => boolean;
  readonly codeOf: (id: CaseId) => Promise<string | null>;
  /** Several instances on one database: true while this one may poll. */
  readonly mayPoll?: () => Promise<boolean>;
  readonly http?: Http;
}

const KEPT_CARDS = 2_000;

export class ZaloBotChannel implements Channel {
  readonly name = 'zalo-bot';
  readonly capabilities = botCapabilities;
  readonly webhook?: NonNullable<Channel['webhook']>;
  private readonly api: BotApi;
  private readonly stopping = new AbortController();
  /** Choices shown last in a staff chat. After a restart numbers mean nothing until the next menu; codes still do. */
  private readonly shown = new Map<string, readonly string[]>();
  /** The card of a case as a chat saw it last: nothing can be rewritten there, and the same is not said twice. */
  private readonly cards = new Map<string, string>();
  private hooks: Hooks | null = null;
  private loop: Promise<void> = Promise.resolve();

  constructor(private readonly options: ZaloBotOptions) {
    this.api = openBotApi(options.http ?? openHttp(), options.apiRoot, options.token);
    const { mode } = options;
    if (mode.kind === 'webhook') {
      this.webhook = {
        path: 'zalo-bot',
        handle: async (request) =>
          this.hooks === null ? { status: 503 } : answerBotWebhook(request, mode.secret, (update) => this.take(update)),
      };
    }
  }

  /** Resolves once Zalo has taken our way of getting updates; tries on, with a warning, while it cannot. */
  async start(hooks: Hooks): Promise<void> {
    this.hooks = hooks;
    await this.register(hooks);
    if (this.options.mode.kind === 'polling') this.loop = pollBot(this.pollingParts(hooks), this.stopping.signal);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.loop;
    this.hooks = null;
  }

  async send(to: Address, payload: OutgoingPayload, context: SendContext): Promise<SendResult> {
    const code = payload.kind === 'thread' ? await this.options.codeOf(payload.caseId) : null;
    const calls = encodeBot(payload, this.options.words, code);
    const card = payload.kind === 'say' || payload.kind === 'thread' ? null : `${to.chat} ${payload.caseId}`;
    const words = JSON.stringify(calls);
    if (payload.kind === 'card-update' && this.cards.get(card ?? '') === words) return { sent: true, platformIds: [] };
    const platformIds: string[] = [];
    for (let index = context.skip; index < calls.length; index += 1) {
      const outcome = await this.carryOut(to.chat, calls[index] as BotCall, context);
      if (!outcome.ok) return { sent: false, failure: failureOf(outcome.refusal), done: index, platformIds };
      const id = outcome.data['message_id'];
      if (typeof id === 'string' || typeof id === 'number') platformIds.push(String(id));
    }
    if (card !== null) this.remember(card, words);
    const { choices } = payload.message;
    if (payload.kind !== 'say' && choices.length > 0) {
      this.shown.set(
        to.chat,
        choices.map(({ id }) => id),
      );
    }
    return { sent: true, platformIds };
  }

  private remember(card: string, words: string): void {
    this.cards.delete(card);
    this.cards.set(card, words);
    const [oldest] = this.cards.keys();
    if (this.cards.size > KEPT_CARDS && oldest !== undefined) this.cards.delete(oldest);
  }

  fetchFile: NonNullable<Channel['fetchFile']> = (remote, maxBytes) => download(remote, maxBytes);

  private async carryOut(chat: string, call: BotCall, context: SendContext): Promise<Outcome> {
    if (call.kind === 'text') return this.api.sendMessage(chat, call.text);
    const { words, linkTo } = this.options;
    const { file } = call;
    if ((await context.file(file.id)) === null) {
      return { ok: false, refusal: { surface: 'bot', kind: 'transient', code: null, status: null, ambiguous: false } };
    }
    const url = linkTo(file);
    if (url === null) return this.api.sendMessage(chat, words('zalo.fileNotCarried', { name: file.name }));
    if (call.kind === 'photo') {
      const shown = await this.api.sendPhoto(chat, url, file.name);
      // The address may not be within Zalo's reach: the person's, it is.
      if (shown.ok || shown.refusal.kind !== 'invalid') return shown;
    }
    return this.api.sendMessage(chat, words('zalo.fileLink', { name: file.name, url }));
  }

  // -------------------------------------------------------------------------------------------------------- receiving

  private async take(raw: unknown): Promise<void> {
    const { hooks } = this;
    const update = readBotUpdate(raw);
    if (update === null || hooks === null) return;
    const { clock, isStaff } = this.options;
    const decoded = decodeBot(update, { isStaff, shown: (chat) => this.shown.get(chat) ?? [], now: clock() });
    if (decoded.kind === 'inbound') await hooks.receive([decoded.inbound]);
    if (decoded.kind !== 'act') return;
    const answer = await hooks.act(decoded.act);
    // What a button would show for a moment is a message here; unsaid, the card's own news still tell it.
    if (answer !== null) await this.api.sendMessage(decoded.act.room.chat, answer.toast);
  }

  // --------------------------------------------------------------------------------------------------------- starting

  private async register(hooks: Hooks): Promise<void> {
    for (let failures = 1; !this.stopping.signal.aborted; failures += 1) {
      const { mode } = this.options;
      const outcome =
        mode.kind === 'polling' ? await this.api.deleteWebhook() : await this.api.setWebhook(mode.url, mode.secret);
      // Without a webhook there is none to delete (404), which is as good; a wrong token shows when we poll.
      const isFine = outcome.ok || (mode.kind === 'polling' && outcome.refusal.code === 404);
      hooks.warn('zalo-bot', isFine ? null : describe(outcome.refusal));
      if (isFine) return;
      await pause(outcome.refusal.retryAfterMs ?? backoffMs(failures), this.stopping.signal);
    }
  }

  private pollingParts(hooks: Hooks): Parameters<typeof pollBot>[0] {
    return {
      api: this.api,
      take: (update) => this.take(update),
      mayPoll: this.options.mayPoll ?? (() => Promise.resolve(true)),
      warn: (text) => hooks.warn('zalo-bot', text),
      wait: (ms) => pause(ms, this.stopping.signal),
      nowMs: this.options.nowMs,
    };
  }
}
