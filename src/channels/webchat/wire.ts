/** The owner's chat API as it goes over the wire (contract, section 3). Fields are only ever added. */
import { z } from 'zod';
import type { RenderedBlock } from '../../service/ports.ts';

/** What a page sends as JSON: a text or a choice. */
export const sentMessage = z
  .object({
    clientMessageId: z.union([z.string(), z.number().transform(String)]).pipe(z.string().min(1).max(200)),
    text: z.string().optional(),
    choice: z.string().optional(),
  })
  .refine(({ text, choice }) => (text === undefined) !== (choice === undefined));

export type SentMessage = z.infer<typeof sentMessage>;

export interface WireFile {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  /** bytes */
  readonly size: number;
  readonly url: string;
}

export interface WireMessage {
  /** Sorts as a number: later messages have larger ids. */
  readonly id: string;
  readonly from: 'bot' | 'staff' | 'owner';
  /** All words of the message without markup; the choices are not repeated in it. */
  readonly text: string;
  /** The same with its form, for a page that shows bold and lists. */
  readonly blocks: readonly RenderedBlock[];
  readonly ask?: { readonly id: string; readonly kind: string };
  readonly choices: readonly { readonly id: string; readonly label: string; readonly value?: string }[];
  readonly files: readonly WireFile[];
  readonly at: string;
}
