/**
 * Golden journeys through the whole service: what an owner types and presses and what staff do in their room goes to the
 * fake platform over real HTTP, and what the fake has received by then is compared with what the file says. Of a channel
 * a story knows only its stage. `npm run test:update` rewrites the files.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { startRunningService, type RunningService } from './running-service.ts';
import { later } from './story.ts';

/** What one person does; each key is one kind of deed, and a line has one of them. */
export interface Deed {
  /** A member of the staff, by name; absent: the owner. */
  readonly by?: string;
  readonly start?: string;
  readonly type?: string;
  /** Part of a button's label, on the last message that has it, or on the first message that holds the words of `on`. */
  readonly press?: string;
  readonly on?: string;
  readonly photo?: string;
  readonly document?: string;
  readonly contact?: string;
  readonly sticker?: true;
  readonly voice?: true;
  /** The last message typed becomes this. */
  readonly edit?: string;
  readonly block?: boolean;
  /** A colleague answers in the platform's own inbox. */
  readonly colleague?: string;
  /** Staff: an answer to the card of the case, or to the message that holds the words of `on`. */
  readonly reply?: string;
  /** Staff: talk among themselves. */
  readonly say?: string;
}

export interface LiveLine extends Deed {
  /** Time that passes before, e.g. `3 d`, `20 min`. */
  readonly after?: string;
  /** The process is stopped before and started again, so that what it does by itself is done. */
  readonly restart?: true;
  /** What came of it, as it is seen: on the owner's phone, in the staff's room, and shown to the one who pressed. */
  readonly owner?: readonly string[];
  readonly room?: readonly string[];
  readonly toast?: readonly string[];
}

export interface LiveStory {
  readonly title: string;
  readonly now: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly story: readonly LiveLine[];
}

/** One message as a person sees it now. */
export interface Seen {
  readonly id: string;
  readonly text: string;
}

/** A channel's side of a story: the fake platform with an owner and staff on it. */
export interface Stage {
  /** Variables by which the service finds the fake platform. */
  readonly environment: Readonly<Record<string, string>>;
  /** Called when the service (again) runs. */
  serve(service: RunningService): void;
  do(deed: Deed): Promise<void>;
  /** True when the platform has handed over all that people did, and is not waiting for anything. */
  isTaken(): boolean;
  owner(): readonly Seen[];
  room(): readonly Seen[];
  /** All that was shown to people who pressed, oldest first. */
  toasts(): readonly string[];
  stop(): Promise<void>;
}

/** Plays a story and gives each line with what really came of it. */
export async function playLive(story: LiveStory, stage: Stage): Promise<readonly LiveLine[]> {
  let service = await startRunningService({
    now: story.now,
    environment: { WEB_CHAT: 'off', ...stage.environment, ...story.environment },
  });
  const restart = async (): Promise<void> => {
    const { database } = service;
    const now = service.now();
    await service.stop('keep');
    const environment = { WEB_CHAT: 'off', ...stage.environment, ...story.environment };
    service = await startRunningService({ now, database, environment });
    stage.serve(service);
  };
  try {
    stage.serve(service);
    await settled(service, stage);
    const played: LiveLine[] = [];
    for (const line of story.story) {
      const before = { owner: stage.owner(), room: stage.room(), toasts: stage.toasts().length };
      if (line.after !== undefined) service.pass(Date.parse(later(story.now, line.after)) - Date.parse(story.now));
      if (line.restart === true) await restart();
      const { owner: _owner, room: _room, toast: _toast, ...given } = line;
      await stage.do(given).catch((error: unknown) => {
        const seen = stage.owner().at(-1)?.text ?? 'nothing';
        throw new Error(`Line ${played.length + 1}: ${String(error)}\nThe owner sees: ${seen}`);
      });
      await settled(service, stage);
      played.push({
        ...given,
        ...list('owner', newIn(before.owner, stage.owner())),
        ...list('room', newIn(before.room, stage.room())),
        ...list('toast', stage.toasts().slice(before.toasts)),
      });
    }
    return played;
  } finally {
    await service.stop();
    await stage.stop();
  }
}

const list = (key: 'owner' | 'room' | 'toast', seen: readonly string[]) => (seen.length === 0 ? {} : { [key]: seen });

/** Messages that are new, and those that read differently now. */
function newIn(before: readonly Seen[], now: readonly Seen[]): readonly string[] {
  const known = new Map(before.map(({ id, text }) => [id, text]));
  return now.flatMap(({ id, text }) => {
    const was = known.get(id);
    if (was === text) return [];
    return [was === undefined ? text : `(sửa) ${text}`];
  });
}

const LOOK_MS = 40;
/** Twice the time in which sends that succeeded are written down. */
const QUIET_LOOKS = 6;

/** Resolves when all that was done has been answered and nothing waits to be sent. */
async function settled(service: RunningService, stage: Stage): Promise<void> {
  for (let quiet = 0; quiet < QUIET_LOOKS;) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    quiet = stage.isTaken() && (await waiting(service)) === 0 ? quiet + 1 : 0;
  }
}

async function waiting(service: RunningService): Promise<number> {
  const text = await (await fetch(`${service.base}/metrics`)).text();
  return Number(/^khuyencong_outbox_depth (\d+)$/m.exec(text)?.[1] ?? 1);
}

/** A story of fifty lines on a busy machine. */
const STORY_MS = 240_000;

/** One test a story of the folder. */
export function liveStories(folder: string, stageOf: () => Promise<Stage>): void {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.yaml'))) {
    const path = join(folder, file);
    const story = parse(readFileSync(path, 'utf8')) as LiveStory;
    it(
      `${file}: ${story.title}`,
      async () => {
        const played = await playLive(story, await stageOf());
        if (process.env['UPDATE_TRANSCRIPTS'] === '1')
          writeFileSync(path, stringify({ ...story, story: played }, { lineWidth: 0 }));
        else expect(played).toEqual(story.story);
      },
      STORY_MS,
    );
  }
}
