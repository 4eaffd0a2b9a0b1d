/** Builders for what the store takes, with ordinary values; tests name only what matters to them. */
import { conversationId } from '../../src/base/index.ts';
import type { Case } from '../../src/casework/index.ts';
import type { State } from '../../src/conversation/index.ts';
import type { Dossier } from '../../src/dossier/index.ts';
import type { Address, Outgoing, RenderedMessage, StoredConversation, TurnCommit } from '../../src/service/ports.ts';

export const NOW = '2026-11-25T03:00:00.000Z';
export const OWNER: Address = { channel: 'telegram', chat: '1001' };
export const ROOM: Address = { channel: 'telegram', chat: '-100' };

export const aMessage = (text: string, from: RenderedMessage['from'] = 'bot'): RenderedMessage => ({
  from,
  blocks: [{ kind: 'paragraph', runs: [{ text }] }],
  choices: [],
});

export const aState = (turn: number, more: Partial<State> = {}): State =>
  ({
    version: 1,
    turn,
    lang: 'vi',
    mode: { kind: 'menu' },
    answers: {},
    shown: { turn, choices: [] },
    misses: 0,
    cases: [],
    seenAt: NOW,
    ...more,
  }) as State;

/** A turn of a conversation as it was loaded, that says `said`. */
export function aTurn(on: StoredConversation, eventId: string, more: Partial<TurnCommit> = {}): TurnCommit {
  const readTurn = on.state?.turn ?? 0;
  const state = more.state ?? aState(readTurn + 1);
  return {
    conversation: on.id,
    address: on.address,
    eventId,
    readTurn,
    state,
    at: NOW,
    fingerprint: 'pack-1',
    outgoing: [aSaying(on, state.turn, `answer to ${eventId}`)],
    cases: [],
    files: [],
    reminders: [],
    notedQuestions: [],
    erase: false,
    ...more,
  };
}

export const aSaying = (on: StoredConversation, turn: number, text: string, index = 0): Outgoing => ({
  id: `${on.id}:${turn}:${index}`,
  to: on.address,
  queue: on.id,
  payload: { kind: 'say', message: aMessage(text) },
  priority: 0,
});

export const aDossier = (more: Partial<Dossier> = {}): Dossier => ({
  fields: { applicantName: 'Cơ sở Mộc Hòa', legalForm: 'ho-kinh-doanh', supportWanted: ['may-moc'] },
  place: { province: 'thanh-hoa', unitType: 'xa', unit: 'Nga Sơn' },
  machines: [],
  documents: {},
  readiness: { done: 3, of: 8, missing: ['phone'], next: 'phone' },
  ...more,
});

export const aCase = (more: Partial<Case> & Pick<Case, 'id' | 'code'>): Case => ({
  about: 'registration',
  province: null,
  conversation: conversationId('c'),
  status: 'new',
  officer: null,
  dossier: aDossier(),
  openedAt: NOW,
  changedAt: NOW,
  version: 1,
  entries: [{ at: NOW, by: 'owner', what: 'opened' }],
  ...more,
});
