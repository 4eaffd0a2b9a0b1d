/**
 * The channel of the Zalo Official Account: owners only; staff stay in their own rooms. Translates, sends, takes webhooks;
 * decides nothing. Made by the composition, which hands down clock, words and the store of tokens.
 */
import type { Instant } from '../../base/index.ts';
import type {
  Address,
  Channel,
  FileRef,
  Hooks,
  Log,
  OutgoingPayload,
  RenderedMessage,
  SendContext,
  SendResult,
} from '../../service/ports.ts';
import { openApi, type OaApi } from './api.ts';
import { capabilities } from './capabilities.ts';
import { openHttp, type Http } from './client.ts';
import type { Echo } from './decode.ts';
import { download } from './download.ts';
import { Echoes, type Said } from './echoes.ts';
import { encode, type Words } from './encode.ts';
import { isUnknownCode, type Refusal } from './failures.ts';
import { refreshTokens } from './oauth.ts';
import { sendCalls, type SendingParts } from './sending.ts';
import { sendTemplate } from './template.ts';
import { TokenKeeper, type TokenStore } from './token.ts';
import { answerWebhook } from './webhook.ts';

export interface SaidLately {
  readonly messages: readonly RenderedMessage[];
  readonly ids: readonly string[];
  readonly lost: boolean;
}

export interface ZaloOptions {
  readonly appId: string;
  readonly appSecret: string;
  readonly oaId: string;
  readonly oaSecretKey: string;
  readonly apiRoot: string;
  readonly oauthRoot: string;
  readonly businessRoot: string;
  /** Seeds of the token store. */
  readonly accessToken: string | null;
  readonly refreshToken: string | null;
  /** Template for a word of the staff outside the seven days. */
  readonly replyTemplate: string | null;
  readonly store: TokenStore;
  /** Seals the tokens. */
  readonly secret: string;
  readonly clock: () => Instant;
  /** A steady clock in milliseconds. */
  readonly nowMs: () => number;
  readonly log: Log;
  readonly words: Words;
  readonly linkTo: (file: FileRef) => string | null;
  readonly contactImage: string | null;
  /** What was said in a chat lately, in any process: to know our own echoes by. */
  readonly saidLately: (chat: string) => Promise<SaidLately>;
  readonly phoneOf: (chat: string) => Promise<string | null>;
  readonly http?: Http;
  /** How long an unknown echo waits; 15 s. */
  readonly echoQuietMs?: number;
}

const TICK_MS = 30_000;
const ECHO_QUIET_MS = 15_000;

export class ZaloChannel implements Channel {
  readonly name = 'zalo';
  readonly capabilities = capabilities;
  readonly webhook: NonNullable<Channel['webhook']>;
  readonly tokens: TokenKeeper;
  private readonly api: OaApi;
  private readonly echoes: Echoes;
  private hooks: Hooks | null = null;
  private timer: NodeJS.Timeout | null = null;
  private ticking: Promise<void> = Promise.resolve();
  private readonly unknownCodes = new Set<number>();
  private readonly timestamps = new Set<string>();

  constructor(private readonly options: ZaloOptions) {
    const http = options.http ?? openHttp();
    this.api = openApi(http, { api: options.apiRoot, business: options.businessRoot });
    const oauth = { http, root: options.oauthRoot, appId: options.appId, appSecret: options.appSecret };
    this.tokens = new TokenKeeper({
      ...options,
      seeds: options,
      refresh: (token) => refreshTokens(oauth, token),
      warn: (text) => this.hooks?.warn('zalo-token', text),
    });
    this.echoes = new Echoes({
      said: (chat) => this.saidTo(chat),
      colleague: (echo) => this.colleagueAnswered(echo),
      nowMs: options.nowMs,
      quietMs: options.echoQuietMs ?? ECHO_QUIET_MS,
    });
    this.webhook = { path: 'zalo', handle: (request) => this.handle(request) };
  }

  /** Does not wait for Zalo: without a token the account can be written to already, and answers when it has one. */
  async start(hooks: Hooks): Promise<void> {
    this.hooks = hooks;
    await this.tokens.look().catch(() => hooks.warn('zalo-token', 'the tokens cannot be read'));
    void this.tick();
  }

