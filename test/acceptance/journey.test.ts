/** An owner's whole way through the chat, as the contract promises it: asks, choices, edits, consent, codes, own data. */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caseCodeIn, ChatClient, type SeenMessage } from '../support/chat-client.ts';
import { noodleMaker } from '../support/journey.ts';
import { keptBytes, keptRows, start, type Started } from './rig.ts';

let service: Started;
beforeAll(async () => {
  service = await start({ environment: { NOW: '2026-11-25T02:00:00Z' } });
}, 60_000);
afterAll(() => service.stop());

const open = () => ChatClient.open(service.base);
const asks = (id: string) => (said: readonly SeenMessage[]) => said.at(-1)?.ask?.id === id;
const coded = (said: readonly SeenMessage[]) => caseCodeIn(said) !== null;
const valuesOn = (message: SeenMessage) => message.choices.flatMap(({ value }) => value ?? []);
const textOf = (said: readonly SeenMessage[]) => said.map(({ text }) => text).join('\n');

/** What staff see of a case, from the command line. */
function shown(code: string): Record<string, unknown> {
  const env = { PATH: process.env['PATH'] ?? '', CONTENT_DIR: resolve('content') };
  const cli = spawnSync(process.execPath, [resolve('dist/cli.js'), 'case', 'show', code, '--json'], {
    cwd: service.home,
    env,
    encoding: 'utf8',
  });
  return JSON.parse(cli.stdout) as Record<string, unknown>;
}

const KINDS: Readonly<Record<string, string>> = {
  applicantName: 'text', representative: 'text', phone: 'phone', legalForm: 'choice', place: 'place', sector: 'choice',
  supportWanted: 'multi-choice', 'machines.name': 'text', 'machines.quantity': 'number', 'machines.price': 'money',
  'machines.more': 'choice', products: 'text', totalCost: 'money', requestedSupport: 'money', ownCapital: 'money',
  workers: 'number', alreadyBought: 'choice', fundedBefore: 'choice', projectName: 'text', objective: 'text',
  startDate: 'date', endDate: 'date', taxCode: 'tax-code', addressDetail: 'text', craftVillage: 'choice',
  annualRevenue: 'money', totalCapital: 'money', priority: 'multi-choice', review: 'choice', consent: 'choice',
  menu: 'choice', confirm: 'choice',
}; // prettier-ignore

describe('a registration without eligibility', () => {
  it('asks for every field by its key and kind, shows the sheet, asks consent again, and gives a code', async () => {
    const client = await open();
    const sent = await client.follow(noodleMaker, coded);
    const code = caseCodeIn(sent);
    expect(code).toMatch(/^TH-26-\d{6}$/);
    const asked = client.seen.flatMap(({ ask }) => ask ?? []);
    for (const { id, kind } of asked)
      expect([id, kind]).toEqual([id, id.startsWith('documents.') ? 'file' : KINDS[id]]);
    expect(Object.keys(KINDS).filter((key) => !asked.some(({ id }) => id === key))).toEqual(['confirm']);
    const ids = asked.map(({ id }) => id);
    expect(ids.filter((id) => id === 'consent')).toHaveLength(2);
    expect(ids.indexOf('consent')).toBeLessThan(ids.indexOf('applicantName'));
    expect(ids.lastIndexOf('consent')).toBeGreaterThan(ids.indexOf('review'));
    expect(ids.filter((id) => id === 'machines.name')).toHaveLength(2);
    for (const message of client.seen) {
      if (message.ask?.id.startsWith('documents.')) expect(valuesOn(message)).toEqual(['later', 'none']);
      if (message.ask?.id === 'review') expect(valuesOn(message)).toEqual(expect.arrayContaining(['send', 'edit']));
      if (message.ask?.id === 'consent') expect(valuesOn(message)).toEqual(['yes', 'no']);
      if (message.ask?.id === 'supportWanted' || message.ask?.id === 'priority')
        expect(valuesOn(message)).toContain('done');
    }
    expect(shown(code ?? '')).toMatchObject({
      applicantName: 'Hộ bún khô cô Lan', phone: '+84912345678', totalCost: 430_000_000, requestedSupport: 200_000_000,
      workers: 7, startDate: '2027-01', supportWanted: ['may-moc'], priority: ['phu-nu-lam-chu'],
    }); // prettier-ignore
  });

  it('numbers cases without a gap or a double when thirty are sent at once', async () => {
    const clients = await Promise.all(Array.from({ length: 30 }, open));
    const codes = await Promise.all(
      clients.map(async (client) =>
        caseCodeIn(await client.follow({ ...noodleMaker, '*': 'bỏ qua', 'machines.name': 'bỏ qua' }, coded)),
      ),
    );
    expect(new Set(codes).size).toBe(30);
  }, 60_000);
});

