import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { rig, type Rig } from './rig.ts';

const FIXTURES = join(import.meta.dirname, 'fixtures');
interface Item {
  readonly file: string;
  readonly kind: string;
  readonly headers: Record<string, string>;
}
const index = JSON.parse(readFileSync(join(FIXTURES, 'index.json'), 'utf8')) as { items: Item[] };
const bytesOf = (file: string) => readFileSync(join(FIXTURES, file));

let one: Rig;
beforeAll(async () => {
  one = await rig({ echoQuietMs: 60_000 });
});
afterAll(() => one.stop());
beforeEach(() => {
  one.inbounds.length = 0;
  one.behaviour.storing = () => Promise.resolve();
});

async function post(body: string | Uint8Array, headers: Record<string, string> = {}): Promise<number> {
  const response = await fetch(one.fake.webhookTarget, { method: 'POST', headers, body });
  await response.arrayBuffer();
  return response.status;
}
const signed = (body: string, timestamp = '1763776800123') => {
  const mac = one.fake.sign(new TextEncoder().encode(body), timestamp);
  return post(body, { 'x-zevent-signature': `mac=${mac}` });
};
const events = () => one.inbounds.map(({ event }) => event);
const textEvent = (more: object = {}) => ({
  app_id: one.fake.appId,
  sender: { id: '246845883529197922' },
  recipient: { id: one.fake.oaId },
  event_name: 'user_send_text',
  message: { text: 'Chào', msg_id: 'm1' },
  timestamp: '1763776800123',
  ...more,
});

describe('the recorded bodies', () => {
  test.each(index.items.filter(({ kind }) => kind === 'oa').map((item) => [item.file, item] as const))(
    '%s is taken with its own signature, and with no byte changed',
    async (file, item) => {
      expect(await post(bytesOf(file), item.headers)).toBe(200);
      const changed = new Uint8Array(bytesOf(file));
      changed[changed.length - 1] = 0x20; // a bracket becomes a blank: no JSON any more
      expect(await post(changed, item.headers)).toBe(400);
      const spaced = Buffer.concat([bytesOf(file), Buffer.from(' ')]);
      expect(await post(spaced, item.headers)).toBe(401);
    },
  );

  test('say what happened', async () => {
    for (const { file, headers, kind } of index.items) if (kind === 'oa') await post(bytesOf(file), headers);
    expect(one.inbounds.map(({ address, event }) => [address.chat, event.kind])).toEqual([
      ['246845883529197922', 'text'],
      ['246845883529197922', 'choice'],
      ['246845883529197922', 'file'],
      ['246845883529197922', 'file'],
      ['246845883529197922', 'unsupported'],
      ['246845883529197922', 'started'],
      ['246845883529197922', 'contact'],
      ['246845883529197922', 'text'],
    ]);
    const [text, choice, image, file, , follow, contact, escapes] = events();
    expect(text).toMatchObject({ id: 'user_send_text:96d3cdf3af150460909', sentAt: '2025-11-22T02:00:00.123Z' });
    expect(choice).toMatchObject({ token: 'dk:linh_vuc:che_bien_nong_san' });
    expect(image).toMatchObject({ caption: 'Ảnh giấy đăng ký kinh doanh', file: { type: 'image/jpeg' } });
    expect(file).toMatchObject({
      file: { name: 'Hồ sơ đề nghị hỗ trợ.pdf', size: 1_024_000, type: 'application/pdf' },
    });
    expect(follow?.id).toBe('follow:1763776800123:246845883529197922');
    expect(contact).toMatchObject({
      id: 'user_submit_info:1763776800123:246845883529197922',
      phone: '+84912345678',
      name: 'Nguyễn Thị Hoa',
      place: 'Thôn 3, Xã Hoằng Lộc, Tỉnh Thanh Hóa',
    });
    expect(escapes).toMatchObject({ text: 'Xin chào / tôi muốn hỏi' });
    expect(one.inbounds[2]?.file).toEqual({ remote: 'https://photo.example.zdn.vn/gxl/dkkd.jpg' });
  });
});

