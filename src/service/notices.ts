/** Rows of the outbox for the staff rooms: the card of a case, its rewriting, and what follows in its thread. */
import type { Case, CaseEffect, RoomNews } from '../casework/index.ts';
import { cardMessage, erasedCardMessage } from './case-card.ts';
import { newsMessage, soFarMessage } from './case-news.ts';
import type { Voice } from './case-voice.ts';
import type { Address, LogMessage, Outgoing, RenderedMessage } from './ports.ts';

/** Notices leave before papers (contract: a new case never waits for the files of another). */
const NOTICE = 0;
const FILES = 1;

export interface Notices {
  /** The card in every room, then what was said so far, then the papers. `key` makes the ids: unique per change. */
  opened(one: Case, key: string, soFar?: readonly LogMessage[]): readonly Outgoing[];
  /** What a change of a case shows in the rooms; `except` is where it was done, and needs no echo there. */
  changed(one: Case, effects: readonly CaseEffect[], key: string, except?: Address): readonly Outgoing[];
  /** The card of a case whose person was erased: only the code stays. */
  erased(one: Case, key: string): readonly Outgoing[];
  /** The card once more, in a room that does not have it. */
  card(one: Case, key: string, room: Address): Outgoing;
  /** One message into the thread of one room. */
  thread(one: Case, message: RenderedMessage, key: string, room: Address): Outgoing;
}

interface Draft {
  readonly kind: 'card' | 'card-update' | 'thread';
  readonly message: RenderedMessage;
  readonly priority: number;
}

export function createNotices(voice: () => Voice, rooms: () => readonly Address[]): Notices {
  const toRooms = (one: Case, drafts: readonly Draft[], key: string, into = rooms()): readonly Outgoing[] =>
    into.flatMap((room, at) => drafts.map((draft, index) => row(one, draft, `${key}.r${at}.${index}`, room)));

  return {
    opened: (one, key, soFar = []) => {
      const said = soFarMessage(voice(), soFar);
      const papers = Object.entries(one.dossier.documents).flatMap(([slot, paper]) =>
        paper.files.map((file): RoomNews => ({ kind: 'file', file, slot })),
      );
      const drafts: Draft[] = [
        { kind: 'card', message: cardMessage(voice(), one), priority: NOTICE },
        ...(said === null ? [] : [{ kind: 'thread', message: said, priority: NOTICE } as const]),
        ...papers.map((news) => threadOf(one, news)),
      ];
      return toRooms(one, drafts, key);
    },
    changed: (one, effects, key, except) => {
      const shows = effects.some(({ kind }) => kind === 'show-card');
      const card: Draft[] = shows
        ? [{ kind: 'card-update', message: cardMessage(voice(), one), priority: NOTICE }]
        : [];
      return rooms().flatMap((room, at) => {
        const echo = except !== undefined && isSame(room, except);
        const news = effects.filter((effect) => effect.kind === 'tell-rooms').map((effect) => effect.news);
        const told = news
          .filter((tidings) => !(echo && tidings.kind === 'replied'))
          .map((tidings) => threadOf(one, tidings));
        return toRooms(one, [...card, ...told], `${key}.${at}`, [room]);
      });
    },
    erased: (one, key) =>
      toRooms(one, [{ kind: 'card-update', message: erasedCardMessage(voice(), one.code), priority: NOTICE }], key),
    card: (one, key, room) =>
      row(one, { kind: 'card', message: cardMessage(voice(), one), priority: NOTICE }, key, room),
    thread: (one, message, key, room) => row(one, { kind: 'thread', message, priority: NOTICE }, key, room),
  };

  function threadOf(one: Case, news: RoomNews): Draft {
    const message = newsMessage(voice(), one, news);
    const hasFile = message.blocks.some(({ kind }) => kind === 'file');
    return { kind: 'thread', message, priority: hasFile ? FILES : NOTICE };
  }
}

const isSame = (a: Address, b: Address): boolean => a.channel === b.channel && a.chat === b.chat;

const row = (one: Case, { kind, message, priority }: Draft, id: string, room: Address): Outgoing => ({
  id,
  to: room,
  queue: `${room.channel}:${room.chat}`,
  payload: { kind, caseId: one.id, message },
  priority,
});
