/** People of the fake Bot API: what they do becomes updates, what the bot shows them can be looked at and pressed. */
import type { FakeTelegram } from './fake-telegram.ts';
import { wireChat } from './fake-telegram-methods.ts';
import type { Button, Chat, FakeMessage, Json, Person, Update, UpdateBody } from './fake-telegram-types.ts';

let callbackNumber = 1;
const now = () => Math.floor(Date.now() / 1000);

/** Buttons of a message, inline or of its reply keyboard. */
export function buttonsOf(message: FakeMessage): readonly Button[] {
  const markup = message.reply_markup as { inline_keyboard?: Button[][]; keyboard?: Button[][] } | undefined;
  return (markup?.inline_keyboard ?? markup?.keyboard ?? []).flat();
}

function add(chat: Chat, from: Person, content: Json): FakeMessage {
  const message: FakeMessage = {
    message_id: chat.nextMessageId++,
    chat: wireChat(chat),
    from,
    date: now(),
    ...content,
  };
  chat.messages.set(message.message_id, message);
  return message;
}

function press(from: Person, message: FakeMessage, what: string | RegExp): UpdateBody {
  const button = buttonsOf(message).find((one) => {
    if (one.callback_data === undefined) return false;
    return typeof what === 'string' ? one.text === what || one.callback_data === what : what.test(one.text);
  });
  if (button === undefined) throw new Error(`No button ${String(what)} on: ${JSON.stringify(message.reply_markup)}`);
  return pressed(from, message, button.callback_data ?? '');
}

const pressed = (from: Person, message: FakeMessage, data: string): UpdateBody => ({
  callback_query: { id: `cb${callbackNumber++}`, from, message, chat_instance: '42', data },
});

/** An owner in a private chat with the bot. */
export class FakeUser {
  readonly chat: Chat;
  constructor(
    private readonly fake: FakeTelegram,
    readonly person: Person,
  ) {
    this.chat = fake.chat(person.id, 'private');
  }

  get id(): number {
    return this.person.id;
  }

  private send(content: Json): Promise<Update> {
    return this.fake.push({ message: add(this.chat, this.person, content) });
  }

  start = (payload = '') => this.command(payload === '' ? '/start' : `/start ${payload}`);
  text = (text: string) => this.send({ text });
  sticker = () =>
    this.send({ sticker: { file_id: 'CAAC', file_unique_id: 'x', width: 512, height: 512, emoji: '👍' } });
  voice = () => this.send({ voice: { file_id: 'AwAC', file_unique_id: 'v', duration: 3 } });
  location = () => this.send({ location: { latitude: 19.8, longitude: 105.8 } });

  command(text: string): Promise<Update> {
    const length = text.split(' ')[0]?.length ?? 0;
    return this.send({ text, entities: [{ type: 'bot_command', offset: 0, length }] });
  }

  /** Shares the own number, or (`of`) somebody else's. */
  contact(phone: string, of: number = this.person.id): Promise<Update> {
    return this.send({ contact: { phone_number: phone, first_name: this.person.first_name, user_id: of } });
  }

  photo(bytes: Uint8Array, caption?: string): Promise<Update> {
    return this.send(this.photoContent(bytes, caption));
  }

  private photoContent(bytes: Uint8Array, caption?: string): Json {
    const small = this.fake.keep(bytes.slice(0, 1));
    const large = this.fake.keep(bytes);
    const sizes = [
      { file_id: small.id, file_unique_id: small.unique, width: 90, height: 60, file_size: 1 },
      { file_id: large.id, file_unique_id: large.unique, width: 1280, height: 960, file_size: bytes.length },
    ];
    return { photo: sizes, ...(caption === undefined ? {} : { caption }) };
  }

  document(bytes: Uint8Array, name = 'bao-gia.pdf', type = 'application/pdf', caption?: string): Promise<Update> {
    const file = this.fake.keep(bytes);
    const document = { file_id: file.id, file_unique_id: file.unique, file_name: name, mime_type: type };
    return this.send({
      document: { ...document, file_size: bytes.length },
      ...(caption === undefined ? {} : { caption }),
    });
  }

  /** Several photos at once; Telegram makes one update of each. */
  album(photos: readonly Uint8Array[], caption?: string): Promise<readonly Update[]> {
    const media_group_id = `13${this.chat.nextMessageId}`;
    return this.fake.pushAll(
      photos.map((bytes, index) => ({
        message: add(this.chat, this.person, {
          ...this.photoContent(bytes, index === 0 ? caption : undefined),
          media_group_id,
        }),
      })),
    );
  }

  edit(messageId: number, text: string): Promise<Update> {
    const message = this.chat.messages.get(messageId);
    return this.fake.push({ edited_message: { ...message, text, edit_date: now() } });
  }

  block(): Promise<Update> {
    this.chat.gone = true;
    return this.fake.push({ my_chat_member: this.membership('member', 'kicked') });
  }

  unblock(): Promise<Update> {
    this.chat.gone = false;
    return this.fake.push({ my_chat_member: this.membership('kicked', 'member') });
  }

