/**
 * How words are named before they are written. The conversation names a text of `content/texts` or carries words of a
 * content item; `texts` turns both into runs of plain text. No markup of any channel appears here.
 */
import type { Day, Instant } from '../base/index.ts';

/** A text of the bot itself (`content/texts/<lang>`, by key), or words that belong to a content item. */
export type Label = { readonly key: string; readonly values?: Values } | { readonly words: string };

/** What a text may be filled with; each kind is written as Vietnamese readers write it. `money` is in đồng. */
export type Value =
  | string
  | number
  | { readonly money: number }
  | { readonly day: Day }
  | { readonly month: string }
  | { readonly time: Instant }
  | { readonly phone: string }
  | { readonly label: Label }
  | { readonly list: readonly Label[] };

export type Values = Readonly<Record<string, Value>>;

/** One block of a message. `quiet` is for sources and hints. Words may hold **bold**, `- lists` and [links](https://…). */
export type Block =
  | { readonly kind: 'text'; readonly text: Label; readonly tone?: 'bold' | 'quiet' }
  /** `as`: bullets; lines numbered from 1; or bare lines that bring their own mark (✓). */
  | {
      readonly kind: 'list';
      readonly items: readonly Label[];
      readonly tone?: 'quiet';
      readonly as?: 'numbers' | 'lines';
    }
  | { readonly kind: 'file'; readonly file: FileRef };

/** A file kept with a case: its bytes are in the database under `id`. `size` in bytes. */
export interface FileRef {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
}

/** A piece of text with one look. `href` is https, tel or mailto only. */
export interface Run {
  readonly text: string;
  readonly bold?: true;
  readonly quiet?: true;
  readonly href?: string;
}

export type RenderedBlock =
  | { readonly kind: 'paragraph'; readonly runs: readonly Run[] }
  | { readonly kind: 'list'; readonly items: readonly (readonly Run[])[] }
  | { readonly kind: 'file'; readonly file: FileRef };
