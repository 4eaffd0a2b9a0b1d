/** A message becomes texts of the Bot Platform: no buttons there, so every choice has a number to type. Pure. */
import type { FileRef, OutgoingPayload } from '../../service/ports.ts';
import { botCapabilities, IMAGE_TYPES } from './capabilities.ts';
import { choiceParts, type Words } from './encode.ts';
import { partsOf, splitParts, type Part } from './plain.ts';

export type BotCall =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'photo'; readonly file: FileRef }
  /** Documents cannot be sent: their address can. */
  | { readonly kind: 'link'; readonly file: FileRef };

/** `code`: what tells one case's messages from another's where nothing can be a reply to anything. */
export function encodeBot({ kind, message }: OutgoingPayload, words: Words, code: string | null): readonly BotCall[] {
  const calls: BotCall[] = [];
  let parts: Part[] = kind === 'thread' && code !== null ? [{ text: `[${code}]`, glue: '\n' }] : [];
  const flush = () => {
    for (const text of splitParts(parts, botCapabilities.maxText)) calls.push({ kind: 'text', text });
    parts = [];
  };
  for (const block of message.blocks) {
    if (block.kind !== 'file') parts.push(...partsOf([block]));
    else {
      flush();
      calls.push({ kind: IMAGE_TYPES.includes(block.file.type) ? 'photo' : 'link', file: block.file });
    }
  }
  parts.push(...choiceParts(message, words, false));
  flush();
  return calls;
}
