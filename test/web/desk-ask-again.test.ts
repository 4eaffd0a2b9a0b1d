/** «Đề nghị làm lại một mục», for every field and paper of the sheet: the owner is asked that alone, and the case's sheet changes. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Case } from '../../src/casework/index.ts';
import { caseCodeIn, ChatClient, type Reply } from '../support/chat-client.ts';
import { signedIn, withStoreOf, type DeskClient } from '../support/desk-client.ts';
import { noodleMaker } from '../support/journey.ts';
import { startRunningService, type RunningService } from '../support/running-service.ts';

const pdf = { file: { name: 'giay.pdf', type: 'application/pdf', bytes: new TextEncoder().encode('%PDF-1.4 giay') } };

/** What the owner answers when asked again, and what the sheet has then; by key. */
const answers: Readonly<Record<string, { readonly replies: readonly Reply[]; readonly now: unknown }>> = {
  applicantName: { replies: ['Hộ bún khô Lan Hoa'], now: 'Hộ bún khô Lan Hoa' },
  legalForm: { replies: ['hop-tac-xa'], now: 'hop-tac-xa' },
  representative: { replies: ['Nguyễn Thị Hoa'], now: 'Nguyễn Thị Hoa' },
  phone: { replies: ['0987654321'], now: '+84987654321' },
  place: { replies: ['xã Hoằng Hóa, Thanh Hóa', 'yes'], now: 'Xã Hoằng Hóa' },
  addressDetail: { replies: ['thôn 5'], now: 'thôn 5' },
  sector: { replies: ['tieu-thu-cong-nghiep'], now: 'tieu-thu-cong-nghiep' },
  craftVillage: { replies: ['yes'], now: 'yes' },
  supportWanted: { replies: [['may-moc', 'hoi-cho']], now: ['may-moc', 'hoi-cho'] },
  products: { replies: ['bún tươi'], now: 'bún tươi' },
  projectName: { replies: ['Thay dây chuyền'], now: 'Thay dây chuyền' },
  objective: { replies: ['Thêm đơn hàng'], now: 'Thêm đơn hàng' },
  workers: { replies: ['12'], now: 12 },
  annualRevenue: { replies: ['3 tỷ'], now: 3_000_000_000 },
  totalCapital: { replies: ['1,5 tỷ'], now: 1_500_000_000 },
  totalCost: { replies: ['500 triệu'], now: 500_000_000 },
  requestedSupport: { replies: ['250 triệu'], now: 250_000_000 },
  ownCapital: { replies: ['250 triệu'], now: 250_000_000 },
  startDate: { replies: ['2/2027'], now: '2027-02' },
  endDate: { replies: ['9/2027'], now: '2027-09' },
  alreadyBought: { replies: ['yes'], now: 'yes' },
  fundedBefore: { replies: ['yes'], now: 'yes' },
  priority: { replies: [['xuat-khau']], now: ['xuat-khau'] },
  taxCode: { replies: ['0100109106'], now: '0100109106' },
};

let service: RunningService;
let owner: ChatClient;
let ha: DeskClient;
let code: string;
let askable: readonly string[];

beforeAll(async () => {
  service = await startRunningService();
  [ha] = (await signedIn(service, [{ name: 'Hà' }])) as [DeskClient];
  owner = await ChatClient.open(service.base);
  code = caseCodeIn(await owner.follow(noodleMaker, (said) => caseCodeIn(said) !== null)) ?? '';
  const { html } = await ha.get(`/staff/cases/${code}`);
  const select = /<select name="field"[\s\S]*?<\/select>/.exec(html)?.[0] ?? '';
  askable = [...select.matchAll(/<option value="([^"]+)"/g)].map((match) => match[1] ?? '');
});
afterAll(() => service.stop());

const sheet = (): Promise<Case['dossier']> =>
  withStoreOf(service, async (store) => {
    const one = await store.findCase(code);
    if (one === null) throw new Error('No case');
    return one.dossier;
  });
const statusOf = () => withStoreOf(service, async (store) => (await store.findCase(code))?.status);

