/** What the fake Bot API keeps. Names are the wire's. */
export type Json = Readonly<Record<string, unknown>>;

export interface Person {
  readonly id: number;
  readonly is_bot: boolean;
  readonly first_name: string;
  readonly last_name?: string;
  readonly language_code?: string;
}

export interface Button {
  readonly text: string;
  readonly callback_data?: string;
  readonly url?: string;
  readonly request_contact?: boolean;
}

export interface FakeMessage {
  readonly message_id: number;
  readonly chat: Json & { readonly id: number };
  readonly from?: Person;
  readonly date: number;
  text?: string;
  /** The HTML as the bot wrote it. */
  html?: string;
  caption?: string;
  reply_markup?: Json;
  readonly reply_to_message?: FakeMessage;
  readonly message_thread_id?: number;
  readonly document?: Json;
  readonly photo?: readonly Json[];
  readonly [more: string]: unknown;
}

export interface Chat {
  readonly id: number;
  readonly type: 'private' | 'group' | 'supergroup';
  title?: string;
  forum: boolean;
  /** The person blocked the bot, or the bot was removed from the group. */
  gone?: boolean;
  movedTo?: number;
  readonly messages: Map<number, FakeMessage>;
  readonly topics: Map<number, string>;
  nextMessageId: number;
  /** The bot may make topics. */
  mayManageTopics?: boolean;
}

export interface SavedFile {
  readonly id: string;
  readonly unique: string;
  readonly path: string;
  readonly bytes: Uint8Array;
}

export type UpdateBody = Readonly<Record<string, unknown>>;
export type Update = UpdateBody & { readonly update_id: number };
