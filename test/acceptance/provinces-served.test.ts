/** STAFF_PROVINCES (contract, section 2): who is from elsewhere gets answers and a verdict, and no case. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { caseCodeIn, ChatClient, type Answers } from '../support/chat-client.ts';
import { noodleMaker } from '../support/journey.ts';
import { cli, start, type Started } from './rig.ts';

let service: Started;
beforeAll(async () => {
  service = await start({ environment: { STAFF_PROVINCES: 'thanh-hoa,ninh-binh' } });
}, 60_000);
afterAll(() => service.stop());

const elsewhere: Answers = { ...noodleMaker, menu: 'eligibility', place: 'xã Quang Hưng, Hưng Yên' };
const allSaid = (client: ChatClient) => client.seen.map(({ text }) => text).join('\n');

it('an owner of a province that is served gets a case', async () => {
  const client = await ChatClient.open(service.base);
  const said = await client.follow(noodleMaker, (messages) => caseCodeIn(messages) !== null);
  expect(caseCodeIn(said)).toMatch(/^TH-\d{2}-\d{6}$/);
});

it('an owner from elsewhere gets a verdict and the name of their own centre, whichever way they try, and never a case', async () => {
  const client = await ChatClient.open(service.base);
  const said = await client.follow(elsewhere, (messages) => messages.some(({ text }) => /sơ bộ/i.test(text)));
  expect(said.map(({ text }) => text).join('\n')).toMatch(/Hưng Yên/);
  for (const way of ['đăng ký', 'gặp cán bộ', 'gửi phiếu cho tôi']) {
    const before = client.seen.length;
    await client.say(way);
    if (client.ask?.id === 'consent') await client.choose('yes');
    const told = client.seen.slice(before);
    expect(caseCodeIn(told)).toBeNull();
    if (way !== 'gửi phiếu cho tôi') expect(told.map(({ text }) => text).join('\n')).toMatch(/Hưng Yên/);
  }
  expect(allSaid(client)).toMatch(/Trung tâm/);
  const answered = await client.say('máy sấy được hỗ trợ bao nhiêu');
  expect(answered.some(({ text }) => /Nguồn|Thông tư/.test(text))).toBe(true);
});

it('who tells the place only on the sheet is told there, and nothing is sent', async () => {
  const client = await ChatClient.open(service.base);
  const answers = { ...elsewhere, menu: 'registration' };
  const said = await client.follow(
    answers,
    (messages) => messages.some(({ text }) => /Hưng Yên/.test(text)) && client.ask?.id === 'menu',
  );
  expect(said.map(({ text }) => text).join('\n')).toMatch(/Trung tâm|Sở Công Thương/);
  const { code, out } = await cli(service.home, ['case', 'list', '--json']);
  const provinces = (JSON.parse(out) as { province: string | null }[]).map(({ province }) => province);
  expect([code, provinces]).toEqual([0, ['thanh-hoa']]);
});

it('«gặp cán bộ» of somebody whose place is not known asks for it first', async () => {
  const client = await ChatClient.open(service.base);
  await client.say('gặp cán bộ');
  expect(client.ask?.id).toBe('place');
  const told = await client.follow({ place: 'xã Quang Hưng, Hưng Yên', confirm: 'yes', consent: 'yes' }, (messages) =>
    messages.some(({ ask }) => ask?.id === 'menu'),
  );
  expect(caseCodeIn(told)).toBeNull();
});
