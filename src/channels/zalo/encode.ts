/** A message in words becomes calls of `message/cs`: plain text with its choices written out, buttons on the last piece. Pure. */
import type { FileRef, RenderedChoice, RenderedMessage } from '../../service/ports.ts';
import { capabilities, PAYLOAD_MAX, SUBTITLE_MAX } from './capabilities.ts';
import { partsOf, shortened, splitParts, type Part } from './plain.ts';
import { writePress } from './press.ts';

export interface Button {
  readonly title: string;
  readonly type: 'oa.query.hide';
  readonly payload: string;
}

export type WireCall =
  | { readonly kind: 'text'; readonly text: string; readonly buttons: readonly Button[] }
  | { readonly kind: 'file'; readonly file: FileRef }
  /** Asks the person to share name, phone and address with one press. */
  | { readonly kind: 'contact'; readonly title: string; readonly subtitle: string };

/** Words of the channel's own (`content/texts/*\/zalo.yaml`). */
export type Words = (key: string, values?: Readonly<Record<string, string>>) => string;

export function encode(message: RenderedMessage, words: Words): readonly WireCall[] {
  const { choices } = message;
  const fits =
    choices.length <= capabilities.maxButtons && choices.every(({ id }) => writePress(id).length <= PAYLOAD_MAX);
  const calls = bodyOf(message, choiceParts(message, words, fits));
  const last = calls.findLastIndex(({ kind }) => kind === 'text');
  const withButtons = calls.map((call, index) =>
    index === last && call.kind === 'text' && fits ? { ...call, buttons: choices.map(buttonOf) } : call,
  );
  if (message.contact === undefined) return withButtons;
  const title = shortened(message.contact, capabilities.maxLabel);
  return [...withButtons, { kind: 'contact', title, subtitle: shortened(words('zalo.contactHint'), SUBTITLE_MAX) }];
}

/** `oa.query.hide`: the payload comes back without standing in the chat as if the person had typed it. */
const buttonOf = ({ id, label }: RenderedChoice): Button => ({
  title: shortened(label, capabilities.maxLabel),
  type: 'oa.query.hide',
  payload: writePress(id),
});

/** Texts and files in the order of the blocks; `more` goes below the last text. */
function bodyOf(message: RenderedMessage, more: readonly Part[]): WireCall[] {
  const calls: WireCall[] = [];
  let parts: Part[] = [];
  const flush = () => {
    for (const text of splitParts(parts, capabilities.maxText)) calls.push({ kind: 'text', text, buttons: [] });
    parts = [];
  };
  for (const block of message.blocks) {
    if (block.kind !== 'file') parts.push(...partsOf([block]));
    else {
      flush();
      calls.push({ kind: 'file', file: block.file });
    }
  }
  parts.push(...more);
  flush();
  return calls;
}

/**
 * Choices are always written out: old phones and computers show no buttons. In one part, so that they stay together. Where
 * a bare number may be the answer, a choice bears none.
 */
export function choiceParts(message: RenderedMessage, words: Words, hasButtons: boolean): readonly Part[] {
  const { choices } = message;
  if (choices.length === 0) return [];
  const numbered = choices.some(({ byNumber }) => byNumber !== false);
  const lines = choices.map(
    ({ label, byNumber }, index) => `${byNumber === false ? '•' : `${index + 1}.`} ${label.normalize('NFC')}`,
  );
  const hint = hasButtons ? [] : [words(numbered ? 'zalo.typeNumber' : 'zalo.typeWords')];
  const parts = lines.join('\n').length <= capabilities.maxText ? [lines.join('\n')] : lines;
  return [...parts, ...hint].map((text, index) => ({ text, glue: index === 0 ? '\n\n' : '\n' }));
}
