/** The methods of the fake Bot API, with the checks of the real one. */
import type { FakeTelegram } from './fake-telegram.ts';
import type { Button, Chat, FakeMessage, Json } from './fake-telegram-types.ts';
import { readHtml } from './fake-telegram-html.ts';

export class ApiRefusal extends Error {
  constructor(
    readonly code: number,
    description: string,
    readonly parameters?: Json,
  ) {
    super(description);
  }
}

type Method = (fake: FakeTelegram, payload: Json) => unknown;

const refuse = (description: string): never => {
  throw new ApiRefusal(400, `Bad Request: ${description}`);
};

export const methods: Readonly<Record<string, Method>> = {
  getMe: (fake) => fake.me,
  getUpdates: (fake, payload) => fake.poll(payload),
  setWebhook: (fake, payload) => {
    const url = String(payload['url'] ?? '');
    if (!url.startsWith('https://')) refuse('bad webhook: An HTTPS URL must be provided for webhook');
    const secret = payload['secret_token'];
    if (secret !== undefined && !/^[A-Za-z0-9_-]{1,256}$/.test(String(secret)))
      refuse('secret token contains unallowed characters');
    fake.webhook = { url, ...(secret === undefined ? {} : { secret: String(secret) }) };
    if (Array.isArray(payload['allowed_updates'])) fake.allowedUpdates = payload['allowed_updates'].map(String);
    return true;
  },
  deleteWebhook: (fake) => {
    fake.webhook = null;
    return true;
  },
  getWebhookInfo: (fake) => ({ url: fake.webhook?.url ?? '', has_custom_certificate: false, pending_update_count: 0 }),
  setMyCommands: () => true,
  sendChatAction: () => true,
  getChat: (fake, payload) => {
    const chat = chatOf(fake, payload);
    return { ...wireChat(chat), accent_color_id: 0, max_reaction_count: 11 };
  },
  getChatMember: (fake, payload) => {
    chatOf(fake, payload);
    const own = Number(payload['user_id']) === fake.me.id;
    return { status: own ? 'administrator' : 'member', user: { id: payload['user_id'], is_bot: own, first_name: '…' } };
  },
  sendMessage: (fake, payload) => {
    const chat = chatOf(fake, payload);
    const html = String(payload['text'] ?? '');
    const text = payload['parse_mode'] === 'HTML' ? readHtml(html, refuse) : html;
    if (text.trim() === '') refuse('message text is empty');
    if (text.length > 4096) refuse('message is too long');
    return store(fake, chat, payload, { text, html });
  },
  editMessageText: (fake, payload) => {
    const message = ownMessage(fake, payload);
    const html = String(payload['text'] ?? '');
    const text = payload['parse_mode'] === 'HTML' ? readHtml(html, refuse) : html;
    if (text.length > 4096) refuse('MESSAGE_TOO_LONG');
    const markup = checkMarkup(payload['reply_markup']);
    const same = message.text === text && JSON.stringify(message.reply_markup) === JSON.stringify(markup);
    if (same) refuse('message is not modified: specified new message content and reply markup are exactly the same');
    message.text = text;
    message.html = html;
    setMarkup(message, markup);
    return message;
  },
  editMessageReplyMarkup: (fake, payload) => {
    const message = ownMessage(fake, payload);
    setMarkup(message, checkMarkup(payload['reply_markup']));
    return message;
  },
  answerCallbackQuery: (_fake, payload) => {
    if (String(payload['text'] ?? '').length > 200) refuse('MESSAGE_TOO_LONG');
    if (!/^cb\d+$/.test(String(payload['callback_query_id'])))
      refuse('query is too old and response timeout expired or query ID is invalid');
    return true;
  },
  sendDocument: (fake, payload) => {
    const chat = chatOf(fake, payload);
    const file = payload['document'] as { file_id: string; name: string; size: number };
    const document = { file_id: file.file_id, file_unique_id: `u${file.file_id}`, file_name: file.name };
    return store(fake, chat, payload, { document: { ...document, file_size: file.size }, ...captionOf(payload) });
  },
  sendPhoto: (fake, payload) => {
    const chat = chatOf(fake, payload);
    const file = payload['photo'] as { file_id: string; size: number };
    if (file.size === 0) refuse('IMAGE_PROCESS_FAILED');
    const photo = [{ file_id: file.file_id, file_unique_id: `u${file.file_id}`, width: 90, height: 90 }];
    return store(fake, chat, payload, { photo, ...captionOf(payload) });
  },
  getFile: (fake, payload) => {
    const file = fake.files.get(String(payload['file_id']));
    if (file === undefined) return refuse('invalid file_id');
    if (file.bytes.length > 20 * 1024 * 1024) refuse('file is too big');
    return { file_id: file.id, file_unique_id: file.unique, file_size: file.bytes.length, file_path: file.path };
  },
  createForumTopic: (fake, payload) => {
    const chat = chatOf(fake, payload);
    if (!chat.forum) refuse('the chat is not a forum');
    if (chat.mayManageTopics === false) refuse('not enough rights to create a topic');
    const name = String(payload['name'] ?? '');
    if (name.length < 1 || name.length > 128) refuse('TOPIC_TITLE_INVALID');
    const service = store(fake, chat, {}, { forum_topic_created: { name, icon_color: 7322096 } });
    chat.topics.set(service.message_id, name);
    return { message_thread_id: service.message_id, name, icon_color: 7322096 };
  },
};