describe('while the sheet is filled', () => {
  it('«1, 3» ends a multi-choice; one by one it ends with done; machines are asked only for may-moc', async () => {
    const client = await open();
    await client.follow(noodleMaker, asks('supportWanted'));
    await client.say('2, 4');
    expect(client.ask?.id).toBe('products');
    await client.say('quay lại');
    expect(client.ask?.id).toBe('supportWanted');
    await client.choose('may-moc');
    expect(client.ask?.id).toBe('supportWanted');
    await client.choose('hoi-cho');
    await client.choose('done');
    expect(client.ask?.id).toBe('machines.name');
  });

  it('«quay lại», typed or as a choice, clears the answer and asks again; also within the machines', async () => {
    const client = await open();
    await client.follow(noodleMaker, asks('phone'));
    await client.say('0912345678');
    await client.say('quay lai');
    expect(client.ask?.id).toBe('phone');
    await client.choose('Quay lại');
    expect(client.ask?.id).toBe('representative');
    await client.say('Trần Thị Hoa');
    expect(client.ask?.id).toBe('phone');
    await client.follow(noodleMaker, asks('machines.more'));
    for (const id of ['machines.price', 'machines.quantity', 'machines.name', 'supportWanted']) {
      await client.say('quay lại');
      expect(client.ask?.id).toBe(id);
    }
  });

  it.each([
    ['phone', ['091234567', 'abc', '+1 202 555 0100', '1900 1234']],
    ['machines.price', ['-5 triệu', '200-300 triệu', '10%', '5000 USD', '250', '0912345678']],
    ['machines.quantity', ['vài', '2-3 cái', 'mười mấy']],
    ['startDate', ['30/2/2027', '15 tháng giêng âm lịch', 'hoa nở']],
    ['taxCode', ['0312345678', '12345', '1234567890123456']],
    ['workers', ['5-7 người', 'mấy người', '-3']],
  ])('%s: a bad text is refused and the same is asked again; the third time a person is offered', async (key, bad) => {
    const client = await open();
    await client.follow(noodleMaker, asks(key));
    for (const [index, text] of bad.entries()) {
      const said = await client.say(text);
      expect([text, client.ask?.id]).toEqual([text, key]);
      if (index === 2)
        expect(textOf(said) + said.flatMap(({ choices }) => choices.map(({ label }) => label)).join()).toMatch(
          /cán bộ/i,
        );
    }
  });

  it('a question in between is answered and the form goes on with the same ask', async () => {
    const client = await open();
    await client.follow(noodleMaker, asks('representative'));
    const said = await client.say('Nghị định 134 còn hiệu lực không?');
    expect(said.length + (await client.read()).length).toBeGreaterThan(1);
    expect(textOf(client.seen.slice(-2))).toMatch(/45\/2012/);
    expect(client.ask?.id).toBe('representative');
    await client.say('vì sao hỏi');
    expect(client.ask?.id).toBe('representative');
  });

  it('«sửa» changes one earlier answer, keeps the rest, and goes on where it was', async () => {
    const client = await open();
    await client.follow(noodleMaker, asks('legalForm'));
    await client.say('sửa');
    expect(valuesOn(client.last)).toEqual(['applicantName', 'representative', 'phone']);
    await client.say('ok');
    expect(client.ask?.id).toBe('review');
    await client.choose('applicantName');
    await client.say('Cơ sở bún Hoa');
    expect(client.ask?.id).toBe('legalForm');
    await client.say('sửa số điện thoại');
    expect(client.ask?.id).toBe('phone');
    await client.say('quay lại');
    expect(client.ask?.id).toBe('legalForm');
    const sent = await client.follow(noodleMaker, coded);
    expect(shown(caseCodeIn(sent) ?? '')).toMatchObject({ applicantName: 'Cơ sở bún Hoa', phone: '+84912345678' });
  });

  it('edit at the review asks which field, then that field, then the review again', async () => {
    const client = await open();
    await client.follow(noodleMaker, asks('review'));
    for (const [key, answer] of [
      ['phone', '0987654321'],
      ['taxCode', '0100109106'],
      ['legalForm', 'hop-tac-xa'],
      ['place', 'phường Hạc Thành, Thanh Hóa'],
      ['priority', 'done'],
      ['totalCost', '500 triệu'],
    ] as const) {
      await client.choose('edit');
      expect(valuesOn(client.last)).toContain(key);
      await client.choose(key);
      expect(client.ask?.id).toBe(key);
      await client.reply(answer);
      if (client.ask?.id === 'confirm') await client.choose('yes');
      expect([key, client.ask?.id]).toEqual([key, 'review']);
    }
    await client.choose('edit');
    await client.choose('machines.name');
    await client.follow({ ...noodleMaker, 'machines.name': 'máy đùn', 'machines.more': 'no' }, asks('review'));
    const sent = await client.follow(noodleMaker, coded);
    expect(shown(caseCodeIn(sent) ?? '')).toMatchObject({
      phone: '+84987654321',
      taxCode: '0100109106',
      legalForm: 'hop-tac-xa',
      totalCost: 500_000_000,
    });
  });

  it('sums that do not agree are pointed out', async () => {
    const client = await open();
    await client.follow(
      { ...noodleMaker, totalCost: '430 triệu', requestedSupport: '100 triệu', ownCapital: '900 triệu' },
      asks('review'),
    );
    expect(client.last.text).toMatch(/1 tỷ|1\.000|900 triệu/);
    expect(client.last.text).toMatch(/không khớp|khác|lệch/i);
  });

  it('consent refused leaves questions and eligibility open, and keeps nothing', async () => {
    const client = await open();
    await client.choose('registration');
    await client.choose('no');
    expect(client.ask?.id).toBe('menu');
    await client.choose('eligibility');
    expect(client.ask?.id).toBe('producesIndustrially');
    const again = await open();
    await again.follow(
      { ...noodleMaker, consent: { turns: ['yes', 'no'] } },
      (said) => said.at(-1)?.ask?.id === 'review' && again.seen.filter(({ ask }) => ask?.id === 'consent').length === 2,
    );
    expect(caseCodeIn(again.seen)).toBeNull();
  });
});

