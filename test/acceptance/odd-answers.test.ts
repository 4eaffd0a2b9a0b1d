/** What people really type into the questions of the sheet, and where it must lead: never a wrong value, never a dead end. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caseCodeIn, ChatClient, type SeenMessage } from '../support/chat-client.ts';
import { noodleMaker } from '../support/journey.ts';
import { start, type Started } from './rig.ts';

let service: Started;
beforeAll(async () => {
  service = await start({ environment: { NOW: '2026-11-25T02:00:00Z' } });
}, 60_000);
afterAll(() => service.stop());

const asks = (id: string) => (said: readonly SeenMessage[]) => said.at(-1)?.ask?.id === id;

async function askedFor(id: string): Promise<ChatClient> {
  const client = await ChatClient.open(service.base);
  await client.follow({ ...noodleMaker, 'machines.name': 'máy sấy', 'machines.more': 'no' }, asks(id));
  return client;
}

/** At the question, the text typed, the question after it, and what the answer to it says (or must not say). */
const typed: readonly (readonly [at: string, text: string, then: string, says?: RegExp])[] = [
  ['consent', 'có bị lộ không', 'consent', /chỉ để gửi Trung tâm/],
  ['consent', 'sao phải lưu', 'consent', /Em giữ/],
  ['applicantName', 'không', 'applicantName', /cần có/],
  ['applicantName', '0912345678', 'applicantName'],
  ['applicantName', 'ok', 'applicantName'],
  ['applicantName', 'hello', 'menu', /còn dở/],
  ['representative', '0912345678', 'representative'],
  ['phone', 'sao lại cần số', 'phone', /OTP/],
  ['phone', 'à không, hợp tác xã chứ', 'phone'],
  ['legalForm', 'à nhầm, 0987654321', 'legalForm', /0987 654 321/],
  ['legalForm', 'cá thể', 'place', /Hộ kinh doanh/],
  ['place', 'thanh hoa', 'place', /Ở Thanh Hóa/],
  ['place', 'huyện Nga Sơn', 'place', /nhiều xã/],
  ['place', 'xã Tân Phú', 'place', /nhiều nơi/],
  ['sector', 'muối', 'supportWanted', /Chế biến/],
  ['sector', 'làm mắm', 'supportWanted', /Chế biến/],
  ['sector', 'sửa xe', 'supportWanted', /dịch vụ/],
  ['supportWanted', 'xong', 'supportWanted', /ít nhất một/],
  ['machines.name', 'không', 'products'],
  ['machines.name', '1', 'machines.name'],
  ['machines.quantity', '0', 'machines.quantity', /ít nhất/],
  ['machines.price', 'có mất phí không', 'machines.price', /miễn phí/],
  ['machines.price', 'nghị định 134 là gì', 'machines.price', /Mình làm tiếp/],
  ['machines.price', 'à không, hợp tác xã chứ', 'machines.price', /Hợp tác xã/],
  ['machines.more', 'hết', 'products'],
  ['products', 'không', 'totalCost'],
  ['totalCost', 'chưa tính', 'requestedSupport'],
  ['requestedSupport', 'hết', 'requestedSupport', /chưa hiểu/],
  ['workers', 'vài người', 'workers', /cụ thể hơn/],
  ['startDate', 'năm 2027', 'startDate', /tháng và năm/],
  ['taxCode', 'không có mst', 'addressDetail'],
  ['documents.dang-ky-kinh-doanh', 'mất rồi', 'documents.bao-gia'],
  ['review', 'gửi đi', 'consent', /đồng ý gửi/],
  ['review', 'không', 'review', /sửa mục nào/],
  ['review', 'có mất phí không', 'review', /đang chờ gửi/],
  ['review', 'xóa', 'confirm', /chắc chứ/],
];

