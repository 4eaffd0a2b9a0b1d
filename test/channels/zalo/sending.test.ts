import { afterEach, describe, expect, test } from 'vitest';
import { paragraph, say } from '../../contracts/channel.contract.ts';
import type { OutgoingPayload, SendContext } from '../../../src/service/ports.ts';
import type { FakeZaloPerson } from '../../support/fake-zalo-people.ts';
import { rig, type Rig } from './rig.ts';

let one: Rig;
afterEach(() => one.stop());

const send = (person: FakeZaloPerson, payload: OutgoingPayload, more: Partial<SendContext> = {}) =>
  one.channel.send({ channel: 'zalo', chat: person.id }, payload, {
    skip: 0,
    file: () => Promise.resolve(null),
    ...more,
  });
const choices = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: `1.c=${index}`, label: `Lựa chọn ${index}` }));
const file = (name: string, type: string, size: number) => ({ id: 'f1', name, type, size });
const bytes = (size: number) => ({ file: () => Promise.resolve(new Uint8Array(size)) });
const staff = (payload: OutgoingPayload): OutgoingPayload => ({
  ...payload,
  message: { ...payload.message, from: 'staff' },
});

describe('choices', () => {
  test('up to five are buttons, and stand numbered in the text for those who see none', async () => {
    one = await rig();
    const lan = one.fake.person();
    await send(lan, say([paragraph('Chọn một:')], choices(5)));
    expect(lan.messages[0]?.buttons).toHaveLength(5);
    expect(lan.messages[0]?.text).toContain('5. Lựa chọn 4');
    expect(one.fake.callsTo('/message/cs')[0]?.body).toMatchObject({
      message: {
        attachment: {
          type: 'template',
          payload: { buttons: [{ type: 'oa.query.hide', payload: '#kc:1.c=0' }, {}, {}, {}, {}] },
        },
      },
    });
  });

  test('from six on are a numbered list', async () => {
    one = await rig();
    const lan = one.fake.person();
    await send(lan, say([paragraph('Chọn một:')], choices(6)));
    expect(lan.messages).toMatchObject([{ buttons: [] }]);
    expect(lan.messages[0]?.text).toMatch(/6\. Lựa chọn 5\nGõ số để chọn\.$/);
  });

  test('bear no numbers where a number would be the answer', async () => {
    one = await rig();
    const lan = one.fake.person();
    const [first, ...rest] = choices(3);
    const offered = [
      ...(first === undefined ? [] : [first]),
      ...rest.map((one) => ({ ...one, byNumber: false as const })),
    ];
    await send(lan, say([paragraph('Xưởng ở đâu?')], offered, { ask: { id: 'place', kind: 'place' } }));
    expect(lan.messages[0]?.text).toContain('1. Lựa chọn 0\n• Lựa chọn 1\n• Lựa chọn 2');
    expect(lan.messages[0]?.buttons).toHaveLength(3);
  });
});

describe('texts', () => {
  test('of 2,001 letters are two, and of joined letters only', async () => {
    one = await rig();
    const lan = one.fake.person();
    await send(lan, say([paragraph('ớ'.normalize('NFD').repeat(2001))]));
    expect(lan.messages.map(({ text }) => text.length)).toEqual([2000, 1]);
  });

  test('show where a link leads', async () => {
    one = await rig();
    const lan = one.fake.person();
    await send(lan, say([{ kind: 'paragraph', runs: [{ text: 'Nghị định', href: 'https://vbpl.vn/1' }] }]));
    expect(lan.messages[0]?.text).toBe('Nghị định (https://vbpl.vn/1)');
  });
});

