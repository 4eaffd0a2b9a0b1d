/** The admin's page of who works at the desk, and what it must not let anybody do. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LINK_PATH } from '../../src/service/index.ts';
import { DeskClient, signedIn, withStoreOf } from '../support/desk-client.ts';
import { startRunningService, type RunningService } from '../support/running-service.ts';

const PATH = '/staff/people';

let service: RunningService;
let admin: DeskClient;
let local: DeskClient;
let officer: DeskClient;
let everywhere: DeskClient;
let shownLink = '';

beforeAll(async () => {
  service = await startRunningService();
  [admin, local, officer, everywhere] = (await signedIn(service, [
    { name: 'Quản', role: 'admin' },
    { name: 'Vùng', role: 'admin', provinces: ['thanh-hoa', 'ninh-binh'] },
    { name: 'Hà', provinces: ['thanh-hoa'] },
    { name: 'Khắp' },
  ])) as [DeskClient, DeskClient, DeskClient, DeskClient];
});
afterAll(() => service.stop());

const members = () => withStoreOf(service, (store) => store.staff());
const memberCalled = async (name: string) => (await members()).find((member) => member.name === name);
const markOf = async (client: DeskClient) => (await client.fieldsOf('/staff', '/staff/sign-out'))['mark'] ?? '';
const send = async (
  client: DeskClient,
  action: string,
  fields: Record<string, string>,
  more: readonly string[] = [],
) => {
  const body = new URLSearchParams({ ...fields, mark: await markOf(client) });
  for (const province of more) body.append('province', province);
  return client.request(`${PATH}/${action}`, { method: 'POST', body, headers: { Origin: client.base } });
};

describe('an admin', () => {
  it('adds somebody with a role and provinces, who signs in by a link that is shown once', async () => {
    const added = await send(admin, 'add', { name: '  Nguyễn   <b>Thu</b> ', role: 'officer' }, ['hue', 'thanh-hoa']);
    expect([added.status, added.headers.get('location')]).toEqual([303, `${PATH}?done=add`]);
    const thu = await memberCalled('Nguyễn <b>Thu</b>');
    expect(thu).toMatchObject({ role: 'officer', provinces: ['hue', 'thanh-hoa'] });
    const { html } = await admin.get(PATH);
    expect(html).toContain('Nguyễn &lt;b&gt;Thu&lt;/b&gt;');
    expect(html).toContain('chưa đăng nhập lần nào');
    const made = await send(admin, 'link', { id: thu?.id ?? '' });
    shownLink = new RegExp(`${service.base}(${LINK_PATH}[0-9a-f]{64})`).exec(made.html)?.[1] ?? '';
    expect((await admin.get(PATH)).html).not.toContain(LINK_PATH);
    const client = await DeskClient.enter(service.base, shownLink);
    expect((await client.get('/staff?tab=all')).html).toContain('value="hue"');
    expect((await client.get('/staff?tab=all')).html).not.toContain('value="ninh-binh"');
  });

  it('changes role and provinces, which holds for who is signed in at once', async () => {
    const ha = (await memberCalled('Hà'))?.id ?? '';
    expect((await officer.get('/staff?tab=all')).html).not.toContain('value="hue"');
    expect((await send(admin, 'change', { id: ha, role: 'officer' }, ['hue'])).status).toBe(303);
    expect((await officer.get('/staff?tab=all')).html).toContain('value="hue"');
    expect((await send(admin, 'change', { id: ha, role: 'officer' }, ['thanh-hoa'])).status).toBe(303);
  });

  it('removes somebody, who is out at once', async () => {
    const [gone] = (await signedIn(service, [{ name: 'Tạm' }])) as [DeskClient];
    const { id = '' } = (await memberCalled('Tạm')) ?? {};
    expect((await send(admin, 'remove', { id })).status).toBe(303);
    expect((await gone.get('/staff')).headers.get('location')).toBe('/staff/sign-in');
    expect(await memberCalled('Tạm')).toBeUndefined();
  });

  it.each([
    ['add', { name: '   ', role: 'officer' }, [], 'Cần họ tên'],
    ['add', { name: 'x'.repeat(101), role: 'officer' }, [], 'Cần họ tên'],
    ['add', { name: 'X', role: 'king' }, [], 'Không có vai trò này'],
    ['add', { name: 'X', role: 'officer' }, ['atlantis'], 'Không có tỉnh này'],
    ['remove', { id: 'nobody' }, [], 'Không còn người này'],
    ['link', { id: 'nobody' }, [], 'Không còn người này'],
  ])('is told what is wrong with %s %j', async (action, fields, provinces, words) => {
    const before = (await members()).length;
    const answer = await send(admin, action, fields, provinces);
    expect([answer.status, answer.html.includes(words)]).toEqual([409, true]);
    expect((await members()).length).toBe(before);
  });

  it('cannot remove or degrade oneself', async () => {
    const id = (await memberCalled('Quản'))?.id ?? '';
    for (const action of ['remove', 'change']) {
      const answer = await send(admin, action, { id, role: 'officer' });
      expect([action, answer.status, answer.html.includes('Nhờ quản trị khác')]).toEqual([action, 409, true]);
    }
    expect((await memberCalled('Quản'))?.role).toBe('admin');
  });

  it('needs the mark, like any change', async () => {
    const answer = await admin.post(`${PATH}/add`, { name: 'Giả', role: 'admin' });
    expect([answer.status, await memberCalled('Giả')]).toEqual([403, undefined]);
    const forged = await admin.post(
      `${PATH}/add`,
      { name: 'Giả', role: 'admin', mark: await markOf(admin) },
      { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' },
    );
    expect([forged.status, await memberCalled('Giả')]).toEqual([403, undefined]);
  });
});

describe('who is not admin', () => {
  it('sees no such page, and none of its actions works', async () => {
    expect((await officer.get('/staff')).html).not.toContain(`href="${PATH}"`);
    expect((await officer.get(PATH)).status).toBe(403);
    const id = (await memberCalled('Quản'))?.id ?? '';
    const before = await members();
    const orders = Object.entries({
      add: { name: 'Lén', role: 'admin' },
      change: { id: (await memberCalled('Hà'))?.id ?? '', role: 'admin' },
      remove: { id },
      link: { id },
    });
    // Of one province, and of the whole country.
    for (const client of [officer, everywhere]) {
      for (const [action, fields] of orders) {
        const answer = await send(client, action, fields);
        expect([action, answer.status, answer.html.includes(LINK_PATH)]).toEqual([action, 403, false]);
      }
    }
    expect(await members()).toEqual(before);
  });
});

describe('an admin of some provinces', () => {
  it('neither sees nor keeps people beyond them, and gives no more than they have', async () => {
    const id = (await memberCalled('Quản'))?.id ?? '';
    const { html } = await local.get(PATH);
    expect([html.includes('Quản'), html.includes('value="hue"'), html.includes('Hà')]).toEqual([false, false, true]);
    for (const action of ['remove', 'link', 'change']) {
      const answer = await send(local, action, { id, role: 'officer' }, ['thanh-hoa']);
      expect([action, answer.status, answer.html.includes(LINK_PATH)]).toEqual([action, 409, false]);
    }
    for (const provinces of [[], ['hue'], ['thanh-hoa', 'hue']]) {
      const answer = await send(local, 'add', { name: 'Rộng', role: 'officer' }, provinces);
      expect([provinces, answer.status]).toEqual([provinces, 409]);
    }
    expect((await send(local, 'add', { name: 'Hẹp', role: 'officer' }, ['ninh-binh'])).status).toBe(303);
    expect((await memberCalled('Hẹp'))?.provinces).toEqual(['ninh-binh']);
  });
});

it('keeps one admin at least', async () => {
  // The first admin of the machine and Quản go; Vùng is the last.
  for (const member of await members()) {
    if (member.role !== 'admin' || member.name === 'Vùng' || member.name === 'Quản') continue;
    await withStoreOf(service, (store) => store.removeStaff(member.id, service.now()));
  }
  const vung = (await memberCalled('Vùng'))?.id ?? '';
  await withStoreOf(service, async (store) => store.removeStaff((await memberCalled('Quản'))!.id, service.now()));
  const answer = await send(local, 'remove', { id: vung });
  expect([answer.status, (await memberCalled('Vùng'))?.role]).toEqual([409, 'admin']);
});

it('writes no link, name or code into the log', async () => {
  const lines = service.log.join('\n');
  expect(lines).toContain('desk-people');
  expect(shownLink).toMatch(/[0-9a-f]{64}$/);
  for (const secret of [shownLink.slice(LINK_PATH.length), 'Nguyễn', 'Hẹp'])
    expect([secret, lines.includes(secret)]).toEqual([secret, false]);
});