describe('a text typed at a question', () => {
  it.each(typed.map((each) => [each[0], each[1], each[2], each[3]] as const))(
    '%s: «%s» leads to %s',
    async (at, text, then, says) => {
      const client = await askedFor(at);
      const said = await client.say(text);
      expect(said.at(-1)?.ask?.id ?? 'nothing').toBe(then);
      if (says !== undefined) expect(said.map((one) => one.text).join('\n')).toMatch(says);
      expect(said.map((one) => one.text).join('\n')).not.toMatch(/câu hỏi cũ|Em đoán là [a-z-]+\./);
    },
  );

  it('is no yes when it only tells the place: «em o nga son»', async () => {
    const client = await ChatClient.open(service.base);
    await client.choose('eligibility');
    const said = await client.say('em o Nga Son Thanh Hoa');
    expect(said.at(-1)?.ask?.id).toBe('producesIndustrially');
    expect(said.at(-1)?.text).toMatch(/Xã Nga Sơn/);
  });

  it('passes over the question whose answer is read back: «bỏ qua» at «Đúng không ạ?»', async () => {
    const client = await askedFor('machines.price');
    await client.say('1 tỷ 2');
    expect(client.ask?.id).toBe('confirm');
    await client.say('bỏ qua');
    expect(client.ask?.id).toBe('machines.more');
  });
});

it('leads back from the consent before sending to the sheet', async () => {
  const client = await ChatClient.open(service.base);
  await client.follow(noodleMaker, asks('review'));
  await client.choose('send');
  expect(client.ask?.id).toBe('consent');
  await client.say('quay lại');
  expect(client.ask?.id).toBe('review');
});

it('leads back from the result of a check to its last question', async () => {
  const client = await ChatClient.open(service.base);
  await client.follow({ ...noodleMaker, menu: 'eligibility' }, (said) => asks('menu')(said) && client.seen.length > 2);
  const before = client.seen.flatMap(({ ask }) => (ask === undefined || ask.id === 'menu' ? [] : [ask.id])).at(-1);
  await client.say('quay lại');
  expect(client.ask?.id).toBe(before);
});

it('offers what was told before the check as a guess, which «đúng rồi» confirms', async () => {
  const client = await ChatClient.open(service.base);
  await client.say('cơ sở em là hợp tác xã làm bún khô muốn mua máy sấy');
  await client.say('kiểm tra');
  const asked: string[] = [];
  while (client.ask !== undefined && client.ask.id !== 'menu') {
    const { id } = client.ask;
    if (/Em đoán là/.test(client.last.text)) asked.push(id);
    await (/Em đoán là/.test(client.last.text) ? client.say('đúng rồi') : client.reply(noodleMaker[id] as string));
    expect(client.ask?.id).not.toBe(id);
  }
  expect(asked).toEqual(expect.arrayContaining(['sector', 'legalForm']));
});

it('points out an end before the start on the sheet', async () => {
  const client = await ChatClient.open(service.base);
  await client.follow({ ...noodleMaker, endDate: '12/2026' }, asks('review'));
  expect(client.last.text).toContain('trước ngày bắt đầu');
});

it('takes a case code and the four digits in two messages', async () => {
  const owner = await ChatClient.open(service.base);
  const code = caseCodeIn(await owner.follow(noodleMaker, (said) => caseCodeIn(said) !== null));
  const other = await ChatClient.open(service.base);
  await other.say(`hồ sơ ${code}`);
  expect(other.last.text).toContain('4 số cuối');
  await other.say('5678');
  expect(other.last.text).toContain(`${code}:`);
});

describe('at the menu', () => {
  it('«chính sách ở Hưng Yên» is a question, not «chỉnh»', async () => {
    const client = await ChatClient.open(service.base);
    const said = await client.say('chính sách ở Hưng Yên');
    expect(said.map(({ text, choices }) => text + JSON.stringify(choices)).join('\n')).toMatch(/Hưng Yên/);
  });

  it('a year before the present decree is told as history, with what applies now', async () => {
    const client = await ChatClient.open(service.base);
    const said = await client.say('quy định năm 2010 thế nào?');
    const words = said.map(({ text }) => text).join('\n');
    expect(words).toMatch(/134\/2004/);
    expect(words).toMatch(/Nay áp dụng .*45\/2012/);
  });
});
