/** A whole journey that goes wrong in every way, at the most talkative level: the log names nobody and gives nothing away. */
import { afterEach, expect, test } from 'vitest';
import { addMs } from '../../../src/base/index.ts';
import { retry as product } from '../../../src/jobs/index.ts';
import type { Retry } from '../../../src/service/index.ts';
import { seededChance } from '../../support/seeded-chance.ts';
import { botFaults, oaFaults } from '../../support/zalo-faults.ts';
import { joinOfficer, OFFICER, OFFICER_NAME } from '../../support/zalo-people.ts';
import { APP_SECRET, BOT_SECRET, startZaloService, type ZaloService } from '../../support/zalo-service.ts';

let service: ZaloService | undefined;
afterEach(() => service?.stop());

const untiring: Retry = (failure, so, now) => {
  const judged = product(failure, { attempts: 1, ambiguous: 1 }, now);
  return judged.fate === 'retry' ? { fate: 'retry', notBefore: addMs(now, 20) } : judged;
};

const NAME = 'Xưởng Kẹo Lạc Bà Thìn';
const PERSON = 'Hoàng Thị Thìn';
const PHONE = '0987001234';
const QUESTION = 'em muốn hỏi chuyện lò sấy kẹo nhà em';
const WORD = 'Trung tâm đã đọc phiếu của chị rồi nhé';
const CAPTION = 'đây là giấy đăng ký nhà tôi';
const FILE = 'giay-dang-ky-ba-thin.pdf';

test(
  'the log of a journey that fails everywhere holds no token, secret, name, phone or word',
  { timeout: 120_000 },
  async () => {
    service = await startZaloService({ retry: untiring, botWebhook: true, logLevel: 'trace' });
    const { oa, bot, log } = service;
    const seeds = [oa.access, oa.refresh];
    await joinOfficer(service);
    const faults = { chance: seededChance(7), share: 0.4, hanging: 0 };
    oa.chance = oaFaults(oa, faults).hook;
    bot.chance = botFaults(faults).hook;
    oa.echoes = true;

    const code = await registers(service);
    await bot.deliver(bot.update(OFFICER, 'text', { text: `${code} ${WORD}` }, { display_name: OFFICER_NAME }));
    await oa.until('the word', () => owner(oa).messages.some(({ text }) => text.includes(WORD)), 60_000);
    await owner(oa).file(FILE, new TextEncoder().encode('%PDF-1.4 của bà Thìn'));
    await owner(oa).image(new Uint8Array([0xff, 0xd8, 0xff, 0xe0]), CAPTION);
    await owner(oa).submitInfo({ name: PERSON, phone: '84987001234', address: 'thôn 3, xã Nga Sơn' });
    await bot.deliver(bot.update('77', 'text', { text: QUESTION }, { display_name: PERSON }));
    await bot.until('an answer', () => bot.sentTo('77').length > 0, 60_000);

    // Strangers at the doors, a body that is none, an account that lost its rights, and a token that is dead.
    oa.chance = bot.chance = null;
    await oa.post({ event_name: 'user_send_text', message: { text: QUESTION } }, { 'x-zevent-signature': 'mac=00' });
    await fetch(oa.webhookTarget, { method: 'POST', body: `{"text":"${QUESTION}` });
    await bot.post(JSON.stringify({ token: bot.token }), { 'x-bot-api-secret-token': 'wrong-secret' });
    oa.expireAccess();
    oa.fail('/access_token', { answer: { error_name: 'Invalid refresh token.', error_description: oa.refresh } });
    await owner(oa).text(QUESTION);
    await owner(oa).text('menu');
    const warned = async () => (await service?.readyz())?.warnings?.join() ?? '';
    await expect.poll(warned, { timeout: 20_000 }).toContain('zalo login');

    const told = [...log, JSON.stringify(await service.readyz()), await metricsOf(service)].join('\n');
    expect(log.length).toBeGreaterThan(40);
    expect(told).toContain('not sent');
    const secrets = [
      ...seeds,
      'AT-',
      'RT-',
      oa.appSecret,
      oa.oaSecretKey,
      bot.token,
      BOT_SECRET,
      APP_SECRET,
      'wrong-secret',
    ];
    const personal = [NAME, PERSON, PHONE, '987001234', QUESTION, WORD, CAPTION, FILE, OFFICER_NAME, 'Nga Sơn', 'KC-'];
    for (const hidden of [...secrets, ...personal]) expect(told, hidden).not.toContain(hidden);
  },
);

const owner = (oa: ZaloService['oa']) => [...oa.people.values()][0] ?? oa.person();

/** The owner's way to a sent sheet; answers the code of the case. */
async function registers({ oa }: ZaloService): Promise<string> {
  const ba = oa.person();
  const steps: readonly (readonly [string, string])[] = [
    ['muốn làm gì', 'đăng ký'],
    ['Đồng ý không', 'đồng ý'],
    ['Tên cơ sở', NAME],
    ['Người đại diện', PERSON],
    ['Số điện thoại', PHONE],
    ['hình thức nào', 'hộ kinh doanh'],
    ['Xưởng ở đâu', 'xã Nga Sơn, Thanh Hóa'],
    ['thuộc nhóm nào', 'chế biến nông sản'],
    ['việc gì', 'tư vấn'],
    ['Tư vấn', 'xong'],
    ['sản phẩm gì', 'gửi phiếu'],
    ['Phiếu đăng ký của mình', 'gửi Trung tâm'],
    ['đồng ý gửi phiếu này', 'đồng ý'],
  ];
  let read = 0;
  await ba.follow();
  const hears = (words: string) =>
    oa.until(
      words,
      () => {
        const fresh = ba.messages.slice(read);
        read += fresh.length;
        return fresh.find(({ text }) => text.includes(words));
      },
      60_000,
    );
  for (const [words, types] of steps) {
    await hears(words);
    await ba.text(types);
  }
  const { text } = await hears('Mã hồ sơ');
  return /[A-Z]{2,4}-\d{2}-\d{6}/.exec(text)?.[0] ?? '';
}

const metricsOf = async ({ base }: ZaloService): Promise<string> => (await fetch(`${base()}/metrics`)).text();