  async stop(): Promise<void> {
    await this.echoes.stop().catch(() => undefined); // the database is gone: there is nobody to tell
    this.hooks = null;
    if (this.timer !== null) clearTimeout(this.timer);
    // A refresh under way is waited for: its answer must be written down.
    await this.ticking;
  }

  async send(to: Address, payload: OutgoingPayload, context: SendContext): Promise<SendResult> {
    if (payload.kind !== 'say') {
      return { sent: false, failure: { kind: 'refused', code: 'no-staff-rooms' }, done: 0, platformIds: [] };
    }
    const calls = encode(payload.message, this.options.words);
    const result = await sendCalls(this.sendingParts(), to.chat, calls, context);
    if (result.sent) this.hooks?.warn('zalo', null);
    if (result.sent || result.failure.kind !== 'outside-window') return result;
    return this.sendOutsideWindow(to, payload.message, result);
  }

  fetchFile: NonNullable<Channel['fetchFile']> = (remote, maxBytes) => download(remote, maxBytes);

  // ------------------------------------------------------------------------------------------------------------ parts

  private async handle(request: Parameters<NonNullable<Channel['webhook']>['handle']>[0]) {
    const { hooks } = this;
    if (hooks === null) return { status: 503 };
    const { appId, oaId, oaSecretKey: secretKey, clock: now } = this.options;
    return answerWebhook(request, {
      appId,
      oaId,
      secretKey,
      now,
      receive: (inbounds) => hooks.receive(inbounds),
      echo: (echo) => this.echoes.heard(echo),
      revoked: () => this.tokens.revoked(),
      signedOver: (timestamp) => this.noteTimestamp(timestamp),
    });
  }

  /** Only a word of the staff is worth a fee; the bot's own wait until the person writes. */
  private async sendOutsideWindow(to: Address, message: RenderedMessage, result: SendResult): Promise<SendResult> {
    const { replyTemplate: templateId, phoneOf } = this.options;
    if (templateId === null || message.from !== 'staff') return result;
    const { api, tokens } = this;
    const refused = (refusal: Refusal) => this.noteRefusal(refusal);
    const sent = await sendTemplate({ api, tokens, refused, templateId, phoneOf }, to.chat, message);
    return sent?.whole === true ? { sent: true, platformIds: [sent.platformId] } : result;
  }

  private sendingParts(): SendingParts {
    const { api, tokens, echoes } = this;
    const { words, linkTo, contactImage } = this.options;
    return {
      api,
      tokens,
      echoes,
      words,
      linkTo,
      contactImage,
      refused: (refusal) => this.noteRefusal(refusal),
      wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    };
  }

  private noteRefusal(refusal: Refusal): void {
    const { code, kind, surface } = refusal;
    if (kind === 'config')
      this.hooks?.warn('zalo', `Zalo refuses (${surface} ${code ?? refusal.status ?? ''}): see docs`);
    if (code === null || !isUnknownCode(refusal) || this.unknownCodes.has(code)) return;
    this.unknownCodes.add(code);
    this.options.log.warn({ surface, code }, 'zalo-unknown-code');
  }

  private noteTimestamp(timestamp: 'body' | 'header'): void {
    if (this.timestamps.has(timestamp)) return;
    this.timestamps.add(timestamp);
    this.options.log.info({ timestamp }, 'zalo-signature');
  }

  private async saidTo(chat: string): Promise<Said> {
    const { messages, ids, lost } = await this.options.saidLately(chat);
    const calls = messages.flatMap((message) => encode(message, this.options.words));
    return { texts: calls.flatMap((call) => (call.kind === 'text' ? [call.text] : [])), ids, lost };
  }

  private async colleagueAnswered({ chat, eventId, at }: Echo): Promise<void> {
    const event = { id: eventId, sentAt: at, kind: 'colleague-answered' } as const;
    await this.hooks?.receive([{ address: { channel: 'zalo', chat }, event }]);
  }

  private async tick(): Promise<void> {
    this.ticking = this.tokens.tick().catch(() => this.hooks?.warn('zalo-token', 'the tokens cannot be read'));
    await this.ticking;
    if (this.hooks !== null) this.timer = setTimeout(() => void this.tick(), TICK_MS);
  }
}