describe('the signature', () => {
  const body = () => JSON.stringify(textEvent());
  const mac = (timestamp: string) => one.fake.sign(new TextEncoder().encode(body()), timestamp);

  test.each([
    ['with mac=', () => ({ 'x-zevent-signature': `mac=${mac('1763776800123')}` }), 200],
    ['bare', () => ({ 'x-zevent-signature': mac('1763776800123') }), 200],
    [
      'over the timestamp of the header',
      () => ({ 'x-zevent-signature': `mac=${mac('42')}`, 'x-zevent-timestamp': '42' }),
      200,
    ],
    ['over another timestamp', () => ({ 'x-zevent-signature': `mac=${mac('43')}`, 'x-zevent-timestamp': '42' }), 401],
    ['missing', () => ({}), 401],
    ['empty', () => ({ 'x-zevent-signature': 'mac=' }), 401],
    ['too short', () => ({ 'x-zevent-signature': `mac=${mac('1763776800123').slice(1)}` }), 401],
    ['of another kind', () => ({ 'x-zevent-signature': `sha1=${'0'.repeat(64)}` }), 401],
  ])('%s', async (_name, headers, status) => {
    expect(await post(body(), headers() as Record<string, string>)).toBe(status);
    expect(one.inbounds).toHaveLength(status === 200 ? 1 : 0);
  });

  test('is not asked of the empty object with which an address is checked, and of nothing else', async () => {
    expect(await post('{}')).toBe(200);
    expect(await post(' {\n} ')).toBe(200);
    expect(await post('{"a":1}')).toBe(401);
    expect(await post('[]')).toBe(401);
    expect(await post('{}', { 'x-zevent-signature': 'mac=00' })).toBe(401);
  });
});

describe('what is not an event for us', () => {
  test.each(['', '{', 'null{', '{"a":"\u0000', 'mac'])('%j is no JSON: 400, signed or not', async (body) => {
    expect(await post(body)).toBe(400);
    expect(await signed(body)).toBe(400);
  });

  test('bytes that are no UTF-8 are no JSON', async () => {
    expect(await post(new Uint8Array([0x22, 0xff, 0xfe, 0x22]))).toBe(400);
  });

  test('more than 256 kB is too much', async () => {
    const long = JSON.stringify(textEvent({ message: { text: 'x'.repeat(270_000), msg_id: 'm1' } }));
    expect(await signed(long)).toBe(413);
  });

  test.each([
    ['another app', { app_id: '1' }],
    ['another account', { recipient: { id: '1' } }],
    ['another account that is named at the top', { event_name: 'follow', oa_id: '1', sender: undefined }],
    ['an echo of another account', { event_name: 'oa_send_text', sender: { id: '1' }, recipient: { id: '2' } }],
    ['an unknown event of another account', { event_name: 'new_thing', oa_id: '1' }],
  ])('%s gets 403 and has no effect', async (_name, more) => {
    expect(await signed(JSON.stringify(textEvent(more)))).toBe(403);
    expect(one.inbounds).toEqual([]);
  });

  test.each([
    ['user_received_message'],
    ['user_seen_message'],
    ['user_reacted_message'],
    ['oa_reacted_message'],
    ['anonymous_send_text'],
    ['user_send_group_text'],
    ['something_new'],
  ])('%s is taken and changes nothing', async (name) => {
    const receipt = name.startsWith('user_received') || name.startsWith('user_seen');
    const parties = receipt ? { sender: { id: one.fake.oaId }, recipient: { id: '246' } } : {};
    expect(await signed(JSON.stringify(textEvent({ event_name: name, ...parties })))).toBe(200);
    expect(one.inbounds).toEqual([]);
  });

  test('odd bodies that are signed do no harm', async () => {
    for (const odd of [
      '[]',
      '1',
      '"text"',
      'null',
      '{"timestamp":"1763776800123"}',
      JSON.stringify(textEvent({ message: 7 })),
      JSON.stringify(textEvent({ sender: null })),
      JSON.stringify(textEvent({ message: { attachments: 'x' } })),
    ]) {
      expect([200, 400, 401], odd).toContain(await signed(odd));
    }
  });
});

