/** Owners on either of Zalo's platforms, as one kind of person: they read what has come, then type or press. */
import type { FakeZaloBot } from './fake-zalo-bot.ts';
import type { FakeZaloPerson } from './fake-zalo-people.ts';
import type { FakeZalo, Json, ZaloMessage } from './fake-zalo.ts';

export interface ZaloOwner {
  readonly channel: 'zalo' | 'zalo-bot';
  readonly chat: string;
  /** All that has come, in order: texts, cards as `contact:…`, files as `file:…`; `after` so many. */
  heard(after?: number): readonly string[];
  /** Each is delivered `times` times, as the platform does that did not hear our 200. */
  starts(times: number): Promise<void>;
  types(text: string, times: number): Promise<void>;
  /** Presses the button so named; where there are none, types its number. */
  presses(label: string, times: number): Promise<void>;
}

const seenOf = ({ text, contact, file }: ZaloMessage): string => {
  if (contact !== undefined) return `contact:${String(contact['title'])}`;
  return file === undefined ? text : `file:${file.name}`;
};

export function oaOwner(fake: FakeZalo, person: FakeZaloPerson = fake.person()): ZaloOwner {
  const sends = async (text: string, times: number): Promise<void> => {
    const message = { text, msg_id: fake.nextId() };
    await again(times, () => person.send('user_send_text', message));
  };
  return {
    channel: 'zalo',
    chat: person.id,
    heard: (after = 0) => person.messages.slice(after).map(seenOf),
    starts: async () => void (await again(1, () => person.follow())),
    types: sends,
    presses: (label, times) => {
      const buttons = person.messages.flatMap((message) => message.buttons).reverse();
      const button = buttons.find(({ title }) => title === label);
      if (button === undefined) throw new Error(`No button ${label}`);
      return sends(button.payload, times);
    },
  };
}

export function botOwner(fake: FakeZaloBot, chat: string): ZaloOwner {
  const heard = (after = 0) =>
    fake
      .sentTo(chat)
      .slice(after)
      .map(({ text }) => text);
  const delivers = async (update: Json, times: number): Promise<void> => again(times, () => fake.deliver(update));
  const types = (text: string, times: number) => delivers(fake.update(chat, 'text', { text }), times);
  return {
    channel: 'zalo-bot',
    chat,
    heard,
    starts: (times) => types('/start', times),
    types,
    presses: (label, times) => {
      const lines = heard().flatMap((text) => text.split('\n'));
      const line = lines.findLast((one) => /^\d+\. /.test(one) && one.replace(/^\d+\. /, '') === label);
      if (line === undefined) throw new Error(`No choice ${label}`);
      return types(line.slice(0, line.indexOf('.')), times);
    },
  };
}

async function again(times: number, deliver: () => Promise<number>): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    const status = await deliver();
    if (status !== 200) throw new Error(`The webhook answered ${status}`);
  }
}
