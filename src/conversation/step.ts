/** What one step has come to: the state so far and the effects so far. Modes pass it on; nothing is done to the world. */
import { type Day, type Instant, dayOf } from '../base/index.ts';
import type { Block, Label, Values } from '../content/index.ts';
import type { Effect } from './effects.ts';
import type { ConversationEvent } from './events.ts';
import type { Library } from './library.ts';
import type { Ask, Choice, Message } from './message.ts';
import type { AnswerValue, Mode, State } from './state.ts';

export interface Step {
  readonly state: State;
  readonly effects: readonly Effect[];
}

/** What a mode may look at. */
export interface Scene {
  readonly library: Library;
  readonly event: ConversationEvent;
  readonly now: Instant;
  readonly today: Day;
}

export const sceneOf = (library: Library, event: ConversationEvent, now: Instant): Scene => ({
  library,
  event,
  now,
  today: dayOf(now),
});

export const stay = (state: State): Step => ({ state, effects: [] });

export const withState = (step: Step, change: Partial<State>): Step => ({
  ...step,
  state: { ...step.state, ...change },
});

export const inMode = (step: Step, mode: Mode): Step => withState(step, { mode });

export const doing = (step: Step, ...effects: readonly Effect[]): Step => ({
  ...step,
  effects: [...step.effects, ...effects],
});

export const say = (step: Step, message: Message): Step => doing(step, { kind: 'say', message });

/** A text of the bot, by key. */
export const named = (key: string, values?: Values): Label => (values === undefined ? { key } : { key, values });

export const para = (label: Label, tone?: 'bold' | 'quiet'): Block =>
  tone === undefined ? { kind: 'text', text: label } : { kind: 'text', text: label, tone };

export const list = (items: readonly Label[], tone?: 'quiet'): Block =>
  tone === undefined ? { kind: 'list', items } : { kind: 'list', items, tone };

/** Lines one under the other: numbered, or with the marks that they bring. */
export const lines = (items: readonly Label[], as: 'numbers' | 'lines'): Block => ({ kind: 'list', items, as });

/** A choice that is a command of the bot: `do=back`, labelled by `choice.do.back`. */
export const command = (name: string, value?: string): Choice => ({
  id: `do=${name}`,
  label: named(`choice.do.${name}`),
  ...(value === undefined ? {} : { value }),
});

export const message = (
  blocks: readonly Block[],
  choices: readonly Choice[] = [],
  ask?: Ask,
  more: Pick<Message, 'contact' | 'speaker' | 'secret'> = {},
): Message => ({ blocks, choices, ...(ask === undefined ? {} : { ask }), ...more });

/** Keeps an answer; what was literally said only after consent. */
export function answered(step: Step, scene: Scene, question: string, value: AnswerValue, said?: string): Step {
  const { state } = step;
  const keepsWords = state.consent !== undefined && said !== undefined;
  return withState(step, {
    answers: {
      ...state.answers,
      [question]: {
        value,
        ...(keepsWords ? { said } : {}),
        at: scene.now,
        turn: state.turn + 1,
      },
    },
    misses: 0,
  });
}

export function without<T>(record: Readonly<Record<string, T>>, keys: readonly string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)));
}

/** Values by question id, as policy and dossier read them. */
export const valuesOf = (state: State): Record<string, AnswerValue> =>
  Object.fromEntries(Object.entries(state.answers).map(([key, answer]) => [key, answer.value]));
