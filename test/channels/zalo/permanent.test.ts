/**
 * What may not be tried again and again, kind by kind, on the whole service: a word of the staff fails with each of Zalo's
 * codes. How often was it sent, what does the outbox say of it, what do staff read, is the operator warned?
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ZaloFault } from '../../support/fake-zalo.ts';
import type { FakeZaloPerson } from '../../support/fake-zalo-people.ts';
import { joinOfficer, OFFICER, withCase } from '../../support/zalo-people.ts';
import { startZaloService, type ZaloService } from '../../support/zalo-service.ts';

let service: ZaloService;
beforeAll(async () => {
  service = await startZaloService();
  await joinOfficer(service);
});
afterAll(() => service.stop());

interface Kind {
  readonly codes: readonly number[];
  readonly status: 'failed' | 'held' | 'pending';
  /** As the outbox names it. */
  readonly failure: RegExp;
  /** Words in the officer's chat. */
  readonly officer: string;
  /** Calls that it took. */
  readonly calls?: number;
  /** Comes again only after so many minutes. */
  readonly restsMinutes?: number;
}

const kinds: Readonly<Record<string, Kind>> = {
  'a recipient who cannot be reached': {
    codes: [-213, -217, -227, -244],
    status: 'failed',
    failure: /^recipient-gone$/,
    officer: 'đã chặn hoặc bỏ theo dõi',
  },
  'a message that is wrong': {
    codes: [-201, -210, -233, -235, -240, -248, -249],
    status: 'failed',
    failure: /^refused:oa -2\d\d$/,
    officer: 'nền tảng không nhận tin này',
  },
  'a code that nobody knows': {
    codes: [-777],
    status: 'failed',
    failure: /^refused:oa -777$/,
    officer: 'không nhận tin',
  },
  'a send that failed twice': {
    codes: [-200],
    status: 'failed',
    failure: /^refused:oa -200$/,
    officer: 'nền tảng không nhận tin này',
    calls: 2,
  },
  'a person outside the seven days': {
    codes: [-230, -232],
    status: 'held',
    failure: /^outside-window$/,
    officer: 'đang chờ gửi: quá 7 ngày',
  },
  'no quota left': {
    codes: [-211, -218],
    status: 'pending',
    failure: /^throttled$/,
    officer: 'đang chờ gửi: nền tảng đã hết lượt',
    restsMinutes: 10,
  },
  'the night': { codes: [-234], status: 'pending', failure: /^throttled$/, officer: 'chưa tới giờ', restsMinutes: 20 },
};

const cases = Object.entries(kinds).flatMap(([name, kind]) => kind.codes.map((code) => ({ name, code, kind })));

describe('a word of the staff', () => {
  test.each(cases)('to $name ($code)', async ({ code, kind }) => {
    const { row, calls, told } = await failing({ error: code });
    expect(row).toMatchObject({ status: kind.status, failure: expect.stringMatching(kind.failure) as string });
    expect(calls()).toBe(kind.calls ?? 1);
    await told(kind.officer);
    if (kind.restsMinutes !== undefined) {
      const left = Date.parse(row.notBefore ?? '') - Date.now();
      expect(left).toBeGreaterThan(kind.restsMinutes * 60_000);
    }
  });

  test.each([-204, -205, -209, -212, -219, -221, -223, -224, -237, -242, -320, -321, -403])(
    'that an operator has to put right (%i) waits without haste, and everybody hears of it',
    async (code) => {
      const { row, calls, told } = await failing({ error: code });
      expect(row).toMatchObject({ status: 'pending', failure: 'bad-credentials' });
      expect(Date.parse(row.notBefore ?? '') - Date.now()).toBeGreaterThan(30_000);
      expect(calls()).toBe(1);
      await told('mất quyền truy cập');
      expect((await service.readyz()).warnings?.join()).toContain(`(oa ${code})`);
    },
  );

  test('whose token is refused twice running waits, too, and no refresh follows the first', async () => {
    const before = service.oa.refreshes;
    const { row, calls } = await failing({ error: -216 }, { error: -216 });
    expect(row).toMatchObject({ status: 'pending', failure: 'bad-credentials' });
    expect(calls()).toBe(2);
    expect(service.oa.refreshes - before).toBeLessThanOrEqual(1);
  });
});

test('what waits outside the seven days goes out before the answer when the person writes', async () => {
  const owner = service.oa.person();
  const code = await withCase(owner);
  owner.outsideWindow = true;
  await officerSays(`${code} Chị bổ sung báo giá giúp em nhé.`);
  await service.bot.hears(OFFICER, 'họ nhắn lại là tin tự đi');
  owner.outsideWindow = false;
  const seen = owner.messages.length;
  await owner.text('menu');
  await owner.hears('muốn làm gì', seen);
  expect(owner.messages.slice(seen).map(({ text }) => text)).toEqual([
    expect.stringContaining('bổ sung báo giá'),
    expect.stringContaining('muốn làm gì'),
  ]);
});

const officerSays = async (text: string): Promise<void> => service.bot.says(OFFICER, text);

let serial = 0;

/** An owner with a case, to whom the officer's word fails so; resolves when delivery has judged it. */
async function failing(...faults: readonly ZaloFault[]) {
  const owner: FakeZaloPerson = service.oa.person();
  const code = await withCase(owner);
  const word = `Lời nhắn số ${(serial += 1)}`;
  const calls = () =>
    service.oa.callsTo('/message/cs').filter(({ body }) => JSON.stringify(body).includes(word)).length;
  // What «failed» (-200) is sent once more at once.
  const repeated = faults.some((fault) => 'error' in fault && fault.error === -200) ? faults : [];
  service.oa.fail('/message/cs', ...faults, ...repeated);
  await officerSays(`${code} ${word}`);
  const find = async () =>
    (await service.store.undelivered(200)).find(({ to, failure }) => to.chat === owner.id && failure !== null);
  await expect.poll(find, { timeout: 10_000 }).toBeDefined();
  const row = await find();
  if (row === undefined) throw new Error('It was sent');
  /** A notice of this case with those words. */
  const told = (words: string) => {
    const notices = () => service.bot.sentTo(OFFICER).filter(({ text }) => text.includes(code));
    return service.bot.until(words, () => notices().find(({ text }) => text.includes(words)));
  };
  return { row, calls, told };
}
