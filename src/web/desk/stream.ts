/** An open case page, told by server-sent events: new lines of the conversation, and that the case has changed. */

export interface CaseNews {
  readonly version: number;
  readonly last: number;
  /** Lines as HTML of ours; empty: none. */
  readonly html: string;
}

export interface CaseStream {
  readonly after: number;
  /** null: the person may see it no more, and the stream ends. */
  readonly read: (after: number) => Promise<CaseNews | null>;
  readonly listen: (wake: () => void) => () => void;
  /** The service stops. */
  readonly signal: AbortSignal;
}

/** Another instance may have written, and messages arrive without a sound: looked after so long. */
const LOOK_MS = 3_000;
const HEARTBEAT_MS = 20_000;

export function streamCase({ after, read, listen, signal }: CaseStream): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const gone = new AbortController();
  const ended = AbortSignal.any([signal, gone.signal]);
  let wake = () => {};
  let rung = false;
  const stop = listen(() => {
    rung = true;
    wake();
  });
  ended.addEventListener('abort', () => wake(), { once: true });
  const pause = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, rung || ended.aborted ? 0 : LOOK_MS);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  async function run(controller: ReadableStreamDefaultController<Uint8Array>) {
    const write = (text: string) => controller.enqueue(encoder.encode(text));
    let last = after;
    let version: number | null = null;
    let quietMs = 0;
    write(': open\n\n');
    while (!ended.aborted) {
      rung = false;
      const news = await read(last);
      if (ended.aborted) return;
      if (news === null) return write('event: gone\ndata: \n\n');
      if (news.html !== '') write(`id: ${news.last}\nevent: lines\ndata: ${JSON.stringify(news.html)}\n\n`);
      if (news.version !== version) write(`event: version\ndata: ${news.version}\n\n`);
      const isQuiet = news.html === '' && news.version === version;
      last = news.last;
      version = news.version;
      quietMs = isQuiet ? quietMs + LOOK_MS : 0;
      if (quietMs >= HEARTBEAT_MS) {
        write(': beat\n\n');
        quietMs = 0;
      }
      await pause();
    }
  }

  return new ReadableStream<Uint8Array>({
    start(controller) {
      run(controller)
        .catch(() => undefined) // the store failed: the page comes again from the last line it has
        .finally(() => {
          stop();
          if (!gone.signal.aborted) controller.close();
        });
    },
    cancel() {
      gone.abort();
    },
  });
}
