/**
 * Five hundred owners go their whole way while a fifth of all calls to Zalo fail in every way that may be tried again. In
 * the end each has received every message at least once and in order, and nothing was done twice.
 */
import { afterEach, expect, onTestFailed, test } from 'vitest';
import { addMs, staffId } from '../../../src/base/index.ts';
import { encodeBot } from '../../../src/channels/zalo/bot-encode.ts';
import { encode, type Words } from '../../../src/channels/zalo/encode.ts';
import { retry as product } from '../../../src/jobs/index.ts';
import type { Case } from '../../../src/casework/index.ts';
import type { LogMessage, Retry } from '../../../src/service/index.ts';
import { makeStaffCode } from '../../../src/service/staff-link.ts';
import { SOURCE_LANGUAGE } from '../../../src/texts/index.ts';
import { seededChance, type Chance } from '../../support/seeded-chance.ts';
import { realPack } from '../../support/story.ts';
import { BOT_FAULTS, botFaults, OA_FAULTS, oaFaults } from '../../support/zalo-faults.ts';
import { botOwner, oaOwner, type ZaloOwner } from '../../support/zalo-owners.ts';
import { startZaloService, type ZaloService } from '../../support/zalo-service.ts';

const OWNERS = 500;
/** Of these so many are on the Bot Platform. */
const ON_BOT = 100;
const AT_ONCE = 100;
const SHARE = 0.2;
/** Events that the platform delivers a second time. */
const REPEATED = 0.1;
const OFFICER = '900000';
/** Of patience with a busy machine; alone the whole takes a minute. */
const WITHIN_MS = 240_000;

/** The product's judgement of every failure; only its limits are gone, and its waits are short. */
const untiring: Retry = (failure, { attempts }, now) => {
  const judged = product(failure, { attempts: 1, ambiguous: 1 }, now);
  const wait = Math.min(640, 10 * 2 ** Math.min(attempts - 1, 6));
  return judged.fate === 'retry' ? { fate: 'retry', notBefore: addMs(now, wait) } : judged;
};

let running: ZaloService | undefined;
afterEach(() => running?.stop());

interface Step {
  /** Words of the message that is answered. */
  readonly sees: string;
  readonly types?: string;
  readonly presses?: string;
}

const nameOf = (index: number) => `Hộ bún khô số ${index}`;
const phoneOf = (index: number) => `09${String(12_000_000 + index)}`;

/** From the menu to a sheet that was sent. */
const journey = (index: number): readonly Step[] => [
  { sees: 'muốn làm gì', types: 'kiểm tra' },
  { sees: 'trực tiếp làm ra sản phẩm', presses: 'Có, tự sản xuất' },
  { sees: 'thuộc nhóm nào', types: 'xã Nga Sơn, Thanh Hóa' },
  { sees: 'Xã Nga Sơn', types: 'hộ kinh doanh' },
  { sees: 'Em ghi: Hộ kinh doanh', types: 'chế biến nông sản' },
  { sees: 'Kết quả sơ bộ', types: 'đăng ký' },
  { sees: 'Đồng ý không', presses: 'Đồng ý' },
  { sees: 'đúng hết chưa', presses: 'Đúng' },
  { sees: 'Tên cơ sở', types: nameOf(index) },
  { sees: 'Người đại diện', types: 'Nguyễn Thị Lan' },
  { sees: 'Số điện thoại', types: phoneOf(index) },
  { sees: 'muốn được hỗ trợ việc gì', types: 'tư vấn' },
  { sees: 'Tư vấn', types: 'xong' },
  { sees: 'làm ra sản phẩm gì', types: 'gửi phiếu' },
  { sees: 'Phiếu đăng ký của mình', presses: 'Gửi Trung tâm' },
  { sees: 'đồng ý gửi phiếu này', presses: 'Đồng ý' },
];
/** What follows once a person has answered, and handed the owner back. */
const afterwards: readonly Step[] = [
  { sees: 'đã đọc phiếu', types: 'vâng, cảm ơn em' },
  { sees: 'em trả lời tiếp', types: 'menu' },
];

