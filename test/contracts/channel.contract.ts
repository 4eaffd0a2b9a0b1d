/**
 * What any channel must do with a message, whatever its wire: nothing lost, nothing over its limits, nothing of a
 * person's text read as markup, every choice within reach, and failures in our own words. A channel joins by a bench.
 */
import { describe, expect, test } from 'vitest';
import type {
  Capabilities,
  Failure,
  OutgoingPayload,
  RenderedChoice,
  RenderedMessage,
  SendContext,
  SendResult,
} from '../../src/service/ports.ts';

/** One thing that the person sees: text with its markup resolved, what can be pressed, or a file. */
export interface Seen {
  readonly text: string;
  /** Length as the platform counts its limit. */
  readonly wireLength: number;
  /** What a press brings back, with the label as shown. */
  readonly buttons: readonly { readonly label: string; readonly token: string }[];
  readonly file?: { readonly name: string };
}

export interface ChannelBench {
  readonly name: string;
  readonly capabilities: Capabilities;
  /** Sends to an owner who can be reached and shows what arrived. */
  send(
    payload: OutgoingPayload,
    context?: Partial<SendContext>,
  ): Promise<{ result: SendResult; seen: readonly Seen[] }>;
  /** Makes the next call fail in that way; absent: cannot happen on this channel. */
  readonly faults: readonly { readonly name: string; arm(): void; readonly failure: Partial<Failure> }[];
}

const NASTY = 'Máy <b>sấy</b> & "ép" *đậm* _nghiêng_ [x](y) `code` \\ </i> &amp; 5 > 3 <script>';

export const paragraph = (text: string): RenderedMessage['blocks'][number] => ({ kind: 'paragraph', runs: [{ text }] });

export function say(
  blocks: RenderedMessage['blocks'],
  choices: readonly RenderedChoice[] = [],
  more: Partial<RenderedMessage> = {},
): OutgoingPayload {
  return { kind: 'say', message: { from: 'bot', blocks, choices, ...more } };
}

const choices = (count: number, label: (index: number) => string): readonly RenderedChoice[] =>
  Array.from({ length: count }, (_, index) => ({ id: `1.c=${index}`, label: label(index) }));

const plain = (seen: readonly Seen[]) => seen.map((one) => one.text).join('\n');
const words = (text: string) => text.match(/\S+/g) ?? [];

export function channelContract(start: () => Promise<ChannelBench>): void {
  describe('any channel', () => {
    test('shows what a person typed as it was typed, never as markup', async () => {
      const bench = await start();
      const { result, seen } = await bench.send(
        say([
          {
            kind: 'paragraph',
            runs: [
              { text: NASTY, bold: true },
              { text: NASTY, quiet: true },
            ],
          },
          paragraph(NASTY),
        ]),
      );
      expect(result.sent).toBe(true);
      expect(plain(seen).split(NASTY)).toHaveLength(4);
    });

    test('keeps paragraphs and list items apart, in order', async () => {
      const bench = await start();
      const list = { kind: 'list', items: [[{ text: 'giấy đăng ký' }], [{ text: 'báo giá' }]] } as const;
      const { seen } = await bench.send(say([paragraph('Trước.'), list, paragraph('Sau.')]));
      expect(plain(seen)).toMatch(/Trước\.\s*\n\s*\S{1,2} giấy đăng ký\s*\n\s*\S{1,2} báo giá\s*\n\s*Sau\./u);
    });

    test('splits a text that is too long without losing or cutting a word, with the buttons at the end', async () => {
      const bench = await start();
      const sentence = (index: number) => `Câu thứ ${index} & đủ dài để phải ngắt nhiều lần trong một đoạn văn.`;
      const text = Array.from({ length: 400 }, (_, index) => sentence(index)).join(' ');
      const { result, seen } = await bench.send(
        say(
          [paragraph(text)],
          choices(2, (index) => `Chọn ${index}`),
        ),
      );
      expect(result.sent).toBe(true);
      expect(seen.length).toBeGreaterThan(1);
      for (const one of seen) expect(one.wireLength).toBeLessThanOrEqual(bench.capabilities.maxText);
      expect(words(seen.map((one) => one.text).join(' ')).join(' ')).toContain(words(text).join(' '));
      expect(seen.slice(0, -1).every((one) => one.buttons.length === 0)).toBe(true);
      // A channel without buttons shows the choices to be typed, there too at the end.
      if (bench.capabilities.maxButtons === 0) expect(seen.at(-1)?.text).toMatch(/1\. Chọn 0\n2\. Chọn 1/);
      else expect(seen.at(-1)?.buttons.map((button) => button.token)).toEqual(['1.c=0', '1.c=1']);
    });

    test('never tears a character that takes two units, even in one endless word', async () => {
      const bench = await start();
      const word = '👩‍🏭😀'.repeat(3000);
      const { seen } = await bench.send(say([paragraph(word)]));
      expect(seen.map((one) => one.text).join('')).toBe(word);
      for (const one of seen) expect(one.text).not.toMatch(/\p{Surrogate}/u);
    });

    test.each([
      ['two short choices', 2, (index: number) => `Có ${index}`],
      ['labels too long for a button', 3, (index: number) => `Một nhãn rất dài không vừa trên một nút bấm số ${index}`],
      ['many choices', 14, (index: number) => `Ngành ${index}`],
    ])('shows %s so that each can be read and answered', async (_name, count, label) => {
      const bench = await start();
      const { result, seen } = await bench.send(say([paragraph('Chọn một:')], choices(count, label)));
      expect(result.sent).toBe(true);
      const everything = `${plain(seen)}\n${seen.flatMap((one) => one.buttons.map((button) => button.label)).join('\n')}`;
      for (let index = 0; index < count; index += 1) expect(everything).toContain(label(index));
      const buttons = seen.flatMap((one) => one.buttons);
      expect(buttons.length).toBeLessThanOrEqual(bench.capabilities.maxButtons);
      for (const button of buttons) expect(button.label.length).toBeLessThanOrEqual(bench.capabilities.maxLabel);
    });

    test('sends a file with its name', async () => {
      const bench = await start();
      const file = { id: 'f1', name: 'báo giá <1>.pdf', type: 'application/pdf', size: 3 };
      const { result, seen } = await bench.send(say([paragraph('Mẫu đây ạ.'), { kind: 'file', file }]), {
        file: () => Promise.resolve(new Uint8Array([1, 2, 3])),
      });
      expect(result.sent).toBe(true);
      expect(seen.find((one) => one.file !== undefined)?.file?.name).toBe(file.name);
    });

    test('takes up a message where a failed attempt left it', async () => {
      const bench = await start();
      const long = Array.from({ length: 2 }, (_, index) => paragraph(`${index} ${'chữ '.repeat(900)}`));
      const all = await bench.send(say(long));
      expect(all.seen.length).toBeGreaterThan(1);
      const rest = await bench.send(say(long), { skip: 1 });
      expect(rest.seen.map((one) => one.text)).toEqual(all.seen.slice(1).map((one) => one.text));
    });

    test('says in our words how sending failed', async () => {
      const bench = await start();
      for (const fault of bench.faults) {
        fault.arm();
        const { result } = await bench.send(say([paragraph('Chào anh/chị.')]));
        expect(result.sent ? 'sent' : result.failure, fault.name).toMatchObject(fault.failure);
        expect(result.sent ? -1 : result.done, fault.name).toBe(0);
      }
    });
  });
}