export function wireChat(chat: Chat): Json & { readonly id: number } {
  const title = chat.type === 'private' ? {} : { title: chat.title ?? '' };
  return { id: chat.id, type: chat.type, ...title, ...(chat.forum ? { is_forum: true } : {}) };
}

function chatOf(fake: FakeTelegram, payload: Json): Chat {
  const chat = fake.chats.get(Number(payload['chat_id']));
  if (chat === undefined) return refuse('chat not found');
  if (chat.movedTo !== undefined)
    throw new ApiRefusal(400, 'Bad Request: group chat was upgraded to a supergroup chat', {
      migrate_to_chat_id: chat.movedTo,
    });
  if (chat.gone === true)
    throw new ApiRefusal(
      403,
      chat.type === 'private'
        ? 'Forbidden: bot was blocked by the user'
        : 'Forbidden: bot was kicked from the group chat',
    );
  return chat;
}

function ownMessage(fake: FakeTelegram, payload: Json): FakeMessage {
  const message = chatOf(fake, payload).messages.get(Number(payload['message_id']));
  if (message === undefined) return refuse('message to edit not found');
  if (message.from?.id !== fake.me.id) refuse("message can't be edited");
  return message;
}

const captionOf = (payload: Json) => {
  if (payload['caption'] === undefined) return {};
  const raw = String(payload['caption']);
  const caption = payload['parse_mode'] === 'HTML' ? readHtml(raw, refuse) : raw;
  if (caption.length > 1024) refuse('message caption is too long');
  return { caption };
};

function store(fake: FakeTelegram, chat: Chat, payload: Json, content: Json): FakeMessage {
  const replied = replyOf(chat, payload);
  const thread = payload['message_thread_id'] ?? replied?.message_thread_id;
  if (thread !== undefined && !chat.topics.has(Number(thread))) refuse('message thread not found');
  const markup = checkMarkup(payload['reply_markup']);
  const message: FakeMessage = {
    message_id: chat.nextMessageId++,
    chat: wireChat(chat),
    from: fake.me,
    date: Math.floor(Date.now() / 1000),
    ...(replied === undefined ? {} : { reply_to_message: replied }),
    ...(thread === undefined ? {} : { message_thread_id: Number(thread), is_topic_message: true }),
    ...content,
  };
  setMarkup(message, markup);
  chat.messages.set(message.message_id, message);
  return message;
}

function replyOf(chat: Chat, payload: Json): FakeMessage | undefined {
  const parameters = payload['reply_parameters'] as Json | undefined;
  const id = parameters?.['message_id'] ?? payload['reply_to_message_id'];
  if (id === undefined) return undefined;
  const replied = chat.messages.get(Number(id));
  const alone = parameters?.['allow_sending_without_reply'] ?? payload['allow_sending_without_reply'];
  if (replied === undefined && alone !== true) refuse('message to be replied not found');
  return replied;
}

function setMarkup(message: FakeMessage, markup: Json | undefined): void {
  if (markup === undefined) delete message.reply_markup;
  else message.reply_markup = markup;
}

function checkMarkup(raw: unknown): Json | undefined {
  if (raw === undefined) return undefined;
  const markup = raw as { inline_keyboard?: Button[][]; keyboard?: (Button | string)[][] } & Json;
  const buttons = markup.inline_keyboard?.flat() ?? [];
  if (buttons.length > 100) refuse('REPLY_MARKUP_TOO_LONG');
  for (const button of buttons) {
    if (button.text === '') refuse('BUTTON_TEXT_EMPTY');
    const bytes = Buffer.byteLength(button.callback_data ?? '', 'utf8');
    if (button.url === undefined && (bytes < 1 || bytes > 64)) refuse('BUTTON_DATA_INVALID');
  }
  return markup;
}
