/**
 * What the use-cases need of the world: interfaces only. Storage and channels implement them, `main.ts` joins them.
 */
import type { CaseId, ConversationId, Instant, StaffId } from '../base/index.ts';
import type { AskKind, FileRef, RenderedBlock, Run } from '../content/index.ts';
import type { ConversationEvent } from '../conversation/index.ts';

export type ChannelName = 'webchat' | 'telegram' | 'zalo' | 'zalo-bot';

/** Where a message goes: a chat of a channel. `chat` is the platform's id as text (ids exceed 2^53). */
export interface Address {
  readonly channel: ChannelName;
  readonly chat: string;
}

// ---------------------------------------------------------------------------------------------------- messages out

export interface RenderedChoice {
  /** The token that comes back when it is pressed (`conversation/choice-token.ts`). */
  readonly id: string;
  readonly label: string;
  readonly value?: string;
  /** A typed number does not pick it: it may be the answer to what is asked. */
  readonly byNumber?: false;
}

/** A message in words, still free of any channel's markup. */
export interface RenderedMessage {
  readonly from: 'bot' | 'staff';
  readonly blocks: readonly RenderedBlock[];
  readonly choices: readonly RenderedChoice[];
  readonly ask?: { readonly id: string; readonly kind: AskKind };
  /** Label of the button that shares the phone number, on channels that have one. */
  readonly contact?: string;
  /** Not for anybody but the owner: staff do not see it in the log. */
  readonly secret?: true;
}

/**
 * `say`: to an owner. `card`: the one message of a case in a staff room, which names its code. `card-update`: rewrites
 * that message. `thread`: follows the card as a reply to it.
 */
export type OutgoingPayload =
  | { readonly kind: 'say'; readonly message: RenderedMessage }
  | { readonly kind: 'card' | 'card-update' | 'thread'; readonly caseId: CaseId; readonly message: RenderedMessage };

/** A row of the outbox. Its id is made of conversation, turn and index, so that sending twice is visible. */
export interface Outgoing {
  readonly id: string;
  readonly to: Address;
  /** Rows of one queue leave in order: the owner's conversation, or the staff room. */
  readonly queue: string;
  readonly payload: OutgoingPayload;
  /** Lower leaves first within a staff room: notices 0, files 1. */
  readonly priority: number;
  /** The owner pulls it (`Capabilities.pull`): stored is delivered. Set by the receiver. */
  readonly pull?: true;
}

/** How sending can fail, by meaning. `retryAfterMs` where the platform said so. */
export type Failure =
  | { readonly kind: 'unreachable' | 'unreadable-reply'; readonly ambiguous?: boolean }
  | { readonly kind: 'throttled'; readonly retryAfterMs?: number; readonly scope: 'chat' | 'channel' }
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'recipient-gone' | 'outside-window' | 'bad-credentials' | 'too-large' };

/** `done`: how many wire calls of the message had gone out before it failed; a retry skips them. */
export type SendResult =
  | { readonly sent: true; readonly platformIds: readonly string[] }
  | { readonly sent: false; readonly failure: Failure; readonly done: number; readonly platformIds: readonly string[] };

export interface SendContext {
  /** Platform id of the case's card in that room, for `card-update` and `thread`. */
  readonly card?: string;
  /** Wire calls of this message that went out before. */
  readonly skip: number;
  /** Reads the bytes of a file; null while it is still being fetched or when it is gone. */
  readonly file: (id: string) => Promise<Uint8Array | null>;
}

// ------------------------------------------------------------------------------------------------------ events in

/** Something an owner did, with the bytes of a file or the platform's reference to fetch it by. */
export interface Inbound {
  readonly address: Address;
  readonly event: ConversationEvent;
  readonly file?: { readonly bytes: Uint8Array } | { readonly remote: string };
}

/** Who pressed or replied in a staff room, as the platform names them. */
export interface RoomMember {
  readonly channel: ChannelName;
  readonly id: string;
  readonly name: string;
}

/** Something done in a staff room. `id` is the platform's id of it, for dropping duplicates. */
export type RoomAct = { readonly id: string; readonly room: Address; readonly by: RoomMember; readonly at: Instant } & (
  | { readonly kind: 'press'; readonly token: string; readonly onMessage: string }
  /** In a room without buttons and replies: a command that names its case by code. */
  | { readonly kind: 'typed'; readonly text: string; readonly file?: FileRef; readonly remote?: string }
  | {
      readonly kind: 'reply';
      readonly messageId: string;
      readonly toMessage: string;
      readonly text?: string;
      readonly file?: FileRef;
      readonly remote?: string;
    }
);

/** What a press shows to the one who pressed (a toast); null: nothing. */
export type ActAnswer = { readonly toast: string } | null;

export interface Hooks {
  /** Resolves when all are stored (or known duplicates); only then may a channel acknowledge them. */
  receive(inbounds: readonly Inbound[]): Promise<void>;
  act(act: RoomAct): Promise<ActAnswer>;
  /** A staff room got a new id (a Telegram group became a supergroup): kept, and warned of at /readyz. */
  roomMoved(from: Address, to: Address): Promise<void>;
  /** Trouble that an operator should see at /readyz; null clears it. */
  warn(topic: string, text: string | null): void;
}

export interface Capabilities {
  /** Longest text of one message, in UTF-16 units after encoding. */
  readonly maxText: number;
  readonly maxButtons: number;
  readonly maxLabel: number;
  /** Owners pull their messages (browser chat): stored is delivered. */
  readonly pull: boolean;
  /** bytes */
  readonly maxFileBytes: number;
}

export interface WebhookRequest {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
}

export interface Channel {
  readonly name: ChannelName;
  readonly capabilities: Capabilities;
  start(hooks: Hooks): Promise<void>;
  stop(): Promise<void>;
  send(to: Address, payload: OutgoingPayload, context: SendContext): Promise<SendResult>;
  /** Fetches what `Inbound.file.remote` named. */
  fetchFile?(remote: string, maxBytes: number): Promise<{ readonly bytes: Uint8Array } | { readonly failure: Failure }>;
  /** Mounted by `web` at `/webhooks/<path>`. */
  readonly webhook?: {
    readonly path: string;
    handle(request: WebhookRequest): Promise<{ readonly status: number; readonly body?: string }>;
  };
  /** What the bot is called on the platform, as links to it need it; null while that is not known. */
  publicName?(): string | null;
  /** Pull channels: something new is stored for this chat. */
  published?(conversation: ConversationId): void;
}

export type Clock = () => Instant;
export type NewId = () => string;
export type StaffRooms = () => readonly Address[];
export type { FileRef, RenderedBlock, Run, StaffId };
export * from './law-store.ts';
export * from './store.ts';
export * from './watch.ts';