/** Asks at the desk, and returns what the owner is asked. */
async function askAgain(field: string, reason: string) {
  await owner.read();
  expect((await ha.act(code, 'ask', { field, reason })).status).toBe(303);
  const said = await owner.next();
  expect(said.map(({ text }) => text).join('\n')).toContain(reason);
  expect(await statusOf()).toBe('waiting-for-enterprise');
  return owner.ask?.id;
}

/** Answered: the case is staff's again, and the owner is asked nothing more of the sheet. */
async function expectDone() {
  expect(await statusOf()).toBe('taken');
  expect([undefined, 'menu']).toContain(owner.ask?.id);
}

it('offers every line of the sheet and every paper that this owner is to send', () => {
  for (const key of [...Object.keys(answers), 'machines', 'documents.dang-ky-kinh-doanh', 'documents.bao-gia']) {
    expect(askable).toContain(key);
  }
});

describe('a field', () => {
  it.each(Object.keys(answers))('%s', async (key) => {
    const { replies, now } = answers[key] ?? { replies: [], now: null };
    const before = await sheet();
    expect(await askAgain(key, `xem lại ${key}`)).toBe(key);
    for (const reply of replies) await owner.reply(reply);
    const after = await sheet();
    if (key === 'place') expect(after.place?.unit).toBe(now);
    else expect(after.fields[key]).toEqual(now);
    const rest = (dossier: Case['dossier']) =>
      Object.fromEntries(Object.entries(dossier.fields).filter(([each]) => each !== key));
    expect(rest(after)).toEqual(rest(before));
    expect(after.machines).toEqual(before.machines);
    await expectDone();
  });
});

describe('the machines', () => {
  it('are told anew as a whole, and nothing else is asked', async () => {
    const before = await sheet();
    expect(before.machines.map(({ name }) => name)).toEqual(['máy sấy', 'máy ép bún']);
    expect(await askAgain('machines', 'báo giá ghi máy khác')).toBe('machines.name');
    const asked: string[] = [];
    for (const reply of ['máy cắt', '2', '90 triệu', 'yes', 'máy đóng gói', '1', '60tr', 'no']) {
      asked.push(owner.ask?.id ?? '-');
      await owner.reply(reply);
      if (owner.ask?.id === 'confirm') await owner.reply('yes');
    }
    expect([...new Set(asked)]).toEqual(['machines.name', 'machines.quantity', 'machines.price', 'machines.more']);
    const after = await sheet();
    expect(after.machines).toEqual([
      { name: 'máy cắt', quantity: 2, price: 90_000_000 },
      { name: 'máy đóng gói', quantity: 1, price: 60_000_000 },
    ]);
    expect(after.fields).toEqual(before.fields);
    const { html } = await ha.get(`/staff/cases/${code}`);
    const shown = /<dl[\s\S]*<\/dl>/.exec(html)?.[0] ?? '';
    expect([shown.includes('máy cắt (2 cái'), shown.includes('máy sấy')]).toEqual([true, false]);
    await expectDone();
  });
});

describe('a paper', () => {
  it.each(['documents.dang-ky-kinh-doanh', 'documents.bao-gia'])(
    '%s: the owner sends it, and it lies with the case',
    async (key) => {
      const slot = key.slice('documents.'.length);
      expect(await askAgain(key, 'ảnh bị mờ')).toBe(key);
      await owner.reply(pdf);
      const { documents } = await sheet();
      expect(documents[slot]).toMatchObject({ state: 'sent', files: [{ name: 'giay.pdf' }] });
      expect((await ha.get(`/staff/cases/${code}`)).html).toContain('giay.pdf');
      await expectDone();
    },
  );
});

describe('what is no line of the sheet', () => {
  it.each(['', 'no-such-field', 'consent', '__proto__', 'documents.none'])('«%s» is not asked for', async (field) => {
    await owner.read();
    const before = owner.seen.length;
    expect((await ha.act(code, 'ask', { field, reason: 'x' })).status).toBe(409);
    await owner.read();
    expect(owner.seen.length).toBe(before);
    expect(await statusOf()).toBe('taken');
  });
});
