/** The stage of Telegram: one owner in a private chat, the staff's group, on the fake Bot API. */
import type { Deed, Seen, Stage } from './live-story.ts';
import { FakeTelegram } from './fake-telegram.ts';
import { buttonsOf, type FakeMember } from './fake-telegram-people.ts';
import type { FakeMessage } from './fake-telegram-types.ts';

/** A picture to Telegram and to us: its first bytes are those of a JPEG. */
const PICTURE = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
const PAPER = new TextEncoder().encode('%PDF-1.4 báo giá');

export async function telegramStage(): Promise<Stage> {
  const fake = await FakeTelegram.start();
  const group = fake.group();
  const owner = fake.user('Lan');
  const members = new Map<string, FakeMember>();
  const member = (name: string): FakeMember => {
    const known = members.get(name) ?? group.member(name);
    members.set(name, known);
    return known;
  };
  const words = ({ text, caption }: FakeMessage): string => text ?? caption ?? '';
  const holding = (seen: readonly FakeMessage[], part: string): FakeMessage => {
    const found = seen.find((message) => words(message).includes(part));
    if (found === undefined) throw new Error(`No message with «${part}»`);
    return found;
  };
  const withButton = (seen: readonly FakeMessage[], label: string, on?: string): FakeMessage => {
    const found =
      on === undefined
        ? seen.findLast((message) => buttonsOf(message).some(({ text }) => text.includes(label)))
        : holding(seen, on);
    if (found === undefined) throw new Error(`No button «${label}»`);
    return found;
  };
  const label = (part: string) => new RegExp(part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));

  async function ownerDoes(deed: Deed): Promise<unknown> {
    if (deed.start !== undefined) return owner.start(deed.start);
    if (deed.type !== undefined) return deed.type.startsWith('/') ? owner.command(deed.type) : owner.text(deed.type);
    if (deed.press !== undefined) return owner.press(label(deed.press), withButton(owner.seen(), deed.press, deed.on));
    if (deed.photo !== undefined) return owner.photo(PICTURE, deed.photo === '' ? undefined : deed.photo);
    if (deed.document !== undefined) return owner.document(PAPER, deed.document);
    if (deed.contact !== undefined) return owner.contact(deed.contact);
    if (deed.sticker === true) return owner.sticker();
    if (deed.voice === true) return owner.voice();
    if (deed.edit !== undefined) return owner.edit(lastOf(owner.id), deed.edit);
    if (deed.block !== undefined) return deed.block ? owner.block() : owner.unblock();
    return undefined;
  }

  const lastOf = (id: number): number =>
    [...owner.chat.messages.values()].findLast(({ from }) => from?.id === id)?.message_id ?? 0;

  async function staffDo(name: string, deed: Deed): Promise<unknown> {
    const who = member(name);
    const answered = (): FakeMessage =>
      deed.on === undefined ? withButton(group.seen(), '') : holding([...group.chat.messages.values()], deed.on);
    if (deed.press !== undefined) return who.press(withButton(group.seen(), deed.press, deed.on), label(deed.press));
    if (deed.reply !== undefined) return who.reply(answered(), deed.reply);
    if (deed.document !== undefined) return who.replyDocument(answered(), PAPER, deed.document);
    if (deed.say !== undefined) return who.say(deed.say);
    return undefined;
  }

  return {
    environment: {
      TELEGRAM_BOT_TOKEN: fake.token,
      TELEGRAM_API_ROOT: fake.root,
      TELEGRAM_STAFF_CHAT_ID: String(group.id),
    },
    serve: (service) => (fake.clockMs = () => Date.parse(service.now())),
    do: async (deed) => void (await (deed.by === undefined ? ownerDoes(deed) : staffDo(deed.by, deed))),
    isTaken: () =>
      fake.unconfirmed().length === 0 &&
      fake.calls.every(
        ({ method, result, error }) => method === 'getUpdates' || result !== undefined || error !== undefined,
      ) &&
      fake.calls.some(({ method }) => method === 'getUpdates'),
    owner: () => owner.seen().map(asSeen),
    room: () => group.seen().map(asSeen),
    toasts: () =>
      fake.callsOf('answerCallbackQuery').flatMap(({ payload }) => (payload['text'] ? [String(payload['text'])] : [])),
    stop: () => fake.stop(),
  };
}

/** A message as it is read on a phone: what it answers, its text or file, its buttons, the keyboard that it brings or takes. */
function asSeen(message: FakeMessage): Seen {
  const { reply_markup: markup } = message;
  const answers = message.reply_to_message === undefined ? [] : ['(trả lời tin trên)'];
  const file = message.photo !== undefined ? ['[ảnh]'] : [];
  const paper = message.document === undefined ? [] : [`[tệp ${String(message.document['file_name'])}]`];
  const buttons = buttonsOf(message).map(({ text }) => `[${text}]`);
  const keyboard = markup?.['remove_keyboard'] === true ? ['(cất bàn phím)'] : [];
  const said = message.text ?? message.caption;
  const lines = [...answers, ...file, ...paper, ...(said === undefined ? [] : [said]), buttons.join(' '), ...keyboard];
  return { id: String(message.message_id), text: lines.filter((line) => line !== '').join('\n') };
}
