/** What looks after changes by itself: verdicts that the law has turned, and edits of the content that were refused. */
import {
  createEditNews,
  createLawJudging,
  createLawTelling,
  type Address,
  type Clock,
  type EditNews,
  type LawJudging,
  type LawTelling,
  type Log,
  type NewId,
  type Store,
} from '../service/index.ts';
import type { Bot } from './bot.ts';
import type { LiveContent } from './live-content.ts';

export interface WatchingParts {
  readonly store: Store;
  readonly bot: Pick<Bot, 'receiver' | 'deliverer'>;
  readonly content: LiveContent;
  readonly rooms: () => readonly Address[];
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
}

export interface Watching {
  readonly judging: LawJudging;
  readonly telling: LawTelling;
  readonly editNews: EditNews;
}

export function openWatching({ bot, content, ...parts }: WatchingParts): Watching {
  const { receiver, deliverer } = bot;
  const inUse = () => content.current();
  const send: typeof deliverer.send = (rows) => deliverer.send(rows);
  return {
    judging: createLawJudging({ ...parts, content: inUse, send }),
    telling: createLawTelling({ ...parts, receiver, content: inUse }),
    editNews: createEditNews({ ...parts, send, texts: () => inUse().texts, refusal: () => content.refusal() }),
  };
}
