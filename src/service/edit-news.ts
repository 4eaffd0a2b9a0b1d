/** Tells the staff rooms of an edit of the content that was refused, once each, and when a later one was taken. */
import { addMs, digestOf } from '../base/index.ts';
import type { Texts } from '../texts/index.ts';
import { roomMessage } from './case-voice.ts';
import type { Address, Clock, NewId, OutboxRow, RenderedMessage, Store } from './ports.ts';
import { roomSaying } from './room-saying.ts';

/** Why an edit was refused: its first mistake as `file:line message hint`, and how many there are. */
export interface Refusal {
  readonly first: string;
  readonly errors: number;
}

export interface EditNewsParts {
  readonly store: Pick<Store, 'setting' | 'setSetting' | 'takeLease' | 'dropLease' | 'enqueue'>;
  /** As it is now; null: the files are what is in use. */
  readonly refusal: () => Refusal | null;
  readonly texts: () => Texts;
  readonly rooms: () => readonly Address[];
  readonly clock: Clock;
  readonly newId: NewId;
  readonly send: (rows: readonly OutboxRow[]) => void;
}

export interface EditNews {
  /** Looks whether there is something to tell; costs nothing while nothing has changed. */
  look(): Promise<void>;
}

/** Refusals told since the last edit that was taken, by name, for all instances; absent: none. */
const TOLD = 'content-refused';
const LEASE = 'content-news';
const LEASE_MS = 10_000;
const TOLD_AT_MOST = 50;
/** Of the mistake, UTF-16 units: a notice is read on a phone. */
const WORDS_AT_MOST = 600;
const STAFF_LANGUAGE = 'vi';

export function createEditNews(parts: EditNewsParts): EditNews {
  const { store, clock } = parts;
  /** What this instance has seen to; at first nothing, so that a start with mended files is news too. */
  let seen: string | null | undefined;
  return {
    async look() {
      const refusal = parts.refusal();
      const name = refusal === null ? null : digestOf(refusal.first);
      if (name === seen || !(await store.takeLease(LEASE, clock(), addMs(clock(), LEASE_MS)))) return;
      try {
        const told = (await store.setting(TOLD))?.split(',') ?? [];
        if (refusal === null || name === null) {
          if (told.length > 0) await tell(parts, say(parts.texts(), 'edit.mended'));
          await store.setSetting(TOLD, null);
        } else if (!told.includes(name)) {
          await tell(parts, refusedMessage(parts.texts(), refusal));
          await store.setSetting(TOLD, [...told, name].slice(-TOLD_AT_MOST).join(','));
        }
        seen = name;
      } finally {
        await store.dropLease(LEASE);
      }
    },
  };
}

async function tell({ store, rooms, clock, newId, send }: EditNewsParts, message: RenderedMessage): Promise<void> {
  const key = `edit:${newId()}`;
  send(
    await store.enqueue(
      rooms().map((room, at) => roomSaying(`${key}.${at}`, room, message)),
      clock(),
    ),
  );
}

function refusedMessage(texts: Texts, { first, errors }: Refusal): RenderedMessage {
  const what = first.length <= WORDS_AT_MOST ? first : `${first.slice(0, WORDS_AT_MOST)}\u2026`;
  const { blocks } = say(texts, 'edit.refused', { what });
  return errors < 2
    ? roomMessage(blocks)
    : roomMessage([...blocks, ...say(texts, 'edit.more', { count: errors - 1 }).blocks]);
}

const say = (texts: Texts, key: string, values: Readonly<Record<string, string | number>> = {}): RenderedMessage =>
  roomMessage([{ kind: 'paragraph', runs: texts.runs({ key, values }, STAFF_LANGUAGE) }]);
