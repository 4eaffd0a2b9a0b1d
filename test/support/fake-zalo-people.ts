/** People in front of the fake Official Account: they write, press, send files, follow; and colleagues who answer them. */
import type { FakeZalo, Json, ZaloMessage } from './fake-zalo.ts';

export class FakeZaloPerson {
  readonly messages: ZaloMessage[] = [];
  blocked = false;
  /** More than seven days without a word. */
  outsideWindow = false;
  /** When they last wrote, pressed or followed, ms. */
  wroteAt = Number.NaN;
  /** `84…` */
  phone = '';

  constructor(
    private readonly zalo: FakeZalo,
    readonly id: string,
  ) {}

  text(text: string, more: Json = {}): Promise<number> {
    return this.send('user_send_text', { text, msg_id: this.zalo.nextId(), ...more });
  }

  /** Presses a button of the last message that has one so named (or whose name contains it). */
  press(title: string): Promise<number> {
    const all = this.messages.flatMap(({ buttons }) => buttons).reverse();
    const button = all.find((one) => one.title === title) ?? all.find((one) => one.title.includes(title));
    if (button === undefined) throw new Error(`No button ${title}`);
    return this.text(button.payload);
  }

  image(bytes: Uint8Array, caption?: string): Promise<number> {
    const url = this.zalo.host('image/jpeg', bytes, 'jpg');
    const attachments = [{ type: 'image', payload: { url, thumbnail: url } }];
    const text = caption === undefined ? {} : { text: caption };
    return this.send('user_send_image', { ...text, msg_id: this.zalo.nextId(), attachments });
  }

  file(name: string, bytes: Uint8Array): Promise<number> {
    const url = this.zalo.host('application/pdf', bytes, 'pdf');
    const payload = { url, size: String(bytes.length), name, checksum: 'x', type: name.split('.').at(-1) };
    return this.send('user_send_file', { msg_id: this.zalo.nextId(), attachments: [{ type: 'file', payload }] });
  }

  sticker(): Promise<number> {
    const attachments = [{ type: 'sticker', payload: { id: '1', url: `${this.zalo.root}/sticker` } }];
    return this.send('user_send_sticker', { msg_id: this.zalo.nextId(), attachments });
  }

  follow(): Promise<number> {
    return this.about({ event_name: 'follow', oa_id: this.zalo.oaId, follower: { id: this.id }, source: 'oa_profile' });
  }

  unfollow(): Promise<number> {
    return this.about({ event_name: 'unfollow', oa_id: this.zalo.oaId, follower: { id: this.id } });
  }

  submitInfo(info: Json): Promise<number> {
    return this.about({ ...this.parties(), event_name: 'user_submit_info', info });
  }

  /** What the account said, by itself or by a colleague in its inbox. */
  echo(messageId: string, text: string, adminId?: string): Promise<number> {
    const sender = { id: this.zalo.oaId, ...(adminId === undefined ? {} : { admin_id: adminId }) };
    const message = { msg_id: messageId, ...(text === '' ? {} : { text }) };
    return this.about({ sender, recipient: { id: this.id }, event_name: 'oa_send_text', message });
  }

  /** A colleague answers in the inbox of the platform. */
  colleagueSays(text: string): Promise<number> {
    return this.echo(this.zalo.nextId(), text, '7741982561934567890');
  }

  send(name: string, message: Json): Promise<number> {
    return this.about({ ...this.parties(), event_name: name, message });
  }

  /** Resolves with the message that comes next after `seen` messages and of which the text holds `words`. */
  hears(words: string, seen = 0): Promise<ZaloMessage> {
    return this.zalo.until(words, () => this.messages.slice(seen).find(({ text }) => text.includes(words)));
  }

  private parties(): Json {
    return { sender: { id: this.id }, recipient: { id: this.zalo.oaId }, user_id_by_app: '552177279717587730' };
  }

  private about(event: Json): Promise<number> {
    const now = this.zalo.clockMs();
    if (/^(user_send_|follow)/.test(String(event['event_name']))) this.wroteAt = now;
    return this.zalo.post({ app_id: this.zalo.appId, ...event, timestamp: String(now) });
  }
}
