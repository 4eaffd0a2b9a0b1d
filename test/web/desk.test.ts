/** The desk over real HTTP and a real database, as a browser without scripts uses it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caseCodeIn, ChatClient } from '../support/chat-client.ts';
import { signedIn, type DeskClient } from '../support/desk-client.ts';
import { noodleMaker } from '../support/journey.ts';
import { startRunningService, type RunningService } from '../support/running-service.ts';

let service: RunningService;
let owner: ChatClient;
let code: string;
let ha: DeskClient;
let binh: DeskClient;

/** Sends the registration of the noodle maker. */
async function registered(base: string): Promise<{ readonly owner: ChatClient; readonly code: string }> {
  const client = await ChatClient.open(base);
  const said = await client.follow(noodleMaker, (messages) => caseCodeIn(messages) !== null);
  return { owner: client, code: caseCodeIn(said) ?? '' };
}

beforeAll(async () => {
  service = await startRunningService();
  [ha, binh] = (await signedIn(service, [{ name: 'Hà' }, { name: 'Bình' }])) as [DeskClient, DeskClient];
  ({ owner, code } = await registered(service.base));
});
afterAll(() => service.stop());

const textOf = (html: string) =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ');

describe('the queue', () => {
  it('shows a new case with its owner, its province and what is wanted', async () => {
    const { status, html } = await ha.get('/staff');
    expect(status).toBe(200);
    const text = textOf(html);
    for (const part of [code, 'Hộ bún khô cô Lan', 'Thanh Hóa', 'Chưa ai nhận', 'Mới']) expect(text).toContain(part);
  });

  it.each(['bun kho', 'BÚN KHÔ', '0912345678', '0912 345 678', 'lan'])('finds it by «%s»', async (words) => {
    const { html } = await ha.get(`/staff?tab=all&q=${encodeURIComponent(words)}`);
    expect(html).toContain(code);
  });

  it('finds it by its code, with and without dashes', async () => {
    for (const words of [code, code.toLowerCase(), code.replaceAll('-', ' ')]) {
      expect((await ha.get(`/staff?tab=all&q=${encodeURIComponent(words)}`)).html).toContain(`/staff/cases/${code}`);
    }
  });

  it.each([
    ['q=khong+co+ai', false],
    ['province=thanh-hoa', true],
    ['province=ninh-binh', false],
    ['support=may-moc', true],
    ['support=hoi-cho', false],
    ['status=new', true],
    ['status=closed', false],
    ['page=2', false],
    ['page=-1', true],
    ['status=nonsense', true],
  ])('with %s shows it: %s', async (query, shown) => {
    const { status, html } = await ha.get(`/staff?tab=all&${query}`);
    expect([status, html.includes(`/staff/cases/${code}`)]).toEqual([200, shown]);
  });
});