describe('eligibility', () => {
  const answers = {
    producesIndustrially: 'yes',
    sector: 'che-bien-nong-lam-thuy-san',
    legalForm: 'ho-kinh-doanh',
    place: 'xã Nga Sơn, Thanh Hóa',
    confirm: 'yes',
  } as const;
  const verdict = (said: readonly SeenMessage[]) =>
    said.some(({ ask, text }) => ask?.id === 'menu' && /sơ bộ/i.test(text));

  it('asks for the place once; a registration takes over what is known, shows it, and does not ask again', async () => {
    const client = await open();
    await client.choose('eligibility');
    const told = await client.follow(answers, verdict);
    expect(textOf(told)).toMatch(/✓/);
    expect(textOf(told)).toMatch(/Trung tâm Khuyến công|Sở Công Thương/);
    const at = client.seen.length;
    const sent = await client.follow(noodleMaker, coded);
    const asked = client.seen.slice(at).flatMap(({ ask }) => ask?.id ?? []);
    expect(asked).toContain('confirm');
    for (const key of Object.keys(answers).filter((key) => key !== 'confirm')) expect(asked).not.toContain(key);
    expect(shown(caseCodeIn(sent) ?? '')).toMatchObject({
      legalForm: 'ho-kinh-doanh',
      sector: 'che-bien-nong-lam-thuy-san',
    });
  });

  it('of an earlier year and Decree 134 is told as history that leads to what replaced it', async () => {
    const client = await open();
    for (const question of [
      'quy định năm 2010 thế nào?',
      'Nghị định 134/2004 quy định gì',
      'nd 134 con dung duoc ko',
    ]) {
      const said = textOf(await client.say(question));
      expect(said).toMatch(/134\/2004/);
      expect(said).toMatch(/45\/2012/);
      expect(said).toMatch(/hết hiệu lực|không còn|thay/i);
    }
  });

  it('keeps no word that was typed before consent', async () => {
    const client = await open();
    const typed = [
      'Nguyễn Thị Hoa Quỳnh Zyxw',
      '0987123987',
      'quận Kwqz tỉnh Vbnm',
      'máy ép Plmokn giá bao nhiêu',
      'TH-26-777555 4821',
    ];
    for (const text of typed) await client.say(text);
    await client.choose('eligibility').catch(() => client.say('kiểm tra'));
    await client.say('dạ Qazwsx tự làm mắm Plmoknij');
    for (const text of typed) await client.say(text);
    await client.say('gặp cán bộ');
    await client.say('Edcrfv không');
    const kept = keptBytes(service.home);
    for (const word of [
      'Zyxw',
      '0987123987',
      '987123987',
      'Kwqz',
      'Plmokn',
      'Qazwsx',
      'Edcrfv',
      'zyxw',
      'plmokn',
      'TH-26-777555',
    ])
      expect([word, kept.includes(word)]).toEqual([word, false]);
  });
});

