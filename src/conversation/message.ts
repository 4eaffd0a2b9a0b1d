/** A message to an owner, free of any channel: it names texts, and may wait for an answer. */
import type { AskKind, Block, Label } from '../content/index.ts';

/**
 * Something to press. `id` says what it means (`legalForm=ho-kinh-doanh`, `menu=faq`, `do=back`), so that it can be
 * understood without remembering the message it stood on. `value` is the fact value or menu entry (contract, section 3).
 */
export interface Choice {
  readonly id: string;
  readonly label: Label;
  readonly value?: string;
}

/** What the message waits for: a fact key, a field key, or `consent` `menu` `review` `confirm`. */
export interface Ask {
  readonly id: string;
  readonly kind: AskKind;
}

export interface Message {
  readonly blocks: readonly Block[];
  readonly choices: readonly Choice[];
  readonly ask?: Ask;
  /** Who speaks; absent: the bot. */
  readonly speaker?: { readonly staff: string };
  /** Offers the channel's own way of sharing the phone number, where it has one. */
  readonly contact?: true;
  /** Not for anybody but the owner: staff do not see it in the log. */
  readonly secret?: true;
}
