/** Does something again and again, one at a time, until it is stopped. An error is logged and waited out. */
import type { Log } from '../service/index.ts';

export interface Loop {
  /** Resolves when the work under way is done. */
  stop(): Promise<void>;
}

export interface LoopOptions {
  readonly name: string;
  /** From the end of one run to the begin of the next, ms. */
  readonly everyMs: number;
  /** Answers true when there is more to do at once. */
  readonly work: () => Promise<boolean | void>;
  readonly log: Log;
}

export function startLoop({ name, everyMs, work, log }: LoopOptions): Loop {
  let stopped = false;
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> = Promise.resolve();
  const run = async (): Promise<void> => {
    let more: boolean | void = false;
    try {
      more = await work();
    } catch (error) {
      log.error({ err: error, job: name }, 'job failed');
    }
    if (!stopped) timer = setTimeout(begin, more === true ? 0 : everyMs);
  };
  const begin = (): void => void (running = run());
  timer = setTimeout(begin, 0);
  return {
    async stop() {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
      await running;
    },
  };
}
