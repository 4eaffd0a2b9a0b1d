/**
 * Golden conversations: a story's events go through the pure step, the state goes through JSON between turns as it does
 * in production, and what is said and done is compared with what the file says. `npm run test:update` rewrites the files.
 */
import { join } from 'node:path';
import { asDay, caseId, type Instant } from '../../src/base/index.ts';
import { loadPack } from '../../src/content/files.ts';
import {
  type ConversationEvent,
  type Effect,
  type Library,
  type Message,
  type Settings,
  type State,
  openLibrary,
  turn,
  writeToken,
} from '../../src/conversation/index.ts';
import { createTexts, renderMessage, type Texts } from '../../src/texts/index.ts';

/** One line of a story: what happens, and what comes of it. */
export interface Line {
  readonly type?: string;
  /** Id of the choice pressed on the last message, e.g. `menu=eligibility`. */
  readonly press?: string;
  readonly event?: Record<string, unknown>;
  /** Time that passes before, e.g. `3 d`, `20 min`. */
  readonly after?: string;
  readonly bot?: readonly string[];
  readonly does?: readonly string[];
}

export interface Story {
  readonly title: string;
  readonly now: Instant;
  readonly settings?: Partial<Settings>;
  readonly story: readonly Line[];
}

export const contentDir = join(import.meta.dirname, '../../content');

let loaded: Promise<{ pack: Library['pack']; texts: Texts }> | undefined;

/** The real pack, loaded once for all stories. */
export function realPack(): Promise<{ pack: Library['pack']; texts: Texts }> {
  loaded ??= loadPack(contentDir, { today: asDay('2026-11-25') }).then((result) => {
    if (!result.ok)
      throw new Error(
        result.issues
          .filter(({ severity }) => severity === 'error')
          .map((issue) => `${issue.file}:${issue.line} ${issue.message}`)
          .join('\n'),
      );
    return { pack: result.pack, texts: createTexts(result.pack.texts) };
  });
  return loaded;
}

const UNITS: Readonly<Record<string, number>> = { s: 1000, min: 60_000, h: 3_600_000, d: 86_400_000 };

/** The moment after some time, given as `3 d`, `20 min`; 20 s unless told. */
export function later(now: Instant, after: string | undefined): Instant {
  const [amount = '20', unit = 's'] = (after ?? '20 s').split(' ');
  return new Date(Date.parse(now) + Number(amount) * (UNITS[unit] ?? 1000)).toISOString();
}

/** A message as an owner reads it: blocks, then the numbered choices. */
export function readAloud(message: Message, texts: Texts, lang: string): string {
  const rendered = renderMessage(message, texts, { lang, tokenOf: (id) => id });
  const blocks = rendered.blocks.map((block) => {
    if (block.kind === 'file') return `[tệp ${block.file.name}]`;
    if (block.kind === 'list')
      return block.items.map((item) => `- ${item.map(({ text }) => text).join('')}`).join('\n');
    return block.runs.map(({ text }) => text).join('');
  });
  const choices = rendered.choices.map(({ label }, index) => `[${index + 1} ${label}]`).join(' ');
  const ask = rendered.ask === undefined ? [] : [`(${rendered.ask.id}: ${rendered.ask.kind})`];
  const speaker = rendered.from === 'staff' ? ['(cán bộ)'] : [];
  return [...speaker, ...blocks, ...(choices === '' ? [] : [choices]), ...ask].join('\n');
}

export interface Told {
  readonly state: State;
  readonly bot: readonly string[];
  readonly does: readonly string[];
  readonly messages: readonly Message[];
}

const effectLine = (effect: Effect): string => {
  switch (effect.kind) {
    case 'keep-draft':
      return `keep-draft ${effect.dossier.readiness.done}/${effect.dossier.readiness.of}`;
    case 'open-case':
      return `open-case ${effect.about} ${effect.province ?? '-'}`;
    case 'tell-case':
      return `tell-case ${effect.what.kind}${effect.what.kind === 'line' ? `: ${effect.what.text}` : ''}`;
    case 'note-question':
      return `note-question ${effect.why}`;
    default:
      return effect.kind;
  }
};

/** One step, with the case numbered as the service would. */
export function tell(
  state: State | null,
  event: ConversationEvent,
  library: Library,
  texts: Texts,
  now: Instant,
): Told {
  const first = turn(state, event, library, now);
  const opened = first.effects.find((effect) => effect.kind === 'open-case');
  const second =
    opened === undefined
      ? null
      : turn(
          first.state,
          {
            kind: 'case-opened',
            id: `${event.id}-case`,
            sentAt: now,
            caseId: caseId('case-1'),
            code: 'TH-26-000001',
            staffed: true,
            answerBy: '2026-11-26T03:00:00.000Z',
          },
          library,
          now,
        );
  const effects = [...first.effects, ...(second?.effects ?? [])];
  const next = JSON.parse(JSON.stringify(second?.state ?? first.state)) as State;
  const messages = effects.flatMap((effect) => (effect.kind === 'say' ? [effect.message] : []));
  return {
    state: next,
    messages,
    bot: messages.map((message) => readAloud(message, texts, next.lang)),
    does: effects.filter(({ kind }) => kind !== 'say').map(effectLine),
  };
}

export function settingsOf(story: Pick<Story, 'settings'>): Settings {
  return { served: null, handoverHours: 24, ...story.settings };
}

/** Plays a story and gives each line with what really came of it. */
export async function play(story: Story): Promise<readonly Line[]> {
  const { pack, texts } = await realPack();
  const library = openLibrary(pack, settingsOf(story));
  let state: State | null = null;
  let now = story.now;
  return story.story.map((line, index): Line => {
    now = index === 0 ? now : later(now, line.after);
    const told = tell(state, eventOf(line, state, `e${index}`, now), library, texts, now);
    state = told.state;
    const { bot: _bot, does: _does, ...given } = line;
    return { ...given, bot: told.bot, ...(told.does.length === 0 ? {} : { does: told.does }) };
  });
}

function eventOf(line: Line, state: State | null, id: string, now: Instant): ConversationEvent {
  const common = { id, sentAt: now };
  if (line.type !== undefined) return { ...common, kind: 'text', text: line.type };
  if (line.press !== undefined) {
    const shown = state?.shown ?? { turn: 0, choices: [] };
    const place = shown.choices.indexOf(line.press);
    return { ...common, kind: 'choice', token: writeToken(shown.turn, line.press, Math.max(0, place)) };
  }
  return { ...common, ...(line.event ?? { kind: 'started' }) } as ConversationEvent;
}