  private membership(before: string, after: string): Json {
    const user = this.fake.me;
    return {
      chat: wireChat(this.chat),
      from: this.person,
      date: now(),
      old_chat_member: { user, status: before, until_date: 0 },
      new_chat_member: { user, status: after, until_date: 0 },
    };
  }

  /** Presses a button by its label; the last message with buttons unless one is given. */
  press(what: string | RegExp, message?: FakeMessage): Promise<Update> {
    const shown = message ?? this.seen().findLast((one) => buttonsOf(one).some((button) => button.callback_data));
    if (shown === undefined) throw new Error('Nothing to press');
    return this.fake.push(press(this.person, shown, what));
  }

  /** Sends callback data of one's own making, as a forged client may. */
  forge(message: FakeMessage, data: string): Promise<Update> {
    return this.fake.push(pressed(this.person, message, data));
  }

  seen(): readonly FakeMessage[] {
    return this.fake.messagesIn(this.person.id);
  }

  /** Waits for a message of the bot whose text matches, after the first `after` of them. */
  sees(text: string | RegExp, after = 0): Promise<FakeMessage> {
    return this.fake.until(`${String(text)} in chat ${this.id}`, () =>
      this.seen()
        .slice(after)
        .find((one) => (typeof text === 'string' ? one.text?.includes(text) === true : text.test(one.text ?? ''))),
    );
  }
}

/** The staff's group. */
export class FakeGroup {
  constructor(
    private readonly fake: FakeTelegram,
    public chat: Chat,
  ) {}

  get id(): number {
    return this.chat.id;
  }

  member(name: string): FakeMember {
    return new FakeMember(this.fake, this, this.fake.user(name).person);
  }

  seen(): readonly FakeMessage[] {
    return this.fake.messagesIn(this.chat.id);
  }

  sees(text: string | RegExp, after = 0): Promise<FakeMessage> {
    return this.fake.until(`${String(text)} in group ${this.id}`, () =>
      this.seen()
        .slice(after)
        .find((one) => (typeof text === 'string' ? one.text?.includes(text) === true : text.test(one.text ?? ''))),
    );
  }

  /** Somebody adds the bot (again). */
  admit(): Promise<Update> {
    this.chat.gone = false;
    const user = this.fake.me;
    return this.fake.push({
      my_chat_member: {
        chat: wireChat(this.chat),
        from: { id: 77, is_bot: false, first_name: 'Hà' },
        date: now(),
        old_chat_member: { user, status: 'left' },
        new_chat_member: { user, status: 'member' },
      },
    });
  }

  /** Telegram makes a supergroup of the group: new id, new message numbers; both ends are told in service messages. */
  async migrate(options: { readonly silent?: boolean } = {}): Promise<number> {
    const old = this.chat;
    const next = this.fake.chat(-1_001_700_000_000 - Math.abs(old.id % 1_000_000), 'supergroup');
    next.title = old.title ?? '';
    old.movedTo = next.id;
    this.chat = next;
    if (options.silent === true) return next.id;
    const from = { id: 1087968824, is_bot: true, first_name: 'Group' };
    await this.fake.pushAll([
      { message: { ...add(old, from, { migrate_to_chat_id: next.id }) } },
      { message: { ...add(next, from, { migrate_from_chat_id: old.id }) } },
    ]);
    return next.id;
  }
}

export class FakeMember {
  constructor(
    private readonly fake: FakeTelegram,
    private readonly group: FakeGroup,
    readonly person: Person,
  ) {}

  press(message: FakeMessage, what: string | RegExp): Promise<Update> {
    const current = this.group.chat.messages.get(message.message_id) ?? message;
    return this.fake.push(press(this.person, current, what));
  }

  forge(message: FakeMessage, data: string): Promise<Update> {
    return this.fake.push(pressed(this.person, message, data));
  }

  say(text: string, content: Json = {}): Promise<Update> {
    return this.fake.push({ message: add(this.group.chat, this.person, { text, ...content }) });
  }

  reply(message: FakeMessage, text: string): Promise<Update> {
    return this.fake.push({ message: this.answer(message, { text }) });
  }

  replyDocument(message: FakeMessage, bytes: Uint8Array, name = 'mau-don.docx', caption?: string): Promise<Update> {
    const file = this.fake.keep(bytes);
    const document = { file_id: file.id, file_unique_id: file.unique, file_name: name, file_size: bytes.length };
    return this.fake.push({
      message: this.answer(message, { document, ...(caption === undefined ? {} : { caption }) }),
    });
  }

  private answer(message: FakeMessage, content: Json): FakeMessage {
    const { reply_to_message: _deeper, ...replied } = message; // the wire nests one level only
    const thread = message.message_thread_id;
    const topic = thread === undefined ? {} : { message_thread_id: thread, is_topic_message: true };
    return add(this.group.chat, this.person, { reply_to_message: replied, ...topic, ...content });
  }

  /** The last message that this member wrote. */
  last(): FakeMessage {
    const own = [...this.group.chat.messages.values()].findLast((message) => message.from?.id === this.person.id);
    if (own === undefined) throw new Error('Wrote nothing');
    return own;
  }
}
