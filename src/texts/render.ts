/** Turns a whole message that names texts into words, still free of any channel's markup. */
import { picksByNumber, type AskKind, type Block, type Label, type RenderedBlock } from '../content/index.ts';
import type { Texts } from './texts.ts';

interface AskLike {
  readonly id: string;
  readonly kind: AskKind;
}

/** A message as the conversation makes it (`conversation/message.ts`, which `texts` may not know). */
interface MessageLike<Ask extends AskLike> {
  readonly blocks: readonly Block[];
  readonly choices: readonly { readonly id: string; readonly label: Label; readonly value?: string }[];
  readonly ask?: Ask;
  readonly speaker?: { readonly staff: string };
  readonly contact?: true;
  readonly secret?: true;
}

/** The same in words; structurally the `RenderedMessage` of `service/ports.ts`. */
export interface RenderedWords<Ask extends AskLike> {
  readonly from: 'bot' | 'staff';
  readonly blocks: readonly RenderedBlock[];
  readonly choices: readonly {
    readonly id: string;
    readonly label: string;
    readonly value?: string;
    /** A typed number does not pick it: it may be the answer. */
    readonly byNumber?: false;
  }[];
  readonly ask?: Ask;
  readonly contact?: string;
  readonly secret?: true;
}

export interface RenderInto {
  readonly lang: string;
  /** The token that a press of the choice brings back: its id and its place (from 0) on the message. */
  readonly tokenOf: (choiceId: string, place: number) => string;
}

/** The button that shares the phone number is labelled by `button.shareContact`; staff speak as `staff.speaker` says. */
export function renderMessage<Ask extends AskLike>(
  message: MessageLike<Ask>,
  texts: Texts,
  into: RenderInto,
): RenderedWords<Ask> {
  const { lang, tokenOf } = into;
  const { speaker, ask } = message;
  const picks = (id: string) => ask === undefined || picksByNumber(ask.kind, id.startsWith(`${ask.id}=`));
  const blocks = speaker === undefined ? message.blocks : spoken(message.blocks, speaker.staff);
  return {
    from: message.speaker === undefined ? 'bot' : 'staff',
    blocks: texts.blocks(blocks, lang),
    choices: message.choices.map((choice, place) => ({
      id: tokenOf(choice.id, place),
      label: texts.label(choice.label, lang),
      ...(choice.value === undefined ? {} : { value: choice.value }),
      ...(picks(choice.id) ? {} : { byNumber: false as const }),
    })),
    ...(ask === undefined ? {} : { ask }),
    ...(message.secret === true && { secret: true as const }),
    ...(message.contact === undefined ? {} : { contact: texts.label({ key: 'button.shareContact' }, lang) }),
  };
}

/** What a person of the staff says: their name first, their words exactly as typed and never read as markup. */
function spoken(blocks: readonly Block[], name: string): readonly Block[] {
  const literal = (label: Label): Label =>
    'words' in label ? { key: 'format.literal', values: { words: label.words } } : label;
  const said = blocks.map((block): Block => (block.kind === 'text' ? { ...block, text: literal(block.text) } : block));
  return [{ kind: 'text', text: { key: 'staff.speaker', values: { name } }, tone: 'bold' }, ...said];
}
