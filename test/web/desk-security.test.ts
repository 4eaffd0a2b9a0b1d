/** What must not be possible at the desk: each attack as somebody would try it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { staffId } from '../../src/base/index.ts';
import { LINK_PATH } from '../../src/service/index.ts';
import { caseCodeIn, ChatClient } from '../support/chat-client.ts';
import { DeskClient, linkFor, signedIn, withStoreOf } from '../support/desk-client.ts';
import { noodleMaker } from '../support/journey.ts';
import { startRunningService, type RunningService } from '../support/running-service.ts';

const HOSTILE = '<script>alert(1)</script>"onload="x';
const SECRET_NOTE = 'lời chỉ cán bộ đọc';

let service: RunningService;
let owner: ChatClient;
let code: string;
let ha: DeskClient;
let elsewhere: DeskClient;

beforeAll(async () => {
  service = await startRunningService();
  [ha, elsewhere] = (await signedIn(service, [
    { name: 'Hà', provinces: ['thanh-hoa'] },
    { name: 'Nam', provinces: ['ninh-binh'] },
  ])) as [DeskClient, DeskClient];
  owner = await ChatClient.open(service.base);
  const answers = { ...noodleMaker, applicantName: HOSTILE, 'documents.*': 'later' };
  code = caseCodeIn(await owner.follow(answers, (said) => caseCodeIn(said) !== null)) ?? '';
});
afterAll(() => service.stop());

const page = () => `/staff/cases/${code}`;

describe('a sign-in link', () => {
  it('works once', async () => {
    const path = await linkFor(service, 'person-0-Hà');
    expect((await new DeskClient(service.base).get(path)).status).toBe(303);
    const again = await new DeskClient(service.base).get(path);
    expect([again.status, again.headers.getSetCookie()]).toEqual([410, []]);
  });

  it('works for one of many who open it at once', async () => {
    const path = await linkFor(service, 'person-0-Hà');
    const answers = await Promise.all([...Array(8)].map(() => new DeskClient(service.base).get(path)));
    expect(answers.map(({ status }) => status).sort()).toEqual([303, ...Array<number>(7).fill(410)]);
  });

  it('is over after 15 minutes', async () => {
    const [good, late] = [await linkFor(service, 'person-0-Hà'), await linkFor(service, 'person-0-Hà')];
    service.pass(14 * 60_000);
    expect((await new DeskClient(service.base).get(good)).status).toBe(303);
    service.pass(2 * 60_000);
    expect((await new DeskClient(service.base).get(late)).status).toBe(410);
  });

  it.each([
    ['HEAD', { method: 'HEAD' }],
    ['a preview of Telegram', { headers: { 'User-Agent': 'TelegramBot (like TwitterBot)' } }],
    ['a preview of Zalo', { headers: { 'User-Agent': 'Mozilla/5.0 (compatible; ZaloBot/1.0)' } }],
    ['prefetching', { headers: { 'Sec-Purpose': 'prefetch;prerender' } }],
  ])('is not used up by %s, which gets a button', async (_, init) => {
    const path = await linkFor(service, 'person-0-Hà');
    const seen = await new DeskClient(service.base).request(path, init);
    expect([seen.status, seen.headers.getSetCookie()]).toEqual([200, []]);
    if (!('method' in init)) expect(seen.html).toContain(`action="${path}"`);
    const pressed = await new DeskClient(service.base).post(path, {});
    expect(pressed.status).toBe(303);
  });

  it('is refused when its button is pressed from another site', async () => {
    const path = await linkFor(service, 'person-0-Hà');
    const forged = await new DeskClient(service.base).post(path, {}, { 'Sec-Fetch-Site': 'cross-site' });
    expect([forged.status, forged.headers.getSetCookie()]).toEqual([403, []]);
  });

  it.each(['x', 'a'.repeat(64), '%00', '..%2f..%2f', `${'0'.repeat(64)}/extra`])(
    'made up (%s) opens nothing',
    async (made) => {
      const answer = await new DeskClient(service.base).get(`${LINK_PATH}${made}`);
      expect(answer.headers.getSetCookie().filter((each) => /khuyencong-desk=\w/.test(each))).toEqual([]);
      expect(answer.status).toBeGreaterThanOrEqual(303);
    },
  );
});

describe('a session', () => {
  it('is a cookie that scripts and other sites do not get, Secure behind https', async () => {
    const plain = await new DeskClient(service.base).get(await linkFor(service, 'person-0-Hà'));
    expect(plain.headers.getSetCookie()[0]).toMatch(/HttpOnly/);
    expect(plain.headers.getSetCookie()[0]).toMatch(/SameSite=Lax/);
    expect(plain.headers.getSetCookie()[0]).not.toMatch(/Secure/);
    const path = await linkFor(service, 'person-0-Hà');
    const secure = await new DeskClient(service.base).request(path, { headers: { 'X-Forwarded-Proto': 'https' } });
    expect(secure.headers.getSetCookie()[0]).toMatch(/Secure/);
  });

  it('ends by signing out, also for who kept the cookie', async () => {
    const [client] = (await signedIn(service, [{ name: 'Ra' }])) as [DeskClient];
    const kept = client.cookie;
    const fields = await client.fieldsOf('/staff', '/staff/sign-out');
    expect((await client.post('/staff/sign-out', fields)).status).toBe(303);
    const again = new DeskClient(service.base);
    again.cookie = kept;
    expect((await again.get('/staff')).headers.get('location')).toBe('/staff/sign-in');
  });

  it('ends when the person is removed', async () => {
    const [client] = (await signedIn(service, [{ name: 'Cũ' }])) as [DeskClient];
    expect((await client.get('/staff')).status).toBe(200);
    await withStoreOf(service, (store) => store.removeStaff(staffId('person-0-Cũ'), service.now()));
    expect((await client.get('/staff')).headers.get('location')).toBe('/staff/sign-in');
    expect((await client.get(`${page()}/stream`)).status).toBe(401);
  });

  it('takes a new cookie after a day, and the old one ends soon', async () => {
    const [client] = (await signedIn(service, [{ name: 'Xoay' }])) as [DeskClient];
    const old = new DeskClient(service.base);
    old.cookie = client.cookie;
    service.pass(25 * 3600_000);
    expect((await client.get('/staff')).status).toBe(200);
    expect(client.cookie).not.toBe(old.cookie);
    const kept = old.cookie;
    service.pass(2 * 60_000);
    expect((await client.get('/staff')).status).toBe(200);
    expect([(await old.get('/staff')).status, kept]).toEqual([303, kept]);
  });

  it('made up, opens nothing', async () => {
    const client = new DeskClient(service.base);
    client.cookie = 'khuyencong-desk=0000';
    for (const path of ['/staff', page(), '/staff/unanswered', '/staff/problems', '/staff/law']) {
      expect((await client.get(path)).headers.get('location')).toBe('/staff/sign-in');
    }
  });
});

describe('a change', () => {
  it('needs the mark of the person: a forged button does nothing', async () => {
    for (const mark of [undefined, '', 'x'.repeat(43)]) {
      const answer = await ha.post(`${page()}/take`, mark === undefined ? {} : { mark });
      expect(answer.status).toBe(403);
    }
    expect((await ha.get(page())).html).toContain('Chưa ai nhận');
  });

  it("does not take a colleague's mark", async () => {
    const { mark = '' } = await elsewhere.fieldsOf('/staff', '/staff/sign-out');
    expect((await ha.post(`${page()}/take`, { mark })).status).toBe(403);
  });

  it.each([
    ['another origin', { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' }],
    ['another origin, without word of the site', { Origin: 'https://evil.example' }],
    ['no origin of its own', { Origin: 'null' }],
    ['a neighbour of the same domain', { 'Sec-Fetch-Site': 'same-site' }],
  ])('from %s is refused, even with the mark', async (_, headers) => {
    const fields = await ha.fieldsOf(page(), `${page()}/take`);
    const answer = await ha.request(`${page()}/take`, { method: 'POST', body: new URLSearchParams(fields), headers });
    expect(answer.status).toBe(403);
    expect((await ha.get(page())).html).toContain('Chưa ai nhận');
  });

  it('cannot be made by opening an address', async () => {
    expect((await ha.get(`${page()}/take`)).status).toBe(404);
    expect((await ha.get(page())).html).toContain('Chưa ai nhận');
  });

  it('by two at once is won by one, and the other is told who', async () => {
    const [x, y] = (await signedIn(service, [{ name: 'Một' }, { name: 'Hai' }])) as [DeskClient, DeskClient];
    const forms = await Promise.all([x, y].map((client) => client.fieldsOf(page(), `${page()}/take`)));
    const answers = await Promise.all([x, y].map((client, at) => client.post(`${page()}/take`, forms[at] ?? {})));
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409]);
    const told = answers.find(({ status }) => status === 409)?.html ?? '';
    expect(told).toMatch(/(Một|Hai) đang giữ hồ sơ này rồi/);
  });

  it.each(['unknown', '__proto__', 'constructor'])('called %s does not exist', async (action) => {
    const { mark = '' } = await ha.fieldsOf('/staff', '/staff/sign-out');
    expect((await ha.post(`${page()}/${action}`, { mark })).status).toBe(404);
  });

  it('with a body that is too large is refused', async () => {
    const { mark = '' } = await ha.fieldsOf('/staff', '/staff/sign-out');
    expect((await ha.post(`${page()}/note`, { mark, text: 'x'.repeat(300_000) })).status).toBe(413);
    const form = new FormData();
    form.set('mark', mark);
    form.set('file', new Blob([new Uint8Array(10 * 1024 * 1024 + 1)]), 'to.bin');
    const sent = await ha.request(`${page()}/reply`, { method: 'POST', body: form, headers: { Origin: ha.base } });
    expect(sent.status).toBe(413);
  });
});

describe('a case of another province', () => {
  it('is not there: no page, no stream, no action, no line in the queue', async () => {
    const { mark = '' } = await elsewhere.fieldsOf('/staff', '/staff/sign-out');
    const missing = await elsewhere.get('/staff/cases/TH-26-999999');
    const theirs = await elsewhere.get(page());
    expect([theirs.status, theirs.html]).toEqual([404, missing.html]);
    expect((await elsewhere.get(`${page()}/stream`)).status).toBe(404);
    for (const action of ['take', 'note', 'reply', 'close', 'reopen', 'ask', 'hand-back']) {
      const fields = { mark, text: 'x', outcome: 'other', field: 'phone', reason: 'x' };
      expect([action, (await elsewhere.post(`${page()}/${action}`, fields)).status]).toEqual([action, 404]);
    }
    for (const query of ['', '?tab=all', '?tab=all&province=thanh-hoa', `?tab=all&q=${code}`]) {
      expect((await elsewhere.get(`/staff${query}`)).html).not.toContain(`href="${page()}"`);
    }
    expect((await elsewhere.get('/staff?tab=all')).html).not.toContain('value="thanh-hoa"');
  });

  it('cannot be handed to somebody who may not see it', async () => {
    expect((await ha.get(page())).html).not.toContain('person-1-Nam');
    expect((await ha.act(code, 'hand-over', { to: 'person-1-Nam' })).status).toBe(409);
  });
});

describe('words and files of others', () => {
  it('are text, wherever they stand', async () => {
    await ha.act(code, 'note', { text: `${HOSTILE} ${SECRET_NOTE}` });
    await owner.post({ text: `hỏi ${HOSTILE}` });
    for (const path of [
      page(),
      '/staff?tab=all',
      `/staff?tab=all&q=${encodeURIComponent(HOSTILE)}`,
      '/staff/unanswered',
    ]) {
      const { html } = await ha.get(path);
      expect([path, html.includes('<script>alert')]).toEqual([path, false]);
      expect([path, html.includes('"onload="x')]).toEqual([path, false]);
    }
    expect((await ha.get(page())).html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  });

  it('come under a policy that runs nothing inline, and pages have nothing inline', async () => {
    for (const path of ['/staff', page(), '/staff/unanswered', '/staff/problems', '/staff/law', '/staff/sign-in']) {
      const { html, headers } = await (path === '/staff/sign-in' ? new DeskClient(service.base) : ha).get(path);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toMatch(/unsafe|\*|https?:/);
      expect(html).not.toMatch(/<script>|<script (?!src=)|<style|\sstyle=|\son[a-z]+=/);
      expect([headers.get('x-content-type-options'), headers.get('cache-control')]).toEqual(['nosniff', 'no-store']);
    }
  });

  it('with lying names are shown as what they are', async () => {
    const page_ = '<html><script>alert(1)</script></html>';
    const files = [
      { name: 'anh.png', type: 'image/png', bytes: new TextEncoder().encode(page_) },
      { name: '../../x".html', type: 'text/html', bytes: new TextEncoder().encode(page_) },
      {
        name: 'bao-gia.pdf',
        type: 'application/pdf',
        bytes: new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
      },
    ];
    for (const file of files) await owner.sendFile(file);
    const { html } = await ha.get(page());
    expect(html).toContain('bên trong không phải loại tệp như tên gọi');
    const hrefs = [
      ...new Set([...html.matchAll(/href="(\/staff\/cases\/[^"]+\/files\/[^"]+)"/g)].map((match) => match[1] ?? '')),
    ];
    expect(hrefs.length).toBe(3);
    const served = await Promise.all(hrefs.map((href) => ha.get(href)));
    const seen = served.map(({ status, headers }) => [
      status,
      headers.get('content-type'),
      headers.get('content-disposition')?.split(';')[0],
      headers.get('x-content-type-options'),
    ]);
    expect(seen).toEqual([
      [200, 'application/octet-stream', 'attachment', 'nosniff'],
      [200, 'application/octet-stream', 'attachment', 'nosniff'],
      [200, 'image/png', 'inline', 'nosniff'],
    ]);
    for (const { headers } of served) expect(headers.get('content-security-policy')).toContain('sandbox');
    for (const href of hrefs) expect((await elsewhere.get(href)).status).toBe(404);
    const id = hrefs[0]?.split('/').at(-1) ?? '';
    // Nor under another case that may be seen: a file is of its own case only.
    const other = await ChatClient.open(service.base);
    const otherCode = caseCodeIn(await other.follow(noodleMaker, (said) => caseCodeIn(said) !== null)) ?? '';
    expect((await ha.get(`/staff/cases/${otherCode}`)).status).toBe(200);
    expect((await ha.get(`/staff/cases/${otherCode}/files/${id}`)).status).toBe(404);
    expect((await ha.get(`/staff/cases/TH-26-999999/files/${id}`)).status).toBe(404);
  });
});

describe('files that staff send', () => {
  it('reach the owner under harmless names, and never as a page that runs', async () => {
    const path = `${page()}/reply`;
    const fields = await ha.fieldsOf(page(), path);
    const form = new FormData();
    for (const [key, value] of Object.entries({ ...fields, text: 'Mẫu đây ạ' })) form.set(key, value);
    const bytes = new TextEncoder().encode('<script>alert(1)</script>');
    form.append('file', new Blob([bytes], { type: 'text/html' }), '../../etc/\u202Egnp.\u0007html');
    form.append('file', new Blob([bytes], { type: 'x"\r\nevil: 1' }), `${'dài '.repeat(80)}.docx`);
    expect((await ha.request(path, { method: 'POST', body: form, headers: { Origin: ha.base } })).status).toBe(303);
    const isSent = () => owner.seen.find(({ text }) => text.includes('Mẫu đây ạ'));
    while (isSent() === undefined) await owner.next();
    const files = isSent()?.files ?? [];
    expect(files.map(({ name }) => name)[0]).toBe('gnp.html');
    expect(files.map(({ name }) => name.length <= 120 && name.endsWith('.docx'))[1]).toBe(true);
    for (const { url } of files) {
      const got = await fetch(`${service.base}${url}`, { headers: owner.headers });
      expect([got.status, got.headers.get('x-content-type-options')]).toEqual([200, 'nosniff']);
      expect(got.headers.get('content-disposition')).toMatch(/^attachment/);
      expect(got.headers.get('evil')).toBeNull();
    }
  });

  it('more than five at once are refused', async () => {
    const form = new FormData();
    for (const [key, value] of Object.entries(await ha.fieldsOf(page(), `${page()}/reply`))) form.set(key, value);
    for (let at = 0; at < 6; at += 1) form.append('file', new Blob(['x']), `${at}.txt`);
    const sent = await ha.request(`${page()}/reply`, { method: 'POST', body: form, headers: { Origin: ha.base } });
    expect(sent.status).toBe(413);
  });
});

describe('the first load', () => {
  it.each([
    ['the queue', () => '/staff'],
    ['a case', () => page()],
    ['the staff account', () => '/staff/account'],
  ])('of %s is under 60 kB', async (_name, path) => {
    const { html } = await ha.get(path());
    const parts = [...html.matchAll(/(?:href|src)="(\/staff\/page\/[^"]+)"/g)].map((match) => match[1] ?? '');
    expect(parts.length).toBe(2);
    const loaded = await Promise.all(parts.map(async (path) => (await ha.get(path)).html));
    expect(Buffer.byteLength([html, ...loaded].join(''))).toBeLessThan(60_000);
  });
});

describe('the log', () => {
  it('tells of refusals without contents, links or cookies', () => {
    const lines = service.log.join('\n');
    expect(lines).toContain('desk-refused');
    expect(lines).toContain('desk-link-refused');
    for (const secret of [
      SECRET_NOTE,
      'alert(1)',
      ha.cookie.split('=')[1] ?? '',
      '912345678',
      'anh.png',
      'evil.example',
    ]) {
      expect([secret, lines.includes(secret)]).toEqual([secret, false]);
    }
  });
});
