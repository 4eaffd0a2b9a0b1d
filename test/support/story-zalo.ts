/** The stage of the Official Account: one owner on Zalo, the staff in their Telegram group. */
import { FakeZalo, type ZaloMessage } from './fake-zalo.ts';
import type { Deed, Seen, Stage } from './live-story.ts';
import { telegramStage } from './story-telegram.ts';

const PICTURE = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
const PAPER = new TextEncoder().encode('%PDF-1.4 báo giá');
/** An echo of nobody of ours is believed after 15 s. */
const ECHO_MS = 17_000;

export async function zaloStage(): Promise<Stage> {
  const staff = await telegramStage();
  const fake = await FakeZalo.start();
  fake.echoes = true;
  const owner = fake.person();
  let doubtUntil = 0;

  async function ownerDoes(deed: Deed): Promise<unknown> {
    if (deed.start !== undefined) return owner.follow();
    if (deed.type !== undefined) return owner.text(deed.type);
    if (deed.press !== undefined) return owner.press(deed.press);
    if (deed.photo !== undefined) return owner.image(PICTURE, deed.photo === '' ? undefined : deed.photo);
    if (deed.document !== undefined) return owner.file(deed.document, PAPER);
    if (deed.contact !== undefined) return owner.submitInfo(JSON.parse(deed.contact) as Record<string, unknown>);
    if (deed.sticker === true) return owner.sticker();
    if (deed.voice === true) return owner.send('user_send_audio', { msg_id: fake.nextId() });
    if (deed.block !== undefined) return deed.block ? leave() : owner.follow();
    if (deed.colleague === undefined) return undefined;
    doubtUntil = performance.now() + ECHO_MS;
    return owner.colleagueSays(deed.colleague);
  }

  const leave = (): Promise<number> => {
    owner.blocked = true;
    return owner.unfollow();
  };

  return {
    environment: {
      ...staff.environment,
      PUBLIC_URL: 'https://kc.example',
      ZALO_APP_ID: fake.appId,
      ZALO_APP_SECRET: fake.appSecret,
      ZALO_OA_ID: fake.oaId,
      ZALO_OA_SECRET_KEY: fake.oaSecretKey,
      ZALO_ACCESS_TOKEN: fake.access,
      ZALO_REFRESH_TOKEN: fake.refresh,
      ZALO_API_ROOT: fake.root,
      ZALO_OAUTH_ROOT: fake.root,
      ZALO_BUSINESS_ROOT: fake.root,
    },
    serve(service) {
      staff.serve(service);
      fake.clockMs = () => Date.parse(service.now());
      fake.webhookTarget = `${service.base}/webhooks/zalo`;
    },
    do: async (deed) => void (await (deed.by === undefined ? ownerDoes(deed) : staff.do(deed))),
    isTaken: () => staff.isTaken() && performance.now() > doubtUntil,
    owner: () => owner.messages.map(asSeen),
    room: () => staff.room(),
    toasts: () => staff.toasts(),
    async stop() {
      await staff.stop();
      await fake.stop();
    },
  };
}

function asSeen({ id, text, buttons, file, contact, template }: ZaloMessage): Seen {
  const labels = buttons.map(({ title }) => `[${title}]`).join(' ');
  const shown = file === undefined ? [] : [file.type.startsWith('image/') ? '[ảnh]' : `[tệp ${file.name}]`];
  const card =
    contact === undefined ? [] : [`(thẻ xin số) ${String(contact['title'])}: ${String(contact['subtitle'])}`];
  const fee = template === undefined ? [] : ['(mẫu tin ZBS)'];
  return { id, text: [...fee, ...shown, text, ...card, labels].filter((line) => line !== '').join('\n') };
}