describe('files', () => {
  const pdf = 'application/pdf';
  test.each([
    ['a picture', file('anh.png', 'image/png', 10), 10, '/upload/image'],
    ['a form', file('don.pdf', pdf, 10), 10, '/upload/file'],
    [
      'a form to fill in',
      file('đơn.docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 10),
      10,
      '/upload/file',
    ],
  ])('%s is uploaded', async (_name, ref, size, path) => {
    one = await rig();
    const lan = one.fake.person();
    await send(lan, say([{ kind: 'file', file: ref }]), bytes(size));
    expect(one.fake.callsTo(path)).toHaveLength(1);
    expect(lan.messages).toMatchObject([{ file: { name: ref.name, type: ref.type } }]);
  });

  test.each([
    ['a large picture', file('anh.png', 'image/png', 1), 1024 * 1024 + 1],
    ['a large form', file('don.pdf', pdf, 1), 5 * 1024 * 1024 + 1],
    ['a table', file('bang.xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 1), 1],
  ])('%s goes as a link', async (_name, ref, size) => {
    one = await rig();
    const lan = one.fake.person();
    await send(lan, say([{ kind: 'file', file: ref }]), bytes(size));
    expect(lan.messages).toMatchObject([{ text: `📎 ${ref.name}: https://kc.example/files/f1?sig=1` }]);
  });

  test('that cannot go at all are named where there is no address for links', async () => {
    one = await rig({ linkTo: () => null });
    const lan = one.fake.person();
    await send(lan, say([{ kind: 'file', file: file('bang.xlsx', 'x/y', 1) }]), bytes(1));
    expect(lan.messages[0]?.text).toContain('bang.xlsx');
  });

  test('that Zalo has forgotten meanwhile are uploaded once more, not oftener', async () => {
    one = await rig();
    const lan = one.fake.person();
    const payload = say([{ kind: 'file', file: file('don.pdf', pdf, 1) }]);
    one.fake.fail('/message/cs', { error: -100 });
    expect(await send(lan, payload, bytes(1))).toMatchObject({ sent: true });
    expect(one.fake.callsTo('/upload/file')).toHaveLength(2);
    one.fake.fail('/message/cs', { error: -100 }, { error: -100 });
    await send(lan, payload, bytes(1));
    expect(one.fake.callsTo('/upload/file')).toHaveLength(4);
    expect(lan.messages.at(-1)?.text).toContain('https://'); // the link serves
  });

  test('go as a link where the package of the account has no uploads', async () => {
    one = await rig();
    const lan = one.fake.person();
    one.fake.fail('/upload/file', { error: -224 });
    await send(lan, say([{ kind: 'file', file: file('don.pdf', pdf, 1) }]), bytes(1));
    expect(lan.messages[0]?.text).toContain('https://kc.example/');
  });

  test('of a person are fetched at once, up to a limit', async () => {
    one = await rig();
    const lan = one.fake.person();
    await lan.file('giay-phep.pdf', new Uint8Array(1000));
    const remote = one.inbounds.flatMap(({ file: sent }) =>
      sent !== undefined && 'remote' in sent ? [sent.remote] : [],
    );
    expect(await one.channel.fetchFile(remote[0] ?? '', 1000)).toMatchObject({ bytes: { length: 1000 } });
    expect(await one.channel.fetchFile(remote[0] ?? '', 999)).toEqual({ failure: { kind: 'too-large' } });
    expect(await one.channel.fetchFile(`${one.fake.root}/media/gone`, 999)).toMatchObject({ failure: {} });
    expect(await one.channel.fetchFile('file:///etc/hostname', 999)).toMatchObject({ failure: { kind: 'refused' } });
  });
});

describe('asking for the phone number', () => {
  const asking = say([paragraph('Số điện thoại?')], [], { contact: 'Chia sẻ số điện thoại' });

  test('sends the card for it after the question', async () => {
    one = await rig();
    const lan = one.fake.person();
    await send(lan, asking);
    expect(lan.messages.at(-1)?.contact).toMatchObject({ title: 'Chia sẻ số điện thoại' });
  });

  test.each([-233, -224, -201])('is done without the card when Zalo refuses it (%d)', async (error) => {
    one = await rig();
    const lan = one.fake.person();
    await send(lan, say([paragraph('x')]));
    one.fake.chance = ({ body }) => (JSON.stringify(body).includes('request_user_info') ? { error } : undefined);
    expect(await send(lan, asking)).toMatchObject({ sent: true });
  });
});

describe('a send that failed', () => {
  test('without a reason (-200) is tried once more', async () => {
    one = await rig();
    const lan = one.fake.person();
    one.fake.fail('/message/cs', { error: -200 });
    expect(await send(lan, say([paragraph('x')]))).toMatchObject({ sent: true });
    one.fake.fail('/message/cs', { error: -200 }, { error: -200 }, { error: -200 });
    expect(await send(lan, say([paragraph('x')]))).toMatchObject({
      sent: false,
      failure: { kind: 'refused', code: 'oa -200' },
    });
    expect(one.fake.callsTo('/message/cs')).toHaveLength(4);
  });

  test('because nobody listens there has not arrived; because of silence it may have', async () => {
    one = await rig({ apiRoot: 'http://127.0.0.1:9' });
    const lan = one.fake.person();
    const refused = await send(lan, say([paragraph('x')]));
    expect(refused).toMatchObject({ sent: false, failure: { kind: 'unreachable' } });
    expect(refused.sent ? {} : refused.failure).not.toHaveProperty('ambiguous');
  });
});

describe('outside the seven days', () => {
  const reply = staff(say([paragraph('Cán bộ Hà: mời anh chị gửi thêm báo giá.')]));

  test('a word of the staff waits where there is no template', async () => {
    one = await rig();
    const lan = one.fake.person();
    lan.outsideWindow = true;
    expect(await send(lan, reply)).toMatchObject({ sent: false, failure: { kind: 'outside-window' } });
  });

  test('a word of the staff goes as a template message by the id of the person', async () => {
    one = await rig({ replyTemplate: '301' });
    const lan = one.fake.person();
    lan.outsideWindow = true;
    expect(await send(lan, reply)).toMatchObject({ sent: true });
    expect(lan.messages).toMatchObject([
      { text: 'Cán bộ Hà: mời anh chị gửi thêm báo giá.', template: { template_id: '301' } },
    ]);
  });

  test('by phone where the id does not do, with a mark of its own', async () => {
    one = await rig({ replyTemplate: '301', phoneOf: () => Promise.resolve('+84912345678') });
    const lan = one.fake.person();
    lan.phone = '84912345678';
    lan.outsideWindow = true;
    one.fake.fail('/v3.0/oa/message/template', { error: -249 });
    expect(await send(lan, reply)).toMatchObject({ sent: true });
    expect(lan.messages[0]?.template?.['tracking_id']).toMatch(/^kc-/);
  });

  test('what does not fit into the template is announced by it, and waits as a whole', async () => {
    one = await rig({ replyTemplate: '301' });
    const lan = one.fake.person();
    lan.outsideWindow = true;
    const long = staff(say([paragraph('Mời anh chị gửi thêm. '.repeat(40))]));
    expect(await send(lan, long)).toMatchObject({ sent: false, failure: { kind: 'outside-window' } });
    expect(lan.messages).toHaveLength(1);
    expect([...(lan.messages[0]?.text ?? '')]).toHaveLength(400);
  });

  test('the bot itself costs no fee: its words wait', async () => {
    one = await rig({ replyTemplate: '301' });
    const lan = one.fake.person();
    lan.outsideWindow = true;
    expect(await send(lan, say([paragraph('x')]))).toMatchObject({ sent: false, failure: { kind: 'outside-window' } });
    expect(lan.messages).toEqual([]);
  });
});

describe('an echo', () => {
  const quiet = () => new Promise((resolve) => setTimeout(resolve, 600));

  test('of what we sent is nobody', async () => {
    one = await rig();
    one.fake.echoes = true;
    const lan = one.fake.person();
    await send(lan, say([paragraph('Chào anh/chị.')], choices(2)));
    await quiet();
    expect(one.inbounds).toEqual([]);
  });

  test('of a send whose answer was lost is nobody', async () => {
    one = await rig();
    one.fake.echoes = true;
    const lan = one.fake.person();
    one.fake.fail('/message/cs', { cut: 'after' });
    await send(lan, say([paragraph('Chào anh/chị.')]));
    await quiet();
    expect(lan.messages).toHaveLength(1);
    expect(one.inbounds).toEqual([]);
  });

  test('that comes before the answer to its send is nobody', async () => {
    one = await rig();
    const lan = one.fake.person();
    one.fake.latencyMs = 300;
    const sending = send(lan, say([paragraph('Chào anh/chị.')]));
    await lan.echo('63ecf43f0df7dba8000002', 'something that reads otherwise');
    one.fake.latencyMs = 0;
    await sending;
    expect(one.inbounds).toEqual([]);
  });

  test('of what another process said is known by its text', async () => {
    one = await rig();
    const { message } = say([paragraph('Từ máy khác.')], choices(2));
    one.behaviour.said = { messages: [message], ids: [], lost: false };
    const lan = one.fake.person();
    await lan.echo('elsewhere-1', 'Từ máy khác.\n\n1. Lựa chọn 0\n2. Lựa chọn 1');
    await quiet();
    expect(one.inbounds).toEqual([]);
  });

  test('of what was sent before a restart is known by its id, of a file that may have arrived by that', async () => {
    one = await rig();
    const lan = one.fake.person();
    one.behaviour.said = { messages: [], ids: ['before-1'], lost: false };
    await lan.echo('before-1', '📎 tệp: https://kc.example/files/f1');
    await quiet();
    one.behaviour.said = { messages: [], ids: [], lost: true };
    await lan.echo('unnamed', '');
    await quiet();
    expect(one.inbounds).toEqual([]);
  });

  test('that still waits when the channel stops is judged then', async () => {
    one = await rig({ echoQuietMs: 60_000 });
    const lan = one.fake.person();
    await lan.colleagueSays('Em là Hà ở Trung tâm.');
    await send(lan, say([paragraph('Chào anh/chị.')]));
    await lan.echo('ours-again', 'Chào anh/chị.');
    await one.channel.stop();
    expect(one.inbounds).toMatchObject([{ event: { kind: 'colleague-answered' } }]);
  });

  test('of nobody of us is a colleague', async () => {
    one = await rig();
    const lan = one.fake.person();
    await lan.colleagueSays('Em là Hà ở Trung tâm, em gọi lại cho chị nhé.');
    await one.fake.until('the colleague', () => one.inbounds.length > 0);
    expect(one.inbounds).toMatchObject([
      { address: { channel: 'zalo', chat: lan.id }, event: { kind: 'colleague-answered' } },
    ]);
  });
});

test('no log at any level holds a token, a secret or what people wrote', async () => {
  one = await rig({ replyTemplate: '301' });
  const lan = one.fake.person();
  const secret = 'Số tài khoản của tôi là 0123';
  one.fake.fail(
    '/message/cs',
    { error: -216 },
    { error: -987 },
    { status: 500 },
    { cut: 'before' },
    { answer: secret },
  );
  one.fake.fail('/access_token', { answer: { error_name: 'Invalid refresh token.', error: -14014 } });
  for (let times = 0; times < 6; times += 1) await send(lan, say([paragraph(secret)]));
  await lan.text(secret);
  await one.fake.post({ app_id: 'another' });
  const lines = one.log.join('\n');
  const warnings = [...one.warnings.values()].join('\n');
  expect(lines).not.toBe('');
  for (const secretOf of [secret, one.fake.appSecret, one.fake.oaSecretKey, 'AT-', 'RT-', 'app-secret-for-sealing']) {
    expect(`${lines}\n${warnings}`).not.toContain(secretOf);
  }
});
