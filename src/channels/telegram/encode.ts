/** A message in words becomes calls of the Bot API: Telegram HTML, split at its limits, with buttons. Pure. */
import type { FileRef, OutgoingPayload, RenderedChoice, RenderedMessage } from '../../service/ports.ts';
import { BUTTON_LABEL_MAX, BUTTONS_MAX, CAPTION_MAX, capabilities } from './capabilities.ts';
import { type Part, paragraphsOf, splitParts } from './html.ts';

export interface InlineButton {
  readonly text: string;
  readonly callback_data: string;
}

export type Markup =
  | { readonly inline_keyboard: InlineButton[][] }
  | {
      readonly keyboard: { readonly text: string; readonly request_contact?: true }[][];
      readonly resize_keyboard: true;
      readonly one_time_keyboard: true;
    }
  | { readonly remove_keyboard: true };

export type WireCall =
  | { readonly kind: 'text'; readonly html: string; readonly markup?: Markup }
  | { readonly kind: 'edit'; readonly html: string; readonly markup?: Markup }
  | {
      readonly kind: 'file';
      readonly file: FileRef;
      readonly as: 'photo' | 'document';
      readonly caption?: string;
      readonly markup?: Markup;
    };

export interface EncodeOptions {
  /** A keyboard of ours (for sharing the phone number) still lies under the owner's text field. */
  readonly keyboardShown?: boolean;
}

export function encode(payload: OutgoingPayload, options: EncodeOptions = {}): readonly WireCall[] {
  const { message } = payload;
  if (payload.kind === 'say') return encodeSay(message, options);
  const markup = roomButtons(message.choices);
  if (payload.kind === 'thread') return withMarkup(captioned(bodyOf(message, [])), markup);
  const [first] = splitParts(paragraphsOf(message.blocks), capabilities.maxText);
  const kind = payload.kind === 'card-update' ? 'edit' : 'text';
  return [{ kind, html: first ?? '…', ...(markup === undefined ? {} : { markup }) }];
}

function encodeSay(message: RenderedMessage, options: EncodeOptions): readonly WireCall[] {
  if (message.contact !== undefined) {
    const labels = message.choices.map((choice) => [{ text: choice.label }]);
    const keyboard = [[{ text: message.contact, request_contact: true as const }], ...labels];
    return withMarkup(bodyOf(message, []), { keyboard, resize_keyboard: true, one_time_keyboard: true });
  }
  const listed = needsList(message.choices);
  const calls = withMarkup(
    bodyOf(message, listed ? listOf(message.choices) : []),
    ownerButtons(message.choices, listed),
  );
  return options.keyboardShown === true ? removingKeyboard(calls) : calls;
}

/** Texts and files in the order of the blocks; `more` goes below the last text. */
function bodyOf(message: RenderedMessage, more: readonly Part[]): WireCall[] {
  const calls: WireCall[] = [];
  let parts: Part[] = [];
  const flush = () => {
    for (const html of splitParts(parts, capabilities.maxText)) calls.push({ kind: 'text', html });
    parts = [];
  };
  for (const block of message.blocks) {
    if (block.kind !== 'file') parts.push(...paragraphsOf([block]));
    else {
      flush();
      calls.push({ kind: 'file', file: block.file, as: isPhoto(block.file) ? 'photo' : 'document' });
    }
  }
  parts.push(...more);
  flush();
  return calls;
}

/** In a group that takes twenty messages a minute, a line and its file are one message. */
function captioned(calls: readonly WireCall[]): readonly WireCall[] {
  const [line, file] = calls;
  const fits = line?.kind === 'text' && line.html.length <= CAPTION_MAX;
  return calls.length === 2 && fits && file?.kind === 'file' ? [{ ...file, caption: line.html }] : calls;
}

/** Telegram shows these inline; anything else keeps its name as a document. */
const isPhoto = (file: FileRef) => ['image/jpeg', 'image/png'].includes(file.type);

function withMarkup(calls: readonly WireCall[], markup: Markup | undefined): readonly WireCall[] {
  const last = calls.at(-1);
  if (markup === undefined) return calls;
  if (last === undefined) return [{ kind: 'text', html: '⬇️', markup }];
  return [...calls.slice(0, -1), { ...last, markup }];
}

/** A message carries one markup: where the last call has buttons, an earlier one (or a tick) takes the keyboard away. */
function removingKeyboard(calls: readonly WireCall[]): readonly WireCall[] {
  const [first] = calls;
  if (first === undefined) return calls;
  const markup = { remove_keyboard: true } as const;
  if (first.markup === undefined) return [{ ...first, markup }, ...calls.slice(1)];
  return [{ kind: 'text', html: '✓', markup }, ...calls];
}

// --------------------------------------------------------------------------------------------------------- buttons

const needsList = (choices: readonly RenderedChoice[]) =>
  choices.length > BUTTONS_MAX || choices.some((choice) => choice.label.length > BUTTON_LABEL_MAX);

const listOf = (choices: readonly RenderedChoice[]): readonly Part[] =>
  choices.map((choice, index) => ({
    runs: [{ text: `${index + 1}. ${choice.label}` }],
    glue: index === 0 ? '\n\n' : '\n',
  }));

function ownerButtons(choices: readonly RenderedChoice[], listed: boolean): Markup | undefined {
  if (choices.length === 0) return undefined;
  const buttons = choices.slice(0, capabilities.maxButtons).map((choice, index) => ({
    text: listed ? String(index + 1) : `${index + 1} ${choice.label}`,
    callback_data: choice.id,
  }));
  return { inline_keyboard: listed ? rows(buttons, 5, 100) : rows(buttons, 3, 30) };
}

/** In a staff room nobody types numbers. */
function roomButtons(choices: readonly RenderedChoice[]): Markup | undefined {
  if (choices.length === 0) return undefined;
  const buttons = choices.map(({ id, label }) => ({ text: label, callback_data: id }));
  return { inline_keyboard: rows(buttons, 3, 34) };
}

/** Fills rows as long as their labels fit side by side. */
function rows(buttons: readonly InlineButton[], most: number, width: number): InlineButton[][] {
  const result: InlineButton[][] = [];
  for (const button of buttons) {
    const row = result.at(-1);
    const used = row?.reduce((sum, other) => sum + other.text.length + 2, 0) ?? 0;
    if (row !== undefined && row.length < most && used + button.text.length <= width) row.push(button);
    else result.push([button]);
  }
  return result;
}

/** Name of the topic of a case in a forum: the first line of its card. */
export function topicName(message: RenderedMessage, max: number): string {
  const [first] = message.blocks;
  const text = first?.kind === 'paragraph' ? first.runs.map((run) => run.text).join('') : '';
  const line = text.split('\n')[0]?.trim() ?? '';
  return line.length <= max ? line || '…' : `${line.slice(0, max - 1)}…`;
}