/** Following, every step, the numbering of the case, and three deeds of the staff. */
const TURNS = 1 + journey(0).length + 1 + 3 + afterwards.length;

test('five hundred owners, a fifth of the calls failing', { timeout: 600_000 }, async () => {
  const chance = seededChance(Number(process.env['FAULT_SEED'] ?? Date.now() % 1_000_000));
  onTestFailed(() => console.error(`to have the same chance again: FAULT_SEED=${chance.seed}`));
  const service = (running = await startZaloService({ retry: untiring, botWebhook: true, logLevel: 'warn' }));
  await linkOfficer(service);
  const owners = Array.from({ length: OWNERS }, (_, index) =>
    index < ON_BOT ? botOwner(service.bot, `8${String(index).padStart(5, '0')}`) : oaOwner(service.oa),
  );
  const oa = oaFaults(service.oa, { chance, share: SHARE, hanging: 4 });
  const bot = botFaults({ chance, share: SHARE, hanging: 0 });
  service.oa.keepsCalls = service.bot.keepsCalls = false;
  service.oa.chance = oa.hook;
  service.bot.chance = bot.hook;
  const officer = answerCases(service, chance);
  await atOnce(AT_ONCE, owners, (owner, index) => goTheWay(service, owner, index, chance));
  await officer.stop();
  await emptied(service);

  expect(shareOf(oa.counts), 'of the calls to the Open API').toBeCloseTo(SHARE, 1);
  expect(shareOf(bot.counts), 'of the calls to the Bot Platform').toBeCloseTo(SHARE, 1);
  expect([...oa.counts.keys()], 'every way to fail').toEqual(expect.arrayContaining([...OA_FAULTS, 'hangs']));
  expect([...bot.counts.keys()]).toEqual(expect.arrayContaining([...BOT_FAULTS]));
  expect(service.oa.refreshes, 'tokens that ended in between').toBeGreaterThan(0);
  await expectAllHeard(service, owners);
  await expectDoneOnce(service, owners);
});

// ------------------------------------------------------------------------------------------------------------ playing

/** A member of the staff joins their chat with the bot by a code, as `cli zalo staff` gives one. */
async function linkOfficer({ store, bot }: ZaloService): Promise<void> {
  const now = new Date().toISOString();
  const officer = staffId('ha');
  await store.addStaff({ id: officer, name: 'Lê Thu Hà', role: 'officer', provinces: [], addedAt: now });
  const code = await makeStaffCode(store, officer, { chance: 'of the test', now });
  await bot.deliver(bot.update(OFFICER, 'text', { text: code }));
  await bot.hears(OFFICER, 'Đã nối');
}

/** Takes each case that shows up, answers it, and hands it back when the owner has said thanks; several at a time. */
function answerCases({ bot }: ZaloService, chance: Chance): { stop(): Promise<unknown> } {
  const officer = botOwner(bot, OFFICER);
  const answered = new Set<string>();
  const handedBack = new Set<string>();
  let read = 0;
  const types = (text: string) => officer.types(text, chance.isHit(REPEATED) ? 2 : 1);
  const deeds: Promise<void>[] = [];
  const answer = async (code: string): Promise<void> => {
    await types(`nhận ${code}`);
    await types(`${code} Em đã đọc phiếu ${code}, hồ sơ đủ rồi ạ.`);
  };
  const notice = (text: string): void => {
    const code = /TH-\d\d-\d{6}/.exec(text)?.[0];
    if (code === undefined) return;
    if (!answered.has(code)) {
      answered.add(code);
      deeds.push(answer(code));
    } else if (text.includes('cảm ơn em') && !handedBack.has(code)) {
      handedBack.add(code);
      deeds.push(types(`trả ${code}`));
    }
  };
  const look = setInterval(() => {
    const fresh = officer.heard(read);
    read += fresh.length;
    fresh.forEach(notice);
  }, 20);
  return {
    stop() {
      clearInterval(look);
      return Promise.all(deeds);
    },
  };
}