describe('the page of a case', () => {
  it('has the answers, the verdict with articles, what is missing, and the conversation', async () => {
    const { status, html } = await ha.get(`/staff/cases/${code}`);
    expect(status).toBe(200);
    const text = textOf(html);
    for (const part of [
      'Hộ bún khô cô Lan',
      'Nguyễn Thị Lan',
      '0912 345 678',
      'máy sấy',
      'Nga Sơn',
      'Nghị định 45/2012/NĐ-CP, Điều 1',
      'Chưa đủ thông tin',
      'Giấy đăng ký kinh doanh',
      'Còn thiếu',
    ]) {
      expect(text).toContain(part);
    }
    expect(html).toContain('data-seq=');
    expect(text).not.toMatch(/\bdesk\.[a-z]|\{\{/);
  });

  it('speaks English when asked, and remembers it', async () => {
    const { html } = await ha.get(`/staff/cases/${code}?lang=en`);
    expect(html).toContain('<html lang="en">');
    expect(textOf(html)).toContain('Take the case');
  });
});

describe('actions', () => {
  it('claim: the first wins, the second is told who', async () => {
    expect((await ha.act(code, 'take')).status).toBe(303);
    const late = await binh.post(
      `/staff/cases/${code}/take`,
      await binh.fieldsOf(`/staff/cases/${code}`, `/staff/cases/${code}/note`),
    );
    expect([late.status, textOf(late.html).includes('Hà đang giữ hồ sơ này rồi')]).toEqual([409, true]);
    const said = await owner.next();
    expect(said.map(({ text }) => text).join()).toContain('Hà');
    expect((await ha.get('/staff?tab=mine')).html).toContain(code);
    expect((await binh.get('/staff?tab=mine')).html).not.toContain(code);
  });

  it('note: kept for colleagues, never said to the owner', async () => {
    expect((await ha.act(code, 'note', { text: 'hỏi lại <b>báo giá</b>' })).status).toBe(303);
    const { html } = await binh.get(`/staff/cases/${code}`);
    expect(html).toContain('hỏi lại &lt;b&gt;báo giá&lt;/b&gt;');
    expect(html).toContain('Chủ cơ sở không thấy ghi chú này');
    expect(await owner.read()).toEqual([]);
  });

  it('reply with a file: the owner gets both, once however often the form is sent', async () => {
    const path = `/staff/cases/${code}/reply`;
    const fields = await ha.fieldsOf(`/staff/cases/${code}`, path);
    const send = () => {
      const form = new FormData();
      for (const [key, value] of Object.entries({ ...fields, text: 'Chào cô Lan, xem mẫu này nhé.' }))
        form.set(key, value);
      form.set('file', new Blob([new TextEncoder().encode('%PDF-1.4 mau')], { type: 'application/pdf' }), 'mau.pdf');
      return ha.request(path, { method: 'POST', body: form, headers: { Origin: ha.base } });
    };
    expect((await send()).status).toBe(303);
    const said = await owner.next();
    expect(said.map(({ from }) => from)).toEqual(['staff']);
    expect(said[0]?.text).toContain('Chào cô Lan, xem mẫu này nhé.');
    expect(said[0]?.files.map(({ name }) => name)).toEqual(['mau.pdf']);
    await send();
    expect((await owner.read()).filter(({ from }) => from === 'staff')).toEqual([]);
    const { html } = await ha.get(`/staff/cases/${code}`);
    const href = /href="(\/staff\/cases\/[^"]+\/files\/[^"]+)"/.exec(html)?.[1] ?? '';
    const file = await ha.get(href);
    expect([file.status, file.html]).toEqual([200, '%PDF-1.4 mau']);
  });

  it('hand back: the bot answers again', async () => {
    expect((await ha.act(code, 'hand-back')).status).toBe(303);
    expect((await owner.next()).length).toBeGreaterThan(0);
    await owner.post({ text: 'menu' });
    const said = await owner.next();
    expect(said.at(-1)?.from).toBe('bot');
  });

  it('ask again: the owner is asked for that field only, with the reason, and the case shows the new value', async () => {
    expect((await ha.act(code, 'ask', { field: 'workers', reason: 'Số lao động chưa rõ' })).status).toBe(303);
    const asked = await owner.next();
    expect(asked.at(-1)?.ask).toEqual({ id: 'workers', kind: 'number' });
    expect(asked.map(({ text }) => text).join()).toContain('Số lao động chưa rõ');
    await owner.say('9');
    const { html } = await ha.get(`/staff/cases/${code}`);
    expect(html).toMatch(/<dd>9<\/dd>/);
    expect(textOf(html)).toContain('Hà · đề nghị làm lại');
    expect(owner.ask?.id).not.toBe('workers');
  });

  it('hand over: the colleague has it, and the history says who, to whom and why', async () => {
    const { html } = await ha.get(`/staff/cases/${code}`);
    const to = /<option value="(person-1[^"]+)"/.exec(html)?.[1] ?? '';
    expect((await ha.act(code, 'hand-over', { to, reason: 'nghỉ phép' })).status).toBe(303);
    const text = textOf((await binh.get(`/staff/cases/${code}`)).html);
    expect(text).toContain('Bạn đang giữ');
    expect(text).toContain('giao cho Bình');
    expect(text).toContain('nghỉ phép');
  });

  it('forward: the owner is told where to, the history why, and it comes back', async () => {
    await owner.read();
    const { html } = await binh.get(`/staff/cases/${code}`);
    const centres = [...html.matchAll(/<option value="(Trung tâm [^"]+)"/g)].map((match) => match[1] ?? '');
    expect(centres.length).toBe(33);
    expect(centres.join()).not.toContain('Thanh Hóa');
    const to = 'Phòng Kinh tế <i>xã</i> Nga Sơn';
    expect((await binh.act(code, 'forward', { to, reason: 'xưởng vừa dời đi' })).status).toBe(303);
    const told = (await owner.next()).map(({ text }) => text).join();
    expect(told).toContain(`chuyển tới ${to}`);
    expect(told).not.toContain('vừa dời đi');
    const after = await ha.get(`/staff/cases/${code}`);
    expect(after.html).toContain('Đã chuyển: Phòng Kinh tế &lt;i&gt;xã&lt;/i&gt; Nga Sơn');
    expect(textOf(after.html)).toContain('xưởng vừa dời đi');
    expect((await ha.get('/staff?tab=all&status=forwarded')).html).toContain(code);
    expect((await ha.act(code, 'forward', { to: '  ' })).status).toBe(409);
    expect((await binh.act(code, 'reopen')).status).toBe(303);
    expect(textOf((await binh.get(`/staff/cases/${code}`)).html)).toContain('Bạn đang giữ');
  });

  it('close with an outcome, and reopen', async () => {
    await owner.read();
    expect((await binh.act(code, 'close', { outcome: 'guided', reason: 'xong' })).status).toBe(303);
    expect((await owner.next()).map(({ text }) => text).join()).toContain('đã hướng dẫn xong');
    expect(textOf((await ha.get(`/staff/cases/${code}`)).html)).toContain('Đã đóng: đã hướng dẫn xong');
    expect((await ha.act(code, 'reopen', { reason: 'thiếu giấy' })).status).toBe(303);
    expect(textOf((await ha.get(`/staff/cases/${code}`)).html)).toContain('Bạn đang giữ');
  });
});

describe('the stream of a case', () => {
  it('tells new lines and changes as they come', async () => {
    const answer = await fetch(`${service.base}/staff/cases/${code}/stream?after=0`, {
      headers: { Cookie: ha.cookie },
    });
    expect(answer.headers.get('content-type')).toContain('text/event-stream');
    const reader = (answer.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream()).getReader();
    let heard = '';
    const until = async (words: string) => {
      while (!heard.includes(words)) {
        const { value, done } = await reader.read();
        if (done) throw new Error(`The stream ended without ${words}`);
        heard += value;
      }
    };
    await until('event: version');
    await owner.post({ text: 'em gửi thêm lời này' });
    await until('em gửi thêm lời này');
    await reader.cancel();
  });
});
