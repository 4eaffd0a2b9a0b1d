/** The stage of the Bot Platform: an owner in a private chat, and members of the staff who joined theirs by a code. */
import { createServer } from 'node:http';
import { staffId } from '../../src/base/index.ts';
import { makeStaffCode } from '../../src/service/staff-link.ts';
import { openStore } from '../../src/storage/index.ts';
import { FakeZaloBot, type BotSent } from './fake-zalo-bot.ts';
import type { Deed, Seen, Stage } from './live-story.ts';
import type { RunningService } from './running-service.ts';

const OWNER = '700001';
const OFFICER = '900001';
const OFFICER_NAME = 'Lê Thu Hà';
const PICTURE = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);

export async function zaloBotStage(): Promise<Stage> {
  const fake = await FakeZaloBot.start();
  const pictures = await servedPicture();
  let joined: Promise<void> | undefined;
  let running: RunningService | undefined;

  /** Once, before the first deed: the operator's code is typed to the bot. */
  async function join(): Promise<void> {
    if (running === undefined) return;
    const store = await openStore({ url: running.database.url, instance: 'operator' });
    const now = running.now();
    const id = staffId('ha');
    await store.addStaff({ id, name: OFFICER_NAME, role: 'officer', provinces: [], addedAt: now });
    const code = await makeStaffCode(store, id, { chance: 'of a story', now });
    await store.close();
    fake.says(OFFICER, code);
    await fake.hears(OFFICER, 'Đã nối');
  }

  const says = (chat: string, name: string, more: Record<string, unknown>) =>
    fake.push(fake.update(chat, name, more, chat === OFFICER ? { display_name: OFFICER_NAME } : {}));

  function does(chat: string, deed: Deed): void {
    if (deed.start !== undefined) return says(chat, 'text', { text: '/start' });
    if (deed.type !== undefined) return says(chat, 'text', { text: deed.type });
    if (deed.press !== undefined) return says(chat, 'text', { text: numberOf(fake.sentTo(chat), deed.press) });
    if (deed.photo !== undefined)
      return says(chat, 'image', { photo: pictures.url, ...(deed.photo === '' ? {} : { caption: deed.photo }) });
    if (deed.sticker === true) return says(chat, 'sticker', { sticker: 'x' });
    if (deed.voice === true) return says(chat, 'voice', { voice_url: pictures.url });
  }

  return {
    environment: { PUBLIC_URL: 'https://kc.example', ZALO_BOT_TOKEN: fake.token, ZALO_BOT_API_ROOT: fake.root },
    serve(service) {
      running = service;
      fake.clockMs = () => Date.parse(service.now());
    },
    async do(deed) {
      await (joined ??= join());
      does(deed.by === undefined ? OWNER : OFFICER, deed);
    },
    isTaken: () => fake.untaken === 0 && fake.isPolled,
    owner: () => fake.sentTo(OWNER).map(asSeen),
    room: () => fake.sentTo(OFFICER).map(asSeen),
    toasts: () => [],
    async stop() {
      await fake.stop();
      await pictures.stop();
    },
  };
}

/** The number before a label, on the last message that lists it. */
function numberOf(sent: readonly BotSent[], label: string): string {
  const lines = sent.flatMap(({ text }) => text.split('\n'));
  const line = lines.findLast((one) => /^\d+\. /.test(one) && one.includes(label));
  if (line === undefined) throw new Error(`No choice «${label}»`);
  return line.slice(0, line.indexOf('.'));
}

/** Addresses of files differ from run to run: only their path is shown. */
const asSeen = ({ text, photo }: BotSent, index: number): Seen => {
  const shown = photo === undefined ? [] : ['[ảnh]'];
  return { id: String(index), text: [...shown, text.replace(/\/files\/\S+/g, '/files/…')].join('\n') };
};

async function servedPicture(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const server = createServer((_request, response) =>
    response.writeHead(200, { 'content-type': 'image/jpeg' }).end(PICTURE),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}/anh.jpg`,
    stop: () => new Promise<void>((resolve) => void server.close(() => resolve())),
  };
}