async function goTheWay({ oa, bot }: ZaloService, owner: ZaloOwner, index: number, chance: Chance): Promise<void> {
  const fake = owner.channel === 'zalo' ? oa : bot;
  const times = () => (chance.isHit(REPEATED) ? 2 : 1);
  let read = 0;
  /** Resolves when something new holds the words; what came with it is read, too. */
  const sees = (words: string) => {
    const find = () => {
      const fresh = owner.heard(read);
      read += fresh.length;
      return fresh.some((text) => text.includes(words));
    };
    return fake.until(`${words} for ${owner.chat}`, find, WITHIN_MS);
  };
  await owner.starts(times());
  for (const { sees: words, types, presses } of [...journey(index), ...afterwards]) {
    await sees(words);
    if (presses !== undefined) await owner.presses(presses, times());
    else await owner.types(types ?? '', times());
  }
  await sees('muốn làm gì');
}

/** As many at once as `width`, in order. */
async function atOnce<T>(
  width: number,
  items: readonly T[],
  work: (item: T, index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let at = next++; at < items.length; at = next++) await work(items[at] as T, at);
  };
  await Promise.all(Array.from({ length: width }, lane));
}

const emptied = ({ store }: ZaloService) =>
  expect.poll(() => store.outboxDepth(), { timeout: WITHIN_MS }).toMatchObject({ pending: 0, held: 0, failed: 0 });

// ------------------------------------------------------------------------------------------------------------ judging

function shareOf(counts: ReadonlyMap<string, number>): number {
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return (all - (counts.get('none') ?? 0)) / all;
}

/** Everything that was said, in order; the same once more and again is allowed, nothing else is. */
async function expectAllHeard({ store }: ZaloService, owners: readonly ZaloOwner[]): Promise<void> {
  const { texts } = await realPack();
  const words: Words = (key, values = {}) => texts.label({ key, values }, SOURCE_LANGUAGE);
  const stored = await store.load(owners.map(({ channel, chat }) => ({ channel, chat })));
  for (const [index, owner] of owners.entries()) {
    const lines = await store.messages(stored[index]?.id ?? fail(owner), 0);
    const said = lines.filter(({ from }) => from !== 'owner').flatMap((line) => wireTexts(owner, line, words));
    expect(withoutRepetition(owner.heard()), owner.chat).toEqual(said);
  }
}

function wireTexts({ channel }: ZaloOwner, { message }: LogMessage, words: Words): readonly string[] {
  if (channel === 'zalo-bot') {
    return encodeBot({ kind: 'say', message }, words, null).map((call) =>
      call.kind === 'text' ? call.text : call.kind,
    );
  }
  return encode(message, words).map((call) => {
    if (call.kind === 'text') return call.text;
    return call.kind === 'contact' ? `contact:${call.title}` : `file:${call.file.name}`;
  });
}

const withoutRepetition = (heard: readonly string[]): readonly string[] =>
  heard.filter((text, index) => text !== heard[index - 1]);

/** One case each, opened, taken, answered and handed back once, with what its owner answered; and as many turns as events. */
async function expectDoneOnce({ store }: ZaloService, owners: readonly ZaloOwner[]): Promise<void> {
  expect(await store.countCases({})).toBe(OWNERS);
  const stored = await store.load(owners.map(({ channel, chat }) => ({ channel, chat })));
  const codes = new Set<string>();
  for (const [index, { id, state }] of stored.entries()) {
    const [one, ...more] = await store.casesOf(id);
    expect(more).toEqual([]);
    codes.add(one?.code ?? '');
    expect(entriesOf(one)).toEqual(['opened', 'taken', 'replied', 'handed-back']);
    expect(state?.answers['applicantName']?.value).toBe(nameOf(index));
    expect(state?.answers['phone']?.value).toBe(phoneOf(index).replace(/^0/, '+84'));
    expect(state?.turn).toBe(TURNS);
  }
  expect(codes.size).toBe(OWNERS);
}

const entriesOf = (one: Case | undefined): readonly string[] => one?.entries.map(({ what }) => what) ?? [];

const fail = (owner: ZaloOwner): never => {
  throw new Error(`Nothing is known of ${owner.chat}`);
};
