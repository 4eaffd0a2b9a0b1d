/** What staff read of a change of law: how many results differ, and why. */
import { causeLabel, type Library } from '../conversation/index.ts';
import type { Texts } from '../texts/index.ts';
import { roomMessage } from './case-voice.ts';
import type { LawFlip, RenderedMessage } from './ports.ts';

/** Staff read Vietnamese, whatever language an owner writes in. */
const STAFF_LANGUAGE = 'vi';
const TEXTS_NAMED = 3;

export interface LawVoice {
  readonly library: Library;
  readonly texts: Texts;
}

/** Texts and day behind the flips of one change. */
export function causeOf(
  flips: readonly Pick<LawFlip, 'instruments' | 'since'>[],
): Pick<LawFlip, 'instruments' | 'since'> {
  const times = new Map<string, number>();
  for (const id of flips.flatMap(({ instruments }) => instruments)) times.set(id, (times.get(id) ?? 0) + 1);
  const instruments = [...times].sort(([, a], [, b]) => b - a).map(([id]) => id);
  const days = flips.map(({ since }) => since).filter((day) => day !== null);
  // A day only where all flips have the same: otherwise some come from an edit, or from another day.
  const since = days.length === flips.length && new Set(days).size === 1 ? (days[0] ?? null) : null;
  return { instruments: instruments.slice(0, TEXTS_NAMED), since };
}

export function foundMessage(voice: LawVoice, count: number, flips: readonly LawFlip[]): RenderedMessage {
  const cause = { label: causeLabel(voice, causeOf(flips)) };
  const say = (key: string, values = {}) => voice.texts.runs({ key, values }, STAFF_LANGUAGE);
  return roomMessage([
    { kind: 'paragraph', runs: say('law.room.found', { count, cause }) },
    { kind: 'paragraph', runs: say('law.room.look') },
  ]);
}
