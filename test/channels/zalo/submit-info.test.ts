/** What a person submits by Zalo's card: proposed, kept only with consent, never more than is asked for. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FakeZaloPerson } from '../../support/fake-zalo-people.ts';
import { startZaloService, type ZaloService } from '../../support/zalo-service.ts';

let service: ZaloService;
let hoa: FakeZaloPerson;
beforeEach(async () => {
  service = await startZaloService();
  hoa = service.oa.person();
});
afterEach(() => service.stop());

const INFO = {
  name: 'Nguyễn Thị Hoa',
  phone: 84912345678,
  user_dob: '30/10/1979',
  gender: 'Nữ',
  full_address: { user_city: 'Tỉnh Thanh Hóa', user_ward: 'Xã Nga Sơn', user_address: 'Thôn 3' },
};
const state = async () => (await service.store.load([{ channel: 'zalo', chat: hoa.id }]))[0]?.state;
const says = async (text: string, answer: string) => {
  const seen = hoa.messages.length;
  await hoa.text(text);
  return hoa.hears(answer, seen);
};

test('before consent nothing of the person is kept; the commune is proposed when its question comes', async () => {
  await hoa.submitInfo(INFO);
  await hoa.hears('chưa lưu số điện thoại');
  expect(JSON.stringify(await state())).not.toMatch(/Hoa"|912345678|1979|Thôn 3/);
  await says('đăng ký', 'Đồng ý không');
  await says('đồng ý', 'Tên cơ sở');
  await says('Hộ bún khô', 'Người đại diện');
  await says('Nguyễn Thị Hoa', 'Số điện thoại');
  await says('0912345678', 'hình thức nào');
  const asked = await says('hộ kinh doanh', 'Xưởng ở đâu');
  expect(asked.text).toContain('Theo thông tin anh/chị gửi: Xã Nga Sơn, Thanh Hóa');
  expect(asked.text).toMatch(/\n1\. Xã Nga Sơn, Thanh Hóa\n/);
  expect((await state())?.answers['place']).toBeUndefined();
  await says('1', 'Xã Nga Sơn');
  expect((await state())?.answers['place']?.value).toMatchObject({ province: 'thanh-hoa' });
});

test('with consent the number answers its question, and the name its own where nobody gave one', async () => {
  await says('đăng ký', 'Đồng ý không');
  await says('đồng ý', 'Tên cơ sở');
  await hoa.submitInfo(INFO);
  await hoa.hears('Em đã ghi số điện thoại');
  await hoa.hears('Tên cơ sở', 2);
  expect((await state())?.answers['phone']?.value).toBe('+84912345678');
  await says('Hộ bún khô', 'hình thức nào');
  expect((await state())?.answers['representative']?.value).toBe('Nguyễn Thị Hoa');
});

test('another place than the proposed one is typed as ever', async () => {
  await hoa.submitInfo(INFO);
  await hoa.hears('chưa lưu số điện thoại');
  await says('kiểm tra', 'trực tiếp làm ra');
  await says('có', 'thuộc nhóm nào');
  await says('xã Hoằng Lộc, Thanh Hóa', 'Hoằng Lộc');
  expect((await state())?.hints).toEqual({});
});

test('the older shape of the data is read, too; without a number nothing happens', async () => {
  await hoa.submitInfo({ name: 'Hoa', phone: '84912345678', ward: 'Xã Nga Sơn', city: 'Thanh Hóa' });
  await hoa.hears('chưa lưu số điện thoại');
  expect(Object.keys((await state())?.hints ?? {})).toEqual(['shared-place']);
  const turn = (await state())?.turn;
  await hoa.submitInfo({ name: 'Hoa' });
  expect((await state())?.turn).toBe(turn);
});