describe('after sending', () => {
  async function sent() {
    const client = await open();
    const code = caseCodeIn(await client.follow(noodleMaker, coded)) ?? '';
    return { client, code };
  }

  it('the status is told in the own conversation by the code, to others only with the last four digits', async () => {
    const { client, code } = await sent();
    expect(textOf(await client.say(code))).toContain(code);
    await client.say('tra cứu hồ sơ');
    expect(client.last.text).toContain(code);
    const other = await open();
    const state = /chờ cán bộ|đã gửi/i;
    await other.choose('status');
    expect(textOf(await other.say(code))).not.toMatch(state);
    expect(textOf(await other.say(`${code} 1234`))).not.toMatch(state);
    expect(textOf(await other.say(`${code} 5678`))).toMatch(state);
    const third = await open();
    expect(textOf(await third.say(`hồ sơ ${code.toLowerCase()}, số cuối 5678`))).toMatch(state);
  });

  it('a correction and a paper reach the case', async () => {
    const { client, code } = await sent();
    await client.say('dữ liệu');
    await client.choose('Sửa câu trả lời');
    await client.choose('phone');
    await client.say('0987654321');
    expect(shown(code)).toMatchObject({ phone: '+84987654321' });
    await client.choose('menu').catch(() => client.say('menu'));
    await client.choose('status');
    await client.choose('Sửa câu trả lời');
    await client.choose('applicantName');
    await client.say('Hộ bún cô Lan mới');
    expect(shown(code)).toMatchObject({ applicantName: 'Hộ bún cô Lan mới' });
    await client.sendFile({ name: 'gp.jpg', type: 'image/jpeg', bytes: new Uint8Array([255, 216, 255, 1]) });
    await client.choose('Giấy đăng ký kinh doanh');
    expect(JSON.stringify(shown(code))).toContain('gp.jpg');
  });

  it('can be withdrawn', async () => {
    const { client, code } = await sent();
    await client.say('rút hồ sơ');
    expect(client.ask?.id).toBe('confirm');
    await client.choose('yes');
    expect(shown(code)).toMatchObject({ status: 'closed' });
    expect(textOf(await client.say(code))).toMatch(/đóng|rút/i);
  });

  it('a returning owner is greeted by what is there; data shows, and erases without a trace', async () => {
    const { client, code } = await sent();
    const draft = await open();
    await draft.follow(
      { ...noodleMaker, applicantName: 'Cơ sở Wsxedc', representative: 'Phạm Thị Rfvtgb' },
      asks('phone'),
    );
    expect(textOf(await draft.say('chào em'))).toMatch(/dở|làm tiếp/i);
    await client
      .follow({ menu: 'registration', confirm: 'yes', '*': 'menu' }, asks('supportWanted'))
      .catch(() => undefined);
    const owner = await open();
    await owner.follow(
      { ...noodleMaker, applicantName: 'Hộ Tgbyhn', representative: 'Lê Thị Yhnujm', products: 'mắm Ujmikol' },
      coded,
    );
    const own = caseCodeIn(owner.seen) ?? '';
    await owner.say('dữ liệu');
    expect(owner.last.text).toContain('Hộ Tgbyhn');
    await owner.choose('Xóa hết dữ liệu');
    await owner.choose('yes');
    expect(owner.last.text).toMatch(/đã xóa/i);
    await owner.say('dữ liệu');
    expect(owner.last.text).not.toContain('Tgbyhn');
    const kept = keptRows(service.home);
    for (const word of ['Tgbyhn', 'Yhnujm', 'Ujmikol']) expect([word, kept.includes(word)]).toEqual([word, false]);
    const anonymous = shown(own);
    expect(JSON.stringify(anonymous)).not.toMatch(/Tgbyhn|84912345678/);
    expect(shown(code)).toMatchObject({ phone: '+84912345678' });
  });
});