describe('an event', () => {
  test('is not confirmed before it is stored', async () => {
    one.behaviour.storing = () => Promise.reject(new Error('disk full'));
    expect(await signed(JSON.stringify(textEvent()))).toBe(500);
  });

  test('of a follower may come without a sender, or as a sender', async () => {
    const follow = { event_name: 'follow', message: undefined, sender: undefined, recipient: undefined };
    await signed(JSON.stringify(textEvent({ ...follow, oa_id: one.fake.oaId, follower: { id: '77' } })));
    await signed(JSON.stringify(textEvent({ event_name: 'unfollow', message: undefined })));
    await signed(
      JSON.stringify(textEvent({ ...follow, event_name: 'user_click_chatnow', oa_id: one.fake.oaId, user_id: '78' })),
    );
    expect(one.inbounds.map(({ address, event }) => [address.chat, event.kind])).toEqual([
      ['77', 'started'],
      ['246845883529197922', 'stopped'],
      ['78', 'started'],
    ]);
  });

  test('with submitted data is read in its older shape, with the phone as a number', async () => {
    const info = {
      name: 'Hoa',
      phone: 84912345678,
      address: 'Thôn 3',
      ward: 'Hoằng Lộc',
      district: '',
      city: 'Thanh Hóa',
    };
    await signed(JSON.stringify(textEvent({ event_name: 'user_submit_info', message: undefined, info })));
    expect(events()[0]).toMatchObject({
      kind: 'contact',
      phone: '+84912345678',
      place: 'Thôn 3, Hoằng Lộc, Thanh Hóa',
    });
  });

  test('with several pictures is several, which say that more follow', async () => {
    const picture = (n: number) => ({ type: 'image', payload: { url: `https://p.example/${n}.png` } });
    const message = { msg_id: 'm9', text: 'Báo giá', attachments: [picture(1), picture(2)] };
    await signed(JSON.stringify(textEvent({ event_name: 'user_send_image', message })));
    expect(events()).toMatchObject([
      { id: 'user_send_image:m9', caption: 'Báo giá', more: true, file: { type: 'image/png' } },
      { id: 'user_send_image:m9:1', file: { id: 'zam9x1' } },
    ]);
  });

  test('with a file that is too large says so at once', async () => {
    const payload = { url: 'https://f.example/x.pdf', name: 'x.pdf', size: 11_000_000 };
    const message = { msg_id: 'm8', attachments: [{ type: 'file', payload }] };
    await signed(JSON.stringify(textEvent({ event_name: 'user_send_file', message })));
    expect(events()[0]).toMatchObject({ kind: 'file-failed', why: 'too-large' });
  });

  test.each(['gif', 'audio', 'video', 'sticker', 'location', 'business_card', 'hologram'])(
    'with a %s is answered politely',
    async (what) => {
      await signed(JSON.stringify(textEvent({ event_name: `user_send_${what}` })));
      expect(events()).toMatchObject([{ kind: 'unsupported' }]);
    },
  );

  test('typed in parts that Unicode can join comes joined', async () => {
    await signed(JSON.stringify(textEvent({ message: { text: 'Thanh Hóa'.normalize('NFD'), msg_id: 'm3' } })));
    expect(events()[0]).toMatchObject({ text: 'Thanh Hóa' });
  });

  test.each([
    ['#kc:3.menu=faq', { kind: 'choice', token: '3.menu=faq' }],
    ['#kc:', { kind: 'choice', token: '-' }],
    [`#kc:${'9'.repeat(65)}`, { kind: 'choice', token: '-' }],
    ['#kc:có dấu', { kind: 'choice', token: '-' }],
    ['# kc:3.menu=faq', { kind: 'text' }],
    ['tôi bấm #kc:3.menu=faq', { kind: 'text' }],
  ])('with %s typed by hand is %j', async (text, event) => {
    await signed(JSON.stringify(textEvent({ message: { text, msg_id: 'm4' } })));
    expect(events()[0]).toMatchObject(event);
  });

  test.each(['0', '-5', 'soon', '99999999999999999'])('that says it was sent at %s was sent now', async (timestamp) => {
    await signed(JSON.stringify(textEvent({ timestamp })), timestamp);
    expect(Date.now() - Date.parse(events()[0]?.sentAt ?? '')).toBeLessThan(60_000);
  });
});
