/** Anything pressed and typed at random, over HTTP: always taken, always answered, always with a way on. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ChatClient } from '../support/chat-client.ts';
import { start, type Started } from './rig.ts';

let service: Started;
beforeAll(async () => {
  service = await start({ environment: { NOW: '2026-11-25T02:00:00Z' } });
}, 60_000);
afterAll(() => service.stop());

const TYPED = [
  'có', 'không', 'rồi', 'chưa', 'menu', 'quay lại', 'sửa', 'sửa 3', 'sửa số điện thoại', 'vì sao hỏi', 'không rõ', 'bỏ qua',
  'dừng', 'tiếp tục', 'xem lại', 'gặp cán bộ', 'dữ liệu', 'tra cứu', 'rút hồ sơ', 'kiểm tra', 'đăng ký', 'quy định', 'hỏi',
  'english', 'tiếng việt', 'xong', 'gửi', 'xóa', '1', '2', '3', '1, 3', '99', '0', '-1', '250tr', '1,2 tỷ', '0912345678',
  '091', '0100109106', '3/2027', '31/2/2027', 'xã Nga Sơn, Thanh Hóa', 'thanh hoa', 'Hà Nội', 'máy sấy + máy ép', 'htx',
  'khuyến công là gì', 'quy định năm 2010 thế nào?', 'ngu', '👍', '?', '...', '<script>alert(1)</script>', '{{name}}',
  '${x}', 'TH-26-000001 5678', 'TH-26-000001', 'à không, hộ kinh doanh chứ', 'em ở Kim Sơn Ninh Bình', 'hết', 'không có',
  '/start', '__proto__', 'constructor', '\u200b', 'a\nb\nc', 'ế'.repeat(3000),
] as const; // prettier-ignore
const PRESSED = ['x', '1.menu=__proto__', '1.do=constructor', '1.sector=khac', '1.faq=nothing', '1.do=', 'a='] as const;

/** A sequence that looks like chance and is the same each time. */
function chance(seed: number): () => number {
  let at = seed;
  return () => (at = (at * 1_664_525 + 1_013_904_223) % 4_294_967_296) / 4_294_967_296;
}

it.each([1, 2, 3, 4])(
  'walk %d',
  async (seed) => {
    const next = chance(seed);
    const oneOf = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
    const client = await ChatClient.open(service.base);
    for (let step = 0; step < 150; step += 1) {
      const { choices } = client.last;
      const dice = next();
      const old = oneOf(client.seen).choices;
      const body =
        dice < 0.5 && choices.length > 0
          ? { choice: oneOf(choices).id }
          : dice < 0.57 && old.length > 0
            ? { choice: oneOf(old).id }
            : dice < 0.6
              ? { choice: oneOf(PRESSED) }
              : { text: oneOf(TYPED) };
      const before = client.last.text;
      await client.post(body); // throws unless 202
      const said = await client.next(); // throws when nothing is said
      for (const { text, choices: offered } of said) {
        expect(text, `${before} → ${JSON.stringify(body)}`).not.toMatch(/undefined|\[object|NaN|^\s*$/);
        expect(text.length).toBeLessThanOrEqual(4096);
        expect(offered.every(({ label }) => label !== '' && !/^[a-z]+\.[a-z.]+$/i.test(label))).toBe(true);
      }
      const { ask, from, choices: ways } = client.last;
      expect(from === 'staff' || ask !== undefined || ways.length > 0, `no way on: ${client.last.text}`).toBe(true);
    }
    expect(`${service.out()}${service.err()}`).not.toMatch(/"level":[56]0/);
  },
  60_000,
);
