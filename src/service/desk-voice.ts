/** How the desk puts things into words: a person's language, and the few shapes that its pages share. */
import { dayOf, minutesOf, provinceCode, questionId, type Instant } from '../base/index.ts';
import type { Label, Values } from '../content/index.ts';
import type { Library } from '../conversation/index.ts';
import type { Texts } from '../texts/index.ts';

export type DeskLang = 'vi' | 'en';
export type { Values };

/** Words of a text by its key. */
export type Say = (key: string, values?: Values) => string;

export interface DeskVoice {
  readonly library: Library;
  readonly lang: DeskLang;
  readonly say: Say;
  readonly words: (label: Label) => string;
}

export function deskVoice(library: Library, texts: Texts, lang: DeskLang): DeskVoice {
  return {
    library,
    lang,
    say: (key, values) => texts.label(values === undefined ? { key } : { key, values }, lang),
    words: (label) => texts.label(label, lang),
  };
}

/** A moment in Vietnam, `25/11/2026 10:05`, with the instant for machines. */
export interface Stamp {
  readonly iso: Instant;
  readonly words: string;
}

export function stampOf(instant: Instant): Stamp {
  const minutes = minutesOf(instant);
  const two = (number: number) => String(number).padStart(2, '0');
  const day = dayOf(instant).split('-').reverse().join('/');
  return { iso: instant, words: `${day} ${two(Math.floor(minutes / 60))}:${two(minutes % 60)}` };
}

const MINUTE_MS = 60_000;

/** How long since, in the largest unit that fits. */
export function sinceWords({ say }: DeskVoice, from: Instant, now: Instant): string {
  const minutes = Math.max(0, Math.floor((Date.parse(now) - Date.parse(from)) / MINUTE_MS));
  if (minutes < 60) return say('desk.since.minutes', { count: minutes });
  const hours = Math.floor(minutes / 60);
  return hours < 48
    ? say('desk.since.hours', { count: hours })
    : say('desk.since.days', { count: Math.floor(hours / 24) });
}

export const provinceWords = ({ library, say }: DeskVoice, province: string | null): string =>
  province === null ? say('desk.noProvince') : (library.pack.provinces.get(provinceCode(province))?.name ?? province);

/** «Máy móc, thiết bị» for `may-moc`. */
export const choiceWords = ({ library }: DeskVoice, question: string, value: string): string =>
  library.pack.questions.get(questionId(question))?.choices.find((choice) => choice.value === value)?.label ?? value;

export interface Option {
  readonly id: string;
  readonly label: string;
}
